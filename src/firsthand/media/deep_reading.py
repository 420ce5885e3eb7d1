"""The key frames of a file: one a second, fewer where nothing changes; and when another shot begins. Streamed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from firsthand.errors import MediaError
from firsthand.media.decoding import MOST_FRAMES, MOST_PIXELS, opened, pictures, prepare, timed, upright

STEP = 1.0
"""Seconds from key frame to key frame, at least."""
RESTING = 4.0
"""Seconds from key frame to key frame while nothing changes."""
_CHANGE = 3.0
"""Gray values by which some field of the picture has changed when something has: more than noise and compression do to
the mean of a field."""
_CUT = 12.0
"""Mean change of the fields from frame to frame, in gray values, at which another shot begins, where it is also
`_SUDDEN` times what it was before."""
_SUDDEN = 4.0
_FIELDS = 12
"""Fields of the picture each way."""
_SPARE = 8
"""Frames a second from which on those that no other needs are not decoded."""

Gray = NDArray[np.uint8]
Means = NDArray[np.float32]


class KeyFrame(NamedTuple):
    """A frame at `at` seconds: `gray` u8[height, width], at its own size, upright."""

    at: float
    gray: Gray


@dataclass(slots=True)
class Reading:
    """A file being read: its key frames, and what is known once they are all given.

    `step`: seconds from key frame to key frame. `cuts`: seconds at which another shot begins. `end`: when the last
    frame ends; 0 for a single picture.
    """

    path: Path
    step: float = STEP
    cuts: list[float] = field(default_factory=list)
    end: float = 0.0
    _number: int = 0
    _usual: float = 1.0
    _last: float = 0.0
    _means: Means | None = None
    _kept: Means | None = None

    def frames(self) -> Iterator[KeyFrame]:
        """The key frames, first to last; none of a sound. Raises MediaError where pictures cannot be decoded."""
        with opened(self.path) as container:
            if stream := pictures(container):
                prepare(stream, skips=float(stream.average_rate or 0) >= _SPARE)
                latest = 0.0
                for at, frame in timed(container, stream):
                    if self._number >= MOST_FRAMES:
                        return
                    latest = max(latest, at)  # a damaged file's clock may go back
                    yield from self._of(latest, frame)
                if not self._number:
                    raise MediaError(str(self.path), "could not be read: none of its pictures can be decoded")

    def _of(self, at: float, frame: VideoFrame) -> Iterator[KeyFrame]:
        if frame.width * frame.height > MOST_PIXELS:
            raise MediaError(str(self.path), "could not be read: a picture of over 100 megapixels")
        gray = _gray(frame)
        if self._is_key(at, _means(gray)):
            yield KeyFrame(at, upright(gray, frame.rotation))

    def _is_key(self, at: float, means: Means) -> bool:
        """Whether this frame, of these means, is one to keep; notes cuts and the end."""
        cut = self._is_cut(at, means)
        due = self._kept is None or at - self._last >= RESTING - 1e-3
        if not due and not cut and at - self._last >= self.step - 1e-3:
            due = self._kept is None or float(np.abs(means - self._kept).max()) > _CHANGE
        if due or cut:
            self._kept, self._last = means, at
        return due or cut

    def _is_cut(self, at: float, means: Means) -> bool:
        change = 0.0 if self._means is None else _difference(means, self._means)
        cut = change > max(_CUT, _SUDDEN * self._usual)
        if cut:
            self.cuts.append(at)
        self._usual, self._means = 0.8 * self._usual + 0.2 * change, means
        # A frame is taken to last as long as the one before did, on average.
        self.end = at + at / self._number if self._number else at
        self._number += 1
        return cut


def _difference(means: Means, others: Means) -> float:
    """Of two frames, in gray values; of frames of other sizes, which no camera makes one after another, the most."""
    return float(np.abs(means - others).mean()) if means.shape == others.shape else 255.0


def _means(gray: Gray) -> Means:
    """The mean of each field of the picture, of every fourth point each way."""
    few = gray[::4, ::4] if min(gray.shape) >= 4 * _FIELDS else gray
    high, wide = (max(1, side // _FIELDS) for side in few.shape)
    few = few[: few.shape[0] // high * high, : few.shape[1] // wide * wide]
    fields = few.reshape(few.shape[0] // high, high, -1, wide)
    return np.asarray(fields.mean((1, 3), dtype=np.float32))


def _gray(frame: VideoFrame) -> Gray:
    """The brightness of a frame: the plane that most formats keep it in, or what is made of the others."""
    if frame.format.name.startswith(("yuv4", "yuvj4", "nv")) and frame.format.components[0].bits == 8:
        plane = frame.planes[0]
        return np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[: frame.height, : frame.width]
    return np.asarray(frame.to_ndarray(format="gray"), np.uint8)
