"""Finding the reference frames whose points look like those of a query's frame."""

from __future__ import annotations

import numpy as np

from firsthand.media.deep_index import FLAT, Lookup, one_core
from firsthand.media.deep_prints import DeepPrint
from firsthand.media.deep_store import points_of, stored

POINTS = 300


def print_of(looks: np.ndarray, frames: int) -> DeepPrint:
    """A print of that many frames, with as many points in each."""
    rng, count = np.random.default_rng(len(looks)), len(looks)
    places = np.stack([rng.integers(0, 854 * 16, count), rng.integers(2000, 5000, count)], 1).astype(np.uint16)
    none = np.zeros(frames, np.uint16)
    flat = np.zeros(count, np.uint8)
    counts = np.full(frames, count // frames, np.uint16)
    times, cuts = np.arange(frames, dtype=np.float32), np.zeros(0, np.float32)
    return DeepPrint(
        times, counts, looks, places, flat, flat, none, np.zeros((0, 32), np.uint8), cuts, float(frames), 854, 480
    )


def noisy(looks: np.ndarray, bits: int) -> np.ndarray:
    """Descriptors with so many bits of each turned."""
    rng, unpacked = np.random.default_rng(1), np.unpackbits(looks, axis=1)
    for row in unpacked:
        row[rng.choice(256, bits, replace=False)] ^= 1
    return np.packbits(unpacked, axis=1)


def test_the_right_frame_in_a_large_archive() -> None:
    rng = np.random.default_rng(2)
    prints = [print_of(rng.integers(0, 256, (10 * POINTS, 32), dtype=np.uint8), 10) for _ in range(10)]
    assert len(prints) * 10 * POINTS > FLAT
    with one_core():
        lookup = Lookup(stored((str(n), one) for n, one in enumerate(prints)))
        query = print_of(noisy(prints[7].looks[4 * POINTS : 5 * POINTS], 25), 1)
        found = lookup.votes(points_of(query, 0), 4, 2.5)
    assert found.frames.tolist() == [74]
    assert found.votes[0] > POINTS / 5


def test_what_many_references_have_counts_little() -> None:
    rng = np.random.default_rng(3)
    shared = rng.integers(0, 256, (20, 32), dtype=np.uint8)
    own = [rng.integers(0, 256, (30, 32), dtype=np.uint8) for _ in range(8)]
    with one_core():
        lookup = Lookup(stored((str(n), print_of(np.concatenate([one, shared]), 1)) for n, one in enumerate(own)))
        found = lookup.votes(points_of(print_of(np.concatenate([own[5][:10], shared]), 1), 0), 9, 0.5)
    assert found.frames[0] == 5
    assert found.votes[0] > 3 * found.votes[1]


def test_a_place_that_stays_is_looked_up_once() -> None:
    looks = np.random.default_rng(4).integers(0, 256, (40, 32), dtype=np.uint8)
    with one_core():
        lookup = Lookup(stored([("a", print_of(np.concatenate([looks, looks, looks]), 3))]))
        votes = lookup.votes(points_of(print_of(looks, 1), 0), 4, 1)
    assert votes.frames.tolist() == [0]
    assert len(lookup._rows) == 40


def test_nothing() -> None:
    empty = print_of(np.zeros((0, 32), np.uint8), 1)
    assert len(Lookup(stored([("a", empty)])).votes(points_of(empty, 0), 4, 1).frames) == 0
