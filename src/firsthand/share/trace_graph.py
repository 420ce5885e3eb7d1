"""Where everything stands in the drawing of what a claim rests on: time from left to right, a lane for each outlet.

Where no article has a time: steps from the root from left to right, a lane for each article. Pure geometry in
pixels; `trace.html.jinja` and the page of a claim draw it.
"""

from __future__ import annotations

import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from firsthand.model import Appearance, Edge, Provenance, Root
from firsthand.share.plain import one_line
from firsthand.share.trace_bundles import side
from firsthand.share.trace_places import by_steps, by_time, seconds, steps_from_roots
from firsthand.share.trace_routes import LANE, Point, Routes
from firsthand.share.trace_routes import NAME as NAMED
from firsthand.share.trace_words import PASSIVE, Names, count, root_words, several, some

TOP, RIGHT = 52, 40
"""Pixels above the first lane, for the days; right of the last mark."""

PAGE = 1240
"""Pixels that a page has on a screen: a name may reach to there."""

BOX, ENDS, FAN = 62, 26, 72
"""Pixels left of the first mark: where a root's name ends, and where its box does; both are as much further to the
left where no times are known and so many roots or articles that the lines between them need room."""

MANY = 12
"""Articles without times from which on that is so."""

LETTER = 6.7
"""Pixels that a letter of a name takes at most, on average."""

APART = 15
"""Pixels between two articles of one lane."""

NAME, TITLE, ROOT, SEVERAL = 36, 72, 25, 56
"""Letters of an outlet's name above a dot, of an article's where it has a lane of its own, of each of the two lines
beside a root, and of the names of articles that are drawn as one."""

APART_DAYS = 84
"""Pixels between two days that are written."""

BUSY = 60
"""Edges from which on they are drawn fainter."""


