"""Where everything stands in the drawing of what a claim rests on: time from left to right, a lane for each outlet.

Pure geometry in pixels; `trace.html.jinja` draws it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from firsthand.model import Appearance, Edge, Provenance
from firsthand.share.plain import one_line
from firsthand.share.trace_words import PASSIVE, Names, root_words

LANE, TOP, LEFT, RIGHT = 29, 52, 190, 190
"""Pixels: a lane's height; above the first lane, for the days; left of the first time, for the roots; right of the
last, for names."""

NARROWEST, WIDEST = 460, 900
"""Pixels from the first time to the last."""

APART = 15
"""Pixels between two articles of one lane."""

STEP = 16.0
"""Pixels for a gap of an hour; longer gaps take more, but ever less: a day is about five times as long, a month ten."""

NAME, ROOT = 30, 21
"""Letters of a name above a dot, and of one beside a root."""

BUSY = 60
"""Edges from which on they are drawn fainter."""


Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Dot:
    """An article. `kind`: "support", "denies", "doubts" or "corrects".

    `hard`: it is surer than what it rests on, or drops the source. `name` is its outlet's, at the lane's first dot.
    """

    article: str
    x: float
    y: float
    kind: str
    told: str
    hard: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A root, at the left; `number` as the tree has it ("1", "D1")."""

    id: str
    y: float
    kind: str
    number: str
    name: str
    told: str


