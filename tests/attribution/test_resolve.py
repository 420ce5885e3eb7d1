"""Whose word it is: names, short forms, pronouns and descriptions, resolved with the shipped model."""

import pytest

from tests.attribution.voices import Voices

RENN = "[s1 Foreign Minister Ilva Renn] [c1 said] [t1 that the bridge at Verran was shut]. "
OFFICIAL = "[s1 An official] [c1 said] [t1 that the dam was safe]. "

CASES = [
    ("a title is no part of the name", RENN, ["Ilva Renn"]),
    ("a surname that is an office", "[s1 Mr. King] [c1 said] [t1 that the bridge would be shut].", ["King"]),
    (
        "a short form is the long one",
        RENN + "[s2 Renn] [c2 said] [t2 that it would stay so].",
        ["Ilva Renn", "Ilva Renn"],
    ),
    (
        "a short form before the long one",
        "[s1 Renn] [c1 says] [t1 bridge is shut]\n\n[s2 Ilva Renn] [c2 said] [t2 that the bridge at Verran was shut].",
        ["Ilva Renn", "Ilva Renn"],
    ),
    (
        "letters are the words they begin",
        "They asked the Lorvian Transport Union about the bridge and the road at Verran. "
        "[s1 The LTU] [c1 said] [t1 that it was safe].",
        ["Lorvian Transport Union"],
    ),
    (
        "a person is not the body",
        "[s1 Ilva Renn of the Larkmoor Gazette] [c1 wrote] [t1 that the bridge had been shut for a week].",
        ["Ilva Renn"],
    ),
    (
        "a name in apposition to a noun",
        "[s1 An old rival of the mayor, Ilva Renn,] [c1 said] [t1 that the bridge was safe].",
        ["Ilva Renn"],
    ),
    (
        "two are both of them",
        "[s1 John Renn and Tomas Ek] [c1 said] [t1 that money was short]. [s2 They] [c2 said] [t2 it would not last].",
        ["John Renn and Tomas Ek", "John Renn and Tomas Ek"],
    ),
    (
        "two by their surnames",
        "In the town hall John Renn met with Tomas Ek. [s1 Renn and Ek] [c1 said] [t1 that money was short].",
        ["John Renn and Tomas Ek"],
    ),
    (
        "she is the woman, he the man",
        "Anna Renn met the mayor of Verran, Tomas Ek, on Monday. [s1 She] [c1 said] [t1 that the bridge was safe]. "
        "[s2 He] [c2 said] [t2 that it would fall].",
        ["Anna Renn", "Tomas Ek"],
    ),
    (
        "who is the one before it",
        "[s1 Tomas Ek], [s2 who] [c2 said] [t2 that he had seen the crash], [c1 told] police [t1 that a driver fled].",
        ["Tomas Ek", "Tomas Ek"],
    ),
    (
        "I in a quotation is the one who speaks",
        "[t1 “[s2 I] [c2 believe] [t2 that it was the mayor],”] [s1 Ilva Renn] [c1 told] reporters.",
        ["Ilva Renn", "Ilva Renn"],
    ),
    (
        "the official is the same",
        OFFICIAL + "[s2 The official] [c2 said] [t2 that no cracks were found].",
        ["An official"] * 2,
    ),
    (
        "an official is another",
        OFFICIAL + "Later [s2 an official in Teskia] [c2 said] [t2 that it was not].",
        ["An official", "an official in Teskia"],
    ),
    (
        "the minister is the one of that office",
        RENN + "[s2 The minister] [c2 said] [t2 that it would stay so].",
        ["Ilva Renn", "Ilva Renn"],
    ),
    (
        "nobody is his own adviser",
        RENN + "The mayor was with her. [s2 Her security adviser] [c2 said] [t2 that it would stay so].",
        ["Ilva Renn", "Her security adviser"],
    ),
    (
        "nor is he who leads the article",
        "Verran President Tomas Ek will meet John Renn on Monday. [s1 Renn] [c1 said] [t1 that the dam was safe] and "
        "that Ek knew it, while [s2 his security adviser] [c2 said] [t2 that it was not].",
        ["John Renn", "his security adviser"],
    ),
    (
        "an office under somebody is whoever the text gives it to",
        RENN + "Ada Quill, Renn's security adviser, was there. "
        "[s2 Her security adviser] [c2 said] [t2 that it would stay so].",
        ["Ilva Renn", "Ada Quill"],
    ),
    (
        "and with a name as well",
        RENN + "[s2 Renn's security adviser] [c2 said] [t2 that it would stay so]. "
        "Security adviser Ada Quill had been there.",
        ["Ilva Renn", "Ada Quill"],
    ),
    (
        "not another state's minister",
        RENN + "[s2 Verran's foreign minister] [c2 said] [t2 that it would not]. "
        "The Ostreli foreign minister, Ada Quill, was there.",
        ["Ilva Renn", "Verran's foreign minister"],
    ),
    (
        "one word is no office by itself",
        RENN + "Ada Quill, the company's lawyer, was there. [s2 Her wife] [c2 said] [t2 that it would stay so].",
        ["Ilva Renn", "Her wife"],
    ),
    ("nobody", "[c1 It was alleged] [t1 that the bridge had been mined].", ["unattributed"]),
]


@pytest.mark.parametrize(("text", "names"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_whose_word_it_is(tagger, text, names):
    assert Voices(tagger, text).names == names


def test_a_party_has_the_number_of_its_place(tagger):
    voices = Voices(tagger, RENN + "[s2 She] [c2 said] [t2 that it would stay so].")
    assert voices.numbers[0] == voices.numbers[1]
    assert all(voices.resolver.people[n].number == n for n in voices.numbers)


def test_a_source_makes_its_party_heard(tagger):
    voices = Voices(tagger, RENN)
    assert voices.resolver.people[voices.numbers[0]].voiced == [voices.toks.at(voices.attributions[0].source[0][0])]


def test_a_pronoun_with_nobody_before_it_stands_for_itself(tagger):
    assert Voices(tagger, "[s1 She] [c1 said] [t1 that the bridge was safe].").names == ["She"]


@pytest.mark.parametrize(
    "text",
    [
        "[s1 —] [c1 said] [t1 so].",
        "[s1 “] [c1 said] [t1 so].",
        "[s1 \ud800] [c1 said] [t1 so].",
        "[s1 ,] [c1 said] [t1 ,], Renn.",
        "Renn. [s1 I] [c1 said] [t1 so].",
        "Renn. [s1 the] [c1 said] [t1 so].",
    ],
)
def test_sources_that_are_no_words_are_somebody(tagger, text):
    found = Voices(tagger, text).sources
    assert len(found) == 1
    assert found[0].name


def test_a_possessive_far_from_the_cue_owns_something_else(tagger):
    near = "John Renn spoke. [s His] [c claim] [t that the dam was safe] was heard."
    far = (
        "John Renn spoke. [s His] visit was on a bad day for all of Verran, with [c fears] [t that the dam is unsafe]."
    )
    assert Voices(tagger, near).numbers != [None]
    assert Voices(tagger, far).numbers == [None]
