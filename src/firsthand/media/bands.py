"""A checked file's frames beside those of a reference, along a line: an offset in time and a speed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from firsthand.media import pdq
from firsthand.media.prints import PicturePrint
from firsthand.media.sparse import SAME, sparse

REACH = 0.35
"""Seconds between a frame and the one that it is compared with; the archive has one each 0.25 s."""
STILL_REACH = 1.3
"""The same backwards, where a picture was held and its repetitions were not kept."""

APART = 24
"""Bits by which a frame must differ from the one counted before it to be counted too: noise changes up to 16."""
FAR = 72
"""Bits from which on a frame says nothing: of the best of many alignments, chance alone gives 50 to 66."""

BENDS = np.array([1.0, 0.98, 1.02, 0.96, 1.04, 0.94, 1.06, 0.92, 1.08])
SHIFTS = np.array([0.0, 0.125, -0.125, 0.25, -0.25, 0.375, -0.375])
"""By how much a line's speed (a factor) and its offset (in s) are changed to fit better, at last."""
WIDE_SHIFTS = np.arange(-12, 13) * 0.25
"""In s, at first: where nothing moves, votes alone leave the offset open."""
FITTED = 500
"""Frames that a line is fitted to: a minute at eight a second."""
PLAUSIBLE = 1.1
"""How much more evidence another speed than 1 must have: where nothing moves, all have the same."""

Entries = tuple[NDArray[np.float32], pdq.Hashes]
_NEVER = np.uint16(pdq.BITS)


@dataclass(frozen=True, slots=True)
class Line:
    """Where a frame here lies there: `offset` s plus `speed` times its time; `pairs` of views that vote for it."""

    speed: float
    offset: float
    pairs: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Known:
    """A reference: its SHA-256, its duration in s, its hashes and their times by view."""

    name: str
    duration: float
    entries: Mapping[int, Entries]

    def differing(self, view: int, due: NDArray[np.floating]) -> NDArray[np.bool_]:
        """Of the frames nearest to those times, whether each differs from the last one before it that did.

        The archive has half as many frames: one that is nearest to two times counts for both.
        """
        at, hashes = self.entries[view]
        after = np.searchsorted(at, due).clip(1, len(at) - 1) if len(at) > 1 else np.zeros(len(due), np.int64)
        nearest = after - (due - at[after - 1] <= at[after] - due) if len(at) > 1 else after
        _, first, runs = np.unique(nearest, return_index=True, return_inverse=True)
        return changing(hashes[nearest[first]].view(np.uint64))[runs]


