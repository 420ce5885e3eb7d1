"""Samples -> landmarks: the points where a sound's spectrum stands out from all around them.

After A. Wang, "An industrial-strength audio search algorithm" (ISMIR 2003). Only what a telephone passes is looked at.
Pitches are kept on a scale of octaves: a change of speed shifts them all by the same amount.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import fft, ndimage  # type: ignore[import-untyped]

from firsthand.media.hearing import RATE

WINDOW, HOP = 1024, 160
"""Samples of a spectrum (128 ms) and from one to the next (20 ms)."""

LOW, HIGH = 300.0, 3400.0
"""Hertz: the band of a telephone."""

TICKS = 200
"""Units of time in a second."""

STEPS = 240
"""Units of pitch in an octave, counted from LOW."""

WIDE, LONG = 16, 8
"""A landmark is the loudest point among so many bins to each side (125 Hz), and so many spectra (160 ms)."""

FAINT = 3e-5
"""Magnitude, of a full-scale tone's 1, below which nothing is a landmark: about the noise of 16-bit sound."""

BATCH = 1000
"""Spectra that are looked at together."""

_FIRST, _LAST = int(LOW * WINDOW / RATE) - 1, int(HIGH * WINDOW / RATE) + 2
_SHAPE = (np.hanning(WINDOW + 1)[:WINDOW] * 4 / WINDOW).astype(np.float32)


class Landmarks(NamedTuple):
    """Landmarks in the order of their times. times: u32[n], 1/200 s. pitches: u16[n], 1/240 octave above 300 Hz."""

    times: NDArray[np.uint32]
    pitches: NDArray[np.uint16]


def landmarks(blocks: Iterable[NDArray[np.float32]]) -> Landmarks:
    """The landmarks of sound at 8 kHz that comes in blocks f32[n]; memory does not grow with its length."""
    found = [_peaks(spectra, inner, first) for spectra, inner, first in _batches(blocks)]
    times = np.concatenate([times for times, _ in found] or [np.empty(0)])
    pitches = np.concatenate([pitches for _, pitches in found] or [np.empty(0)])
    order = np.argsort(times, kind="stable")
    return Landmarks(times[order].astype(np.uint32), pitches[order].astype(np.uint16))


def _batches(blocks: Iterable[NDArray[np.float32]]) -> Iterator[tuple[NDArray[np.float32], slice, int]]:
    """Spectra f32[m, bins] as logarithms, which of them are to be searched, and the number of the first.

    The others are there because a landmark stands out from what is before and after it.
    """
    held = np.zeros(WINDOW // 2, np.float32)  # the first spectrum's middle is at 0
    first, before = 0, 0
    for block, ends in _with_end(blocks):
        held = np.concatenate([held, block])
        count, after = 1 + (len(held) - WINDOW) // HOP, 0 if ends else LONG
        if ends or count >= BATCH:
            yield _spectra(held, count), slice(before, count - after), first
            done = count - after - LONG
            held, first, before = held[done * HOP :], first + done, LONG


def _with_end(blocks: Iterable[NDArray[np.float32]]) -> Iterator[tuple[NDArray[np.float32], bool]]:
    """The blocks, and half a window of silence that is marked as the end."""
    for block in blocks:
        yield block, False
    yield np.zeros(WINDOW // 2, np.float32), True


def _spectra(samples: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    windows = np.lib.stride_tricks.sliding_window_view(samples, WINDOW)[: count * HOP : HOP]
    made = fft.rfft(windows * _SHAPE, axis=1)[:, _FIRST:_LAST]
    spectra: NDArray[np.float32] = np.log(np.abs(made) + FAINT / 10)
    return spectra


def _peaks(spectra: NDArray[np.float32], inner: slice, first: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Times and pitches of the points that are the loudest all around, in our units."""
    loudest = ndimage.maximum_filter1d(spectra, 2 * WIDE + 1, axis=1)
    loudest = ndimage.maximum_filter1d(loudest, 2 * LONG + 1, axis=0)
    is_peak = (spectra == loudest) & (spectra > np.log(FAINT))
    is_peak[: inner.start] = is_peak[inner.stop :] = False
    is_peak[:, [0, -1]] = False
    frame, place = np.nonzero(is_peak)
    around = np.clip(frame[:, None] + [-1, 0, 1], 0, len(spectra) - 1)
    times = (first + frame + _vertex(*spectra[around, place[:, None]].T)) * (HOP * TICKS / RATE)
    between = _vertex(spectra[frame, place - 1], spectra[frame, place], spectra[frame, place + 1])
    pitches = STEPS * np.log2((place + _FIRST + between) * (RATE / WINDOW / LOW))
    inside = (pitches >= 0) & (pitches < STEPS * np.log2(HIGH / LOW))
    return np.maximum(np.rint(times[inside]), 0), np.rint(pitches[inside])


def _vertex(
    before: NDArray[np.float32], middle: NDArray[np.float32], after: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Where the parabola through three points is highest, from -0.5 to 0.5 around the middle one."""
    curve = np.minimum(before - 2 * middle + after, -1e-9)
    top: NDArray[np.float32] = ((before - after) / (2 * curve)).clip(-0.5, 0.5)
    return top
