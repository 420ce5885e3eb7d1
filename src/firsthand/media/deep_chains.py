"""Frames that were found to fit, drawn together to stretches in which both files run side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firsthand.media.deep_fitting import Fit

SPEEDS = (1.0, 0.8, 0.9, 1.1, 1.25)
"""How much faster the query runs than the reference: what is tried, the usual first."""
CENTRED = 20.0
CENTRED_WEIGHT = 3.0
"""Pixels by which the middles of both pictures may lie apart, and how much more a pair of frames counts then, where the
query is as large as the reference or a little smaller. Logos and bars leave the middle where it was; and where a camera
passes by evenly, nothing else tells a second from the next."""
CENTRED_SIZES = 0.97, 1.6
ASIDE = 1.3
"""Seconds by which a frame's counterpart may lie beside the stretch's line: key frames are a second apart in both."""
FASTER = 1.3
"""How much more must fit at another speed than at the usual."""
LEAST_FRAMES = 2
LEAST_SUM = 20
"""Frames, and points in all of them, that a stretch must have, where it has not `ALONE` points in one frame."""
ALONE = 16
"""Points of one frame that are enough: of a single picture, and of a shot that is a key frame long. Unrelated frames of
the development set reach 9."""
HOLE = 3
"""Key frames in a row that may fail to fit within a stretch."""
SIZE_ALIKE = 1.08
SHIFT_ALIKE = 0.1
"""Factor by which the size, and share of the reference's width by which the place of the query's middle, may differ
from those of the next frame that fits by itself, for a frame to be believed that has few points."""
MOST = 6
"""Stretches of one reference."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A frame of the query and one of the reference that fit: their numbers, their times, and how.

    `firm`: enough points fit by themselves; without, it counts where the frames about it fit in the same way.
    `weight`: what it counts for when a line is sought.
    """

    here: int
    there: int
    at: float
    there_at: float
    fit: Fit
    firm: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """Frames that lie on one line, `speed * at + offset` being the reference's time: of each frame the best pair."""

    pairs: tuple[Confirmed, ...]
    speed: float
    offset: float


def stretches(confirmed: Sequence[Confirmed], width: int) -> list[Stretch]:
    """The stretches of one reference, `width` pixels wide; no two have a frame of the query in common."""
    found: list[Stretch] = []
    left = sorted(confirmed, key=lambda pair: (pair.here, pair.there))
    while (firm := [pair for pair in left if pair.firm]) and len(found) < MOST:
        speed, offset = _line(firm)
        run = _longest(_alike(_beside(left, speed, offset), width))
        if _enough(run):
            found.append(Stretch(tuple(run), speed, _offset(left, run, speed, offset)))
        low, high = run[0].here, run[-1].here
        left = [pair for pair in left if not low <= pair.here <= high]
    return found


def weight_of(fit: Fit, here: tuple[int, int], there: tuple[int, int]) -> float:
    """What a pair of frames of these widths and heights counts for: its points, more where the middle stayed."""
    least, most = CENTRED_SIZES
    aside = abs(fit.factor * complex(*here) / 2 + fit.shift - complex(*there) / 2)
    centred = np.exp(-((aside / CENTRED) ** 2)) if least <= fit.size <= most else 0.0
    return float(fit.count * (1 + (CENTRED_WEIGHT - 1) * centred))


def _line(pairs: Sequence[Confirmed]) -> tuple[float, float]:
    """Speed and offset that most points speak for."""
    at, there = np.array([pair.at for pair in pairs]), np.array([pair.there_at for pair in pairs])
    weights = _weights(pairs)
    best, speed, offset = 0.0, 1.0, 0.0
    for tried in SPEEDS:
        offsets = there - tried * at
        near = np.maximum(0, 1 - np.abs(offsets[:, None] - offsets) / ASIDE) @ weights
        if near.max() > best * FASTER or not best:
            best, speed, offset = float(near.max()), tried, float(offsets[near.argmax()])
    return speed, offset


def _weights(pairs: Sequence[Confirmed]) -> NDArray[np.float64]:
    return np.array([pair.weight for pair in pairs])


def _beside(pairs: Sequence[Confirmed], speed: float, offset: float) -> list[Confirmed]:
    """Of each frame of the query the pair that fits best among those beside the line, in order."""
    best: dict[int, Confirmed] = {}
    for pair in sorted(pairs, key=lambda pair: (pair.firm, pair.weight)):
        aside = abs(pair.there_at - speed * pair.at - offset)
        if aside <= ASIDE:  # the best of a frame comes last
            best[pair.here] = pair
    return [best[here] for here in sorted(best)]


def _alike(pairs: Sequence[Confirmed], width: int) -> list[Confirmed]:
    """Those that are firm, and those whose next firm one fits in the same way."""
    firm = [pair for pair in pairs if pair.firm]
    return [pair for pair in pairs if pair.firm or _same_way(pair, min(firm, key=_far_from(pair)), width)]


def _far_from(pair: Confirmed) -> Callable[[Confirmed], int]:
    return lambda other: abs(other.here - pair.here)


def _same_way(pair: Confirmed, other: Confirmed, width: int) -> bool:
    ratio = pair.fit.size / other.fit.size
    middle = complex(pair.fit.spots.mean())
    aside = abs(pair.fit.factor * middle + pair.fit.shift - other.fit.factor * middle - other.fit.shift)
    return 1 / SIZE_ALIKE <= ratio <= SIZE_ALIKE and aside <= SHIFT_ALIKE * width


def _longest(pairs: list[Confirmed]) -> list[Confirmed]:
    """The run without a hole in which most points fit."""
    holes = [at for at in range(1, len(pairs)) if pairs[at].here - pairs[at - 1].here > HOLE + 1]
    runs = [pairs[a:b] for a, b in zip([0, *holes], [*holes, len(pairs)], strict=True)]
    return max(runs, key=lambda run: sum(pair.fit.count for pair in run if pair.firm))


def _enough(run: Sequence[Confirmed]) -> bool:
    counts = [pair.fit.count for pair in run if pair.firm]
    return max(counts, default=0) >= ALONE or (len(counts) >= LEAST_FRAMES and sum(counts) >= LEAST_SUM)


def _offset(pairs: Sequence[Confirmed], run: Sequence[Confirmed], speed: float, offset: float) -> float:
    """The offset between key frames: where the points that fit, of frames before and after, balance."""
    frames = {pair.here for pair in run}
    mine = [pair for pair in pairs if pair.here in frames]
    offsets = np.array([pair.there_at - speed * pair.at for pair in mine])
    tried = offset + np.arange(-26, 27) * 0.05
    near = np.maximum(0, 1 - np.abs(tried[:, None] - offsets)) @ _weights(mine)
    return float(tried[near >= near.max() - 1e-9].mean())
