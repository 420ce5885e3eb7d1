"""Our own labels, ids and offsets alone, put together again with the texts of the shared folder."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bench.data import ROOT, Record, shared

SETS = {
    "polnear-dev": "data/polnear/dev.jsonl",
    "polnear-train": "data/polnear/train.jsonl",
    "helsinki": "data/helsinki/articles.jsonl",
}
BUILD, REPORT, FRESH = "build", "report", "fresh"
"""Two halves, one to build on, one to report on, fixed by the ids before anything was labelled; and labels of sources
and contents that were made when the report half had been scored several times and, of contents, read."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article with our labels for it. `record` is its line in the shared data, offsets count its "text"."""

    set: str
    record: Record
    labels: tuple[dict[str, Any], ...]

    @property
    def text(self) -> str:
        """The article's text."""
        return str(self.record["text"])

    def words(self, spans: Iterable[tuple[int, int]]) -> list[str]:
        """The words of spans."""
        return [self.text[start:end] for start, end in spans]


def labelled(paths: Iterable[Path], half: str | None = None) -> Iterator[Labelled]:
    """The labelled articles of some files, of one part or of all. Raises MissingData without the shared folder."""
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in (json.loads(line) for path in paths for line in path.read_text().splitlines()):
        if half is None or row["half"] == half:
            grouped.setdefault((row["set"], row["id"]), []).append(row)
    for (name, number), rows in grouped.items():
        yield Labelled(name, articles(name)[number], tuple(rows))


def gold(name: str) -> Path:
    """A file of labels under tests/gold: "sources", "chains", "contents", "credits"."""
    return ROOT / "tests" / "gold" / f"{name}.jsonl"


@cache
def articles(name: str) -> dict[str, Record]:
    """The articles of one of SETS, by their ids."""
    lines = shared().file(SETS[name]).read_text(encoding="utf-8").splitlines()
    return {record["id"]: record for record in map(json.loads, lines)}
