"""Even bars round a picture: how much of each side of a frame they take.

A bar is a row or a column of nearly one gray value that goes on to the frame's edge, in several frames one after
another: a night sky that fills one frame's upper half is none.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.intp]

TOLERANCE = 14
"""Gray values by which a bar's pixels may differ from its edge: more than compression changes at 200 kb/s."""
STRAY = 0.02
"""Share of a row's pixels that may differ more: specks, the blurred corner of a logo."""
STEADY = 3
"""Frames that a bar must last."""
LEAST, MOST = 0.02, 0.75
"""Shares of a side that count as bars: below, they are left in; above, little would be left."""


def contents(grays: NDArray[np.uint8]) -> Counts:
    """What is left of each of the frames u8[n, height, width] without its bars: left, top, right, bottom, int[n, 4]."""
    height, width = grays.shape[1:]
    top, bottom = _ends(grays, np.ones((len(grays), width), bool))
    rows = np.arange(height)
    within = (rows >= top[:, None]) & (rows < height - bottom[:, None])
    left, right = _ends(grays.transpose(0, 2, 1), within)
    return np.stack([left, top, width - right, height - bottom], axis=1)


def _ends(grays: NDArray[np.uint8], within: NDArray[np.bool_]) -> tuple[Counts, Counts]:
    """Even lines at the beginning and the end of each frame u8[n, lines, pixels], of the pixels `within` bool[n, p]."""
    first, last = (_steady(_even(part, within)) for part in (grays, grays[:, ::-1]))
    total, size = first + last, grays.shape[1]
    kept = (total >= LEAST * size) & (total <= MOST * size)
    return np.where(kept, first, 0), np.where(kept, last, 0)


def _even(grays: NDArray[np.uint8], within: NDArray[np.bool_]) -> Counts:
    """Lines from the first on whose pixels are of the first line's gray value."""
    colour = _colours(grays[:, 0], within)
    strays = (np.abs(grays.astype(np.int16) - colour[:, None, None]) > TOLERANCE) & within[:, None, :]
    uneven = strays.sum(axis=2) > STRAY * within.sum(axis=1)[:, None]
    return np.asarray(np.where(uneven.any(axis=1), uneven.argmax(axis=1), grays.shape[1]))


def _colours(line: NDArray[np.uint8], within: NDArray[np.bool_]) -> NDArray[np.int16]:
    """The mean gray value of each line u8[n, pixels]: it is a bar's only if nearly all pixels are of it."""
    return np.asarray(np.where(within, line, 0).sum(axis=1) / within.sum(axis=1), np.int16)


def _steady(counts: Counts) -> Counts:
    """The most lines that at least `STEADY` frames running have, of which this is one."""
    if len(counts) < STEADY:
        return counts
    windows = np.lib.stride_tricks.sliding_window_view(counts, STEADY).min(axis=1)
    spread = np.pad(windows, STEADY - 1)
    return np.asarray(np.lib.stride_tricks.sliding_window_view(spread, STEADY).max(axis=1))