@dataclass(frozen=True, slots=True)
class Dot:
    """An article. `kind`: "support", "denies", "doubts", "both" (it tells the claim and who denies it) or "corrects".

    `hard`: it is surer than what it rests on, or drops the source. `name` is its outlet's, at the lane's first dot;
    it ends there, if `ends`, where it would not fit to the right. `articles` are all that are drawn as this one, itself
    first. `says`: its statements, by their places in the claim; `within`: which of them rest on which.
    """

    article: str
    x: float
    y: float
    kind: str
    told: str
    hard: bool
    name: str = ""
    ends: bool = False
    articles: tuple[str, ...] = ()
    says: tuple[int, ...] = ()
    within: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A root, at the left; `number` as the tree has it ("1", "D1"), `name` on one line or two.

    `place` follows on the places of the claim's statements: what `Line.pairs` calls it.
    """

    id: str
    y: float
    kind: str
    number: str
    name: tuple[str, ...]
    told: str
    place: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """An edge: the path to draw, its kind as a class, what it says.

    `pairs`: all that it stands for, each the place of a statement and of what that rests on.
    """

    path: str
    kind: str
    told: str
    pairs: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Tick:
    """A day, where its first article stands; or a number of steps from the root."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is drawn, and how large it is.

    `left`: where the first mark stands; `ends`: where the boxes of the roots end. `timed`: whether times are known.
    """

    width: int
    height: int
    dots: tuple[Dot, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    lanes: tuple[float, ...]
    left: int
    ends: int
    timed: bool

    @property
    def used(self) -> frozenset[str]:
        """The kinds of marks and lines that there are, for the key."""
        hard = {"hard"} if any(dot.hard for dot in self.dots) else set[str]()
        several = {"several"} if any(len(dot.articles) > 1 for dot in self.dots) else set[str]()
        return frozenset({dot.kind for dot in self.dots} | {line.kind for line in self.lines} | hard | several)

    @property
    def busy(self) -> bool:
        """Whether there are so many edges that they hide each other."""
        return len(self.lines) >= BUSY


def drawing(found: Provenance, names: Names, bundled: Mapping[str, str] | None = None) -> Drawing:
    """The drawing; of nothing, where the claim has no appearance.

    `bundled`: as which article each is drawn (`trace_bundles`); as itself, where nothing is said.
    """
    plan = _Plan(found, names, bundled or {})
    dots, boxes, ticks = tuple(plan.dots()), tuple(plan.boxes()), tuple(plan.ticks())
    named = [dot.x + len(dot.name) * LETTER for dot in dots if not dot.ends]
    width = max([*(dot.x + RIGHT for dot in dots), *named, *(tick.x + APART_DAYS for tick in ticks)], default=0)
    bottom = max([*(dot.y for dot in dots), *(box.y for box in boxes), TOP]) + LANE
    lanes = tuple(sorted({dot.y for dot in dots}))
    lines = tuple(plan.lines(dots, boxes))
    return Drawing(round(width), round(bottom), dots, boxes, lines, ticks, lanes, plan.left, plan.ends, plan.timed)


class _Plan:
    """Articles in order of time, or of the tree, each with its place. Of those drawn as one, only the first has one."""

    def __init__(self, found: Provenance, names: Names, bundled: Mapping[str, str]) -> None:
        self._found, self._names = found, names
        self._as = {one.article: bundled.get(one.article, one.article) for one in found.claim.appearances}
        self._in = {one.id: self._as[one.article] for one in found.claim.appearances}
        self._of: dict[str, list[Appearance]] = defaultdict(list)
        self._members: dict[str, list[str]] = defaultdict(list)
        for one in found.claim.appearances:
            self._of[self._in[one.id]].append(one)
        for article, drawn in self._as.items():
            self._members[drawn].append(article)
        self._place = {one.id: place for place, one in enumerate(found.claim.appearances)}
        self.timed = any(one.published for one in found.claim.appearances)
        self._hard = {
            self._in[step.later] for step in found.hardening if self._in[step.earlier] != self._in[step.later]
        }
        self._wrapped = {root.id: _wrapped(root) for root in (*found.roots, *found.denials, *found.doubts)}
        longest = max((len(line) for lines in self._wrapped.values() for line in lines), default=0)
        fan = FAN if not self.timed and len(self._of) > MANY else 0
        self.left = BOX + 12 + round(longest * LETTER) + fan
        self.ends = self.left - ENDS - fan
        if self.timed:
            self._by_time()
        else:
            self._by_steps()

    def _by_time(self) -> None:
        self._articles = sorted(self._of, key=lambda article: (*_when(self._of[article][0]), article))
        lanes = self._lanes()
        self._lane = {article: lanes[self._row(article)] for article in self._articles}
        self._x = by_time([self._of[article][0].published for article in self._articles])

    def _by_steps(self) -> None:
        self._steps = {one: far for one, far in steps_from_roots(self._found).items() if one in self._of}
        self._articles = [*self._steps]
        self._lane = {article: lane for lane, article in enumerate(self._articles)}
        self._x = [*by_steps(self._steps).values()]

    def dots(self) -> Iterator[Dot]:
        """One for each article; those of a lane never on each other."""
        reached: dict[int, float] = {}
        most = max(self.left + max(self._x, default=0) + RIGHT, PAGE)
        for article, place in zip(self._articles, self._x, strict=True):
            lane = self._lane[article]
            name = "" if lane in reached else self._name(article)
            reached[lane] = x = max(self.left + place, reached.get(lane, 0) + APART)
            ends = x + len(name) * LETTER > most and x - len(name) * LETTER > self.left
            yield self._dot(article, round(x, 1), TOP + lane * LANE, name, ends)

    def _dot(self, article: str, x: float, y: float, name: str, ends: bool) -> Dot:
        members, says = tuple(self._members[article]), tuple(self._place[one.id] for one in self._of[article])
        told = self._names.article(article) if len(members) == 1 else self._together(members)
        within = tuple(self._within.get(article, ()))
        return Dot(
            article, x, y, _kind(self._of[article]), told, article in self._hard, name, ends, members, says, within
        )

    def _together(self, members: Sequence[str]) -> str:
        """What articles that are drawn as one are called."""
        return f"{count(len(members), 'article')}: {some([*dict.fromkeys(map(self._names.outlet, members))])}"

    def _name(self, article: str) -> str:
        if len(self._members[article]) > 1:
            return _short(self._together(self._members[article]), SEVERAL)
        return _short(self._names.outlet(article), NAME) if self.timed else _short(self._names.article(article), TITLE)

    def boxes(self) -> Iterator[Box]:
        """Each root beside the first article that hangs on it, as far as there is room."""
        found = self._found
        groups = (("", found.roots, "support"), ("D", found.denials, "denies"), ("?", found.doubts, "doubts"))
        wanted = [
            (self._beside(root), root, f"{sign}{number}", kind)
            for sign, roots, kind in groups
            for number, root in enumerate(roots, 1)
        ]
        y = float(TOP - LANE)
        for lane, root, number, kind in sorted(wanted, key=lambda one: (one[0], one[3], len(one[2]), one[2])):
            y = max(y + LANE, TOP + lane * LANE)
            yield Box(root.id, y, kind, number, self._wrapped[root.id], root_words(root), self._roots[root.id, kind])

    @cached_property
    def _roots(self) -> Mapping[tuple[str, str], int]:
        """Each root's place after the statements'; one that both supports and denies has two."""
        found = self._found
        groups = ((found.roots, "support"), (found.denials, "denies"), (found.doubts, "doubts"))
        keys = [(root.id, kind) for roots, kind in groups for root in roots]
        return {key: place for place, key in enumerate(keys, len(found.claim.appearances))}

    def _beside(self, root: Root) -> int:
        articles = [root.first] if self.timed else root.articles
        return min(self._lane[self._as[article]] for article in articles)

    def lines(self, dots: Sequence[Dot], boxes: Sequence[Box]) -> Iterator[Line]:
        """Each pair of articles that an edge joins, once; and each article that names a root."""
        place = {dot.article: (dot.x, dot.y) for dot in dots}
        roots = {(box.id, box.kind): (float(self.ends), box.y) for box in boxes}
        routes = _routes(dots, boxes, self.ends, len(self._between) >= BUSY)
        for (_, later), edges in self._between.items():
            edge = edges[0]
            if start := self._start(edge, roots, place):
                path, pairs = routes.path(start, place[later]), tuple(map(self._pair, edges))
                yield Line(path, edge.kind.replace(" ", "-"), self._told(edge, later), pairs)

    @cached_property
    def _between(self) -> Mapping[tuple[str, str], Sequence[Edge]]:
        """The edges between what is drawn, by both ends; a root that also denies is another end."""
        between: dict[tuple[str, str], list[Edge]] = defaultdict(list)
        for edge in self._found.edges:
            ends = self._ends(edge)
            if ends[0] != ends[1]:
                between[ends].append(edge)
        return between

    def _ends(self, edge: Edge) -> tuple[str, str]:
        return self._in.get(edge.earlier, f"{self._side[edge.later]} {edge.earlier}"), self._in[edge.later]

    @cached_property
    def _within(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Which statements of one mark rest on which."""
        within: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for edge in self._found.edges:
            if self._in.get(edge.earlier) == self._in[edge.later]:
                within[self._in[edge.later]].append(self._pair(edge))
        return within

    @cached_property
    def _side(self) -> Mapping[str, str]:
        return {one.id: side(one) for one in self._found.claim.appearances}

    def _pair(self, edge: Edge) -> tuple[int, int]:
        """The places of both ends."""
        earlier = self._place.get(edge.earlier)
        return self._place[edge.later], self._roots[
            edge.earlier, self._side[edge.later]
        ] if earlier is None else earlier

    def _start(self, edge: Edge, roots: Mapping[tuple[str, str], Point], place: Mapping[str, Point]) -> Point | None:
        """Where an edge begins: at a root of the same group, or at an article."""
        if edge.earlier in self._in:
            return place[self._in[edge.earlier]]
        return roots.get((edge.earlier, self._side[edge.later]))

    def _told(self, edge: Edge, later: str) -> str:
        if len(self._members[later]) > 1:
            edges = self._between[self._ends(edge)]
            ways = Counter(kind for kind, _ in {(one.kind, one.later.rsplit("@")[0]) for one in edges})
            how = several([f"{PASSIVE[kind]} {number}" for kind, number in ways.most_common()])
            return f"{self._together(self._members[later])} ({how})"
        return f"{self._names.passive(edge)} {self._names.outlet(later)}: {one_line(edge.reason)}"

    def ticks(self) -> Iterator[Tick]:
        """The days, where there is room to write them; without times the steps."""
        last, seen = -1e9, None
        for article, x in zip(self._articles, self._x, strict=True) if self.timed else self._columns():
            shown = self._axis(article)
            if shown != seen and x - last >= APART_DAYS:
                yield Tick(round(self.left + x, 1), shown)
                last = x
            seen = shown

    def _columns(self) -> Iterator[tuple[str, float]]:
        """The first article of each number of steps."""
        firsts = {x: article for article, x in zip(reversed(self._articles), reversed(self._x), strict=True)}
        return ((firsts[x], x) for x in sorted(firsts))

    def _axis(self, article: str) -> str:
        if not self.timed:
            far = self._steps[article]
            return f"{count(far, 'step')} on" if far else "tells of the root"
        when = self._of[article][0].published
        return f"{when.day} {when:%b %Y}" if when else "no time given"

    def _lanes(self) -> dict[str, int]:
        """Outlets by the first root that they rest on, then by time: what belongs together stands together."""
        roots = (*self._found.roots, *self._found.denials, *self._found.doubts)
        rank: dict[str, int] = {}
        for number, root in enumerate(roots):
            for article in root.articles:
                rank.setdefault(self._row(self._as[article]), number)
        outlets = dict.fromkeys(map(self._row, self._articles))
        ordered = sorted(outlets, key=lambda outlet: rank.get(outlet, len(roots)))
        return {outlet: lane for lane, outlet in enumerate(ordered)}

    def _row(self, article: str) -> str:
        """What shares a lane: the articles of an outlet; those that are drawn as one have one of their own."""
        return article if len(self._members[article]) > 1 else self._names.outlet(article).casefold()


