"""A text with its attributions -> paragraphs of pieces, each of which has the same roles throughout."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from firsthand.model import Attribution

ROLES = ("source", "cue", "content")
# It begins with a line's end, not with the space before it: that would be looked through again from each of its places.
_BLANK_LINES = re.compile(r"\n\s*\n\s*")

Mark = tuple[str, int]
"""A role and the number of the attribution, counted from 0, that it is a role in."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text between two boundaries of any span.

    `start` is its offset. `source`, `cue` and `content` number the attributions in which it has that role;
    `order` has all of them, innermost first. `anchors` are those whose first cue begins here. `opens` and
    `closes` say whether a content begins or ends here.
    """

    start: int
    text: str
    source: tuple[int, ...] = ()
    cue: tuple[int, ...] = ()
    content: tuple[int, ...] = ()
    order: tuple[int, ...] = ()
    anchors: tuple[int, ...] = ()
    opens: bool = False
    closes: bool = False


def paragraphs(text: str, attributions: Sequence[Attribution]) -> Iterator[tuple[Piece, ...]]:
    """The paragraphs of `text` (blank lines stand between them), without the space around them."""
    sweep = _Sweep(text, attributions)
    for start, end in _stretches(text):
        yield sweep.pieces(start, end)


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    start, stop = len(text) - len(text.lstrip()), len(text.rstrip())
    for blank in _BLANK_LINES.finditer(text, start, stop):
        yield start, start + len(text[start : blank.start()].rstrip())
        start = blank.end()
    if start < stop:
        yield start, stop


class _Sweep:
    """Walks through the text once, keeping the marks that hold at the place reached."""

    def __init__(self, text: str, attributions: Sequence[Attribution]) -> None:
        self._text = text
        self._begins: dict[int, list[Mark]] = defaultdict(list)
        self._ends: dict[int, list[Mark]] = defaultdict(list)
        self._anchors: dict[int, list[int]] = defaultdict(list)
        for number, attribution in enumerate(attributions):
            self._add(number, attribution)
        self._bounds = sorted({*self._begins, *self._ends})
        self._extents = [_extent(attribution) for attribution in attributions]
        self._active: set[Mark] = set()
        self._reached = 0

    def pieces(self, start: int, end: int) -> tuple[Piece, ...]:
        """The pieces of one paragraph; paragraphs must be asked for in their order."""
        inside = self._bounds[bisect_right(self._bounds, start) : bisect_left(self._bounds, end)]
        cuts = [start, *inside, end]
        return tuple(self._piece(*pair) for pair in pairwise(cuts))

    def _add(self, number: int, attribution: Attribution) -> None:
        for role in ROLES:
            for start, end in getattr(attribution, role):
                self._begins[start].append((role, number))
                self._ends[end].append((role, number))
        self._anchors[attribution.cue[0][0]].append(number)

    def _piece(self, start: int, end: int) -> Piece:
        self._advance(start)
        numbers = {role: tuple(sorted(n for r, n in self._active if r == role)) for role in ROLES}
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
        ranked = sorted(self._active, key=lambda mark: (mark[0] == "content", self._extents[mark[1]], mark[1]))
        return tuple(dict.fromkeys(number for _, number in ranked))


def _extent(attribution: Attribution) -> int:
    spans = attribution.source + attribution.cue + attribution.content
    return max(end for _, end in spans) - min(start for start, _ in spans)
