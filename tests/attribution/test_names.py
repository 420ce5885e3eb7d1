"""Names: capitalised words that are somebody's or something's, without the titles before them."""

import pytest

from firsthand.attribution.names import names, noun_class, person_noun, plural, singular
from firsthand.attribution.tokens import tokens


def bare(text):
    toks = tokens(text)
    return [toks.printed(name.first, name.end) for name in names(toks)]


def whole(text):
    toks = tokens(text)
    return [toks.printed(name.title, name.end) for name in names(toks)]


TITLES = [
    ("Then Foreign Minister Ilva Renn left.", "Ilva Renn"),
    ("Then Secretary of State Rex Osk left.", "Rex Osk"),
    ("It was Gov. Tim Osk who left.", "Tim Osk"),
    ("It was Dr. Dana Ek who left.", "Dana Ek"),
    ("It was Sir Paul Osk who left.", "Paul Osk"),
    ("It was President Renn who left.", "Renn"),
    ("It was Ms. Renn who left.", "Renn"),
    ("Then Mr. King left.", "King"),
    ("Then John King left.", "John King"),
]


@pytest.mark.parametrize(("text", "name"), TITLES)
def test_a_name_is_without_the_title_before_it(text, name):
    assert bare(text) == [name]


def test_the_title_is_known_beside_the_name():
    assert whole("It was said that Foreign Minister Ilva Renn had left.") == ["Foreign Minister Ilva Renn"]


@pytest.mark.parametrize(
    "name",
    [
        "Ministry of Defence",
        "Bank of Lorvia",
        "Larkmoor Gazette",
        "Lorvian National Transport Agency",
        "Ilva van der Renn",
        "Ilva Renn Jr.",
        "Osk & Ek",
        "O’Neill",
        "Erdoğan",
    ],
)
def test_a_name_is_whole(name):
    assert bare(f"They have asked {name} about the bridge.") == [name]


@pytest.mark.parametrize("person", ["Ilva Renn", "John Renn", "Mr. Renn"])
def test_a_person_of_a_body_is_not_a_part_of_its_name(person):
    found = bare(f"There they had asked {person} of the Larkmoor Gazette about the bridge.")
    assert found[0] == person.removeprefix("Mr. ")
    assert bare("There they had asked John Renn. Then Renn of the Larkmoor Gazette wrote about it.")[1] == "Renn"


def test_an_office_alone_is_no_name():
    assert bare("They asked the Foreign Minister about the old bridge.") == []
    assert bare("They asked the Prime Minister and some Officials about the old bridge.") == []


def test_a_capital_at_the_beginning_of_a_sentence_is_no_name():
    assert bare("Bridges fell. “Roads were shut,” it was said. On Monday they opened.") == []
    assert bare("The town slept. Verran is a town.") == ["Verran"]


def test_a_surname_that_is_a_noun_is_a_name_behind_a_first_name():
    assert bare("Nora Banks met Paul Rivers. Banks said that rivers fell. Rivers said that banks fell.") == [
        "Nora Banks",
        "Paul Rivers",
        "Banks",
        "Rivers",
    ]
    assert bare("Banks are shut. Roads were mended.") == []


def test_a_surname_that_is_an_office_is_a_name_behind_a_form_of_address():
    assert bare("On Monday Mr. King spoke. Then King left, and the king slept.") == ["King", "King"]


def test_days_months_and_made_adjectives_are_no_names():
    assert bare("It fell on Monday in June, and I saw the Larkmoor-made cars.") == []


def test_title_case_tells_nothing():
    headline = "Lorvia Accuses Teskia Of Planning A Bridge Attack"
    assert bare(headline + "\n\nThe old bridge still stands there.") == ["Lorvia", "Teskia"]


def test_a_pair_that_is_a_name_elsewhere_is_one_at_the_beginning_too():
    text = "Black Hill is a town. They drove from Larkmoor to Black Hill in June."
    assert bare(text) == ["Black Hill", "Larkmoor", "Black Hill"]


def test_classes_of_nouns():
    assert person_noun("spokesman") and person_noun("officials") and person_noun("policewomen")
    assert not person_noun("bridge")
    assert noun_class("committees") == "group"
    assert noun_class("reports") == "document"
    assert noun_class("zzyzx") is None


@pytest.mark.parametrize(
    ("many", "one"),
    [("spokesmen", "spokesman"), ("agencies", "agency"), ("bosses", "boss"), ("churches", "church"), ("aides", "aide")],
)
def test_singulars(many, one):
    assert singular(many) == one
    assert plural(many)
    assert not plural(one)


@pytest.mark.parametrize("word", ["news", "congress", "is", "campus", "press"])
def test_an_s_at_the_end_makes_no_plural(word):
    assert not plural(word)


@pytest.mark.parametrize("text", ["", "\n", "“”—…", "\ud800A", "A", "& & &", "Of The", "B. " * 300])
def test_hostile_texts_have_names_or_none(text):
    assert isinstance(bare(text), list)


def test_a_name_behind_the_place_of_an_office():
    found = bare("He met the ambassador to Verran John Huntsman, and people from Verran City Hall.")
    assert found == ["John Huntsman", "Verran City Hall"]
