"""Two sounds laid over each other: whether one is a copy of a stretch of the other, from where to where, how fast.

Every landmark of the query tells for or against it: whether the reference has one at the same place, and how often it
would have one there by chance. How often that is, is seen by laying the same over the same at wrong places: a hum, a
chord that is held or a beat fits at those too, and tells nothing.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from firsthand.media.cells import CELL_PITCH, CELLS, columns_of, near_cells, rows_of
from firsthand.media.landmarks import TICKS
from firsthand.media.repeating import elsewhere
from firsthand.media.soundprints import SoundPrint

HELD = 0.4
"""Share of its landmarks that a copy keeps, for the sums: less in noise, more in a clean one."""

WRONG = 12
"""Wrong places that are tried."""

PRIOR = 4.0
"""Wrong places that the share of all landmarks together weighs as much as, when one landmark's chance is reckoned."""

LIKELY = 10.0
"""Evidence, in nats, from which the closer look goes on, and ..."""

CERTAIN, CERTAIN_CHANGED = 45.0, 85.0
"""... from which a match is one: at the reference's own speed, and at another, of which there are many to choose from.
Set on 2,000 sounds against 150 others: by chance there were at most 29 and 71 (over 45, 50, 55, 60 and 65
in 34, 18, 6, 4 and 1); 360 copies, re-encoded, through a telephone, at other speeds or in noise, had 82 and 90 or more,
but for two in noise.
"""

MOSTLY, CLEAR = 0.3, 140.0
"""Share of its landmarks that a match at another speed keeps at least, or evidence that it has (set with those: sirens
that are alike had 0.24 and 86; of the copies one in 180 had less than 0.3, and more than 190).
"""

REPEATED = 0.8
"""Share of what agrees that agrees at another place of the reference too, from which a match at another speed is none
without so much evidence. Of two sirens alike, with an evidence of 105, all did; of 72 copies at another speed five had
more than 0.8, one of them less evidence than 105 and two less than `CLEAR`.
"""

UNCHANGED, UNMOVED = 0.006, 2.0
"""Speed, and steps of pitch, by which a copy at the reference's own speed may seem to differ; these: 0.0046, 1."""

DROP = 25.0
"""Nats lost within which a match goes on: about three seconds of something else."""

SHORTEST = 1.5
"""Seconds of a match at least."""

ROUNDS = 14
"""Times that the line is fitted again as the match grows: it doubles each time."""


class Line(NamedTuple):
    """Where the query lies on the reference: `tempo` times as fast, its pitches `shift` steps higher; `offset` is the
    reference's tick at the query's tick 0.
    """

    tempo: float
    shift: float
    offset: float


class Stretch(NamedTuple):
    """A stretch of the query that is in the reference. start, end: ticks of the query. evidence: nats. agree: of its
    `landmarks`, how many the reference has.
    """

    line: Line
    start: float
    end: float
    evidence: float
    agree: int
    landmarks: int


def aligned(query: SoundPrint, reference: SoundPrint, start: float, end: float, line: Line) -> Stretch | None:
    """The stretch around `start` to `end` (ticks of the query) that lies on the reference, if there is one."""
    found: Stretch | None = None
    for around in (0.0, 0.0, *[1.0] * ROUNDS):
        margin = around * (end - start)
        compared = _compared(query, reference, start - margin, end + margin, line)
        before, found = found, _stretch(compared, start, end)
        if found is None or found.evidence < LIKELY:
            return None
        line = _fitted(compared, found)
        if around and before and _same(before, found):
            break
        if around:
            start, end = found.start, found.end
    return found if found and _is_match(query, reference, found) else None


def _is_match(query: SoundPrint, reference: SoundPrint, found: Stretch) -> bool:
    if found.end - found.start < SHORTEST * TICKS:
        return False
    if abs(found.line.tempo - 1) < UNCHANGED and abs(found.line.shift) < UNMOVED:
        return found.evidence >= CERTAIN
    if found.evidence >= CLEAR:
        return True
    enough = found.evidence >= CERTAIN_CHANGED and found.agree >= MOSTLY * found.landmarks
    return enough and not _repeats(query, reference, found)


def _repeats(query: SoundPrint, reference: SoundPrint, found: Stretch) -> bool:
    """Whether the stretch fits at another place of the reference as well, as a siren does."""
    low, high = np.searchsorted(query.times, [found.start, found.end + 1])
    tempo, shift, offset = found.line
    times, pitches = (part[low:high].astype(np.float64) for part in (query.times, query.pitches))
    return elsewhere(times * tempo + offset, pitches - shift, reference) > REPEATED


def _same(a: Stretch, b: Stretch) -> bool:
    return abs(a.start - b.start) + abs(a.end - b.end) < TICKS / 10


