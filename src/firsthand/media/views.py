"""Of which parts of a frame hashes are made, and which of them are compared.

A hash bears no more than 3 % of a crop that it was not made for (62 photographs): so views are those that editing
programs make exactly. Cutting to another shape takes the middle; blurred bars go round a middle of some usual shape;
channels put their logo into a corner and their words along the top or the bottom. Every print has all views, so that
any file can be either: what was cropped or what it was cropped from. All else is left to the deep stage.
"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.media.pdq import Rect
from firsthand.model import View

WHOLE, INNER = 0, 8
"""The frame as it is; what is left of it without bars, where it has some. The views below have 8 added in that case."""

SHAPES = {2: 16 / 9, 3: 4 / 3, 4: 1.0, 5: 9 / 16}
"""Views of the middle, cut to that width over height."""

PLAIN = {6: (0.2, 0.0, 0.8, 0.86), 7: (0.2, 0.14, 0.8, 1.0)}
"""Views without corners, and without the bottom or the top: left, top, right, bottom as shares."""

_LIKE = 0.02
"""Share of a side that a cut must take to be one."""


def parts(whole: Rect, inner: Rect) -> dict[int, Rect]:
    """All views of a frame, given what of it is inside its bars, in pixels: of both, as bars may be sky and ground."""
    found = _parts(whole)
    if inner != whole:
        found |= {INNER + view: rect for view, rect in _parts(inner).items()}
    return found


def compared(view: int) -> Sequence[int]:
    """The views of a reference with which this view of a checked file is compared; all are symmetrical."""
    kind = view % INNER
    kinds = (WHOLE, *SHAPES) if kind == WHOLE else (WHOLE, kind) if kind in SHAPES else (kind,)
    return tuple(each + bars for each in kinds for bars in (0, INNER))


def named(here: int, there: int) -> View:
    """What a match of these views of the checked file and of the reference is called."""
    if here % INNER in PLAIN:
        return "logo"
    if here != WHOLE:
        return "boxed"
    return "crop" if there % INNER in SHAPES else "whole"


def _parts(rect: Rect) -> dict[int, Rect]:
    left, top, right, bottom = rect
    wide, high = right - left, bottom - top
    cuts = {view: _cut(wide, high, shape) for view, shape in SHAPES.items()}
    shares = {WHOLE: (0, 0, 1, 1)} | {view: cut for view, cut in cuts.items() if cut[0] + cut[1] > _LIKE} | PLAIN
    return {
        view: (left + a * wide, top + b * high, left + c * wide, top + d * high)
        for view, (a, b, c, d) in shares.items()
    }


def _cut(wide: float, high: float, shape: float) -> tuple[float, float, float, float]:
    """The middle of that shape, as shares."""
    across, down = max(0.0, 1 - shape * high / wide) / 2, max(0.0, 1 - wide / shape / high) / 2
    return across, down, 1 - across, 1 - down