def _when(one: Appearance) -> tuple[bool, float]:
    return one.published is None, seconds(one.published) if one.published else 0.0


def _routes(dots: Sequence[Dot], boxes: Sequence[Box], ends: int, plain: bool) -> Routes:
    """What lines are led round: all marks, and names where they can."""
    routes = Routes(plain)
    for dot in dots:
        begin = dot.x - len(dot.name) * LETTER if dot.ends else dot.x - 4
        around = 7 if len(dot.articles) == 1 else 10
        routes.take(dot.x - around, dot.y - around, dot.x + around, dot.y + around)
        if dot.name:
            routes.take(begin, dot.y - 16, begin + len(dot.name) * LETTER, dot.y - 11, NAMED)
    for box in boxes:
        routes.take(0, box.y - 10, ends - 1, box.y + 10)
    return routes


def _kind(appearances: Sequence[Appearance]) -> str:
    """What an article does to the claim; a correction counts before all else."""
    if any(one.corrects for one in appearances):
        return "corrects"
    groups = set(map(side, appearances))
    if {"support", "denies"} <= groups:
        return "both"
    return next(kind for kind in ("support", "denies", "doubts") if kind in groups)


def _wrapped(root: Root) -> tuple[str, ...]:
    lines = textwrap.wrap(one_line(root.name), ROOT, max_lines=2, placeholder=" …")
    return tuple(lines)


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"
