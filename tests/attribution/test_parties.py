"""Parties: which names and descriptions are one and the same, before anything is resolved."""

import pytest

from firsthand.attribution.parties import DESCRIBED, GROUP, NAMED, parties, sex_of
from firsthand.attribution.tokens import tokens


class People:
    def __init__(self, text, *mentioned):
        self.toks = tokens(text)
        spans = [(text.index(words), text.index(words) + len(words)) for words in mentioned]
        self.all = parties(self.toks, spans)

    def printed(self, party):
        return [self.toks.printed(*spot) for spot in party.mentions]

    def of(self, sort):
        return [self.printed(party) for party in self.all if party.sort == sort]

    def __call__(self, best):
        return next(party for party in self.all if self.toks.printed(*party.best) == best)


SHORT = [
    ("It was Foreign Minister Ilva Renn. Ms. Renn left. Renn slept.", ["Ilva Renn", "Renn", "Renn"]),
    ("Then John F. Renn left. Later John Renn slept.", ["John F. Renn", "John Renn"]),
    ("Then John Renn Jr. left. Later Renn slept.", ["John Renn Jr.", "Renn"]),
    ("Then John Renn left. Everybody calls him John here.", ["John Renn", "John"]),
    (
        "Now the Lorvian Transport Agency has shut the old bridge and the road. The LTA gave no reason.",
        ["Lorvian Transport Agency", "LTA"],
    ),
]


@pytest.mark.parametrize(("text", "mentions"), SHORT)
def test_a_short_form_goes_to_the_long_one(text, mentions):
    assert People(text).of(NAMED) == [mentions]


def test_a_short_form_may_come_first():
    people = People("Renn to leave office soon\n\nIt was announced by Ilva Renn.")
    assert people.printed(people("Ilva Renn")) == ["Renn", "Ilva Renn"]


def test_the_noun_of_a_body_is_nobodys_surname():
    people = People("They asked the Larkmoor Gazette. Later they asked the Verran Gazette and a third Gazette.")
    assert people.printed(people("Larkmoor Gazette")) == ["Larkmoor Gazette"]


def test_two_people_of_one_surname_are_told_apart_by_their_titles():
    text = "In the town John Kirby met with Ann Kirby about it. There Mr. Kirby slept, while Ms. Kirby and others left."
    people = People(text)
    assert people.printed(people("John Kirby")) == ["John Kirby", "Kirby"]
    assert people.printed(people("Ann Kirby")) == ["Ann Kirby", "Kirby"]
    assert (people("John Kirby").sex, people("Ann Kirby").sex) == ("m", "f")


def test_a_father_and_his_son_are_two():
    people = People("They met John Renn and they met John Renn Jr. in the town.")
    assert people.of(NAMED) == [["John Renn"], ["John Renn Jr."]] or people.of(NAMED) == [
        ["John Renn Jr."],
        ["John Renn"],
    ]


def test_of_two_people_of_one_surname_the_one_named_more_often_is_meant():
    people = People("They met Ann Kirby, then John Kirby, and John Kirby again. Everybody likes Kirby here.")
    assert people.printed(people("John Kirby")) == ["John Kirby", "John Kirby", "Kirby"]


def test_what_is_a_person():
    text = (
        "Then Foreign Minister Ilva Renn, Tomas Ek and Mr. Osk of the town met in Verran to talk to the Lorvian Bank."
    )
    people = People(text)
    assert all(people(name).person for name in ("Ilva Renn", "Tomas Ek", "Osk"))
    assert not any(people(name).person for name in ("Verran", "Lorvian Bank"))


@pytest.mark.parametrize(
    ("word", "sex"),
    [("mr.", "m"), ("ms.", "f"), ("spokeswoman", "f"), ("spokesman", "m"), ("mother", "f"), ("official", "")],
)
def test_what_a_word_tells_of_sex(word, sex):
    assert sex_of(word) == sex


