"""Making a print of the deep stage of a file, inside the sandbox."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from firsthand.media.decoding import opened
from firsthand.media.deep_features import MIRRORED, SHARES, Features, features, work_size
from firsthand.media.deep_prints import BYTES, STILL, SUBPIXELS, DeepPrint
from firsthand.media.deep_reading import STEP, Gray, Reading

with suppress(ImportError):  # an extra: `deep.available` asks. Loaded before the process confines itself.
    import cv2


MOST_BYTES = 48 << 20
"""Of a packed print: the sandbox lets 64 MiB through. A longer file gets fewer key frames and fewer points in each."""
LONGEST_STEP = 2.0
"""Seconds from key frame to key frame in the longest files: less is missed by points than by time."""
MOVING = 0.6
"""Share of points that go elsewhere from one key frame to the next where the picture moves."""
_SAME = 1.0
"""Pixels within which a point has not moved."""
_ALIKE = 40
"""Bits by which its descriptors differ then, at most."""


def print_of(path: Path) -> DeepPrint:
    """The key frames' points of a file, of a video or a single picture; none of a sound.

    Raises MediaError: its pictures cannot be decoded.
    """
    step, fewer = _thrift(path)
    reading = Reading(path, step)
    times: list[float] = []
    found: list[Features] = []
    size = 1, 1
    for frame in reading.frames():
        size = size if times else work_size(frame.gray.shape[1], frame.gray.shape[0])
        times.append(frame.at)
        found.append(features(_scaled(frame.gray, size), fewer))
        if len(found) > 1:
            _mark(found[-2], found[-1])
    return _joined(times, found, reading, size)


def _thrift(path: Path) -> tuple[float, float]:
    """Seconds from key frame to key frame and share of points for a file as long as this one says that it is."""
    with opened(path) as container:
        seconds = (container.duration or 0) / av.time_base
    most = MOST_BYTES / (sum(SHARES) * (BYTES + 6) + MIRRORED * BYTES)
    step = min(LONGEST_STEP, max(STEP, seconds / most))
    return step, min(1.0, most * step / max(seconds, 1.0))


def _scaled(gray: Gray, size: tuple[int, int]) -> Gray:
    """Made smaller by means, larger by lines between points."""
    way = cv2.INTER_AREA if gray.shape[1] > size[0] else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(np.ascontiguousarray(gray), size, interpolation=way), np.uint8)


def _mark(before: Features, after: Features) -> None:
    """Notes in both which points stay while the picture moves."""
    if not (len(before.looks) and len(after.looks)):
        return
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING).match(before.looks, after.looks)
    here, there = np.array([(pair.queryIdx, pair.trainIdx) for pair in pairs]).T
    moved = np.abs(before.places[here].astype(int) - after.places[there]).max(1)
    alike = np.array([pair.distance for pair in pairs]) <= _ALIKE
    rests = alike & (moved <= _SAME * SUBPIXELS)
    if rests.mean() <= 1 - MOVING:
        before.kinds[here[rests]] |= STILL
        after.kinds[there[rests]] |= STILL


def _joined(times: list[float], found: list[Features], reading: Reading, size: tuple[int, int]) -> DeepPrint:
    places, turns, kinds, looks, mirrors = (_together(found, part) for part in range(5))
    return DeepPrint(
        times=np.array(times, np.float32),
        counts=np.array([len(features.turns) for features in found], np.uint16),
        looks=looks.reshape(-1, BYTES),
        places=places.reshape(-1, 2).astype(np.uint16),
        turns=turns,
        kinds=kinds,
        mirror_counts=np.array([len(features.mirrors) for features in found], np.uint16),
        mirrors=mirrors.reshape(-1, BYTES),
        cuts=np.array(reading.cuts, np.float32),
        duration=reading.end,
        width=size[0],
        height=size[1],
    )


def _together(found: list[Features], part: int) -> NDArray[Any]:
    return np.concatenate([features[part] for features in found]) if found else np.zeros(0, np.uint8)
