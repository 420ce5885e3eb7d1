"""Names, numbers, dates and turns of a statement."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.claims.background import RAREST, meaning, weight
from firsthand.claims.facts import differing, facts
from firsthand.claims.wording import fold, stem, words


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1,200 soldiers crossed the Ulm", [(1200.0, "soldier")]),
        ("twenty-one people were hurt", [(21.0, "peopl")]),
        ("it cost $3.5 million", [(3.5e6, "$")]),
        ("prices fell by 9 per cent", [(9.0, "%")]),
        ("prices fell by 9%", [(9.0, "%")]),
        ("in 2031 on April 8, 2031", []),
        ("the dam broke", []),
    ],
)
def test_numbers_with_what_they_count(text: str, numbers: list[tuple[float, str]]) -> None:
    assert list(facts(text).numbers) == numbers


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("on April 8, 2031", {"04-08", "2031"}),
        ("8 April", {"04-08"}),
        ("2031-04-08", {"04-08"}),
        ("in May", {"05"}),
        ("it may rain", set()),
        ("on Tuesday", {"tuesday"}),
    ],
)
def test_dates(text: str, dates: set[str]) -> None:
    assert facts(text).dates == dates


def test_names_are_told_from_the_first_word_and_from_a_headline() -> None:
    assert facts("that Ilva Renn left Ostrel").names == {stem("Ilva"), stem("Renn"), stem("Ostrel")}
    assert stem("water") not in facts("Water rose at the Karst dam").names
    assert stem("water") not in facts("Water Levels Rise Again Near Village").names


def test_two_negations_undo_each_other() -> None:
    assert facts("it didn't fail").turns % 2 == 0
    assert facts("the dam isn't safe").turns == 1
    assert facts("I don't trust the dam. I never have").turns == 1


def test_numbers_that_differ_count_the_same_thing() -> None:
    assert differing(facts("12 soldiers fell"), facts("40 soldiers fell")) == (12.0, 40.0)
    assert differing(facts("12 soldiers fell"), facts("40 goats fell")) is None
    assert differing(facts("12 soldiers fell"), facts("twelve soldiers fell")) is None


def test_words_that_mean_alike_are_near_and_rare_ones_weigh_more() -> None:
    assert sum(a * b for a, b in zip(meaning(stem("jail")), meaning(stem("prison")), strict=True)) > 0.6
    assert weight(stem("president")) < weight(stem("Larkmoor")) == RAREST


def test_folding_takes_marks_and_capitals_away() -> None:
    assert fold("“The Dam’s wall,” he said") == fold("the dam's WALL he said")


@given(st.text())
def test_any_text_has_facts(text: str) -> None:
    found = facts(text)
    assert found.total == pytest.approx(sum(found.weights.values()))
    assert all(words(text) or not part for part in (found.names, found.numbers, found.dates))
