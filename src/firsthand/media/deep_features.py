"""Points of a picture that can be found again when it is scaled, cropped or partly covered: ORB, spread over it.

ORB (Rublee and others, "ORB: an efficient alternative to SIFT or SURF", ICCV 2011), by OpenCV. Its own pyramid gives
most points to the finest size and to the busiest corner of a picture. Here every size has its own share, and every
field of a grid its own share of that: a picture in a picture is found by the coarse points of the reference, and what
is left of a picture beside a ticker by the points beside it.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from firsthand.media.deep_prints import BYTES, SUBPIXELS

if TYPE_CHECKING:
    from collections.abc import Sequence
with suppress(ImportError):  # an extra: `deep.available` asks. Loaded before the process confines itself.
    import cv2

Gray = NDArray[np.uint8]
"""One picture, u8[height, width]."""

AREA = 854 * 480
"""Pixels that every picture is scaled to, whatever its shape: a small one is enlarged, so that what is small within it
keeps enough of them for a descriptor, which looks at 31 by 31."""
STEP = 1.25
"""From one size to the next. ORB finds a point again at a size that is up to 1.15 times another."""
SHARES = (260, 140, 80, 70, 60, 50)
"""Points wanted at each size: 660, the largest first. The smallest is a third of the picture's size: there a picture
within another lies."""
MIRRORED = 220
"""Points of a frame that are also described as a mirror would show them."""

_FIELD = 40
"""Pixels of a field of the grid, at each size."""
_EDGE = 12
_FAST = 8
"""Gray values by which a corner differs from its surroundings: low, so that dim and blurred pictures have some."""
_MANY = 4
"""Corners that are asked for, for one that is chosen."""


class Features(NamedTuple):
    """Points of one picture as `DeepPrint` keeps them: places, turns, kinds, looks, mirrors."""

    places: NDArray[np.uint16]
    turns: NDArray[np.uint8]
    kinds: NDArray[np.uint8]
    looks: NDArray[np.uint8]
    mirrors: NDArray[np.uint8]


def work_size(width: int, height: int) -> tuple[int, int]:
    """Width and height at which a picture of this shape is looked at; at most four times as wide as high, or as high.

    A longer shape is squeezed: nothing real has it.
    """
    shape = min(4.0, max(0.25, width / height))
    return round((AREA * shape) ** 0.5), round((AREA / shape) ** 0.5)


def features(gray: Gray, fewer: float = 1.0) -> Features:
    """The points of a picture that has its work size; `fewer`, up to 1, scales how many."""
    found = [_of_size(gray, level, round(share * fewer)) for level, share in enumerate(SHARES)]
    ranks = np.concatenate([np.arange(len(part.turns)) for part in found])
    order = np.argsort(ranks, kind="stable")
    first = order[: round(MIRRORED * fewer)]
    joined = [np.concatenate([part[i] for part in found]) for i in range(5)]
    return Features(joined[0][order], joined[1][order], joined[2][order], joined[3][order], joined[4][first])


def _of_size(gray: Gray, level: int, share: int) -> Features:
    """The points of one size. A picture whose size leaves no room for a corner has none."""
    factor = STEP**-level
    size = max(1, round(gray.shape[1] * factor)), max(1, round(gray.shape[0] * factor))
    small = np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), np.uint8) if level else gray
    corners = _orb(share * _MANY).detect(small, None)
    chosen = _spread(corners, small.shape, share)
    chosen, looks = _orb(share * _MANY).compute(small, chosen)
    if looks is None or not len(chosen):
        return _none()
    places = np.array([corner.pt for corner in chosen])
    turns = np.array([corner.angle for corner in chosen])
    mirrors = _mirrored(small, chosen, share)
    places = (places + 0.5) / (small.shape[1] / gray.shape[1]) - 0.5
    places = np.clip(np.rint(places * SUBPIXELS), 0, 65535).astype(np.uint16)
    turns = np.rint(turns * (256 / 360)).astype(np.int64).astype(np.uint8)
    return Features(places, turns, np.full(len(places), level, np.uint8), looks, mirrors)


def _spread(corners: Sequence[Any], shape: tuple[int, ...], share: int) -> list[Any]:
    """The `share` corners that are strongest in their field of the grid: first each field's best, then its second."""
    if not corners:
        return []
    told = np.array([(*corner.pt, corner.response) for corner in corners])
    across = shape[1] // _FIELD + 1
    field = (told[:, 1] // _FIELD).astype(int) * across + (told[:, 0] // _FIELD).astype(int)
    order = np.lexsort((-told[:, 2], field))
    starts = np.flatnonzero(np.diff(field[order], prepend=-1))
    rank = np.arange(len(order)) - np.repeat(starts, np.diff(starts, append=len(order)))
    best = order[np.lexsort((-told[order, 2], rank))][:share]
    return [corners[i] for i in best]


def _mirrored(small: Gray, corners: Sequence[Any], share: int) -> NDArray[np.uint8]:
    """How these corners look in a mirror, one for each of them."""
    right = small.shape[1] - 1
    turned = [
        cv2.KeyPoint(right - c.pt[0], c.pt[1], c.size, (540 - c.angle) % 360, c.response, 0, i)
        for i, c in enumerate(corners)
    ]
    back, looks = _orb(share * _MANY).compute(np.ascontiguousarray(small[:, ::-1]), turned)
    mirrors = np.zeros((len(corners), BYTES), np.uint8)
    if looks is not None:
        mirrors[[corner.class_id for corner in back]] = looks
    return mirrors


def _none() -> Features:
    few = np.zeros(0, np.uint8)
    return Features(
        np.zeros((0, 2), np.uint16), few, few, np.zeros((0, BYTES), np.uint8), np.zeros((0, BYTES), np.uint8)
    )


@lru_cache(maxsize=16)
def _orb(most: int) -> Any:
    cv2.setNumThreads(1)
    return cv2.ORB.create(max(most, 1), nlevels=1, edgeThreshold=_EDGE, fastThreshold=_FAST)
