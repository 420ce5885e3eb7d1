"""Lines between the marks of the drawing, led round the marks that they have nothing to do with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

Point = tuple[float, float]
Piece = tuple[Point, Point, Point, Point]
"""A cubic curve: from, two points that bend it, to."""

CELL = 4
"""Pixels: what is taken is known for squares of this size."""

LANE = 33
"""Pixels from a lane to the next; a mark takes 9 to each side, and the name above it as much again."""

TURN, DROP = 44.0, 18.0
"""Pixels in which a line changes its lane, where it does that at once; and where there is no room for that."""

BELOW, ABOVE = 11.0, 11.0 - LANE
"""Pixels from a lane to where a line passes between its marks and the names of the next lane; and the same above."""

ENDS = 13.0
"""Pixels around a line's ends within which nothing is in its way."""

MARK, NAME, OTHER, BESIDE = 40.0, 0.7, 0.9, 0.01
"""What a square costs that a mark has taken, a name, another line, one that begins at the same mark; ...."""

BENT = 0.4
"""... and what it costs to turn at once, not over all the way, which looks calmer."""


class Routes:
    """What stands where, and the lines that have been led through it so far.

    `plain`: no way is looked for. Many lines are calmer without.
    """

    def __init__(self, plain: bool = False) -> None:
        self._taken: dict[tuple[int, int], float] = defaultdict(float)
        self._led: dict[tuple[int, int], set[Point]] = defaultdict(set)
        self._plain = plain

    def take(self, left: float, top: float, right: float, bottom: float, cost: float = MARK) -> None:
        """Nothing is to be led through this rectangle, unless all else costs more."""
        if self._plain:
            return
        for i in range(int(left // CELL), int(right // CELL) + 1):
            for j in range(int(top // CELL), int(bottom // CELL) + 1):
                self._taken[i, j] = max(self._taken[i, j], cost)

    def path(self, start: Point, end: Point) -> str:
        """The line from one point to the other, as SVG's path."""
        if self._plain:
            return _written(next(_shapes(start, end)))
        shapes = list(_shapes(start, end))
        ways = [_cells(shape) for shape in shapes]
        costs = [self._cost(way, start) + BENT * bool(place) for place, way in enumerate(ways)]
        best = costs.index(min(costs))
        for cell in ways[best]:
            self._led[cell].add(start)
        return _written(shapes[best])

    def _cost(self, way: set[tuple[int, int]], start: Point) -> float:
        marks = sum(self._taken[cell] for cell in way if cell in self._taken)
        lines = (BESIDE if one == start else OTHER for cell in way if cell in self._led for one in self._led[cell])
        return marks + sum(lines)


def _shapes(start: Point, end: Point) -> Iterator[Sequence[Piece]]:
    """Ways to go, the calmest first: a curve; between two lanes; level, then over to the other, then level."""
    (x, y), (u, v) = start, end
    span = u - x
    if abs(span) < 1 and y != v:
        yield [_curve((x, y), (u, v), -24.0)]
        return
    yield [_curve(start, end, max(abs(span) / 2, 24.0))]
    if span < DROP:
        return
    if span > 3 * TURN:
        yield from (_beside(start, end, level) for level in dict.fromkeys((y + BELOW, y + ABOVE, v + BELOW, v + ABOVE)))
    if y == v:
        return
    for width in sorted({max(span / 2, DROP), min(TURN, span), DROP}, reverse=True):
        for part in (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0):
            a = x + (span - width) * part
            yield [_level(start, a), _curve((a, y), (a + width, v), width / 2), _level((a + width, v), u)]


def _curve(start: Point, end: Point, bend: float) -> Piece:
    """It leaves and arrives level. A bend to the left leaves and arrives there."""
    return start, (start[0] + bend, start[1]), (end[0] - abs(bend), end[1]), end


def _level(start: Point, x: float) -> Piece:
    return start, start, (x, start[1]), (x, start[1])


def _beside(start: Point, end: Point, level: float) -> Sequence[Piece]:
    """Most of the way between two lanes."""
    (x, y), (u, v) = start, end
    off, on = max(DROP, min(TURN, abs(level - y))), max(DROP, min(TURN, abs(level - v)))
    left, right = (x + off, level), (u - on, level)
    return [_curve(start, left, off / 2), _level(left, right[0]), _curve(right, end, on / 2)]


def _cells(shape: Sequence[Piece]) -> set[tuple[int, int]]:
    """The squares that a line goes through, but for its ends."""
    (x, y), (u, v) = shape[0][0], shape[-1][3]
    return {
        (int(a // CELL), int(b // CELL))
        for piece in shape
        for a, b in _points(piece)
        if abs(a - x) + abs(b - y) > ENDS and abs(a - u) + abs(b - v) > ENDS
    }


def _points(piece: Piece) -> Iterator[Point]:
    (x, y), (p, q), (r, s), (u, v) = piece
    number = int((abs(u - x) + abs(v - y)) / CELL) + 2
    for i in range(number + 1):
        t = i / number
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        yield a * x + b * p + c * r + d * u, a * y + b * q + c * s + d * v


def _written(shape: Sequence[Piece]) -> str:
    (x, y), *_ = shape[0]
    return f"M{x:.5g} {y:.5g}" + "".join(_step(piece) for piece in shape if piece[0] != piece[3])


def _step(piece: Piece) -> str:
    start, first, second, end = piece
    if start[1] == first[1] == second[1] == end[1]:
        return f"H{end[0]:.5g}"
    return "C" + " ".join(f"{a:.5g} {b:.5g}" for a, b in (first, second, end))