class Sought:
    """A checked file's hashes, as they are or mirrored, by view; `clock` f32[n] is when its frames are."""

    def __init__(self, query: PicturePrint, mirrored: bool) -> None:
        """Takes the print that is checked."""
        self.duration, self.mirrored = query.duration, mirrored
        self.clock, self._frame = np.unique(query.times, return_inverse=True)
        self._hashes = pdq.mirrored(query.hashes) if mirrored else query.hashes
        self._views = query.views
        self._most: dict[int, NDArray[np.uint16]] = {}
        self.step = float(np.median(np.diff(self.clock))) if len(self.clock) > 1 else 0.0

    def of(self, view: int) -> tuple[NDArray[np.intp], pdq.Hashes]:
        """The frames (places in `clock`) that have that view, and its hashes."""
        entries = np.flatnonzero(self._views == view)
        return self._frame[entries], self._hashes[entries]

    def most(self, view: int) -> NDArray[np.uint16]:
        """u16 for each hash of that view: bits beyond which it says nothing, being of a picture with little in it."""
        if view not in self._most:
            self._most[view] = np.where(sparse(self.of(view)[1]), np.uint16(SAME), _NEVER)
        return self._most[view]

    def differing(self, view: int, frames: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Of each of those frames, whether it differs from the last one before it that did; the first does."""
        places, hashes = self.of(view)
        words = dict(zip(places.tolist(), hashes.view(np.uint64), strict=True))
        return changing([words.get(frame) for frame in frames.tolist()])


def changing(words: Iterable[NDArray[np.uint64] | None]) -> NDArray[np.bool_]:
    """Of each hash, u64[4], whether it differs from the last one before it that did; the first does, None does not."""
    found, last = list[bool](), None
    for word in words:
        differs = last is None or (word is not None and int(np.bitwise_count(word ^ last).sum()) > APART)
        last = word if differs and word is not None else last
        found.append(differs)
    return np.array(found, bool)


class Band:
    """The frames of a checked file beside those of a reference, along a line."""

    def __init__(self, sought: Sought, known: Known, pairs: Sequence[tuple[int, int]]) -> None:
        """Compares those pairs of views."""
        self._clock = sought.clock
        self._rows = [(*sought.of(a), sought.most(a), *known.entries[b]) for a, b in pairs]

    def between(self, start: float, end: float) -> Band:
        """The same, but of the frames from `start` to `end` alone, some `FITTED` of them where there are more."""
        some = object.__new__(Band)
        some._clock, some._rows = self._clock, []
        first, last = np.searchsorted(self._clock, (start, end))
        step = max(1, (last - first) // FITTED)
        for places, here, most, at, there in self._rows:
            kept = (places >= first) & (places < last) & (places % step == 0)
            some._rows.append((places[kept], here[kept], most[kept], at, there))
        return some

    def times(self) -> NDArray[np.float32]:
        """When its frames are."""
        return np.asarray(self._clock[np.concatenate([places for places, *_ in self._rows])])

    def bits(self, line: Line, wide: bool = False) -> NDArray[np.uint16]:
        """u16 for each frame: in how many bits it differs from the one where it should be; 256 where none is.

        `wide`: the frames on both sides count; otherwise the nearest alone.
        """
        best = np.full(len(self._clock), _NEVER)
        for places, here, most, at, there in self._rows:
            if len(at):
                due = self._clock[places] * line.speed + line.offset
                bits = _compared(here, due, at, there, wide)
                best[places] = np.minimum(best[places], np.where(bits > most, _NEVER, bits))
        return best


def _compared(
    here: pdq.Hashes, due: NDArray[np.floating], at: NDArray[np.float32], there: pdq.Hashes, wide: bool
) -> NDArray[np.uint16]:
    after = np.searchsorted(at, due)
    best, gap = np.full(len(due), _NEVER), np.full(len(due), np.inf)
    for place, reach in ((after - 1, STILL_REACH), (after, REACH)):
        place = place.clip(0, len(at) - 1)
        away = np.abs(at[place] - due)
        bits = np.where(away <= reach, pdq.distances(here, there[place]), _NEVER)
        best = np.minimum(best, bits) if wide else np.where(away < gap, bits, best)
        gap = np.minimum(gap, away)
    return best


def best_of(lines: Sequence[Line], bands: Sequence[Band]) -> tuple[int, Line]:
    """The line near one of `lines` along which the frames of its band are most alike, and which one it is near."""
    moved = [
        (number, replace(line, offset=line.offset + shift))
        for number, line in enumerate(lines)
        for shift in sorted(WIDE_SHIFTS, key=abs)
    ]
    number, line = max(moved, key=lambda each: _worth(each[1], bands[each[0]]))
    band = bands[number]
    centre = float(np.median(band.times()))
    bent = (
        Line(line.speed * bend, line.offset + line.speed * (1 - bend) * centre + shift, line.pairs)
        for bend in BENDS
        for shift in SHIFTS
    )
    return number, max(bent, key=lambda other: _worth(other, band))


def _worth(line: Line, band: Band) -> float:
    return float(evidence(band.bits(line)).sum() / (1 if line.speed == 1 else PLAUSIBLE))


def evidence(bits: NDArray[np.uint16]) -> NDArray[np.float64]:
    """What frames that differ in so many bits say: 1 for none, 0 for `FAR` or more."""
    return np.asarray((1 - np.minimum(bits, FAR) / FAR) ** 2)
