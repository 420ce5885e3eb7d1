"""What happened to a claim over time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from firsthand.model import Appearance, Event, EventKind, EvidenceValue

from .grounds import Grounds
from .times import rank

BEST: tuple[EvidenceValue, ...] = ("none", "unverified", "withheld", "described", "eyewitness", "shown")
"""What there is of evidence, the least first: "withheld" is said to exist, "unverified" not even that."""


def evidence(appearances: Iterable[Appearance]) -> EvidenceValue:
    """The best that any of them tells of."""
    return max((one.evidence.value for one in appearances if one.evidence), key=BEST.index, default="none")


def events(
    support: Sequence[Appearance], denials: Grounds, doubts: Grounds, corrected: Sequence[Appearance]
) -> tuple[Event, ...]:
    """First report, steps of the evidence, first denials and doubts by each root, corrections; in order of time."""
    found = [*_first(support), *_evidence(support), *_by_whom("denied", denials), *_by_whom("doubted", doubts)]
    found += [("corrected", one, one.outlet or one.article) for one in corrected]
    ordered = sorted(found, key=lambda event: (rank(event[1]), _ORDER.index(event[0]), event[2]))
    return tuple(Event(kind, one.published, one.id, what) for kind, one, what in ordered)


_ORDER: tuple[EventKind, ...] = ("first report", "evidence", "denied", "doubted", "corrected")
_Found = tuple[EventKind, Appearance, str]


def _first(support: Sequence[Appearance]) -> Iterator[_Found]:
    dated = [one for one in support if one.published]
    if dated:
        first = min(dated, key=rank)
        yield "first report", first, first.outlet or first.article


def _evidence(support: Sequence[Appearance]) -> Iterator[_Found]:
    """Each appearance by which the best evidence so far became better."""
    best = BEST.index("none")
    for one in sorted(support, key=rank):
        value = BEST.index(one.evidence.value) if one.evidence else 0
        if value > best:
            best = value
            yield "evidence", one, BEST[value]


def _by_whom(kind: EventKind, found: Grounds) -> Iterator[_Found]:
    for ground in found.grounds:
        first = min((leaf.appearance for leaf, _ in ground.voices), key=rank)
        yield kind, first, ground.root.name