@dataclass(frozen=True, slots=True)
class Line:
    """An edge: the path to draw, its kind as a class, what it says."""

    path: str
    kind: str
    told: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A day, where its first article stands."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is drawn, and how large it is."""

    width: int
    height: int
    dots: tuple[Dot, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    lanes: tuple[float, ...]

    @property
    def busy(self) -> bool:
        """Whether there are so many edges that they hide each other."""
        return len(self.lines) >= BUSY


def drawing(found: Provenance, names: Names) -> Drawing:
    """The drawing; of nothing, where the claim has no appearance."""
    plan = _Plan(found, names)
    dots, boxes = tuple(plan.dots()), tuple(plan.boxes())
    width = max((dot.x for dot in dots), default=LEFT) + RIGHT
    bottom = max([*(dot.y for dot in dots), *(box.y for box in boxes), TOP]) + LANE
    lanes = tuple(sorted({dot.y for dot in dots}))
    return Drawing(round(width), round(bottom), dots, boxes, tuple(plan.lines(dots, boxes)), tuple(plan.ticks()), lanes)


class _Plan:
    """Articles in order of time, each with its place."""

    def __init__(self, found: Provenance, names: Names) -> None:
        self._found, self._names = found, names
        self._in = {one.id: one.article for one in found.claim.appearances}
        self._of: dict[str, list[Appearance]] = defaultdict(list)
        for one in found.claim.appearances:
            self._of[one.article].append(one)
        self._articles = sorted(self._of, key=lambda article: (*_when(self._of[article][0]), article))
        self._lane = self._lanes()
        self._x = _places([self._of[article][0].published for article in self._articles])
        self._hard = {
            self._in[step.later] for step in found.hardening if self._in[step.earlier] != self._in[step.later]
        }

    def dots(self) -> Iterator[Dot]:
        """One for each article; those of a lane never on each other."""
        reached: dict[int, float] = {}
        for article, place in zip(self._articles, self._x, strict=True):
            lane = self._lane_of(article)
            name = "" if lane in reached else self._names.outlet(article)
            reached[lane] = x = max(place, reached.get(lane, 0) + APART)
            kind, told = _kind(self._of[article]), self._names.article(article)
            yield Dot(article, round(x, 1), TOP + lane * LANE, kind, told, article in self._hard, _short(name, NAME))

    def _lane_of(self, article: str) -> int:
        return self._lane[self._names.outlet(article).casefold()]

    def boxes(self) -> Iterator[Box]:
        """Each root beside the first article that hangs on it, as far as there is room."""
        found = self._found
        groups = (("", found.roots, "support"), ("D", found.denials, "denies"), ("?", found.doubts, "doubts"))
        wanted = [
            (self._lane_of(root.first), root, f"{sign}{number}", kind)
            for sign, roots, kind in groups
            for number, root in enumerate(roots, 1)
        ]
        y = float(TOP - LANE)
        for lane, root, number, kind in sorted(wanted, key=lambda one: (one[0], one[3], one[2])):
            y = max(y + LANE, TOP + lane * LANE)
            yield Box(root.id, y, kind, number, _short(one_line(root.name), ROOT), root_words(root))

    def lines(self, dots: Sequence[Dot], boxes: Sequence[Box]) -> Iterator[Line]:
        """Each pair of articles that an edge joins, once; and each article that names a root."""
        place = {dot.article: (dot.x, dot.y) for dot in dots}
        stance = {one.id: _group(one) for one in self._found.claim.appearances}
        roots = {(box.id, box.kind): (float(LEFT - 26), box.y) for box in boxes}
        seen: set[tuple[str, str]] = set()
        for edge in self._found.edges:
            later, start = self._in[edge.later], self._start(edge, stance[edge.later], roots, place)
            ends = (self._in.get(edge.earlier, edge.earlier), later)
            if start and ends not in seen and ends[0] != later:
                seen.add(ends)
                yield Line(_path(start, place[later]), edge.kind.replace(" ", "-"), self._told(edge, later))

    def _start(
        self, edge: Edge, group: str, roots: Mapping[tuple[str, str], Point], place: Mapping[str, Point]
    ) -> Point | None:
        """Where an edge begins: at a root of the same group, or at an article."""
        if edge.earlier in self._in:
            return place[self._in[edge.earlier]]
        return roots.get((edge.earlier, group))

    def _told(self, edge: Edge, later: str) -> str:
        return f"{PASSIVE[edge.kind]} {self._names.outlet(later)}: {one_line(edge.reason)}"

    def ticks(self) -> Iterator[Tick]:
        """The days, where there is room to write them."""
        last, day = -1e9, None
        for article, x in zip(self._articles, self._x, strict=True):
            when = self._of[article][0].published
            shown = f"{when.day} {when:%b %Y}" if when else "no time given"
            if shown != day and x - last >= 84:
                yield Tick(round(x, 1), shown)
                last = x
            day = shown

    def _lanes(self) -> dict[str, int]:
        """Outlets by the first root that they rest on, then by time: what belongs together stands together."""
        roots = (*self._found.roots, *self._found.denials, *self._found.doubts)
        rank: dict[str, int] = {}
        for number, root in enumerate(roots):
            for article in root.articles:
                rank.setdefault(self._names.outlet(article).casefold(), number)
        outlets = dict.fromkeys(self._names.outlet(article).casefold() for article in self._articles)
        ordered = sorted(outlets, key=lambda outlet: rank.get(outlet, len(roots)))
        return {outlet: lane for lane, outlet in enumerate(ordered)}


def _places(times: Sequence[datetime | None]) -> list[float]:
    """Pixels from the left for times in their order: long gaps are shortened, what has no time stands at the end."""
    gaps = [0.0, *(_gap(one, other) for one, other in pairwise(times))]
    whole = sum(gaps) or 1.0
    scale = min(max(whole, NARROWEST), WIDEST) / whole
    places, x = [], float(LEFT)
    for gap in gaps[: len(times)]:
        x += gap * scale
        places.append(x)
    return places


def _gap(one: datetime | None, other: datetime | None) -> float:
    if one is None or other is None:
        return STEP * 4 if one else 0.0
    hours = (_utc(other) - _utc(one)).total_seconds() / 3600
    return STEP * math.log2(1 + max(hours, 0.0))


def _utc(when: datetime) -> datetime:
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _when(one: Appearance) -> tuple[bool, float]:
    return one.published is None, (_utc(one.published) - _FIRST).total_seconds() if one.published else 0.0


_FIRST = datetime(1, 1, 1, tzinfo=UTC)


def _path(start: Point, end: Point) -> str:
    """A curve that leaves and arrives level; one that goes back in time bulges."""
    (x, y), (u, v) = start, end
    bend = max(abs(u - x) / 2, 24.0)
    if abs(u - x) < 1 and y != v:
        return f"M{x:g} {y:g}C{x - bend:g} {y:g} {u - bend:g} {v:g} {u:g} {v:g}"
    return f"M{x:g} {y:g}C{x + bend:g} {y:g} {u - bend:g} {v:g} {u:g} {v:g}"


def _kind(appearances: Sequence[Appearance]) -> str:
    """What an article does to the claim: support counts before denial, a correction before both."""
    if any(one.corrects for one in appearances):
        return "corrects"
    groups = {_group(one) for one in appearances}
    return next(kind for kind in ("support", "denies", "doubts") if kind in groups)


def _group(one: Appearance) -> str:
    return {"denies": "denies", "doubts": "doubts"}.get(one.stance, "support")


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"
