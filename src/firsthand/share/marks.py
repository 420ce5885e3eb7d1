"""A text and what was read in it -> paragraphs of pieces, each of which has the same roles throughout.

All that was read is numbered from 0: the attributions, then the outlet's own statements, then the credits.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from firsthand.model import Attribution, Credit, Span, Spans, Statement

ROLES = ("source", "cue", "content")
"""Those of an attribution, by which it can be picked."""

ALL_ROLES = (*ROLES, "deciding", "own", "credit")
"""And the words that decided what was found out about it; the outlet's own statements; the credits."""

# It begins with a line's end, not with the space before it: that would be looked through again from each of its places.
_BLANK_LINES = re.compile(r"\n\s*\n\s*")

Mark = tuple[str, int]
"""A role and the number of what it is a role in."""

Marked = dict[str, Spans]
"""Where the roles of one attribution, statement or credit stand."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text between two boundaries of any span.

    `start` is its offset. `source`, `cue` and `content` number the attributions in which it has that role;
    `order` has all of them, innermost first. `deciding`, `own` and `credit` are as in ALL_ROLES. `anchors` are the
    attributions whose first cue begins here, and the statements and credits that do. `opens` and `closes` say whether
    a content begins or ends here.
    """

    start: int
    text: str
    source: tuple[int, ...] = ()
    cue: tuple[int, ...] = ()
    content: tuple[int, ...] = ()
    deciding: tuple[int, ...] = ()
    own: tuple[int, ...] = ()
    credit: tuple[int, ...] = ()
    order: tuple[int, ...] = ()
    anchors: tuple[int, ...] = ()
    opens: bool = False
    closes: bool = False


def paragraphs(
    text: str,
    attributions: Sequence[Attribution],
    statements: Sequence[Statement] = (),
    credits: Sequence[Credit] = (),
    within: Iterable[Span] | None = None,
) -> Iterator[tuple[Piece, ...]]:
    """The paragraphs of `text` (blank lines stand between them), without the space around them.

    `within` says where those stand that are wanted, in their order; None wants all.
    """
    sweep = _Sweep(
        text, [*map(_of_attribution, attributions), *map(_of_statement, statements), *map(_of_credit, credits)]
    )
    for start, end in stretches(text) if within is None else within:
        yield sweep.pieces(start, end)


def stretches(text: str) -> Iterator[Span]:
    """Where the paragraphs of `text` stand, without the space around them."""
    start, stop = len(text) - len(text.lstrip()), len(text.rstrip())
    for blank in _BLANK_LINES.finditer(text, start, stop):
        yield start, start + len(text[start : blank.start()].rstrip())
        start = blank.end()
    if start < stop:
        yield start, stop


class _Sweep:
    """Walks through the text once, keeping the marks that hold at the place reached."""

    def __init__(self, text: str, items: Sequence[Marked]) -> None:
        self._text = text
        self._begins: dict[int, list[Mark]] = defaultdict(list)
        self._ends: dict[int, list[Mark]] = defaultdict(list)
        self._anchors: dict[int, list[int]] = defaultdict(list)
        self._extents: list[int] = []
        for number, item in enumerate(items):
            self._add(number, item)
        self._bounds = sorted({*self._begins, *self._ends})
        self._active: set[Mark] = set()
        self._reached = 0

    def pieces(self, start: int, end: int) -> tuple[Piece, ...]:
        """The pieces of one paragraph; paragraphs must be asked for in their order."""
        inside = self._bounds[bisect_right(self._bounds, start) : bisect_left(self._bounds, end)]
        cuts = [start, *inside, end]
        return tuple(self._piece(*pair) for pair in pairwise(cuts))

    def _add(self, number: int, item: Marked) -> None:
        for role, spans in item.items():
            for start, end in spans:
                self._begins[start].append((role, number))
                self._ends[end].append((role, number))
        self._extents.append(_extent(item))
        for start, _ in next(item[role] for role in ("cue", "own", "credit") if role in item)[:1]:
            self._anchors[start].append(number)

    def _piece(self, start: int, end: int) -> Piece:
        self._advance(start)
        numbers = {role: tuple(sorted(n for r, n in self._active if r == role)) for role in ALL_ROLES}
        return Piece(
            start,
            self._text[start:end],
            **numbers,
            order=self._order(),
            anchors=tuple(self._anchors.get(start, ())),
            opens=any(role == "content" for role, _ in self._begins.get(start, ())),
            closes=any(role == "content" for role, _ in self._ends.get(end, ())),
        )

    def _advance(self, place: int) -> None:
        for bound in self._bounds[self._reached : bisect_right(self._bounds, place)]:
            self._active.difference_update(self._ends.get(bound, ()))
            self._active.update(self._begins.get(bound, ()))
            self._reached += 1

    def _order(self) -> tuple[int, ...]:
        """Attributions that this place belongs to: as source or cue first, then the shorter first."""
        held = (mark for mark in self._active if mark[0] in ROLES)
        ranked = sorted(held, key=lambda mark: (mark[0] == "content", self._extents[mark[1]], mark[1]))
        return tuple(dict.fromkeys(number for _, number in ranked))


def _extent(item: Marked) -> int:
    spans = [span for role in ROLES for span in item.get(role, ())]
    return max((end for _, end in spans), default=0) - min((start for start, _ in spans), default=0)


def _of_attribution(attribution: Attribution) -> Marked:
    roles = {role: getattr(attribution, role) for role in ROLES}
    return roles | {"deciding": _merged(_deciding(attribution))}


def _of_statement(statement: Statement) -> Marked:
    return {"own": _merged((statement.span,)), "deciding": _merged(statement.certainty.spans)}


def _of_credit(credit: Credit) -> Marked:
    return {"credit": _merged(credit.spans)}


def _deciding(attribution: Attribution) -> Iterator[Span]:
    """All words that decided what was found out about it."""
    if who := attribution.who:
        yield from who.mentions + who.position_spans + who.anonymity_spans
    for link in attribution.chain:
        yield from link.anonymity_spans
    for finding in (*attribution.chain, attribution.certainty, attribution.stance, attribution.evidence):
        yield from finding.spans if finding else ()


def _merged(spans: Iterable[Span]) -> Spans:
    """In order, without any that is empty or overlaps another."""
    merged: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            start, end = merged[-1][0], max(end, merged.pop()[1])
        merged.append((start, end))
    return tuple(merged)
