"""Of which parts of a frame hashes are made, and which of them are compared.

What is cropped from a reference matches a crop of the reference; what lies in a box, in blurred bars or in a picture
matches a crop of the checked file; what has a logo or a caption matches where neither has it, which is the same crop of
both. Every print has all views, so that any file can be either.
"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.media.pdq import Rect
from firsthand.model import View

WHOLE, INNER = 0, 1
"""The frame as it is; what is left of it without bars, where it has some."""

_CROPS: tuple[tuple[float, float, float, float], ...] = (
    (0.10, 0.10, 0.90, 0.90),
    (0.00, 0.00, 0.75, 0.75),
    (0.25, 0.00, 1.00, 0.75),
    (0.00, 0.25, 0.75, 1.00),
    (0.25, 0.25, 1.00, 1.00),
    (0.20, 0.00, 0.80, 1.00),
    (0.34, 0.00, 0.66, 1.00),
    (0.00, 0.00, 1.00, 0.75),
    (0.00, 0.25, 1.00, 1.00),
)
"""Left, top, right, bottom as shares of what is inside the bars."""

CROPS = tuple(range(2, 2 + len(_CROPS)))
BASES = (WHOLE, INNER)


def rects(inner: Rect) -> tuple[Rect, ...]:
    """The parts of a frame whose views are `CROPS`, given what is inside its bars, in pixels."""
    left, top, right, bottom = inner
    across, down = right - left, bottom - top
    return tuple((left + a * across, top + b * down, left + c * across, top + d * down) for a, b, c, d in _CROPS)


def flipped(view: int) -> int:
    """The view of a mirrored frame that shows what `view` shows of the frame."""
    if view in BASES:
        return view
    left, top, right, bottom = _CROPS[view - CROPS[0]]
    return CROPS[0] + _CROPS.index((round(1 - right, 2), top, round(1 - left, 2), bottom))


def compared(view: int, mirrored: bool) -> Sequence[int]:
    """The views of a reference with which this view of a checked file is compared."""
    if view in BASES:
        return BASES + CROPS
    return (*BASES, flipped(view) if mirrored else view)


def named(here: int, there: int) -> View:
    """What a match of these views of the checked file and of the reference is called."""
    if here in CROPS:
        return "inset" if there in BASES else "logo"
    if there in CROPS:
        return "crop"
    return "boxed" if here == INNER else "whole"
