"""What a stretch of fitting frames is called: from when to when, which view, how sure and why."""

from __future__ import annotations

import numpy as np

from firsthand.media.deep_chains import Stretch
from firsthand.media.deep_prints import DeepPrint
from firsthand.model import Match, View

CENTRED = 0.06
"""Share of the side by which a picture's middle may be beside the frame's, to be one with bars about it."""
WHOLE = 0.05
"""How much a size may differ from 1, as a share, for the whole picture to be shown."""
SNAP = 0.6
"""Seconds within which a stretch's end is taken for an end of the reference."""
HALF = 10
"""Points a frame at which a score is half of what more points would make it."""


def told(
    stretch: Stretch, query: DeepPrint, reference: str, span: float, size: tuple[int, int], mirrored: bool
) -> Match:
    """The match of a stretch. `span`: seconds of the reference; `size`: width and height of its frames."""
    start, end = _ends(stretch, query, span)
    begin, stop = (min(span, max(0.0, stretch.speed * at + stretch.offset)) for at in (start, end))
    score, reason = _score(stretch, query)
    view = _view(stretch, query, size)
    return Match("place", reference, start, end, begin, stop, score, reason, stretch.speed, mirrored, view)


def _ends(stretch: Stretch, query: DeepPrint, span: float) -> tuple[float, float]:
    """First and last second: at a cut, at an end of the reference, else midway to the frame that no longer fits."""
    times, first, last = query.times, stretch.pairs[0].here, stretch.pairs[-1].here
    start, end = 0.0, query.duration
    if first:
        low, high = float(times[first - 1]), float(times[first])
        start = max(_cuts(query, low, high), default=_midway(low, high, -stretch.offset / stretch.speed))
    if last + 1 < len(times):
        low, high = float(times[last]), float(times[last + 1])
        end = min(_cuts(query, low, high), default=_midway(low, high, (span - stretch.offset) / stretch.speed))
    return start, max(end, start)


def _cuts(query: DeepPrint, low: float, high: float) -> list[float]:
    return [float(at) for at in query.cuts if low < at <= high]


def _midway(low: float, high: float, outermost: float) -> float:
    """Between two key frames: where the reference begins or ends, `outermost`, if that is about there."""
    about = low - SNAP <= outermost <= high + SNAP
    return min(high, max(low, outermost)) if about else (low + high) / 2


def _score(stretch: Stretch, query: DeepPrint) -> tuple[float, str]:
    """How sure, 0 to 1: the share of frames that fit, and how many points do; and that in words."""
    looked = stretch.pairs[-1].here - stretch.pairs[0].here + 1
    counts = [len(pair.fit.spots) for pair in stretch.pairs]
    asked = [pair.fit.asked for pair in stretch.pairs]
    share, fits = len(counts) / looked, float(np.median([pair.fit.count for pair in stretch.pairs]))
    where = f"in {len(counts)} of {looked} frames" if looked > 1 else "in one frame"
    size = _sized(float(np.median([pair.fit.size for pair in stretch.pairs])))
    said = f"{int(np.median(counts))} of {int(np.median(asked))} points fit one movement {where}, {size}"
    return round(share * fits / (fits + HALF), 3), said


def _sized(size: float) -> str:
    if abs(size - 1) <= WHOLE:
        return "at the same size"
    return f"at {1 / size:.2f} times the size"


def _view(stretch: Stretch, query: DeepPrint, size: tuple[int, int]) -> View:
    """What of the query shows it."""
    factor = float(np.median([pair.fit.size for pair in stretch.pairs]))
    shift = np.median([pair.fit.shift for pair in stretch.pairs])
    if factor < 1 - WHOLE:
        return "crop"
    middle = (complex(*size) / 2 - shift) / factor - complex(query.width, query.height) / 2
    centred = abs(middle.real) <= CENTRED * query.width and abs(middle.imag) <= CENTRED * query.height
    if factor > 1 + WHOLE:
        return "boxed" if centred else "inset"
    return "logo"
