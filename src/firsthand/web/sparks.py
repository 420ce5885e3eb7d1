"""How many articles told of a claim, day by day, as a small drawing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from firsthand.model import Summary

WIDTH, HEIGHT, WIDEST, LEAST = 120, 22, 6.0, 2.0
"""Pixels of the drawing, of the widest line in it, and of the shortest."""


@dataclass(frozen=True, slots=True)
class Spark:
    """The lines as one path, how wide each is, when it begins and ends, and what it shows in words."""

    path: str
    stroke: float
    begins: str
    ends: str
    words: str


def spark(found: Summary) -> Spark | None:
    """The drawing; None where no time is known."""
    if not found.days:
        return None
    first, last = found.days[0][0], found.days[-1][0]
    columns = min(last - first + 1, WIDTH // 2)
    heights = _heights(found.days, first, last, columns)
    step = min(WIDTH / columns, WIDEST + 2)
    path = "".join(
        f"M{(i + 0.5) * step:.1f} {HEIGHT}v{-max(LEAST, h * HEIGHT):.1f}" for i, h in enumerate(heights) if h
    )
    return Spark(path, round(max(step - 1, 1.0), 1), day(first), day(last), _words(found))


def day(ordinal: int) -> str:
    """A day: "3 March 2031"."""
    found = date.fromordinal(ordinal)
    return f"{found.day} {found:%B %Y}"


def _heights(days: Sequence[tuple[int, int]], first: int, last: int, columns: int) -> list[float]:
    """How high each column is, 0 to 1; by the root, so that single articles are seen beside a rush of them."""
    sums = [0] * columns
    for ordinal, count in days:
        sums[(ordinal - first) * columns // (last - first + 1)] += count
    return [math.sqrt(count / max(sums)) for count in sums]


def _words(found: Summary) -> str:
    first, last = found.days[0][0], found.days[-1][0]
    undated = f"; {found.undated:,} without a date" if found.undated else ""
    if first == last:
        return f"All on {day(first)}{undated}"
    most = max(found.days, key=lambda pair: pair[1])
    return f"Told from {day(first)} to {day(last)}, by most articles ({most[1]:,}) on {day(most[0])}{undated}"
