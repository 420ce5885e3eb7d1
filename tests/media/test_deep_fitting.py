"""Whether points of two frames fit one movement."""

from __future__ import annotations

import numpy as np
import pytest

from firsthand.media.deep_fitting import Points, common, fitted

SIZE = (854, 480)


def points(
    places: np.ndarray, looks: np.ndarray, *, levels: int = 0, outer: bool = False, still: bool = False
) -> Points:
    count = len(places)
    return Points(
        places,
        np.zeros(count, np.uint8),
        np.full(count, levels, np.int64),
        np.full(count, still),
        np.full(count, outer),
        looks,
        SIZE,
    )


def scene(count: int, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    places = rng.uniform(20, 400, count) + 1j * rng.uniform(20, 400, count)
    return places, rng.integers(0, 256, (count, 32), dtype=np.uint8)


def test_a_movement_is_found_among_much_else() -> None:
    places, looks = scene(120)
    there = places * 1.25 + (30 - 12j)
    there[30:] = np.roll(there[30:], 7)  # three matches in four are wrong
    fit = fitted(points(places, looks), points(there, looks, levels=1))
    assert fit is not None
    assert fit.size == pytest.approx(1.25, abs=0.01)
    assert fit.shift == pytest.approx(30 - 12j, abs=1)
    assert 26 <= fit.count <= 34
    assert fit.fields > 10


def test_what_turns_or_has_another_size_does_not_fit() -> None:
    places, looks = scene(60)
    turned = fitted(points(places, looks), points(places * np.exp(1j), looks))
    assert turned is None or turned.count < 8
    grown = fitted(points(places, looks), points(places, looks, levels=3))
    assert grown is None or grown.count < 8


def test_banners_count_for_nothing() -> None:
    places, looks = scene(60)
    fit = fitted(points(places, looks, outer=True), points(places, looks, outer=True))
    assert fit is not None
    assert (fit.count, fit.fields) == (0, 0)
    assert len(fit.spots) > 50
    assert fitted(points(places, looks, still=True), points(places, looks, still=True)) is None


def test_a_line_of_letters_is_spread_over_few_lines_of_fields() -> None:
    places, looks = scene(60)
    title = places.real * 2 + 1j * (60 + places.imag / 10)
    fit = fitted(points(title, looks), points(title * 1.25, looks, levels=1))
    assert fit is not None and fit.lines <= 2 < 6 <= fit.fields
    fit = fitted(points(places, looks), points(places * 1.25, looks, levels=1))
    assert fit is not None and fit.lines >= 4


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_points(count: int) -> None:
    places, looks = scene(count)
    assert fitted(points(places, looks), points(places, looks)) is None


def test_points_of_one_place() -> None:
    places, looks = scene(30)
    assert fitted(points(np.full(30, 7 + 7j), looks), points(places, looks)) is None


def test_what_both_frames_show() -> None:
    assert common(1, 0j, SIZE, SIZE) == (0, 0, *SIZE)
    assert common(2, -200 - 100j, SIZE, SIZE) == (100, 50, 427, 240)
    assert common(1, 1e6 + 0j, SIZE, SIZE)[2] == 1
