"""The cue lexicon: its rows are well formed, and negation reaches the verb it belongs to."""

import pytest

from firsthand.attribution import lexicons
from firsthand.attribution.cues import matches, negation, range_of
from firsthand.attribution.pooling import STANCES
from firsthand.attribution.tokens import tokens


def test_every_row_is_a_stance_with_steps():
    for key, value in lexicons.table("cues").items():
        assert key == key.lower()
        for part in value.split("/"):
            stance, _, steps = part.replace("~", "").partition(":")
            assert stance in STANCES
            assert not steps or steps == "-" or 1 <= range_of(steps)[0] <= range_of(steps)[1] <= 7


def test_every_hedge_is_a_range_of_steps():
    for value in lexicons.table("hedges").values():
        assert value == "fact" or 1 <= range_of(value)[0] <= range_of(value)[1] <= 7


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("denied", ["denies"]),
        ("denying", ["denies"]),
        ("has called for", ["orders"]),
        ("called it", ["asserts"]),
        ("said", ["asserts"]),
        ("vetoed", ["denies"]),
        ("declined to say", ["denies", "asserts"]),
    ],
)
def test_forms_and_phrases_are_found(text, found):
    toks = tokens(text)
    assert [m.entry.plain.stance for m in matches(toks, range(len(toks)))] == found


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Ilva did not at once deny", True),
        ("Ilva never denied", True),
        ("Ilva didn’t deny", True),
        ("It was not so. Ilva denied", False),
        ("“No,” Ilva denied", False),
        ("Ilva denied", False),
    ],
)
def test_negation_stays_within_its_clause(text, negated):
    toks = tokens(text)
    assert (negation(toks, len(toks) - 1, 0) is not None) == negated


def test_negation_does_not_reach_into_the_source():
    toks = tokens("a man who would not speak denied")
    assert negation(toks, 6, toks.at(len("a man who would not speak"))) is None
