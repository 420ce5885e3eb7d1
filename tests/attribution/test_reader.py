"""One article at a time, end to end: an invented report, and texts that attack the reader."""

import pytest

from firsthand.attribution.reader import Reader, front_links
from firsthand.model import STATED_AS_FACT, Article, Credit, Link

TEXT = """\
Teskia may flood border valley, Lorvia warns

VERRAN (AP) — Teskia may use a staged dam failure as a pretext to send troops into the valley, a senior Lorvian \
official said on Monday. The official, who was not authorised to speak publicly, did not provide any evidence for \
the claim.

“We have seen trucks on the dam,” Foreign Minister Ilva Renn told Radio Verran. She said that the valley would be \
cleared.

Teskia's defence minister, Tomas Ek, denied the accusation. He said that the dam was safe.

Lorvia has moved two hundred men to the border, the Larkmoor Gazette reported, citing two officials who spoke on \
condition of anonymity.

The ministry said that analysts believe that the dam would break in June.
"""


@pytest.fixture(scope="module")
def reader(tagger):
    return Reader(tagger)


class Told:
    def __init__(self, marks):
        self.marks = marks

    def words(self, spans):
        return " … ".join(TEXT[start:end] for start, end in spans)

    def about(self, words):
        """The attribution whose content holds the words."""
        (found,) = (a for a in self.marks.attributions if words in self.words(a.content))
        return found

    def chain(self, words):
        return [(link.name, link.how) for link in self.about(words).chain]


OUTLET, AP = ("Verran Times", "outlet"), ("Associated Press", "wire credit")


@pytest.fixture(scope="module")
def told(reader):
    at = TEXT.index("reported, citing")
    link = Link(at, at + 8, "https://twitter.com/gazette")
    return Told(reader.read(Article("1", TEXT, title=TEXT.split("\n")[0], outlet="Verran Times", links=(link,))))


def test_an_unnamed_official_with_everything(told):
    one = told.about("a staged dam failure")
    assert (one.who.kind, one.who.anonymity) == ("unnamed", "not authorised to speak publicly")
    assert one.who.position == "senior Lorvian official"
    assert told.chain("a staged dam failure") == [OUTLET, AP, (one.who.name, "source")]
    assert one.stance.value == "asserts"
    assert (one.certainty.least, one.certainty.most) == (3, 5)
    assert told.words(one.certainty.spans) == "may"
    assert one.evidence.value == "withheld"


def test_a_minister_through_a_medium_and_her_pronoun(told):
    assert told.chain("trucks on the dam") == [OUTLET, AP, ("Radio Verran", "medium"), ("Ilva Renn", "source")]
    one = told.about("would be cleared")
    assert told.words(one.source) == "She"
    assert (one.who.name, one.who.kind, one.who.position) == ("Ilva Renn", "person", "Foreign Minister")


def test_a_denial(told):
    one = told.about("the accusation")
    assert (one.who.name, one.stance.value) == ("Tomas Ek", "denies")
    assert told.about("the dam was safe").who.name == "Tomas Ek"


def test_a_report_that_cites_is_one_attribution(told):
    chain = told.chain("two hundred men")
    assert chain == [OUTLET, AP, ("Larkmoor Gazette", "cites"), ("two officials", "cites")]
    assert told.about("two hundred men").chain[-1].anonymity == "condition of anonymity"
    assert [told.words(a.cue) for a in told.marks.attributions if "citing" in told.words(a.cue)] == []


def test_who_believes_within_what_is_said_is_a_link(told):
    assert [name for name, _ in told.chain("would break in June")][2:] == ["The ministry", "analysts"]


def test_the_credit_and_what_the_outlet_itself_states(told):
    assert [(credit.agency, credit.how) for credit in told.marks.credits] == [("Associated Press", "dateline")]
    assert told.marks.statements == ()  # the headline is Lorvia's, and so is all of the lead


def test_what_the_outlet_states_has_the_certainty_of_its_words(reader):
    headline = "Dam may burst before the spring floods come"
    lead = "The old dam above Verran leaks in three places after a winter of heavy rain and late snow in the hills."
    found = reader.read(Article("1", f"{headline}\n\n{lead}")).statements
    assert [(s.span, s.certainty.least, s.certainty.most) for s in found] == [
        ((0, len(headline)), 3, 5),
        ((len(headline) + 2, len(headline) + 2 + len(lead)), STATED_AS_FACT, STATED_AS_FACT),
    ]


def test_attributions_are_in_reading_order_and_wholly_told(told):
    cues = [a.cue[0] for a in told.marks.attributions]
    assert cues == sorted(cues)
    assert all(a.who and a.chain and a.stance and a.evidence for a in told.marks.attributions)


