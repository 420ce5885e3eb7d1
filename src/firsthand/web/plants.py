"""A claim's roots, drawn: a plant grows out of each, with a seed for every article that rests on it.

One root under forty articles is one large head on one stem; forty roots are a meadow. What root it is, its mark's
shape tells, and its words; how much is independent stands beside it, as a row of filled and open squares.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from firsthand.model import RootKind, RootMark, Summary
from firsthand.share.plain import one_line

WIDTH, HEAD, STEM, GAP, NARROWEST, EDGE = 232, 29.0, 8.0, 7.0, 10.0, 3.0
"""Of the drawing, in pixels: its width at most, the largest head's radius, how much of a stem is seen below its head,
the room between two plants, the least that one takes, and the margin for seeds at the edge. The ground is at 0."""

SEED, DOT = 5.6, 5.0
"""The most that seeds lie apart, and the widest of them."""

MOST_SEEDS = 400
"""Seeds that are drawn of one root, when they are a hair's breadth each; more look the same."""

MOST_SQUARES = 12
"""Roots up to which the range is drawn, a square each; more are only told."""

MOST_RAYS = 120
"""Seeds up to which each is tied to its stem by a line; with more the head is dense enough to be seen as one."""

MOST_FANNED, FAN, WIDEST, FANNED, STALK = 9, 0.3, 1.3, 0.85, 3.0
"""Articles up to which a head is a fan of rays: radians between the outermost of two, and of many, to the upright; how
long a ray is beside a full head's radius, and by how many pixels longer."""

_TURN = math.pi * (3 - math.sqrt(5))

KINDS: dict[RootKind, str] = {
    "on the record": "on the record",
    "unnamed": "unnamed",
    "document": "a document",
    "eyewitness": "an eyewitness",
    "outlet's own": "the outlet itself, which names nobody",
    "outlet not here": "an outlet of which nothing is here: unmeasured",
    "unknown": "nobody in particular",
}

# Shapes around (0, 0), each of its own outline, so that nothing hangs on colour.
MARKS: dict[RootKind, str] = {
    "on the record": "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
    "unnamed": "M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z",
    "document": "M-3.5-4h7v8h-7z",
    "eyewitness": "M0-5L5 0L0 5L-5 0z",
    "outlet's own": "M0-4.5L4.5 3.5h-9z",
    "outlet not here": "M-3.5-3.5h7v7h-7z",
    "unknown": "M-3.5-3.5L3.5 3.5M-3.5 3.5L3.5-3.5",
}
OPEN = frozenset(["unnamed", "outlet not here", "unknown"])
"""Kinds whose mark is an outline: who it is cannot be looked at."""


@dataclass(frozen=True, slots=True)
class Plant:
    """One root: where it stands, where its stem ends, how high it is, its rays and its seeds as a path each.

    `size` is how wide a seed is, `words` who it is.
    """

    x: float
    top: float
    high: float
    rays: str
    seeds: str
    size: float
    kind: RootKind
    words: str


@dataclass(frozen=True, slots=True)
class Meadow:
    """The drawing of a claim's roots, `height` above its ground. `words` say all that it shows.

    `more` is how many roots it has no room for. Of the independent roots `surely` and `perhaps` are the squares.
    """

    plants: tuple[Plant, ...]
    more: int
    width: int
    height: int
    words: str
    surely: int
    perhaps: int


def meadow(found: Summary) -> Meadow:
    """The drawing of what a claim rests on."""
    spread = _spread([mark.articles for mark in found.roots])
    plants = tuple(_planted(found.roots, spread))
    last = found.roots[-1].articles if plants else 0
    width = plants[-1].x + max(_radius(last, spread), NARROWEST / 2) + EDGE if plants else 0
    height = max((plant.high + EDGE for plant in plants), default=0)
    squares = (found.least, found.most - found.least) if found.most <= MOST_SQUARES else (0, 0)
    return Meadow(plants, found.others, math.ceil(width), math.ceil(height), words(found), *squares)


def words(found: Summary) -> str:
    """What the drawing shows, for who does not see it."""
    each = "; ".join(_told(mark) for mark in found.roots)
    more = f"; and {found.others:,} more" if found.others else ""
    return f"{of_articles(found.articles)} on {roots(found)}: {each}{more}" if each else "Nothing supports it here"


def roots(found: Summary) -> str:
    """The range: "1 to 3 roots"."""
    if found.least == found.most:
        return "1 root" if found.most == 1 else f"{found.most:,} roots"
    return f"{found.least:,} to {found.most:,} roots"


def of_articles(count: int) -> str:
    """How many: "40 articles"."""
    return "1 article" if count == 1 else f"{count:,} articles"


def _told(mark: RootMark) -> str:
    return f"{one_line(mark.name)} ({KINDS[mark.kind]}), {of_articles(mark.articles)}"


def _spread(counts: Sequence[int]) -> float:
    """How far seeds lie apart, so that all plants have room."""
    if not counts:
        return SEED
    sizes = [math.sqrt(min(count, MOST_SEEDS)) for count in counts]
    room = WIDTH - GAP * (len(counts) - 1)
    return min(SEED, HEAD / max(*sizes, 1.0), room / max(2 * sum(sizes), 1.0))


def _radius(count: int, spread: float) -> float:
    return spread * math.sqrt(min(count, MOST_SEEDS))


def _planted(marks: Sequence[RootMark], spread: float) -> Iterator[Plant]:
    x = EDGE
    for mark in marks:
        radius = _radius(mark.articles, spread)
        half = max(radius, NARROWEST / 2)
        x += half
        count = min(mark.articles, MOST_SEEDS)
        top = -STEM if count <= MOST_FANNED else -STEM - radius
        places = list((_fan if count <= MOST_FANNED else _head)(x, top, spread, count))
        rays = "".join(f"M{x:.1f} {top:.1f}L{a:.1f} {b:.1f}" for a, b in places) if count <= MOST_RAYS else ""
        seeds = "".join(f"M{a:.1f} {b:.1f}h0" for a, b in places)
        size = round(min(max(1.3 * spread, 0.9), DOT), 1)
        high = -min((y for _, y in places), default=top)
        yield Plant(round(x, 1), round(top, 1), high, rays, seeds, size, mark.kind, _told(mark))
        x += half + GAP


def _fan(x: float, y: float, spread: float, count: int) -> Iterator[tuple[float, float]]:
    """The places of a few seeds, on rays that part at the stem's end."""
    away, widest = spread * math.sqrt(count) * FANNED + STALK, min(FAN * (count - 1), WIDEST)
    for number in range(count):
        turn = widest * (2 * number / (count - 1) - 1) if count > 1 else 0.0
        yield x + away * math.sin(turn), y - away * math.cos(turn)


def _head(x: float, y: float, spread: float, count: int) -> Iterator[tuple[float, float]]:
    """The places of many seeds, as sunflowers have them."""
    for number in range(count):
        away, turn = spread * math.sqrt(number + 0.5), number * _TURN
        yield x + away * math.cos(turn), y + away * math.sin(turn)
