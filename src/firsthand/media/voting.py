"""From frames that look alike to stretches that are alike: each pair votes for a time offset at each of seven speeds.

A pair of frames alone says little. Frames that follow each other here as they do there say much; but those of a picture
held for long are one frame only. So what counts is how many frames that differ from each other match, and how closely.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firsthand.media import pdq, views
from firsthand.media.prints import PicturePrint
from firsthand.model import Match

RADIUS = 66
"""Bits of 256 in which two frames that vote may differ. 18 clips were enough to choose it; see bench/media.md."""

SPEEDS = (1.0, 0.5, 0.75, 1.1, 1.25, 1.5, 2.0)
"""The speeds that editing programs and players offer, and 1.1, which slips by other fingerprints; each stands for what
lies within `BENDS` of it, so that 0.94 to 1.17 has no gap."""
BENDS = (1.0, 0.98, 1.02, 0.96, 1.04, 0.94, 1.06, 0.92, 1.08, 0.9, 1.1)
UNUSUAL, PLAUSIBLE = 1.15, 1.03
"""How much more evidence another speed than 1 must have, when it is elected and when it is fitted: where nothing moves,
all have the same."""

WINDOW = 1.0
"""Seconds of offset that are counted together."""
SHIFTS = np.array([0.0, 0.125, -0.125, 0.25, -0.25, 0.375, -0.375, 0.5, -0.5, 0.75, -0.75])
"""Seconds by which the offset of the most votes is moved to fit better."""

GAP = 1.5
"""Seconds without a match that a stretch may have."""
REACH = 0.35
"""Seconds between a frame and the one that it is compared with; the archive has one each 0.25 s."""
STILL_REACH = 1.3
"""The same backwards, where a picture was held and its repetitions were not kept."""

APART = 16
"""Bits by which a frame must differ from the one counted before it to be counted too."""
ENOUGH = 1.1
"""Evidence that makes a match: a frame at 0 bits gives 1, at 30 bits 0.59, at 66 bits 0.23."""
PICTURE_RADIUS = 40
"""Bits in which a single picture, or a video that holds one, may differ from what it is found in."""
MOST_STRETCHES = 16
"""Of one reference, each way round."""

VOTE = np.dtype(
    [("owner", "i4"), ("mirrored", "?"), ("here", "f4"), ("there", "f4"), ("bits", "u2"), ("a", "u1"), ("b", "u1")]
)
Votes = NDArray[np.void]
"""Of dtype `VOTE`: the reference's number, both times in s, the bits that differ, the views here and there."""

Entries = tuple[NDArray[np.float32], pdq.Hashes]
_NEVER = np.uint16(pdq.BITS)


def no_votes() -> Votes:
    """None."""
    return np.empty(0, VOTE)


def votes(
    owner: NDArray[np.intp],
    mirrored: bool,
    here: NDArray[np.float32],
    there: NDArray[np.float32],
    bits: NDArray[np.int32],
    pair: tuple[int, int],
) -> Votes:
    """Votes of one pair of views."""
    made = np.empty(len(owner), VOTE)
    made["owner"], made["mirrored"], made["here"], made["there"] = owner, mirrored, here, there
    made["bits"], made["a"], made["b"] = bits, *pair
    return made


