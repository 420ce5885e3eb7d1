"""How the points of the deep stage are written down."""

from __future__ import annotations

import numpy as np
import pytest

from firsthand.errors import LibraryError
from firsthand.media.deep_prints import KEPT_POINTS, DeepPrint

COLUMNS = ("times", "counts", "looks", "places", "turns", "kinds", "mirror_counts", "mirrors", "cuts")


def made(counts: tuple[int, ...] = (5, 0, 400)) -> DeepPrint:
    rng, points = np.random.default_rng(5), sum(counts)
    mirrors = np.minimum(counts, 3).astype(np.uint16)
    return DeepPrint(
        np.arange(len(counts), dtype=np.float32),
        np.array(counts, np.uint16),
        rng.integers(0, 256, (points, 32), dtype=np.uint8),
        rng.integers(0, 9000, (points, 2), dtype=np.uint16),
        rng.integers(0, 256, points, dtype=np.uint8),
        rng.integers(0, 6, points, dtype=np.uint8),
        mirrors,
        rng.integers(0, 256, (int(mirrors.sum()), 32), dtype=np.uint8),
        np.array([0.5], np.float32),
        3.0,
        854,
        480,
    )


@pytest.mark.parametrize("counts", [(), (0,), (5, 0, 400)])
def test_there_and_back(counts: tuple[int, ...]) -> None:
    print_ = made(counts)
    again = DeepPrint.unpacked(print_.packed())
    for name in COLUMNS:
        assert np.array_equal(getattr(again, name), getattr(print_, name)), name
        assert getattr(again, name).dtype == getattr(print_, name).dtype
    assert (again.duration, again.width, again.height) == (3.0, 854, 480)


def test_what_is_kept() -> None:
    print_ = made()
    kept = print_.kept()
    assert kept.counts.tolist() == [5, 0, KEPT_POINTS]
    assert len(kept.mirrors) == 0
    assert np.array_equal(kept.looks[5:], print_.looks[5 : 5 + KEPT_POINTS])
    assert DeepPrint.unpacked(kept.packed()).kept().packed() == kept.packed()


def test_damage_is_told() -> None:
    packed = made().packed()
    for data in (b"", b"FHDEEP1\0", packed[:-1], packed + b"\0", b"x" + packed[1:]):
        with pytest.raises(LibraryError):
            DeepPrint.unpacked(data)


def test_no_damage_gets_through_unnoticed() -> None:
    packed, rng = made((3, 2)).packed(), np.random.default_rng(7)
    for _ in range(400):
        data = bytearray(packed)
        data[int(rng.integers(0, 80))] = int(rng.integers(0, 256))
        try:
            print_ = DeepPrint.unpacked(bytes(data))
        except LibraryError:
            continue
        assert int(print_.counts.sum()) == len(print_.looks)
        assert (np.diff(print_.times) >= 0).all()
