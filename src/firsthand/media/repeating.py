"""Whether a sound fits another at several places alike, as a siren or a beat does: then it says little that it fits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from firsthand.media.cells import CELL_PITCH, CELL_TIME, CELLS, columns_of, near_cells, rows_of
from firsthand.media.landmarks import TICKS
from firsthand.media.soundprints import SoundPrint

REACH, ASIDE = 20 * TICKS, TICKS // 4
"""Ticks within which other places are tried, and by which they lie aside at least."""

LONGEST = 60 * TICKS
"""Ticks of a stretch that are looked at, from its beginning."""

WITHIN = 0.6
"""Share of those that agree which must lie within the reference at another place too."""


def elsewhere(times: NDArray[np.float64], pitches: NDArray[np.float64], reference: SoundPrint) -> float:
    """Of the landmarks that agree with the reference, the share that does at the best other place; over 1: more do.

    times, pitches: ticks and steps of the reference, f64[n], where the landmarks of a stretch lie on it.
    """
    near_by = times < times.min(initial=np.inf) + LONGEST
    kept = np.flatnonzero(near_by & (pitches >= 0) & (pitches < CELLS * CELL_PITCH))
    if not len(kept):
        return 0.0
    times, columns = times[kept], columns_of(pitches[kept])
    first, last = float(times.min()) - REACH, float(times.max()) + REACH
    low, high = np.searchsorted(reference.times, [first, last])
    near = near_cells(reference.times[low:high], reference.pitches[low:high], first, last) > 0
    rows, end = rows_of(times, first), reference.duration * TICKS
    agree, best = near[rows, columns], 0.0
    for moved in range(-REACH // CELL_TIME, REACH // CELL_TIME):
        at = times + moved * CELL_TIME
        if abs(moved * CELL_TIME) >= ASIDE:
            best = max(best, _share(near[rows + moved, columns], agree, (at >= 0) & (at < end)))
    return best


def _share(moved: NDArray[np.bool_], agree: NDArray[np.bool_], inside: NDArray[np.bool_]) -> float:
    """How many agree where they were moved to, of those that do where they lie; 0 where too few are `inside` there."""
    stay = agree[inside].sum()
    return float(moved[inside].sum() / stay) if stay >= max(1, WITHIN * agree.sum()) else 0.0
