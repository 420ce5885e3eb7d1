"""Our labelled pairs of statements, to report on and to train on: ids, offsets and labels alone."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import Any

import pytest

from bench.data import ROOT, MissingData, shared
from bench.gold import BUILD, REPORT

TEXTS = {
    "helsinki": "data/helsinki/articles.jsonl",
    "emergent": "data/emergent/articles.dev.jsonl",
    "polnear": "data/polnear/train.jsonl",
}
LABELS = {"same", "contradicts", "neighbour", "unrelated"}
Row = dict[str, Any]
Place = tuple[str, str, str]


def _rows(path: str) -> list[Row]:
    return [json.loads(line) for line in (ROOT / path).read_text().splitlines()]


GOLD = _rows("tests/gold/statements.jsonl")
TRAINING = _rows("training/labels/statements.jsonl")


def _place(side: Row) -> Place:
    return side["corpus"], side["article"], json.dumps(side["spans"])


def _pair(row: Row) -> frozenset[Place]:
    return frozenset(_place(row[side]) for side in "ab")


def _articles(rows: list[Row], half: str) -> set[tuple[str, str]]:
    return {_place(row[side])[:2] for row in rows if row["half"] == half for side in "ab"}


@cache
def _texts(corpus: str) -> dict[str, str]:
    try:
        lines = shared().file(TEXTS[corpus]).read_text(encoding="utf-8").splitlines()
    except MissingData as missing:
        pytest.skip(str(missing))
    return {record["id"]: record["text"] for record in map(json.loads, lines)}


def _whole(side: Row) -> bool:
    """Whether the spans are in order, lie within the article and hold five words at least."""
    text, edges = _texts(side["corpus"])[side["article"]], [edge for span in side["spans"] for edge in span]
    words = " ".join(text[start:end] for start, end in side["spans"]).split()
    return edges == sorted(edges) and edges[0] >= 0 and edges[-1] <= len(text) and len(words) >= 5


def test_there_are_enough_of_each_to_report_on() -> None:
    for half in (BUILD, REPORT):
        counts = Counter(row["label"] for row in GOLD if row["half"] == half)
        assert counts.keys() == LABELS
        assert min(counts.values()) >= 50
    assert len(GOLD) >= 800
    assert sum(row["label"] == "contradicts" for row in GOLD) >= 100


def test_there_are_enough_of_each_to_train_on() -> None:
    counts = Counter(row["label"] for row in TRAINING)
    assert counts.keys() == LABELS
    assert counts["contradicts"] >= 200


@pytest.mark.parametrize(("rows", "fields"), [(GOLD, {"a", "b", "label", "half"}), (TRAINING, {"a", "b", "label"})])
def test_nothing_but_ids_offsets_and_labels_is_kept(rows: list[Row], fields: set[str]) -> None:
    assert all(row.keys() == fields for row in rows)
    sides = [row[side] for row in rows for side in "ab"]
    assert all(side.keys() == {"corpus", "article", "spans"} and side["corpus"] in TEXTS for side in sides)


def test_a_pair_is_of_two_articles_and_stands_there_once() -> None:
    pairs = [_pair(row) for row in GOLD + TRAINING]
    assert len(set(pairs)) == len(pairs)
    assert all(row["a"]["article"] != row["b"]["article"] for row in GOLD + TRAINING)


def test_an_article_is_of_one_half_and_none_of_the_report_half_is_trained_on() -> None:
    report = _articles(GOLD, REPORT)
    assert not report & _articles(GOLD, BUILD)
    assert not report & _articles([row | {"half": BUILD} for row in TRAINING], BUILD)


@pytest.mark.parametrize("rows", [GOLD, TRAINING])
def test_every_place_is_in_its_article(rows: list[Row]) -> None:
    assert all(_whole(row[side]) for row in rows for side in "ab")
