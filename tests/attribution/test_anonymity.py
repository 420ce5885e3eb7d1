"""Why somebody is not named."""

import pytest

from firsthand.attribution.anonymity import LONGEST, reason
from firsthand.attribution.tokens import tokens

CASES = [
    ("An official who was not authorised to speak publicly said no.", "not authorised to speak publicly"),
    ("An official spoke on condition of anonymity.", "condition of anonymity"),
    ("An official, who asked not to be named, said no.", "asked not to be named"),
    ("An official said no. He declined to be identified, citing fear.", "declined to be identified"),
    ("An official said no. He wasn’t authorised to discuss the dam.", "wasn’t authorised to discuss the dam"),
    (
        "An official spoke on condition of anonymity because he feared for his job.",
        "condition of anonymity because he feared for his job",
    ),
    ("An official was not authorised to close the", "not authorised to close the"),
    ("An official said no.", None),
    ("An official said no. The town slept. He asked not to be named.", None),
    ("An official said no.\n\nAnother asked not to be named.", None),
    ("An official", None),
]


@pytest.mark.parametrize(("text", "words"), CASES)
def test_the_reason(text, words):
    found = reason(tokens(text), (0, 2))
    assert (text[slice(*found)] if found else None) == words


def test_the_reason_may_stand_before_the_mention():
    text = "Speaking anonymously, an official said no."
    assert text[slice(*reason(tokens(text), (3, 5)))] == "Speaking anonymously"


def test_a_reason_without_an_end_is_cut():
    text = "An official who was not authorised to speak" + " of roads" * 50
    toks = tokens(text)
    assert len(toks.inside(reason(toks, (0, 2)))) == LONGEST


def test_offsets_are_the_articles():
    assert reason(tokens("An official asked for anonymity.", 100), (0, 2)) == (112, 131)
