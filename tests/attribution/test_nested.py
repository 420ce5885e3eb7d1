"""Attributions inside the contents of others, with the shipped model."""

from dataclasses import replace

import pytest

from firsthand.attribution.nested import LEAST_WORDS, chief, core, nested, read, reporting
from firsthand.attribution.tokens import tokens
from tests.attribution.voices import Voices, marked


def inner(tagger, text):
    voices = Voices(tagger, text)
    found = nested(tagger, replace(voices.tagged, attributions=voices.attributions), voices.toks)
    return [(voices.parts(a.source), voices.parts(a.cue), voices.parts(a.content)) for a in found]


def test_officials_who_believe_within_what_a_ministry_says(tagger):
    text = "[s The ministry] [c said] [t that officials believe that the bridge was mined by soldiers of Teskia]."
    assert inner(tagger, text) == [("officials", "believe", "that the bridge was mined by soldiers of Teskia")]


def test_one_within_the_other(tagger):
    text = "[s The AP] [c reported] [t that the ministry said that officials believe that the bridge was mined]."
    assert [source for source, _, _ in inner(tagger, text)] == ["the ministry", "officials"]


@pytest.mark.parametrize(
    "text",
    [
        "[s The ministry] [c said] [t that the bridge at Verran had been shut for a week].",
        "[s Ilva Renn] [c said] [t “I believe that the bridge was mined by soldiers of Teskia”].",
        "[s The ministry] [c said] [t officials believe].",
        "[s The ministry] [c said] [t —].",
    ],
)
def test_contents_that_hold_none(tagger, text):
    assert inner(tagger, text) == []


def test_what_is_known_already_is_not_found_again(tagger):
    text = "[s1 The ministry] [c1 said] [t1 that [s2 officials] [c2 believe] [t2 that the bridge was mined by men]]."
    assert inner(tagger, text) == []


def test_the_core_of_a_content(tagger):
    tagged = Voices(tagger, "It is that “the old bridge was shut").tagged
    toks = tokens(tagged.text)
    start, end = core(tagged, toks, (6, 35))
    assert tagged.text[start:end] == "the old bridge was shut"
    assert core(tagged, toks, (6, 22)) is None
    assert LEAST_WORDS == 4


def test_a_reporting_word_stands_near_the_beginning():
    early, late = "officials believe that it fell", "it fell " * 10 + "officials believe"
    assert reporting(tokens(early), (0, len(early)))
    assert not reporting(tokens(late), (0, len(late)))


@pytest.mark.parametrize(
    ("text", "is_chief"),
    [
        ("[s officials] [c believe] [t that the bridge was mined]", True),
        ("[s I] [c believe] [t that the bridge was mined]", False),
        ("[c it is believed] [t that the bridge was mined]", False),
        ("[s officials] [c asked] [t whether the bridge was mined]", False),
        ("the road is long, slow and old and it will be shut as [s officials] [c say] [t soon]", False),
    ],
)
def test_what_carries_a_content(text, is_chief):
    plain, (attribution,) = marked(text)
    assert chief(tokens(plain), attribution, (0, len(plain))) == is_chief
    assert not chief(tokens(plain), replace(attribution, score=0.1), (0, len(plain)))


def test_a_part_is_read_as_a_sentence_and_its_spans_are_the_articles(tagger):
    text = "The ministry said that officials believe that the bridge was mined"
    tagged = next(iter(tagger.tag(text)))
    (found,) = read(tagger, tagged, (text.index("officials"), len(text)))
    assert [text[a:b] for a, b in (*found.source, *found.cue, *found.content)] == [
        "officials",
        "believe",
        "that the bridge was mined",
    ]


def test_a_text_without_a_letter_holds_none(tagger):
    tagged = next(iter(tagger.tag("— … —")))
    assert nested(tagger, tagged, tokens("— … —")) == []