def test_the_official_goes_on_and_an_official_is_new():
    text = "An official in the town spoke. The official left. Then an official from Teskia spoke, and the aide slept."
    people = People(text)
    assert people.of(DESCRIBED) == [["An official", "The official"], ["an official"], ["the aide"]]


def test_the_fullest_words_describe_best():
    people = People("The official spoke. Later the senior official left.")
    assert people.printed(people("the senior official")) == ["The official", "the senior official"]


def test_groups_have_their_members():
    text = "In the town John Renn and Tomas Ek met. Then Renn and Ek said no. Later Renn, Ek and Anna Osk all left."
    people = People(text)
    pair, three = (party for party in people.all if party.sort == GROUP)
    assert people.printed(pair) == ["John Renn and Tomas Ek", "Renn and Ek"]
    assert people.printed(three) == ["Renn, Ek and Anna Osk"]
    assert [people.toks.printed(*people.all[m].best) for m in three.members] == ["John Renn", "Tomas Ek", "Anna Osk"]
    assert pair.many and pair.person


def test_a_title_may_stand_between_the_members_of_a_group():
    people = People("There John Renn and Foreign Minister Tomas Ek met with many others in the town.")
    assert people.of(GROUP) == [["John Renn and Foreign Minister Tomas Ek"]]


def test_a_list_of_the_same_party_is_no_group():
    assert People("There Mr. Renn, Renn and Renn met with many others in the old town.").of(GROUP) == []


def test_numbers_are_places_in_the_list():
    people = People("There John Renn and Tomas Ek met an official. The official slept.")
    assert [party.number for party in people.all] == list(range(len(people.all)))


@pytest.mark.parametrize("text", ["", "\n\n", "“” — …", "\ud800 and \udfff", "and and", "A and B, C", "Renn, " * 300])
def test_hostile_texts_have_parties_or_none(text):
    assert isinstance(People(text).all, list)


COUPLE = (
    "Then President Renn met him with his wife Ilva Renn. Later Renn left. He said that Renn was late. Then Renn slept."
)


def test_a_wife_named_once_is_not_the_president_of_whom_all_is_told():
    assert People(COUPLE)("Ilva Renn").mentions != People(COUPLE)("Renn").mentions
    assert len(People(COUPLE)("Renn").mentions) == 4


def test_a_title_that_begins_a_sentence_is_one():
    people = People(COUPLE.replace("Then President Renn met him", "Renn came. President Renn met him"))
    assert len(people("Renn").mentions) == 5


def test_one_mrs_is_not_the_renn_of_whom_all_is_told():
    text = "There Tomas Renn met Ilva Renn. Later Mrs. Renn left. He said that Renn was late. Then Renn and Renn slept."
    people = People(text)
    assert people.printed(people("Ilva Renn")) == ["Ilva Renn", "Renn"]
    assert len(people("Tomas Renn").mentions) == 4


def test_presidents_of_two_states_are_two():
    people = People("They saw the Ostreli president. Then the Verran president left. The president slept.")
    assert [*people.of("described")] == [["the Ostreli president"], ["the Verran president", "The president"]]


def test_mr_and_ms_of_one_surname_where_only_she_is_named_in_full():
    text = (
        "There President Renn met Ilva Renn. Later Ms. Renn left. He said Mr. Renn slept. He saw Renn, and he saw Renn."
    )
    people = People(text)
    assert people.printed(people("Ilva Renn")) == ["Ilva Renn", "Renn"]
    assert people.of(NAMED) == [["Ilva Renn", "Renn"], ["Renn"], ["Renn", "Renn", "Renn"]]


def test_a_woman_who_is_the_minister_keeps_her_surname():
    text = COUPLE.replace("his wife Ilva", "President Ilva")
    assert len(People(text)("Ilva Renn").mentions) == 5


def test_a_chant_names_nobody_in_full():
    people = People("Renn came. They held up a sign that said We Love Renn. Then Renn left, and Renn slept.")
    assert people.printed(people("Renn")) == ["Renn", "Renn", "Renn"]
