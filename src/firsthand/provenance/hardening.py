"""Where along the edges the wording became surer than what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from firsthand.model import DENIED, STATED_AS_FACT, Appearance, Certainty, Hardening

from .graph import Graph
from .parties import innermost
from .times import rank
from .words import folded

HALF = 0.5
"""How long the later statement must be, beside the earlier, to be compared with it: the "foe" that is left of "I think
that they are a foe" is no surer telling. A choice, not fitted to data."""


def hardening(graph: Graph) -> tuple[Hardening, ...]:
    """Where a hedge or the source fell away on the way from one article to another, or within one; each once.

    They are in the order of the later statement's time. Between two articles it is told only where both have a time:
    which rests on which is then by wording or by who cites whom, and the one that seems the later may be the earlier.
    """
    known = {one.id: one for one in graph.appearances}
    named = _named(graph.appearances)
    edges = (edge for edge in graph.edges if _in_order(known[edge.earlier], known[edge.later]))
    pairs = [(known[edge.earlier], known[edge.later], edge.kind == "cited") for edge in edges]
    pairs.sort(key=lambda pair: (rank(pair[1]), rank(pair[0])))
    steps: dict[tuple[str, str, str], Hardening] = {}
    for earlier, later, cited in pairs:
        for step in _steps(earlier, later, cited, named):
            steps.setdefault((earlier.article, later.article, step.lost), step)
    return tuple(steps.values())


def _in_order(earlier: Appearance, later: Appearance) -> bool:
    """Whether it is known that the one came first: by their times, or as two places of one text."""
    if earlier.article == later.article:
        return True
    return earlier.published is not None and later.published is not None and rank(earlier) < rank(later)


def _named(appearances: Sequence[Appearance]) -> dict[str, str]:
    """Whom each article names, first in the order of time and text."""
    found: dict[str, str] = {}
    for one in appearances:
        if (link := innermost(one)) is not None:
            found.setdefault(one.article, link.name)
    return found


def _steps(earlier: Appearance, later: Appearance, cited: bool, named: Mapping[str, str]) -> Iterator[Hardening]:
    """Who cites another article names it instead of its source: nothing fell away."""
    if surer(earlier.certainty, later.certainty) and _as_much(earlier, later):
        yield Hardening(earlier.id, later.id, "hedge", earlier.text, later.text)
    lost = later.role != "attributed" and innermost(later) is None
    if earlier.article != later.article:
        lost = not cited and later.article not in named
    if lost and earlier.article in named:
        yield Hardening(earlier.id, later.id, "source", named[earlier.article], later.text)


def _as_much(earlier: Appearance, later: Appearance) -> bool:
    """Whether the later statement says enough of the earlier for its wording to be compared with it."""
    return len(folded(later.text)) >= HALF * len(folded(earlier.text))


def surer(before: Certainty | None, after: Certainty | None) -> bool:
    """Whether all of what the later wording allows is surer than all of what the earlier did."""
    if before is None or after is None or DENIED in (before.most, after.most):
        return False
    return before.most < after.least <= STATED_AS_FACT
