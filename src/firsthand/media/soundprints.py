"""What is kept of a file's sound to recognise it by, and how it is written as bytes."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from firsthand.errors import LibraryError

_HEAD = struct.Struct("<4sBBdII")
_MAGIC, _VERSION = b"FHSP", 1
_DAMAGED = "a sound print of the library is damaged"


@dataclass(frozen=True, slots=True, eq=False)
class SoundPrint:
    """The landmarks of a file's sound.

    `times`: u32[n], 1/200 s, rising; `pitches`: u16[n], 1/240 octave above 300 Hz. `duration` in s. `silences`: from,
    to in s. `has_stream`: whether the file has a sound stream at all. Two hours take about 1.5 MB.
    """

    times: NDArray[np.uint32]
    pitches: NDArray[np.uint16]
    duration: float
    silences: tuple[tuple[float, float], ...] = ()
    has_stream: bool = True

    @property
    def state(self) -> Literal["none", "silent", "heard"]:
        """none: the file has no sound stream; silent: nothing is to be heard in it, which is not to be compared."""
        if not self.has_stream:
            return "none"
        return "heard" if len(self.times) else "silent"

    def packed(self) -> bytes:
        """The print as bytes."""
        head = _HEAD.pack(_MAGIC, _VERSION, self.has_stream, self.duration, len(self.silences), len(self.times))
        silences = np.array(self.silences, "<f8").tobytes()
        return head + silences + self.times.astype("<u4").tobytes() + self.pitches.astype("<u2").tobytes()

    @classmethod
    def unpacked(cls, data: bytes) -> SoundPrint:
        """What `packed` wrote. Raises LibraryError for anything else."""
        if len(data) < _HEAD.size:
            raise LibraryError(_DAMAGED)
        magic, version, has_stream, duration, silences, count = _HEAD.unpack_from(data)
        if (magic, version) != (_MAGIC, _VERSION) or len(data) != _HEAD.size + 16 * silences + 6 * count:
            raise LibraryError(_DAMAGED)
        quiet = np.frombuffer(data, "<f8", 2 * silences, _HEAD.size).reshape(-1, 2)
        times = np.frombuffer(data, "<u4", count, _HEAD.size + 16 * silences).astype(np.uint32)
        pitches = np.frombuffer(data, "<u2", count, len(data) - 2 * count).astype(np.uint16)
        _check(times, pitches, duration, quiet)
        return cls(times, pitches, duration, tuple((a, b) for a, b in quiet.tolist()), bool(has_stream))


def _check(
    times: NDArray[np.uint32], pitches: NDArray[np.uint16], duration: float, silences: NDArray[np.float64]
) -> None:
    """Raise LibraryError where the values cannot be those of a print."""
    lasts = 0 <= duration <= 1e6
    rising = bool((times[1:] >= times[:-1]).all()) and (not len(times) or times[-1] <= 2e8)
    within = bool((np.isfinite(silences) & (silences >= 0) & (silences <= 1e6)).all())
    if not (lasts and rising and within and (not len(pitches) or pitches.max() < 1024)):
        raise LibraryError(_DAMAGED)
