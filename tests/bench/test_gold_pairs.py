"""Our labelled pairs of articles: ids and labels alone."""

from __future__ import annotations

import json
from collections import Counter
from itertools import chain

import pytest

from bench.data import MissingData
from bench.gold import articles, gold

ROWS = [json.loads(line) for line in gold("pairs").read_text().splitlines()]


def test_there_are_sixty_of_each() -> None:
    assert Counter(row["label"] for row in ROWS) == {"copy": 60, "independent": 60}


def test_a_pair_is_two_articles_and_stands_there_once() -> None:
    pairs = {frozenset(row["ids"]) for row in ROWS}
    assert len(pairs) == len(ROWS)
    assert all(len(pair) == 2 for pair in pairs)


def test_nothing_but_ids_and_labels_is_kept() -> None:
    assert {frozenset(row) for row in ROWS} == {
        frozenset({"set", "ids", "label"}),
        frozenset({"set", "ids", "label", "agency"}),
    }
    assert {row["agency"] for row in ROWS if "agency" in row} == {"Associated Press", "Reuters", None}


def test_all_are_of_the_set() -> None:
    try:
        known = articles("helsinki")
    except MissingData as missing:
        pytest.skip(str(missing))
    assert set(chain.from_iterable(row["ids"] for row in ROWS)) <= set(known)
