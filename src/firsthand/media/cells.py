"""Landmarks in cells of time and pitch: whether one lies near a place, give or take what two copies differ by."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from firsthand.media.landmarks import HIGH, LOW, STEPS

CELL_TIME, CELL_PITCH = 2, 4
"""Ticks (10 ms) and steps (1.2 %) of a cell, and ..."""

OFF_TIME, OFF_PITCH = 3, 1
"""... cells by which landmarks may lie apart."""

CELLS = int(STEPS * np.log2(HIGH / LOW)) // CELL_PITCH + 1
"""Of pitch."""


def near_cells(times: NDArray[np.uint32], pitches: NDArray[np.uint16], first: float, last: float) -> NDArray[np.int32]:
    """For each cell from the tick `first` to `last`, the landmark that is near it, counted from 1; 0: none."""
    rows = int(max(last - first, 0) // CELL_TIME) + 2 * OFF_TIME + 2
    nearest = np.zeros((rows, CELLS + 2 * OFF_PITCH), np.int32)
    row, column = rows_of(times, first), columns_of(np.minimum(pitches.astype(np.int64), CELLS * CELL_PITCH - 1))
    around = [(r, c) for r in range(-OFF_TIME, OFF_TIME + 1) for c in range(-OFF_PITCH, OFF_PITCH + 1)]
    for r, c in sorted(around, key=lambda rc: -abs(rc[0]) - abs(rc[1])):  # the nearest is written last, and stays
        nearest[row + r, column + c] = np.arange(1, len(times) + 1)
    return nearest


def rows_of(times: NDArray[np.uint32] | NDArray[np.float64], first: float) -> NDArray[np.int64]:
    """Of ticks, counted as `near_cells` does from the tick `first`."""
    return ((times - first) // CELL_TIME).astype(np.int64) + OFF_TIME


def columns_of(pitches: NDArray[np.int64] | NDArray[np.float64]) -> NDArray[np.int64]:
    """Of steps of pitch."""
    return (pitches // CELL_PITCH).astype(np.int64) + OFF_PITCH
