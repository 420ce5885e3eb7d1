"""Pairs of statements to learn from: labelled ones, and those of sets that we wrote."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from pathlib import Path
from typing import Any, NamedTuple

from bench import statements
from bench.data import read_jsonl
from firsthand.attribution.vectors import sentence

ROOT = Path(__file__).parents[1]
LABELS = ROOT / "training" / "labels" / "statements.jsonl"
QUICK = ROOT / "training" / "labels" / "pairs.jsonl"
SETS = ROOT / "training" / "made" / "sets.txt"

OF_A_SET = 9
"""Pairs of one class that a set gives: a large set is no more worth than a small one."""

Row = dict[str, Any]


class Pair(NamedTuple):
    """Two statements as sentences, their class, and the articles that they are from: none of made ones."""

    one: str
    other: str
    label: str
    articles: frozenset[str] = frozenset()


def careful() -> list[Row]:
    """The pairs that were labelled one by one, without the report half."""
    return [row for row in statements.rows(LABELS, statements.GOLD) if row.get("half") != "report"]


def quick() -> list[Row]:
    """The pairs that were labelled quickly, many at a time; none is of an article of the report half."""
    return list(_unfolded(read_jsonl(QUICK)))


def _unfolded(found: Sequence[Row]) -> Iterator[Row]:
    for row in found:
        one = {key: row[key] for key in ("corpus", "article", "spans")}
        for article, spans, label in row["others"]:
            yield {"a": one, "b": {"corpus": row["corpus"], "article": article, "spans": spans}, "label": label}


def told(rows: Sequence[Row], tell: statements.Tell) -> list[Pair]:
    """Labelled pairs with their words."""
    both = ((row, tell(row["a"]), tell(row["b"])) for row in rows)
    return [Pair(*_in_words(one.full, other.full), row["label"], articles(row)) for row, one, other in both]


def articles(row: Row) -> frozenset[str]:
    """The articles that a labelled pair is from."""
    return frozenset(row[side]["article"] for side in "ab")


def _in_words(one: str, other: str) -> tuple[str, str]:
    return sentence(one), sentence(other)


def made(rng: random.Random) -> list[Pair]:
    """The pairs of the sets that we wrote. Raises ValueError for a line of no group."""
    return [pair for found in _sets() for pair in _of_set(found, rng)]


def _sets() -> list[dict[str, list[str]]]:
    found: list[dict[str, list[str]]] = []
    for line in SETS.read_text(encoding="utf-8").splitlines():
        group, told, words = line.partition(": ")
        if line.startswith("# "):
            found.append(defaultdict(list))
        elif told and group in tuple("ABCNU"):
            found[-1][group].append(words)
        elif line and not line.startswith("##"):
            raise ValueError(f"{SETS.name}: no statement of a group: {line[:60]!r}")
    return found


def _of_set(found: dict[str, list[str]], rng: random.Random) -> Iterator[Pair]:
    """A few of each class: how a set's groups stand to each other its file tells."""
    a, b, c, near, far = (found[group] for group in "ABCNU")
    by_class = {
        "same": [pair for group in (a, b, c) for pair in combinations(group, 2)],
        "contradicts": list(product(a, b + c)),
        "neighbour": [*combinations(near, 2), *product(near, a + b[:1] + c[:1])],
        "unrelated": list(product(far, a[:2] + b[:1] + near[:1])),
    }
    for label, pairs in by_class.items():
        some = rng.sample(pairs, min(OF_A_SET, len(pairs)))
        yield from (Pair(*_in_words(*pair), label) for pair in some)