class Sought:
    """A checked file's hashes, as they are or mirrored, by view; `clock` f32[n] is when its frames are."""

    def __init__(self, query: PicturePrint, mirrored: bool) -> None:
        """Takes the print that is checked."""
        self.duration, self.mirrored = query.duration, mirrored
        self.clock, self._frame = np.unique(query.times, return_inverse=True)
        self._hashes = pdq.mirrored(query.hashes) if mirrored else query.hashes
        self._views = query.views
        self.step = float(np.median(np.diff(self.clock))) if len(self.clock) > 1 else 0.0

    def of(self, view: int) -> tuple[NDArray[np.intp], pdq.Hashes]:
        """The frames (places in `clock`) that have that view, and its hashes."""
        entries = np.flatnonzero(self._views == view)
        return self._frame[entries], self._hashes[entries]

    def differing(self, view: int, frames: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Of each of those frames, whether it differs from the last one before it that did; the first does."""
        places, hashes = self.of(view)
        words = dict(zip(places.tolist(), hashes.view(np.uint64), strict=True))
        found, last = np.zeros(len(frames), bool), None
        for number, frame in enumerate(frames.tolist()):
            word = words.get(frame)
            if last is None or (word is not None and int(np.bitwise_count(word ^ last).sum()) > APART):
                found[number], last = True, word if word is not None else last
        return found


@dataclass(frozen=True, slots=True)
class Known:
    """A reference: its SHA-256, its duration in s, its hashes and their times by view."""

    name: str
    duration: float
    entries: Mapping[int, Entries]


@dataclass(frozen=True, slots=True)
class Line:
    """Where a frame here lies there: `offset` s plus `speed` times its time; `pairs` of views that vote for it."""

    speed: float
    offset: float
    pairs: Sequence[tuple[int, int]]


def matches(sought: Sought, known: Known, cast: Votes) -> list[Match]:
    """The stretches of the checked file that are also in the reference, which its frames' votes are for."""
    if not (sought.duration and known.duration):
        return _held(sought, known, cast)
    found: list[Match] = []
    for _ in range(MOST_STRETCHES):
        line, voted = _elected(cast)
        if line is None:
            break
        band = Band(sought, known, line.pairs)
        line = _fitted(band.within(cast[voted]["here"]), line)
        made = list(_stretches(sought, known, band.bits(line, wide=True), line))
        found.extend(made)
        cast = cast[~(voted | _covered(cast["here"], made))]
    return found


def settled(found: Sequence[Match]) -> list[Match]:
    """The best of those matches of one reference that are of the same stretch of the checked file."""
    kept: list[Match] = []
    for match in sorted(found, key=lambda match: -match.score * (match.end - match.start + 0.1)):
        if not any(match.reference == other.reference and _overlaps(match, other) for other in kept):
            kept.append(match)
    return kept


class Band:
    """The frames of a checked file beside those of a reference, along a line."""

    def __init__(self, sought: Sought, known: Known, pairs: Sequence[tuple[int, int]]) -> None:
        """Compares those pairs of views."""
        self._clock = sought.clock
        self._rows = [(*sought.of(a), *known.entries[b]) for a, b in pairs]

    def within(self, times: NDArray[np.float32]) -> Band:
        """The same, but of the frames at those times alone."""
        frames = np.unique(np.searchsorted(self._clock, times))
        some = object.__new__(Band)
        some._clock, some._rows = self._clock, []
        for places, here, at, there in self._rows:
            kept = np.isin(places, frames)
            some._rows.append((places[kept], here[kept], at, there))
        return some

    def times(self) -> NDArray[np.float32]:
        """When its frames are."""
        return np.asarray(self._clock[np.concatenate([places for places, *_ in self._rows])])

    def bits(self, line: Line, wide: bool = False) -> NDArray[np.uint16]:
        """u16 for each frame: in how many bits it differs from the one where it should be; 256 where none is.

        `wide`: the frames on both sides count, and a held picture; otherwise the nearest alone.
        """
        best = np.full(len(self._clock), _NEVER)
        for places, here, at, there in self._rows:
            if len(at):
                due = self._clock[places] * line.speed + line.offset
                np.minimum.at(best, places, _compared(here, due, at, there, wide))  # a frame may have a view twice
        return best


def _compared(
    here: pdq.Hashes, due: NDArray[np.floating], at: NDArray[np.float32], there: pdq.Hashes, wide: bool
) -> NDArray[np.uint16]:
    after = np.searchsorted(at, due)
    best, gap = np.full(len(due), _NEVER), np.full(len(due), np.inf)
    for place, reach in ((after - 1, STILL_REACH if wide else REACH), (after, REACH)):
        place = place.clip(0, len(at) - 1)
        away = np.abs(at[place] - due)
        bits = np.where(away <= reach, pdq.distances(here, there[place]), _NEVER)
        best = np.minimum(best, bits) if wide else np.where(away < gap, bits, best)
        gap = np.minimum(gap, away)
    return best


def _elected(cast: Votes) -> tuple[Line | None, NDArray[np.bool_]]:
    """The line of the most evidence, and which votes are for it; None where it is too little for any match."""
    best, line, voted = ENOUGH * 0.8, None, np.zeros(len(cast), bool)
    for speed in SPEEDS:
        offsets = cast["there"] - speed * cast["here"]
        least, weight = _fullest(offsets, cast)
        if weight > best:
            best = weight * (UNUSUAL if speed == 1 else 1)
            voted = (offsets >= least) & (offsets < least + WINDOW)
            line = Line(speed, float(np.median(offsets[voted])), _pairs(cast[voted]))
    return line, voted


def _fullest(offsets: NDArray[np.floating], cast: Votes) -> tuple[float, float]:
    """The least offset of the window with the most evidence, of each frame its best vote in each half, and how much."""
    if not len(cast):
        return 0.0, 0.0
    half = np.floor(offsets / (WINDOW / 2)).astype(np.int64)
    order = np.lexsort((cast["bits"], cast["here"], half))
    half, here, bits = half[order], cast["here"][order], cast["bits"][order]
    first = (np.diff(half, prepend=half[0] - 1) != 0) | (np.diff(here, prepend=here[0] - 1) != 0)
    halves, place = np.unique(half[first], return_inverse=True)
    weights = np.bincount(place, evidence(bits[first]))
    following = np.where(np.diff(halves, append=halves[-1] + 2) == 1, np.append(weights[1:], 0), 0)
    top = int(np.argmax(weights + following))
    return float(halves[top] * (WINDOW / 2)), float(weights[top] + following[top])


def _pairs(cast: Votes) -> list[tuple[int, int]]:
    """The three pairs of views with the most votes."""
    codes, counts = np.unique(cast["a"].astype(np.int32) * 256 + cast["b"], return_counts=True)
    return [divmod(int(code), 256) for code in codes[np.argsort(-counts, kind="stable")][:3]]


def _fitted(band: Band, line: Line) -> Line:
    """The line near `line` along which the frames are most alike."""
    centre = float(np.median(band.times()))
    tried = [
        Line(line.speed * bend, line.offset + line.speed * (1 - bend) * centre + shift, line.pairs)
        for bend in BENDS
        for shift in SHIFTS
    ]
    return max(tried, key=lambda other: evidence(band.bits(other)).sum() * (1 if other.speed == 1 else 1 / PLAUSIBLE))


def evidence(bits: NDArray[np.uint16]) -> NDArray[np.float64]:
    """What frames that differ in so many bits say: 1 for none, 0 for half of them, as chance has it, or more."""
    return np.asarray((1 - np.minimum(bits, pdq.BITS / 2) / (pdq.BITS / 2)) ** 2)


def _stretches(sought: Sought, known: Known, bits: NDArray[np.uint16], line: Line) -> Iterator[Match]:
    alike = np.flatnonzero(bits <= RADIUS)
    edges = np.flatnonzero(np.diff(sought.clock[alike]) > GAP) + 1
    for frames in np.split(alike, edges):
        if len(frames) and _told(sought, line, frames, bits) >= ENOUGH:
            yield _match(sought, known, line, frames, bits)


def _told(sought: Sought, line: Line, frames: NDArray[np.intp], bits: NDArray[np.uint16]) -> float:
    """The evidence of frames that differ from each other: of those that do not, their mean."""
    labels = np.cumsum(sought.differing(line.pairs[0][0], frames))
    sums, counts = np.bincount(labels, evidence(bits[frames])), np.bincount(labels)
    return float((sums / np.maximum(counts, 1)).sum())


def _match(sought: Sought, known: Known, line: Line, frames: NDArray[np.intp], bits: NDArray[np.uint16]) -> Match:
    start, end = float(sought.clock[frames[0]]), float(sought.clock[frames[-1]]) + sought.step
    there = [min(max(float(line.offset + line.speed * at), 0.0), known.duration) for at in (start, end)]
    share = len(frames) / (frames[-1] - frames[0] + 1)
    return Match(
        kind="pictures",
        reference=known.name,
        start=round(start, 2),
        end=round(min(end, sought.duration), 2),
        reference_start=round(there[0], 2),
        reference_end=round(there[1], 2),
        score=round(float(share * (1 - bits[frames].mean() / (pdq.BITS / 2))), 3),
        reason=_reason(len(frames), int(frames[-1] - frames[0] + 1), bits[frames]),
        speed=round(line.speed, 2),
        mirrored=sought.mirrored,
        view=views.named(*line.pairs[0]),
    )


def _reason(alike: int, frames: int, bits: NDArray[np.uint16]) -> str:
    if frames == 1:
        return f"a frame that differs in {int(bits[0])} of {pdq.BITS} bits"
    return f"{alike} of {frames} frames within {int(bits.max())} of {pdq.BITS} bits, {bits.mean():.0f} on average"


def _held(sought: Sought, known: Known, cast: Votes) -> list[Match]:
    """Where a single picture is found: in another, or for how long in a video."""
    moving = "here" if sought.duration else "there"
    cast = np.sort(cast[cast["bits"] <= PICTURE_RADIUS], order=[moving, "bits"])
    edges = np.flatnonzero(np.diff(cast[moving]) > GAP) + 1
    return [_picture(sought, known, part) for part in np.split(cast, edges) if len(part)]


def _picture(sought: Sought, known: Known, cast: Votes) -> Match:
    best = cast[np.argmin(cast["bits"])]
    start, end = (float(cast["here"].min()), float(cast["here"].max())) if sought.duration else (0.0, 0.0)
    return Match(
        kind="pictures",
        reference=known.name,
        start=round(start, 2),
        end=round(end, 2),
        reference_start=round(float(best["there"]), 2),
        reference_end=round(float(best["there"]), 2),
        score=round(1 - float(best["bits"]) / (pdq.BITS / 2), 3),
        reason=f"a frame that differs in {int(best['bits'])} of {pdq.BITS} bits",
        mirrored=sought.mirrored,
        view=views.named(int(best["a"]), int(best["b"])),
    )


def _covered(times: NDArray[np.float32], made: Sequence[Match]) -> NDArray[np.bool_]:
    covered = np.zeros(len(times), bool)
    for match in made:
        covered |= (times >= match.start - 0.01) & (times <= match.end + 0.01)
    return covered


def _overlaps(match: Match, other: Match) -> bool:
    """Whether over half of the shorter one lies in the other."""
    shared = min(match.end, other.end) - max(match.start, other.start)
    return shared >= 0.5 * min(match.end - match.start, other.end - other.start)
