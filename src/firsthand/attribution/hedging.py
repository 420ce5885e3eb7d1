"""Words that hedge a content's main statement: "may", "is likely to", "I think"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from firsthand.model import STATED_AS_FACT, Spans

from . import lexicons
from .cues import known, range_of
from .tokens import SENTENCE_ENDS, Tokens

FAR = 20
"""Tokens of a statement that are searched: its main verb is seldom further on. Set on the build labels."""


PLAIN = (STATED_AS_FACT, STATED_AS_FACT)

MONTH = "May"
"""A hedge only where no date is meant."""

SHORT = 8
"""A first span of fewer tokens ("the race", before "appeared close") has its verb in the second."""


@dataclass(frozen=True, slots=True)
class Hedge:
    """Tokens `first` up to, not with, `end`, and the steps of ICD 203 they stand for."""

    first: int
    end: int
    steps: tuple[int, int]

    @property
    def middle(self) -> float:
        """The middle of its range."""
        return sum(self.steps) / 2


def hedges(toks: Tokens, content: Spans) -> list[Hedge]:
    """The hedges in the main clause of the content's first sentence, in reading order."""
    spans = content[:2] if content and len(toks.inside(content[0])) < SHORT else content[:1]
    return [hedge for span in spans for hedge in in_clause(toks, toks.inside(span))]


def weakest(found: list[Hedge]) -> Hedge | None:
    """The one that says least; the first of several."""
    return min(found, key=lambda hedge: hedge.middle, default=None)


def in_clause(toks: Tokens, places: range) -> Iterator[Hedge]:
    """The hedges among these tokens up to the end of the first main clause."""
    i, clause = _main(toks, places)
    while i < clause:
        hedge = _at(toks, i, clause)
        if hedge is not None and hedge.steps != PLAIN:
            yield hedge
        i = hedge.end if hedge is not None else i + 1


def _main(toks: Tokens, places: range) -> tuple[int, int]:
    """Where the main clause begins and ends: behind the comma of a side clause, and before the next one."""
    subordinate = lexicons.words("subordinators")
    start, end = places.start, min(places.stop, places.start + FAR)
    if start < end and toks.low[start] in subordinate:
        start = next((i + 1 for i in range(start, end) if toks.low[i] == ","), start)
    ends = (i for i in range(start + 1, end) if toks.low[i] in subordinate or _stops(toks, i))
    return start, next(ends, end)


def _stops(toks: Tokens, i: int) -> bool:
    """Whether a clause ends here: with its sentence, or with a "that" that follows no verb of saying or showing."""
    return toks.low[i] in SENTENCE_ENDS or (toks.low[i] == "that" and not known(toks.low[i - 1]))


def _at(toks: Tokens, i: int, most: int) -> Hedge | None:
    if toks.words[i] == MONTH and _dated(toks, i):
        return None
    for phrase, steps in _table().get(toks.low[i], ()):
        end = i + len(phrase)
        if end <= most and toks.low[i:end] == list(phrase):
            return Hedge(i, end, steps)
    return None


def _dated(toks: Tokens, i: int) -> bool:
    """Whether "May" is the month: behind "in", "early", a number, or before one."""
    around = (toks.low[i - 1] if i else "", toks.low[i + 1] if i + 1 < len(toks) else "")
    return around[0] in lexicons.words("dating") or any(word.isdigit() for word in around)


@cache
def _table() -> dict[str, tuple[tuple[tuple[str, ...], tuple[int, int]], ...]]:
    """First word -> the phrases that begin with it, longest first."""
    table = dict[str, list[tuple[tuple[str, ...], tuple[int, int]]]]()
    for key, value in lexicons.table("hedges").items():
        phrase = tuple(key.split())
        table.setdefault(phrase[0], []).append((phrase, PLAIN if value == "fact" else range_of(value)))
    return {word: tuple(sorted(rows, key=lambda row: -len(row[0]))) for word, rows in table.items()}
