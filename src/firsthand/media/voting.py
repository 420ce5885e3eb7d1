"""From frames that look alike to stretches that are alike: each pair votes for a time offset at each of seven speeds.

A pair of frames alone says little. Frames that follow each other here as they do there say much; but those of a picture
held for long are one frame only. So what counts is how many frames that differ from each other match, and how closely.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from firsthand.media import pdq, views
from firsthand.media.bands import Band, Known, Line, Sought, best_of, evidence
from firsthand.model import Match, View

RADIUS = 66
"""Bits of 256 in which two frames that vote may differ: chosen on 18 clips before, kept on the development part of
bench/media (30 clips, 288 edits of their pictures, 176 unrelated files), on which all that follows was chosen too."""

SPEEDS = (1.0, 0.5, 0.75, 1.1, 1.25, 1.5, 2.0)
"""The speeds that editing programs and players offer, and 1.1, which slips by other fingerprints. Each is fitted within
8 %, so that 0.92 to 1.35 has no gap."""
NEARLY = 0.5
"""Share of the most evidence with which a speed's line is fitted too."""

WINDOW = 1.0
"""Seconds of offset that are counted together."""
AROUND = 2.0
"""Seconds before and after the frames that vote which a line should fit too."""

GAP = 1.5
"""Seconds without a match that a stretch may have."""
ENOUGH = 1.5
"""Evidence that makes a match: a frame at 0 bits gives 1, at 30 bits 0.34, at 50 bits 0.09. At 1.2 none of 128
unrelated films matched, a title card of the same words gave 1.3; what was really there at least 1.6, or it was one
held picture."""
UNUSUAL = 2.0
"""Times as much is asked for at another speed than 1: with more lines to choose from, chance gives more."""
HELD, SAME = 1.0, 8
"""Seconds for which a held picture matches one that differs in so few bits. Two title cards of the same words, on
grounds of different colours, differ in 14."""
PICTURE_RADIUS = 48
"""Bits in which a single picture, or a video that holds one, may differ from what it is found in: of 56 pictures none
came nearer than 58 to a clip that it is not of. A title came to 44 of another later: see sparse.py."""
AS_GOOD = 6
"""Bits more than the best frame by which others show a single picture too, and than a part by which the whole does."""
LAG = 0.3
"""Seconds between frames of a reference that follow each other, and a little: what is longer is a gap."""
MOST_STRETCHES = 16
"""Of one reference, each way round."""

VOTE = np.dtype(
    [("owner", "i4"), ("mirrored", "?"), ("here", "f4"), ("there", "f4"), ("bits", "u2"), ("a", "u1"), ("b", "u1")]
)
Votes = NDArray[np.void]
"""Of dtype `VOTE`: the reference's number, both times in s, the bits that differ, the views here and there."""


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


def matches(sought: Sought, known: Known, cast: Votes) -> list[Match]:
    """The stretches of the checked file that are also in the reference, which its frames' votes are for."""
    if not (sought.duration and known.duration):
        return _held(sought, known, cast)
    found: list[Match] = []
    for _ in range(MOST_STRETCHES):
        elected = _elected(cast)
        if not elected:
            break
        number, line = _chosen(sought, known, [line for line, _ in elected], cast["here"][elected[0][1]])
        made = list(_stretches(sought, known, Band(sought, known, line.pairs).bits(line, wide=True), line))
        found.extend(made)
        cast = beyond(cast[~elected[number][1]], made)
    return found


def beyond(cast: Votes, found: Sequence[Match]) -> Votes:
    """Those votes whose frames here lie in none of the matches."""
    within = np.zeros(len(cast), bool)
    for match in found:
        within |= (cast["here"] >= match.start - 0.01) & (cast["here"] <= match.end + 0.01)
    return cast[~within]


def settled(found: Sequence[Match]) -> list[Match]:
    """The best of those matches of one reference that are of the same stretch of the checked file."""
    kept: list[Match] = []
    for match in sorted(found, key=lambda match: -match.score * (match.end - match.start + 0.1)):
        if not any(match.reference == other.reference and _overlaps(match, other) for other in kept):
            kept.append(match)
    return kept


def _elected(cast: Votes) -> list[tuple[Line, NDArray[np.bool_]]]:
    """A line for each speed that has nearly the most evidence, the most first; with each, which votes are for it."""
    offsets = [cast["there"] - speed * cast["here"] for speed in SPEEDS]
    found = [(*_fullest(each, cast), speed, each) for speed, each in zip(SPEEDS, offsets, strict=True)]
    most = max(weight for _, weight, *_ in found)
    if most < ENOUGH:
        return []
    likely = sorted((each for each in found if each[1] >= NEARLY * most), key=lambda each: -each[1])
    return [_line(speed, each, least, cast) for least, _, speed, each in likely]


def _line(speed: float, offsets: NDArray[np.floating], least: float, cast: Votes) -> tuple[Line, NDArray[np.bool_]]:
    voted = (offsets >= least) & (offsets < least + WINDOW)
    return Line(speed, float(np.median(offsets[voted])), _pairs(cast[voted])), voted


def _chosen(sought: Sought, known: Known, lines: Sequence[Line], here: NDArray[np.float32]) -> tuple[int, Line]:
    """Which of the lines fits best round the frames that vote for the first, and how it fits best."""
    start, end = float(here.min()) - AROUND, float(here.max()) + AROUND
    bands = [Band(sought, known, line.pairs).between(start, end) for line in lines]
    return best_of(lines, bands)


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


