from __future__ import annotations

import numpy as np
import pytest

from firsthand.errors import LibraryError
from firsthand.media.soundprints import SoundPrint

PRINT = SoundPrint(np.array([3, 8, 8], np.uint32), np.array([7, 0, 800], np.uint16), 12.5, ((1.0, 2.5), (4.0, 9.0)))


def test_a_print_comes_back_as_it_was() -> None:
    back = SoundPrint.unpacked(PRINT.packed())
    assert back.times.tolist() == [3, 8, 8] and back.times.dtype == np.uint32
    assert back.pitches.tolist() == [7, 0, 800] and back.pitches.dtype == np.uint16
    assert (back.duration, back.silences, back.has_stream) == (12.5, PRINT.silences, True)
    assert back.state == "heard"


@pytest.mark.parametrize(("has_stream", "state"), [(False, "none"), (True, "silent")])
def test_nothing_to_hear_is_told_from_no_stream(has_stream: bool, state: str) -> None:
    empty = SoundPrint(np.empty(0, np.uint32), np.empty(0, np.uint16), 0.0, (), has_stream)
    assert SoundPrint.unpacked(empty.packed()).state == state


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"FHSP",
        PRINT.packed()[:-1],
        PRINT.packed() + b"x",
        b"X" + PRINT.packed()[1:],
        SoundPrint(PRINT.times[::-1], PRINT.pitches, 1.0).packed(),
        SoundPrint(PRINT.times, PRINT.pitches + 2000, 1.0).packed(),
        SoundPrint(PRINT.times, PRINT.pitches, float("nan")).packed(),
        SoundPrint(PRINT.times, PRINT.pitches, 1.0, ((float("inf"), 2.0),)).packed(),
    ],
)
def test_a_damaged_print_is_refused(damaged: bytes) -> None:
    with pytest.raises(LibraryError, match="damaged"):
        SoundPrint.unpacked(damaged)


def test_every_cut_is_refused() -> None:
    packed = PRINT.packed()
    for length in range(len(packed)):
        with pytest.raises(LibraryError):
            SoundPrint.unpacked(packed[:length])
