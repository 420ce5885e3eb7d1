"""Landmarks -> pairs of neighbouring ones, each a number that the same sound gives again: at any of many speeds."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from firsthand.media.landmarks import STEPS

NEAR, FAR = 12, 300
"""Ticks between the two of a pair, at least and at most: 60 ms to 1.5 s."""

APART = STEPS
"""Steps between their pitches at most: an octave."""

REACH = 48
"""Landmarks after one that are looked at for its partners."""

PITCH, TIME = 6, 4
"""Steps (1.7 %) and ticks (20 ms) that count as the same in a number."""

FASTEST = 18
"""Speeds that are tried, to each side of the file's own: 1.7 % from one to the next, so 0.73 to 1.37."""

_PITCH_BITS, _BETWEEN_BITS, _TIME_BITS = 8, 7, 7
NUMBERS = 1 << (_PITCH_BITS + _BETWEEN_BITS + _TIME_BITS)
"""Numbers that there are, 4 million."""


class Pairs(NamedTuple):
    """Pairs of landmarks. times: i64[n], ticks, of the first. pitches: i64[n], steps, of the first. between: i64[n],
    steps from the first to the second. spans: i64[n], ticks from the first to the second.
    """

    times: NDArray[np.int64]
    pitches: NDArray[np.int64]
    between: NDArray[np.int64]
    spans: NDArray[np.int64]


class Speed(NamedTuple):
    """How a copy runs: `tempo` times as fast, its pitches `shift` steps higher."""

    tempo: float
    shift: int


def speeds() -> tuple[Speed, ...]:
    """What is tried: as it is, run faster or slower (pitch moves too), stretched (pitch stays)."""
    around = [k * PITCH for k in range(-FASTEST, FASTEST + 1) if k]
    run = [Speed(2 ** (shift / STEPS), shift) for shift in around]
    return (Speed(1.0, 0), *run, *(Speed(speed.tempo, 0) for speed in run))


def pairs(times: NDArray[np.uint32], pitches: NDArray[np.uint16], partners: int, far: int = FAR) -> Pairs:
    """Each landmark with the `partners` next ones in its neighbourhood, at most `far` ticks later.

    times: u32[n], ticks, rising. pitches: u16[n], steps.
    """
    at, pitch = times.astype(np.int32), pitches.astype(np.int32)
    open_, taken = np.arange(len(at)), np.zeros(len(at), np.int8)
    firsts, seconds = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for step in range(1, min(REACH, len(at))):
        open_ = open_[: np.searchsorted(open_, len(at) - step)]
        span, between = at[open_ + step] - at[open_], pitch[open_ + step] - pitch[open_]
        found = open_[(span >= NEAR) & (span <= far) & (abs(between) < APART)]
        taken[found] += 1
        firsts.append(found)
        seconds.append(found + step)
        open_ = open_[(span <= far) & (taken[open_] < partners)]
    a, b = np.concatenate(firsts), np.concatenate(seconds)
    made = at[a], pitch[a], pitch[b] - pitch[a], at[b] - at[a]
    return Pairs(*(values.astype(np.int64) for values in made))


def numbers(made: Pairs, speed: Speed) -> NDArray[np.int64]:
    """The number of each pair as it is in a file of which this one is a copy run at `speed`; -1 where it has none."""
    pitch = (made.pitches - speed.shift) // PITCH
    between = (made.between + APART) // PITCH
    span = np.rint(made.spans * speed.tempo).astype(np.int64) // TIME
    outside = (pitch < 0) | (pitch >= 1 << _PITCH_BITS) | (span >= 1 << _TIME_BITS)
    number = (((pitch << _BETWEEN_BITS) | between) << _TIME_BITS) | span
    return np.where(outside, -1, number)
