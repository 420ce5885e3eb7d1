"""Hashes of pictures with next to nothing in them."""

from __future__ import annotations

import numpy as np
import pytest

from firsthand.media import frames, pdq
from firsthand.media.prints import PicturePrint
from firsthand.media.sparse import sparse


def hash_of(gray: np.ndarray) -> pdq.Hashes:
    height, width = gray.shape
    return pdq.hashed(gray[None].astype(np.uint8), [(0, 0, width, height)])[0][0]


def figure(clothes: int, ground: int, seed: int = 0) -> np.ndarray:
    """One small figure before an empty ground."""
    gray = np.random.default_rng(seed).normal(ground, 2, (270, 480))
    gray[100:148, 300:324] = np.kron(np.random.default_rng(clothes).integers(0, 150, (4, 2)), np.ones((12, 12)))
    return gray.clip(0, 255)


def street(seed: int) -> np.ndarray:
    """Many things all over."""
    rng = np.random.default_rng(seed)
    return np.kron(rng.integers(0, 255, (18, 32)), np.ones((15, 15)))


@pytest.mark.parametrize("seed", range(5))
def test_a_figure_before_a_sky_is_sparse_and_a_street_is_not(seed: int) -> None:
    hashes = np.concatenate([hash_of(figure(seed, 200, seed)), hash_of(street(seed))])
    assert sparse(hashes).tolist() == [True, False]
    assert sparse(pdq.mirrored(hashes)).tolist() == [True, False]


def test_none() -> None:
    assert sparse(np.empty((0, 32), np.uint8)).tolist() == []


def film(grays: list[np.ndarray]) -> PicturePrint:
    hashes = np.concatenate([hash_of(gray) for gray in grays])
    count = len(hashes)
    times = (np.arange(count) / 4).astype(np.float32)
    return PicturePrint(times, hashes, np.zeros(count, np.uint8), np.full(count, 90, np.uint8), count / 4)


def walking(clothes: int, seed: int) -> list[np.ndarray]:
    return [np.roll(figure(clothes, 200, seed + n), 12 * n, axis=1) for n in range(12)]


def test_another_figure_that_walks_the_same_way_is_not_the_same_footage(monkeypatch: pytest.MonkeyPatch) -> None:
    archive = frames.Archive([("one", film(walking(1, 0)))])
    assert archive.matches(film(walking(1, 50)))
    assert archive.matches(film(walking(5, 50))) == ()
    monkeypatch.setattr("firsthand.media.sparse.FEWEST", 0.0)
    assert archive.matches(film(walking(5, 50)))