def test_the_same_text_gives_the_same_marks(reader):
    article = Article("1", TEXT)
    assert reader.read(article) == reader.read(article)


def test_a_link_on_the_cue_is_a_station(reader):
    text = "The bridge will be closed for repairs, Ilva Renn said on Monday."
    at = text.index("said")
    link = Link(at, at + 4, "https://www.larkmoorgazette.example/a")
    (one,) = reader.read(Article("1", text, links=(link,), outlet="Verran Times")).attributions
    assert [station.how for station in one.chain] == ["outlet", "link", "source"]


def test_nobody_named(reader):
    text = "It was alleged on Monday that the bridge had been mined by soldiers."
    (one,) = reader.read(Article("1", text)).attributions
    assert (one.who.name, one.who.kind, one.chain) == ("unattributed", None, ())


def test_what_chains_begin_with():
    article = Article("1", "", outlet="Verran Times")
    credits = Credit("Associated Press", "dateline", ((1, 5),)), Credit("Associated Press", "sign-off", ((7, 9),))
    assert [(link.name, link.how, link.spans) for link in front_links(article, credits)] == [
        ("Verran Times", "outlet", ()),
        ("Associated Press", "wire credit", ((1, 5), (7, 9))),
    ]
    assert front_links(Article("1", ""), ()) == ()
    own = Article("1", "", outlet="Associated Press")
    assert [link.how for link in front_links(own, credits)] == ["outlet"]


HOSTILE = {
    "nothing": "",
    "white space": " \n\t\n\u2003",
    "marks alone": "“—”…?!,;: " * 40,
    "an unclosed quotation": "“We left, said Ilva Renn. The bridge is old, he said.\n\n“The road, she said",
    "surrogates": "\ud800 Ilva \udfff Renn said \ud800 that it was so. He \udc00 said no.",
    "controls": "Ilva\x00 Renn\x1b[31m said\u202e that it was so.\u2066",
    "one word": "said",
    "pronouns alone": "He said she said they said it said who said I said we said. " * 5,
    "no capitals": "the aide said that the official said that the minister said that it was so",
    "all capitals": "ILVA RENN SAID THAT THE BRIDGE WAS SAFE. HE SAID NO.",
    "accents that stand alone": "\u0301 Renn\u0301\u0301 said that \u0301 it was so",
    "citing nothing": "The AP said, citing. Citing, the AP said, quoted as saying.",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_read(reader, text):
    article = Article("1", text, title=text, outlet=text, byline=text, links=(Link(0, len(text), text),), url=text)
    marks = reader.read(article)
    spans = [statement.span for statement in marks.statements]
    spans += [span for credit in marks.credits for span in credit.spans]
    for one in marks.attributions:
        spans += [*one.source, *one.cue, *one.content, *one.who.mentions, *one.who.position_spans]
        spans += [span for link in one.chain for span in (*link.spans, *link.anonymity_spans)]
        spans += [*one.who.anonymity_spans, *one.stance.spans, *one.evidence.spans]
        spans += one.certainty.spans if one.certainty else ()
    assert all(0 <= start < end <= len(text) for start, end in spans)


def test_a_paragraph_of_sixty_thousand_characters_is_read(reader):
    text = "Ilva Renn said that the bridge was safe. " + "The river rose and the town slept on. " * 1600
    article = Article("1", text[: text.rindex(".", 0, 59_950)] + ". Later Tomas Ek denied that the dam had failed.")
    marks = reader.read(article)
    assert len(article.text) > 59_000
    assert {a.who.name for a in marks.attributions} >= {"Ilva Renn", "Tomas Ek"}


def test_what_an_agency_reports_that_another_denies_is_told_with_its_own_stance(reader):
    text = "The Larkmoor Gazette reported that Ilva Renn denied that the bridge was unsafe."
    (one,) = reader.read(Article("1", text)).attributions
    assert (one.stance.value, one.who.name) == ("reports", "Larkmoor Gazette")
    inner = one.inner
    assert (inner.stance.value, inner.who.name, inner.inner) == ("denies", "Ilva Renn", None)
    assert [text[start:end] for start, end in inner.content] == ["that the bridge was unsafe"]


def test_a_plan_to_blame_somebody_is_no_attribution_within_another(reader):
    text = "An official said that Teskia planned to sink one of its own ferries off the coast and blame Verran for it."
    (one,) = reader.read(Article("1", text)).attributions
    assert (one.inner, [link.name for link in one.chain]) == (None, ["An official"])
