"""How the hashes of pictures are written down."""

from __future__ import annotations

import zlib

import numpy as np
import pytest

from firsthand.errors import LibraryError
from firsthand.media.prints import PicturePrint


def made(count: int = 50) -> PicturePrint:
    rng = np.random.default_rng(3)
    return PicturePrint(
        np.sort(rng.uniform(0, 9, count)).astype(np.float32),
        rng.integers(0, 256, (count, 32), dtype=np.uint8),
        rng.integers(0, 8, count, dtype=np.uint8),
        rng.integers(0, 256, count, dtype=np.uint8),
        9.5,
    )


@pytest.mark.parametrize("count", [0, 1, 50])
def test_there_and_back(count: int) -> None:
    print_ = made(count)
    again = PicturePrint.unpacked(print_.packed())
    for name in ("times", "hashes", "views", "quality"):
        column = getattr(again, name)
        assert np.array_equal(column, getattr(print_, name)) and column.dtype == getattr(print_, name).dtype
    assert again.hashes.shape == (count, 32) and again.duration == 9.5


@pytest.mark.parametrize("length", [0, 3, 17, 18, 40, 900])
def test_cut_off(length: int) -> None:
    with pytest.raises(LibraryError, match="damaged"):
        PicturePrint.unpacked(made().packed()[:length])


def test_every_damaged_byte_is_an_error_or_a_print() -> None:
    packed = made(3).packed()
    for place in range(len(packed)):
        damaged = bytearray(packed)
        damaged[place] ^= 0x41
        try:
            PicturePrint.unpacked(bytes(damaged))
        except LibraryError:
            continue


def test_more_behind_it() -> None:
    with pytest.raises(LibraryError, match="damaged"):
        PicturePrint.unpacked(made().packed() + b"x")


def test_of_another_version() -> None:
    packed = bytearray(made().packed())
    packed[4] = 9
    with pytest.raises(LibraryError, match="version 9; this Firsthand reads 1"):
        PicturePrint.unpacked(bytes(packed))


def test_a_bomb_is_not_unpacked() -> None:
    head = made(1).packed()[:18]
    with pytest.raises(LibraryError, match="do not unpack"):
        PicturePrint.unpacked(head + zlib.compress(bytes(50_000_000), 9))


def test_a_count_out_of_bounds() -> None:
    packed = bytearray(made(1).packed())
    packed[6:10] = (2**32 - 1).to_bytes(4, "little")
    with pytest.raises(LibraryError, match="out of bounds"):
        PicturePrint.unpacked(bytes(packed))


@pytest.mark.parametrize("times", [[1.0, 0.5], [-1.0, 0.0], [0.0, np.nan], [np.inf, np.inf], [0.0, 3e38]])
def test_times_in_disorder(times: list[float]) -> None:
    few = made(2)
    damaged = PicturePrint(np.array(times, np.float32), few.hashes, few.views, few.quality, 1.0)
    with pytest.raises(LibraryError, match="disorder"):
        PicturePrint.unpacked(damaged.packed())


@pytest.mark.parametrize("duration", [float("nan"), float("inf"), -1.0, 1e300])
def test_no_such_duration(duration: float) -> None:
    few = made(1)
    damaged = PicturePrint(few.times, few.hashes, few.views, few.quality, duration)
    with pytest.raises(LibraryError, match="duration"):
        PicturePrint.unpacked(damaged.packed())
