"""Bars round a picture."""

from __future__ import annotations

import numpy as np
import pytest

from firsthand.media.bars import contents
from tests.media.films import board


def framed(top: int = 0, bottom: int = 0, left: int = 0, right: int = 0, gray: int = 16, frames: int = 5) -> np.ndarray:
    picture = board(1, 256, 144)
    shown = np.stack([np.roll(picture, 3 * number, axis=1) for number in range(frames)])
    noise = np.random.default_rng(0).integers(-4, 5, shown.shape)
    boxed = np.full(shown.shape, gray) + noise
    boxed[:, top : 144 - bottom, left : 256 - right] = shown[:, top : 144 - bottom, left : 256 - right]
    return np.clip(boxed, 0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    ("margins", "gray"),
    [((20, 20, 0, 0), 16), ((0, 0, 50, 50), 16), ((18, 18, 30, 30), 16), ((20, 20, 0, 0), 235), ((0, 40, 0, 0), 0)],
)
def test_bars_are_cut_away(margins: tuple[int, int, int, int], gray: int) -> None:
    top, bottom, left, right = margins
    found = contents(framed(top, bottom, left, right, gray))
    assert np.abs(found - np.array([left, top, 256 - right, 144 - bottom])).max() <= 1


def test_none_where_there_are_none() -> None:
    assert contents(framed()).tolist() == [[0, 0, 256, 144]] * 5


def test_not_of_a_black_picture() -> None:
    assert contents(np.zeros((4, 90, 160), np.uint8)).tolist() == [[0, 0, 160, 90]] * 4


def test_not_where_little_would_be_left() -> None:
    assert contents(framed(60, 60)).tolist() == [[0, 0, 256, 144]] * 5


def test_dark_for_two_frames_is_no_bar() -> None:
    frames = framed(frames=8)
    frames[3:5, :40] = 0
    assert (contents(frames)[:, 1] == 0).all()


def test_bars_begin_with_their_first_frame() -> None:
    frames = np.concatenate([framed(frames=4), framed(30, 30, frames=5), framed(frames=4)])
    assert contents(frames)[:, 1].tolist() == [0] * 4 + [30] * 5 + [0] * 4


def test_of_a_single_picture_too() -> None:
    assert contents(framed(20, 20, frames=1)).tolist() == [[0, 20, 256, 124]]
