"""What is kept of a file's pictures: hashes with their times, and how they are written down."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firsthand.errors import LibraryError

MOST = 20_000_000
"""Hashes of one print: 35 hours at eight frames a second, each in 20 views; 760 MB where they are unpacked."""

LONGEST = 1e6
"""Seconds: 11 days. decoding.py gives no later frame."""

_MAGIC = b"FHPP"
_VERSION = 1
_HEAD = struct.Struct("<4sHId")
_ROW = 4 + 32 + 1 + 1


@dataclass(frozen=True, slots=True, eq=False)
class PicturePrint:
    """The hashes of a file's frames, in the order of their times.

    `times` f32[n] in s; `hashes` u8[n, 32], as pdq.py makes them; `views` u8[n]: of which part of the frame (views.py);
    `quality` u8[n]: how far each can be relied on. `duration` in s: 0 for a single picture, and for a sound, which has
    no hashes either.
    """

    times: NDArray[np.float32]
    hashes: NDArray[np.uint8]
    views: NDArray[np.uint8]
    quality: NDArray[np.uint8]
    duration: float

    def packed(self) -> bytes:
        """The print as bytes: a head with version and count, then column by column, compressed."""
        columns = (self.times.astype("<f4"), self.hashes, self.views, self.quality)
        head = _HEAD.pack(_MAGIC, _VERSION, len(self.times), self.duration)
        return head + zlib.compress(b"".join(column.tobytes() for column in columns), 1)

    @classmethod
    def unpacked(cls, packed: bytes) -> PicturePrint:
        """The print that `packed` wrote. Raises LibraryError where the bytes are damaged or of another version."""
        count, duration = _head(packed)
        body = memoryview(_body(packed, count * _ROW))
        times = np.frombuffer(body, "<f4", count).astype(np.float32)
        hashes = np.frombuffer(body, np.uint8, count * 32, count * 4).reshape(count, 32)
        views, quality = np.frombuffer(body, np.uint8, count * 2, count * 36).reshape(2, count)
        ordered = bool((times[1:] >= times[:-1]).all())  # which NaN never is
        if count and not (ordered and 0 <= times[0] <= times[-1] <= LONGEST):
            raise LibraryError("a print of pictures is damaged: its times are in disorder")
        return cls(times, hashes, views, quality, duration)


def _head(packed: bytes) -> tuple[int, float]:
    if len(packed) < _HEAD.size or not packed.startswith(_MAGIC):
        raise LibraryError("a print of pictures is damaged: its head is none")
    _, version, count, duration = _HEAD.unpack_from(packed)
    if version != _VERSION:
        raise LibraryError(f"a print of pictures is of version {version}; this Firsthand reads {_VERSION}")
    if count > MOST or not 0 <= duration <= LONGEST + 1:
        raise LibraryError("a print of pictures is damaged: its count or its duration is out of bounds")
    return count, duration


def _body(packed: bytes, size: int) -> bytes:
    """The columns: exactly `size` bytes, and no more is ever unpacked."""
    unpacker = zlib.decompressobj()
    try:
        body = unpacker.decompress(packed[_HEAD.size :], size + 1)
    except zlib.error:
        body = b""
    if len(body) != size or not (unpacker.eof and not unpacker.unused_data):
        raise LibraryError("a print of pictures is damaged: its columns do not unpack")
    return body
