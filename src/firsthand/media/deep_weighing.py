"""Whether frames that fit show one place, or only one thing that both places have: a face, a caption, a kind of car.

What is the same footage, or is filmed from the same place, agrees all over the part that both frames show; and the
movement from the one picture to the other stays what it is while the camera turns, for an editor's crop does not move.
A thing that both have agrees by itself, and moves in each picture as it likes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from firsthand.media.deep_chains import Confirmed
from firsthand.media.deep_features import SHARES, STEP
from firsthand.media.deep_fitting import Complex, Fit, Points, common

SPREAD = 18
"""Fields of the part that both frames show, of 64, over which points that fit make it one place in any case."""
WITHIN = 0.94
"""Share of the smaller picture that the larger shows too, where less is spread: an edit crops a picture or puts all of
it into another. Right ones reach 0.96."""
STEADY = 20.0
"""Pixels by which the movement from picture to picture may change from key frame to key frame then."""
STEADY_SPREAD = 13
"""Fields that do where it is steady."""
STEADIER, STEADIER_SPREAD = 3.0, 10
"""The same where it hardly changes."""
ALONE_SPREAD = 15
"""The same of one frame, of which nothing tells whether it is steady."""
ALONE_LEAST = 9
"""Fields that one frame must have in any case: with fewer, all that agrees may be one thing before an empty ground. On
the development set it costs two stills of nine, whose times were wrong."""
LEAST_LINES = 3
"""Rows, and columns, of fields that it must be spread over, else it may be one line of letters, which titles in one
typeface have in common. Right ones that are no title have 4; of 880 clips that are in none of 110 others, five had a
title alike in two.
"""
AGREED = 0.14
"""What does with fewer fields, or lines of them: the share of the points of the part that both frames show that fit,
of the query's times of the reference's. All these were set on 95 right stretches of the development set, which keep to
them, and on 80 of wrong references, which have a drawn face, a caption or a car in common: none of them does."""
LEAST_AGREED = 0.02
"""Of that share, in any case: two streets whose rows of windows fit had 0.01, of 450 right stretches two had less."""
_GRAIN = 6.0

PointsOf = Callable[[int], Points]
"""The points of a frame by its number."""


def is_place(pairs: Sequence[Confirmed], here: PointsOf, there: PointsOf) -> bool:
    """Whether a stretch's frames agree all over, or steadily and widely enough."""
    firm = [pair for pair in pairs if pair.firm]
    fields, jumps = max(pair.fit.fields for pair in firm), _jumps([pair.fit for pair in firm])
    if fields >= SPREAD or jumps > STEADY or _within(firm, here, there) < WITHIN:
        return fields >= SPREAD
    share = max(agreed(pair.fit, here(pair.here), there(pair.there)) for pair in firm)
    if share < LEAST_AGREED or (len(firm) == 1 and fields < ALONE_LEAST):
        return False
    wanted = ALONE_SPREAD if len(firm) == 1 else STEADIER_SPREAD if jumps <= STEADIER else STEADY_SPREAD
    spread = any(pair.fit.fields >= wanted and pair.fit.lines >= LEAST_LINES for pair in firm)
    return spread or share >= AGREED


def _within(firm: Sequence[Confirmed], here: PointsOf, there: PointsOf) -> float:
    """How much of the smaller of the two pictures the other shows too, in the middle one of the frames."""
    return float(np.median([_nested(pair.fit, here(pair.here).size, there(pair.there).size) for pair in firm]))


def _nested(fit: Fit, here: tuple[int, int], there: tuple[int, int]) -> float:
    _, _, width, height = common(fit.factor, fit.shift, here, there)
    return width * height / min(here[0] * here[1], there[0] * there[1] / fit.size**2)


def agreed(fit: Fit, here: Points, there: Points) -> float:
    """What fits of the query's points in the part that both frames show, times the same of the reference's."""
    part = common(fit.factor, fit.shift, here.size, there.size)
    steps = np.log(fit.size) / np.log(STEP)
    mine = _seen(here.places, here.levels + steps, part)
    other = _seen((there.places - fit.shift) / fit.factor, there.levels - steps, part)
    return len(fit.spots) ** 2 / max(1, mine * other)


def _seen(places: Complex, levels: NDArray[np.float64], part: tuple[float, float, float, float]) -> int:
    """Places in a part of the query's frame of points that the other picture, too, can have at one of its sizes."""
    left, top, width, height = part
    within = (places.real >= left) & (places.real <= left + width)
    within &= (places.imag >= top) & (places.imag <= top + height)
    within &= (levels > -0.6) & (levels < len(SHARES) - 0.4)
    return len(np.unique(np.rint(places[within] / _GRAIN)))


def _jumps(fits: Sequence[Fit]) -> float:
    """Pixels by which the movement changes from frame to frame, at the middle of what fits; 0 for one frame."""
    if len(fits) < 2:
        return 0.0
    middle = complex(np.mean([fit.spots.mean() for fit in fits]))
    return float(np.mean(np.abs(np.diff([fit.factor * middle + fit.shift for fit in fits]))))
