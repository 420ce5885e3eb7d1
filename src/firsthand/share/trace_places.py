"""How far to the right an article stands in the drawing: by its time, or, without times, by its steps from the root."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise

from firsthand.model import Provenance
from firsthand.share.trace_branches import Branches

NARROWEST, WIDEST = 760, 940
"""Pixels from the first time to the last: with the roots' names it fills a page that is 1,240 wide."""

STEP = 16.0
"""Pixels for a gap of an hour; longer gaps take more, but ever less: a day is about five times as long, a month ten."""

LEAST = 5.0
"""Pixels between two times that differ, however little: what came within minutes is no single heap."""

COLUMN, TIGHT = 190.0, 28.0
"""Pixels for a step from the root; and where there are so many that they would not fit on a page."""


def by_time(times: Sequence[datetime | None]) -> list[float]:
    """Pixels for times in their order: long gaps are shortened, what has no time stands at the end."""
    gaps = [0.0, *(_gap(one, other) for one, other in pairwise(times))]
    whole = sum(gaps) or 1.0
    scale = min(max(whole, NARROWEST), WIDEST) / whole
    places, x = [], 0.0
    for gap in gaps[: len(times)]:
        x += max(gap * scale, LEAST if gap else 0.0)
        places.append(x)
    return places


def by_steps(steps: Mapping[str, int]) -> dict[str, float]:
    """Pixels for each article, by its steps from the root."""
    column = max(TIGHT, min(COLUMN, WIDEST / max([*steps.values(), 1])))
    return {article: column * far for article, far in steps.items()}


def steps_from_roots(found: Provenance) -> dict[str, int]:
    """How many articles stand between each article and its root; in the order of the tree, what copies after what."""
    placed, branches = dict[str, int](), Branches(found)
    for root in (*found.roots, *found.denials, *found.doubts):
        waiting = [(twig, 0) for twig in reversed(branches.twigs(root))]
        while waiting:
            twig, far = waiting.pop()
            placed.setdefault(twig.article, far)
            waiting += [(below, far + 1) for below in reversed(twig.twigs)]
    for one in found.claim.appearances:
        placed.setdefault(one.article, 0)
    return placed


def seconds(when: datetime) -> float:
    """Since the beginning of all times; what has no zone is taken as UTC."""
    return (_utc(when) - _FIRST).total_seconds()


def _gap(one: datetime | None, other: datetime | None) -> float:
    if one is None or other is None:
        return STEP * 4 if one else 0.0
    return STEP * math.log2(1 + max(seconds(other) - seconds(one), 0.0) / 3600)


def _utc(when: datetime) -> datetime:
    return when if when.tzinfo else when.replace(tzinfo=UTC)


_FIRST = datetime(1, 1, 1, tzinfo=UTC)
