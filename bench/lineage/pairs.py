"""The labelled pairs of articles about the Helsinki summit, against what was found in the whole set."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bench.data import Record
from bench.gold import articles, gold
from bench.lineage.page import Span
from bench.lineage.score import Share
from firsthand.model import Article, Derivation

ENOUGH = 120
"""Characters that two articles must have from the same place of a third to be copies of it both: about the 20 words
that a link must have itself. (With 30, a phrase, two of the 59 pairs that were called copies had nothing else.)"""

Place = dict[str, list[Span]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """With the labels: `precision` of pairs called copies, `recall` of those that are; the pairs that are not right."""

    precision: Share
    recall: Share
    missed: tuple[tuple[str, str], ...]
    wrong: tuple[tuple[str, str], ...]


def labels() -> dict[tuple[str, str], bool]:
    """The labelled pairs, and whether the two share reporting."""
    rows = [json.loads(line) for line in gold("pairs").read_text(encoding="utf-8").splitlines()]
    return {(row["ids"][0], row["ids"][1]): row["label"] == "copy" for row in rows}


def article(record: Record) -> Article:
    """One line of the set; when it was fetched stands for when it was published."""
    return Article(
        record["id"], record["text"], outlet=record["outlet"], published=datetime.fromisoformat(record["fetched"])
    )


def helsinki() -> list[Article]:
    """The whole set. Raises MissingData."""
    return [article(record) for record in articles("helsinki").values()]


def agreed(labelled: dict[tuple[str, str], bool], linked: Linked) -> Agreement:
    """Compare labels with what was found."""
    called = {pair for pair in labelled if linked.joins(*pair)}
    true = {pair for pair, label in labelled.items() if label}
    right = len(called & true)
    missed, wrong = tuple(sorted(true - called)), tuple(sorted(called - true))
    return Agreement(Share(right, len(called)), Share(right, len(true)), missed, wrong)


class Linked:
    """Which articles have wording from each other, or both from one place of a third."""

    def __init__(self, found: Iterable[Derivation]) -> None:
        self._from: defaultdict[str, list[Derivation]] = defaultdict(list)
        for one in found:
            self._from[one.later].append(one)

    def joins(self, one: str, other: str) -> bool:
        """Whether the two share wording by copying, as far as was found."""
        here, there = self.behind(one), self.behind(other)
        if other in here or one in there:
            return True
        return any(_meet(here[name], there[name]) for name in here.keys() & there.keys())

    def behind(self, name: str) -> Place:
        """The articles that it has wording from, nearest first, and where in them that stands."""
        places: Place = {}
        waiting: list[tuple[str, Sequence[Span] | None]] = [(name, None)]
        while waiting:
            at, within = waiting.pop()
            for one in self._from[at]:
                passages = [p.earlier for p in one.passages] if within is None else list(_carried(one, within))
                if passages and one.earlier not in places and one.earlier != name:
                    places[one.earlier] = passages
                    waiting.append((one.earlier, passages))
        return places


def _carried(one: Derivation, within: Sequence[Span]) -> Iterator[Span]:
    """Where in the earlier text these stretches of the later stand: about, by how far into a passage they are."""
    for passage in one.passages:
        (start, end), (first, last) = passage.later, passage.earlier
        scale = (last - first) / (end - start)
        for low, high in ((max(start, a), min(end, b)) for a, b in within):
            if high - low >= ENOUGH:
                yield first + round((low - start) * scale), first + round((high - start) * scale)


def _meet(some: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(min(a[1], b[1]) - max(a[0], b[0]) >= ENOUGH for a in some for b in others)
