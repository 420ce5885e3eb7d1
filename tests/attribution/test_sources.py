"""Sources as records: name, kind, mentions, position and reason."""

from firsthand.attribution.sources import UNATTRIBUTED, source
from firsthand.model import Source
from tests.attribution.voices import Voices


def one(tagger, text):
    voices = Voices(tagger, text)
    return voices, voices.sources[0]


def test_nobody():
    assert source(None, None) is UNATTRIBUTED  # type: ignore[arg-type]
    assert Source("unattributed", None) == UNATTRIBUTED


def test_a_person_with_an_office_before_the_name(tagger):
    voices, who = one(tagger, "[s Foreign Minister Ilva Renn] [c said] [t that the bridge at Verran was shut].")
    assert (who.name, who.kind, who.position, who.anonymity) == ("Ilva Renn", "person", "Foreign Minister", None)
    assert voices.parts(who.mentions) == "Ilva Renn"
    assert voices.parts(who.position_spans) == "Foreign Minister"
    assert who.anonymity_spans == ()


def test_the_office_is_told_of_a_pronoun_too(tagger):
    text = "Ilva Renn, the mayor of Verran, closed the bridge. [s She] [c said] [t that it was old]."
    voices, who = one(tagger, text)
    assert (who.name, who.position) == ("Ilva Renn", "mayor of Verran")
    assert voices.parts(who.mentions) == "Ilva Renn"


def test_somebody_unnamed_with_the_reason(tagger):
    text = "[s A senior official, who was not authorised to speak publicly,] [c said] [t that the bridge was shut]."
    voices, who = one(tagger, text)
    assert (who.name, who.kind, who.position) == ("A senior official", "unnamed", "senior official")
    assert who.anonymity == voices.parts(who.anonymity_spans) == "not authorised to speak publicly"


def test_a_named_person_needs_no_reason(tagger):
    text = "[s Ilva Renn] [c said] [t that the bridge was shut]. She spoke on condition of anonymity before."
    assert one(tagger, text)[1].anonymity is None


def test_a_body_has_no_position(tagger):
    who = one(tagger, "[s The foreign ministry] [c said] [t that the bridge at Verran was shut].")[1]
    assert (who.kind, who.position, who.position_spans) == ("government", None, ())


def test_a_group_has_all_its_names_and_mentions_in_order(tagger):
    text = "[s John Renn, Tomas Ek and Anna Osk] [c said] [t that the bridge at Verran was shut]."
    voices, who = one(tagger, text)
    assert who.name == "John Renn, Tomas Ek and Anna Osk"
    assert (who.kind, who.position) == ("person", None)
    assert voices.parts(who.mentions) == "John Renn … Tomas Ek … Anna Osk"


def test_what_runs_over_a_line_is_told_on_one(tagger):
    who = one(tagger, "[s Foreign  Minister Ilva  Renn] [c said] [t that the bridge at Verran was shut].")[1]
    assert (who.name, who.position) == ("Ilva Renn", "Foreign Minister")