def _stretches(sought: Sought, known: Known, bits: NDArray[np.uint16], line: Line) -> Iterator[Match]:
    alike = np.flatnonzero(bits <= RADIUS)
    edges = np.flatnonzero(np.diff(sought.clock[alike]) > GAP) + 1
    for frames in np.split(alike, edges):
        if len(frames) and _enough(sought, known, line, frames, bits):
            yield _match(sought, known, line, frames, bits)


def _enough(sought: Sought, known: Known, line: Line, frames: NDArray[np.intp], bits: NDArray[np.uint16]) -> bool:
    """Whether it makes a match: by frames that differ, or by one picture held for long that is all but the same."""
    usual = abs(line.speed - 1) < 0.03
    if _told(sought, known, line, frames, bits) >= (ENOUGH if usual else UNUSUAL * ENOUGH):
        return True
    lasts = sought.clock[frames[-1]] - sought.clock[frames[0]]
    return bool(usual and lasts >= HELD and bits[frames].mean() <= SAME)


def _told(sought: Sought, known: Known, line: Line, frames: NDArray[np.intp], bits: NDArray[np.uint16]) -> float:
    """The evidence of frames that differ from each other: of those that do not, their mean.

    In the checked file and in the reference: noise alone makes the frames of one of them differ.
    """
    here, there = line.pairs[0]
    due = sought.clock[frames] * line.speed + line.offset
    both = sought.differing(here, frames), known.differing(there, due)
    return min(_summed(evidence(bits[frames]), np.cumsum(differing)) for differing in both)


def _summed(each: NDArray[np.float64], labels: NDArray[np.intp]) -> float:
    """The sum of the means of what has the same label."""
    sums, counts = np.bincount(labels, each), np.bincount(labels)
    return float((sums / np.maximum(counts, 1)).sum())


def _match(sought: Sought, known: Known, line: Line, frames: NDArray[np.intp], bits: NDArray[np.uint16]) -> Match:
    start, end = _ends(sought, known, line, frames)
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
        speed=round(float(line.speed), 2),
        mirrored=sought.mirrored,
        view=_view(sought, known, line, frames, bits),
    )


def _view(sought: Sought, known: Known, line: Line, frames: NDArray[np.intp], bits: NDArray[np.uint16]) -> View:
    """What matches: the whole where it is as much alike, for of what is copied whole any part can have most votes."""
    whole = (views.WHOLE, views.WHOLE)
    if whole[1] in known.entries:
        alike = Band(sought, known, [whole]).bits(line, wide=True)[frames]
        if np.median(alike) <= np.median(bits[frames]) + AS_GOOD:
            return "whole"
    return views.named(*line.pairs[0])


def _ends(sought: Sought, known: Known, line: Line, frames: NDArray[np.intp]) -> tuple[float, float]:
    """From when to when: with what is black or even before and after, in both alike, so that it has no hashes."""
    clock, first, last = sought.clock, int(frames[0]), int(frames[-1])
    start, end = float(clock[first]), float(clock[last]) + sought.step
    before = float(clock[first - 1]) + sought.step if first else 0.0
    after = float(clock[last + 1]) if last + 1 < len(clock) else sought.duration
    times = (np.concatenate([at for at, _ in known.entries.values()]) - line.offset) / line.speed
    before = max(before, float(times[times < start - LAG].max(initial=before)), -line.offset / line.speed)
    after = min(after, float(times[times > end + LAG].min(initial=after)), (known.duration - line.offset) / line.speed)
    return (before if before < start - LAG else start), (after if after > end + LAG else end)


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
    alike = cast[cast["bits"] <= best["bits"] + AS_GOOD]
    whole = bool(((alike["a"] == views.WHOLE) & (alike["b"] == views.WHOLE)).any())
    start, end = _shown(sought, known, best) if sought.duration else (0.0, 0.0)
    return Match(
        kind="pictures",
        reference=known.name,
        start=round(start, 2),
        end=round(end, 2),
        reference_start=round(float(alike["there"].min()), 2),
        reference_end=round(float(alike["there"].max()), 2),
        score=round(1 - float(best["bits"]) / (pdq.BITS / 2), 3),
        reason=f"a frame that differs in {int(best['bits'])} of {pdq.BITS} bits",
        mirrored=sought.mirrored,
        view="whole" if whole else views.named(int(best["a"]), int(best["b"])),
    )


def _shown(sought: Sought, known: Known, best: np.void) -> tuple[float, float]:
    """From when to when a single picture is on show round the frame that is most like it."""
    places, here = sought.of(best["a"])
    bits = pdq.distances(here[:, None], known.entries[int(best["b"])][1][None]).min(axis=1)
    times = np.unique(sought.clock[places[bits <= PICTURE_RADIUS]])
    for run in np.split(times, np.flatnonzero(np.diff(times) > GAP) + 1):
        if run[0] <= best["here"] <= run[-1]:
            return float(run[0]), float(run[-1]) + sought.step
    return float(best["here"]), float(best["here"])


def _overlaps(match: Match, other: Match) -> bool:
    """Whether over half of the shorter one lies in the other."""
    shared = min(match.end, other.end) - max(match.start, other.start)
    return shared >= 0.5 * min(match.end - match.start, other.end - other.start)
