"""Labelled pairs of statements (tests/gold): what the scorer says of them, and what cosine alone would.

Ids and offsets are ours, the texts stand in the shared folder.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.data import ROOT, read_jsonl, shared
from firsthand.claims.linking import mean_odds
from firsthand.claims.scoring import CLASSES, odds
from firsthand.claims.statements import every
from firsthand.model import Article, Failure, Odds, Reading, Told
from firsthand.pipeline import judge, read_articles, with_vectors

GOLD = ROOT / "tests" / "gold" / "statements.jsonl"
CORPORA = {
    "helsinki": "data/helsinki/articles.jsonl",
    "emergent": "data/emergent/articles.dev.jsonl",
    "polnear": "data/polnear/train.jsonl",
}

Row = dict[str, Any]
Tell = Callable[[Row], Told]
Pairs = list[tuple[Told, Told, int]]
"""Two statements and the number of their class in CLASSES."""


def rows(*paths: Path) -> list[Row]:
    """The labelled pairs of some files."""
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def read(corpus: str, wanted: Iterable[str] | None = None) -> dict[str, Reading]:
    """Articles of a corpus, all or those with these ids, read with vectors. Raises MissingData."""
    ids = None if wanted is None else set(wanted)
    records = (r for r in read_jsonl(shared().file(CORPORA[corpus])) if ids is None or r["id"] in ids)
    articles = (Article(r["id"], r["text"], r.get("title"), r.get("outlet")) for r in records)
    found = [one for one in read_articles(articles, load=with_vectors) if not isinstance(one, Failure)]
    return {one.article.id: one for one in found}


def read_for(labelled: Sequence[Row]) -> dict[str, dict[str, Reading]]:
    """By corpus and id, the articles that the rows name. Raises MissingData."""
    places = [row[side] for row in labelled for side in "ab"]
    corpora = dict.fromkeys(place["corpus"] for place in places)
    return {name: read(name, (p["article"] for p in places if p["corpus"] == name)) for name in corpora}


def teller(readings: Mapping[str, Mapping[str, Reading]]) -> Tell:
    """What finds a labelled statement among the articles that were read."""
    told: dict[tuple[str, str], tuple[Told, ...]] = {}

    def tell(place: Row) -> Told:
        key = place["corpus"], place["article"]
        if key not in told:
            told[key] = every(readings[key[0]][key[1]])
        return nearest(told[key], place["spans"])

    return tell


def nearest(told: Sequence[Told], spans: Sequence[Sequence[int]]) -> Told:
    """The statement at these spans; after another reading, the one that shares most characters with them."""
    wanted = {place for start, end in spans for place in range(start, end)}

    def common(one: Told) -> float:
        places = {place for start, end in one.appearance.spans for place in range(start, end)}
        return len(places & wanted) / max(len(places | wanted), 1)

    return max(told, key=common)


def pairs(labelled: Sequence[Row], tell: Tell) -> Pairs:
    """The labelled pairs as what is compared."""
    return [(tell(row["a"]), tell(row["b"]), CLASSES.index(row["label"])) for row in labelled]


def figures(readings: Mapping[str, Mapping[str, Reading]] | None = None) -> dict[str, dict[str, float]]:
    """F1 in per cent of each class and their mean ("macro") on the report half: the scorer's, and cosine's alone.

    "read together" is what links of claims go by: the mean of the scorer's odds and the judge's.
    Cosine has two bounds, set on the build half: the same from the one on, unrelated below the other, else neighbours;
    it cannot tell what contradicts. Raises MissingData.
    """
    labelled = rows(GOLD)
    tell = teller(readings or read_for(labelled))
    build, report = (pairs(half(labelled, name), tell) for name in ("build", "report"))
    bounds = _bounds(build)
    gold = [label for _, _, label in report]
    cosine = [_by_cosine(one, other, bounds) for one, other, _ in report]
    found = {"firsthand": answers(report), "read together": judged(report), "cosine": cosine}
    return {name: f1(gold, told) for name, told in found.items()}


def half(labelled: Iterable[Row], name: str) -> list[Row]:
    """The rows of one half of the gold: "build" or "report"."""
    return [row for row in labelled if row["half"] == name]


def answers(found: Pairs) -> list[int]:
    """What the scorer says of each pair."""
    return [_answer(odds(one, [other])[0]) for one, other, _ in found]


def judged(found: Pairs) -> list[int]:
    """What the scorer and the judge say of each pair together."""
    told = judge()([(one.full, other.full) for one, other, _ in found])
    return [_answer(mean_odds(odds(one, [other])[0], row)) for (one, other, _), row in zip(found, told, strict=True)]


def f1(gold: Sequence[int], answers: Sequence[int]) -> dict[str, float]:
    """F1 in per cent by the name of the class, and "macro"."""
    both = list(zip(gold, answers, strict=True))
    found = {}
    for number, name in enumerate(CLASSES):
        right = sum(a == b == number for a, b in both)
        claimed = sum((a == number) + (b == number) for a, b in both)
        found[name] = 200 * right / claimed if claimed else 0.0
    return found | {"macro": sum(found.values()) / len(found)}


def _answer(told: Odds) -> int:
    values = (told.same, told.contradicts, told.neighbour)
    return int(np.argmax([*values, 1 - sum(values)]))


def _bounds(known: Pairs) -> tuple[float, float]:
    """The two bounds that do best on these pairs."""
    gold, steps = [label for _, _, label in known], np.arange(0.1, 1.0, 0.05).tolist()
    tried = [(high, low) for high in steps for low in steps if low < high]
    return max(tried, key=lambda b: f1(gold, [_by_cosine(one, other, b) for one, other, _ in known])["macro"])


def _by_cosine(one: Told, other: Told, bounds: tuple[float, float]) -> int:
    left, right = (np.frombuffer(told.vector, np.int8).astype(float) for told in (one, other))
    alike = left @ right / 127**2
    name = "same" if alike >= bounds[0] else "unrelated" if alike < bounds[1] else "neighbour"
    return CLASSES.index(name)
