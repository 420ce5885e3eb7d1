"""Phrases that describe somebody, and the noun of a phrase."""

import pytest

from firsthand.attribution.names import names
from firsthand.attribution.phrases import bare, head_of, phrases
from firsthand.attribution.tokens import tokens


def found(text, *mentioned):
    toks = tokens(text)
    named = {i for name in names(toks) for i in range(name.title, name.end)}
    spans = [(text.index(words), text.index(words) + len(words)) for words in mentioned]
    return [(toks.printed(p.first, p.end), p.definite) for p in phrases(toks, named, spans)]


def test_people_without_a_name():
    text = "A senior official met the spokeswoman and two aides; officials of the port slept."
    assert found(text) == [
        ("A senior official", False),
        ("the spokeswoman", True),
        ("two aides", False),
        ("officials", False),
    ]


def test_a_verb_behind_people_is_no_noun_for_people():
    assert found("Two aides have left, and the officials have said so.") == [
        ("Two aides", False),
        ("the officials", True),
    ]


def test_what_is_no_person_is_a_phrase_only_where_it_is_a_source():
    text = "The bridge fell, the ministry said in its report."
    assert found(text) == []
    assert found(text, "the ministry") == [("the ministry", True)]


def test_the_noun_before_who_is_somebody():
    assert ("a zorb", False) in found("They met a zorb, who slept.")


def test_a_noun_before_another_noun_for_people_is_a_part_of_it():
    assert found("They met the police officer.") == [("the police officer", True)]


def test_an_office_before_a_name_is_no_party_of_its_own():
    assert found("It was the minister Ilva Renn who left.") == []


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("a senior official at the port", "official"),
        ("from the ministry of roads", "ministry"),
        ("two people who saw it", "people"),
        ("Tomas Ek, the mayor", "Ek"),
        ("he", "he"),
        ("", None),
        ("“—”", None),
    ],
)
def test_the_noun_of_a_phrase(text, head):
    toks = tokens(text)
    at = head_of(toks, (0, len(text)))
    assert (at if at is None else toks.words[at]) == head


def test_a_phrase_is_bare_of_its_preposition_and_its_clause():
    text = "by a senior official, who was not named,"
    toks = tokens(text)
    assert toks.printed(*bare(toks, (0, len(text)), 3)) == "a senior official"


@pytest.mark.parametrize("text", ["", "who", ", who", "the the the", "\ud800 who", "officials" * 50])
def test_hostile_texts_have_phrases_or_none(text):
    assert isinstance(found(text), list)