class _Compared(NamedTuple):
    """Landmarks of the query, and what lies at their places. times, at: ticks, f64[n], of the query and of the landmark
    of the reference there. off: steps, f64[n], by which that is lower. agree: b[n]. telling: nats, f64[n].
    """

    line: Line
    times: NDArray[np.float64]
    at: NDArray[np.float64]
    off: NDArray[np.float64]
    agree: NDArray[np.bool_]
    telling: NDArray[np.float64]


def _compared(query: SoundPrint, reference: SoundPrint, start: float, end: float, line: Line) -> _Compared:
    """The query's landmarks from `start` to `end` that fall within the reference."""
    start = max(start, -line.offset / line.tempo)
    end = min(end, (reference.duration * TICKS - line.offset) / line.tempo)
    low, high = np.searchsorted(query.times, [start, end])
    times = query.times[low:high].astype(np.float64)
    pitches = query.pitches[low:high].astype(np.float64) - line.shift
    kept = (pitches >= 0) & (pitches < CELLS * CELL_PITCH)
    times, pitches = times[kept], pitches[kept]
    first, last = start * line.tempo + line.offset, end * line.tempo + line.offset
    a, b = np.searchsorted(reference.times, [first, max(last, first)])
    nearest = near_cells(reference.times[a:b], reference.pitches[a:b], first, last)
    rows, columns = rows_of(times * line.tempo + line.offset, first), columns_of(pitches)
    there = nearest[rows, columns]
    agree = there > 0
    mate = np.where(agree, a + there - 1, 0)  # nothing is asked of those that do not agree
    at, off = _taken(reference.times, mate), pitches - _taken(reference.pitches, mate)
    return _Compared(line, times, at, off, agree, _telling(agree, _by_chance(nearest, rows, columns)))


def _taken(values: NDArray[np.uint32] | NDArray[np.uint16], places: NDArray[np.int64]) -> NDArray[np.float64]:
    return values.astype(np.float64)[places] if len(values) else np.zeros(len(places))


def _by_chance(nearest: NDArray[np.int32], rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.float64]:
    """How likely each landmark of the query agrees at a wrong place, f64[n]: the reference is turned in a ring."""
    turns = (np.arange(1, WRONG + 1) * len(nearest) / (WRONG + 1)).astype(np.int64)
    agree = (nearest[(rows + turns[:, None]) % len(nearest), columns] > 0).sum(axis=0)
    usual = agree.mean() / WRONG if len(agree) else 0.0
    chance: NDArray[np.float64] = (agree + PRIOR * max(usual, 0.02)) / (WRONG + PRIOR)
    return chance


def _telling(agree: NDArray[np.bool_], chance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Nats for a copy and against chance that each landmark gives, f64[n]."""
    held = chance + (1 - chance) * HELD
    return np.where(agree, np.log(held / chance), np.log(1 - HELD))


def _stretch(compared: _Compared, start: float, end: float) -> Stretch | None:
    """The best stretch of what was compared that overlaps `start` to `end`."""
    inside = np.flatnonzero((compared.times >= start) & (compared.times < end))
    if not len(inside):
        return None
    first, last = _highest(compared.telling[inside])
    first, last = first + inside[0], last + inside[0]
    last += _reach(compared.telling[last + 1 :])
    first -= _reach(compared.telling[:first][::-1])
    part = slice(first, last + 1)
    evidence, agree = float(compared.telling[part].sum()), int(compared.agree[part].sum())
    return Stretch(
        compared.line, float(compared.times[first]), float(compared.times[last]), evidence, agree, int(last + 1 - first)
    )


def _highest(telling: NDArray[np.float64]) -> tuple[int, int]:
    """First and last of the run with the highest sum."""
    sums = np.concatenate([[0.0], np.cumsum(telling)])
    lowest = np.minimum.accumulate(sums)[:-1]
    last = int((sums[1:] - lowest).argmax())
    return int(sums[: last + 1].argmin()), last


def _reach(telling: NDArray[np.float64]) -> int:
    """How many more belong to the run: to where the sum is highest, before it drops too far."""
    sums = np.concatenate([[0.0], np.cumsum(telling)])
    dropped = np.maximum.accumulate(sums) - sums > DROP
    return int(sums[: int(dropped.argmax()) if dropped.any() else len(sums)].argmax())


def _fitted(compared: _Compared, found: Stretch) -> Line:
    """The line through the landmarks that agree in a stretch."""
    within = compared.agree & (compared.times >= found.start) & (compared.times <= found.end)
    times, at = compared.times[within], compared.at[within]
    if len(times) < 8:
        return compared.line
    middle = times.mean()
    tempo = compared.line.tempo
    late = at - times * tempo
    slope = float(((times - middle) * late).sum() / max(np.square(times - middle).sum(), 1.0))
    shift = compared.line.shift + float(np.median(compared.off[within]))
    return Line(tempo + slope, shift, float(late.mean() - slope * middle))
