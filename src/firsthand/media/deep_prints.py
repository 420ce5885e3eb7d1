"""What the deep stage keeps of a file's pictures: points of key frames that can be found again, and how they look."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firsthand.errors import LibraryError

BYTES = 32
"""Of one descriptor: 256 bits."""
SUBPIXELS = 16
"""Steps of one pixel in which points are kept."""
LEVELS = 8
"""Sizes that a picture is looked at in, at most: three bits of `kinds`."""
STILL = 128
"""Set in `kinds` for a point that stays where it is while most of the picture moves: a logo, a banner."""

KEPT_POINTS = 320
"""Points of a key frame that the archive keeps: an hour is then some 43 MB before what stands still is left out."""

_MAGIC = b"FHDEEP1\0"
_HEAD = struct.Struct("<8sIIIIfHH")
_MOST = 1 << 27


@dataclass(frozen=True, eq=False, slots=True)
class DeepPrint:
    """Points of the key frames of one file, in frames that are scaled to `width` by `height` pixels.

    times: f32[n], seconds, rising. counts: u16[n], points of each key frame. looks: u8[m, 32], ORB descriptors of all
    points, frame by frame, those first that are to be kept longest. places: u16[m, 2], x and y in 16ths of a pixel.
    turns: u8[m], the direction in 256ths of a circle. kinds: u8[m], in which of the sizes it was found, 0 the largest,
    with `STILL`. mirror_counts: u16[n], and mirrors: u8[k, 32]: the descriptors that the first points of each frame
    would have in a mirror. cuts: f32[c], seconds at which another shot begins. duration: seconds; 0 for one picture.
    """

    times: NDArray[np.float32]
    counts: NDArray[np.uint16]
    looks: NDArray[np.uint8]
    places: NDArray[np.uint16]
    turns: NDArray[np.uint8]
    kinds: NDArray[np.uint8]
    mirror_counts: NDArray[np.uint16]
    mirrors: NDArray[np.uint8]
    cuts: NDArray[np.float32]
    duration: float
    width: int
    height: int

    def packed(self) -> bytes:
        """All of it in bytes."""
        n, m, k, c = len(self.times), len(self.looks), len(self.mirrors), len(self.cuts)
        head = _HEAD.pack(_MAGIC, n, m, k, c, self.duration, self.width, self.height)
        return head + b"".join(np.ascontiguousarray(part).tobytes() for part in self._parts())

    @classmethod
    def unpacked(cls, data: bytes) -> DeepPrint:
        """The print that was packed. Raises LibraryError where it is damaged, or was never one."""
        n, m, k, c, duration, width, height = _head(data)
        wanted = _sizes(n, m, k, c)
        if len(data) != _HEAD.size + sum(int(np.prod(shape)) * np.dtype(kind).itemsize for kind, shape in wanted):
            raise LibraryError("a print of the deep stage is cut off, or too long")
        parts: list[NDArray[Any]] = []
        at = _HEAD.size
        for kind, shape in wanted:
            part = np.frombuffer(data, kind, int(np.prod(shape)), at).reshape(shape)
            parts.append(part)
            at += part.nbytes
        return _checked(cls(*parts, duration, width, height))  # type: ignore[call-arg, arg-type]

    def kept(self) -> DeepPrint:
        """What the archive keeps: the first `KEPT_POINTS` points of each key frame, and nothing mirrored."""
        rank = np.arange(len(self.looks)) - np.repeat(self.bounds()[:-1], self.counts)
        at = rank < KEPT_POINTS
        few = np.minimum(self.counts, KEPT_POINTS).astype(np.uint16)
        points = self.looks[at], self.places[at], self.turns[at], self.kinds[at]
        none = np.zeros_like(self.mirror_counts), np.zeros((0, BYTES), np.uint8)
        return DeepPrint(self.times, few, *points, *none, self.cuts, self.duration, self.width, self.height)

    def bounds(self) -> NDArray[np.int64]:
        """i64[n + 1]: where the points of each key frame begin, and the end."""
        return np.concatenate([[0], np.cumsum(self.counts, dtype=np.int64)])

    def _parts(self) -> tuple[NDArray[Any], ...]:
        return (
            self.times,
            self.counts,
            self.looks,
            self.places,
            self.turns,
            self.kinds,
            self.mirror_counts,
            self.mirrors,
            self.cuts,
        )


def _head(data: bytes) -> tuple[int, int, int, int, float, int, int]:
    if len(data) < _HEAD.size or data[:8] != _MAGIC:
        raise LibraryError("this is no print of the deep stage, or one of another version")
    _, n, m, k, c, duration, width, height = _HEAD.unpack_from(data)
    if max(n, m, k, c) > _MOST or not 0 <= duration < 1e7 or not (width and height):
        raise LibraryError("a print of the deep stage is damaged: its head says what cannot be")
    return n, m, k, c, duration, width, height


def _sizes(n: int, m: int, k: int, c: int) -> list[tuple[str, tuple[int, ...]]]:
    points: list[tuple[str, tuple[int, ...]]] = [("u1", (m, BYTES)), ("<u2", (m, 2)), ("u1", (m,)), ("u1", (m,))]
    return [("<f4", (n,)), ("<u2", (n,)), *points, ("<u2", (n,)), ("u1", (k, BYTES)), ("<f4", (c,))]


def _checked(print_: DeepPrint) -> DeepPrint:
    times, cuts = print_.times, print_.cuts
    whole = int(print_.counts.sum(dtype=np.int64)) == len(print_.looks)
    mirrored = int(print_.mirror_counts.sum(dtype=np.int64)) == len(print_.mirrors)
    within = bool((print_.mirror_counts <= print_.counts).all() and ((print_.kinds % STILL) < LEVELS).all())
    ordered = bool(np.isfinite(times).all() and np.isfinite(cuts).all() and (np.diff(times) >= 0).all())
    if not (whole and mirrored and within and ordered and (times >= 0).all()):
        raise LibraryError("a print of the deep stage is damaged: its parts do not fit together")
    return print_
