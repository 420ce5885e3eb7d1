"""Whether frames that fit show one place, or one thing that both have."""

from __future__ import annotations

import numpy as np
import pytest

from firsthand.media import deep_weighing
from firsthand.media.deep_chains import Confirmed
from firsthand.media.deep_fitting import Fit, Points

SIZE = (854, 480)


def frame(count: int) -> Points:
    """With points all over."""
    rng = np.random.default_rng(count)
    places = rng.uniform(0, SIZE[0], count) + 1j * rng.uniform(0, SIZE[1], count)
    levels, flags = np.zeros(count, np.int64), np.zeros(count, bool)
    return Points(places, np.zeros(count, np.uint8), levels, flags, flags, np.zeros((count, 32), np.uint8), SIZE)


def pairs(fields: int, lines: int, count: int, frames: int = 2) -> list[Confirmed]:
    spots = np.linspace(50, 800, count) + 60j
    fit = Fit(1 + 0j, 0j, spots, count, fields, lines, count)
    return [Confirmed(n, n, float(n), float(n), fit, True, float(count)) for n in range(frames)]


@pytest.mark.parametrize(
    ("fields", "lines", "among", "is_one"),
    [
        (10, 2, 200, False),  # a title in the same typeface
        (10, 2, 40, True),  # the same title, of which all fits
        (10, 3, 200, True),
        (10, 3, 300, False),  # rows of windows that fit by chance
        (9, 3, 200, False),
        (18, 1, 300, True),
    ],
)
def test_what_is_a_place(fields: int, lines: int, among: int, is_one: bool) -> None:
    def points(_: int) -> Points:
        return frame(among)

    assert deep_weighing.is_place(pairs(fields, lines, 36), points, points) is is_one


def test_one_frame_alone_must_be_wide_and_of_several_lines() -> None:
    def points(_: int) -> Points:
        return frame(200)

    mixed = pairs(10, 2, 36) + pairs(3, 3, 36)
    assert not deep_weighing.is_place(mixed, points, points)
