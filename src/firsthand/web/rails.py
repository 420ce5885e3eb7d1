"""Which paragraphs of an article have their wording from another article, or are in others: what its rails show."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from firsthand.library.showing import Related, Shown
from firsthand.model import Span
from firsthand.web.reading_marks import Paragraph

WHOLE = 0.9
"""The share of a paragraph from which its rail is drawn as a whole line; less is a broken one. Set by thought."""

SOME = 0.1
"""The share of a paragraph that has to be another's wording for it to have a rail at all: a word or two is none."""


GAP = 2
"""Paragraphs of an article's own that may stand within what it has from one other, before that is named again."""

Sides = tuple[tuple[Related, ...], tuple[Related, ...], tuple[Related, ...]]
"""Articles that it has words from; such that share words, and nothing tells which was first; such that have its."""


@dataclass(frozen=True, slots=True)
class Label:
    """What the paragraphs of a run have in common with others, named where the run begins; see `Sides`."""

    earlier: tuple[Related, ...]
    either: tuple[Related, ...]
    later: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class Rail:
    """Of one paragraph: of which `kind` its line is, "from", "either" or "in"; whether it is nearly all of it.

    `label` is None where the run of the paragraph before goes on.
    """

    kind: str
    whole: bool
    label: Label | None


@dataclass(slots=True)
class _Run:
    """Paragraphs, by their numbers, that have words from the same others: these, and what else they share, by id."""

    key: object
    first: int
    last: int
    sides: tuple[dict[str, Related], dict[str, Related], dict[str, Related]]


def rails(shown: Shown, paragraphs: Sequence[Paragraph]) -> list[Rail | None]:
    """The rail of each paragraph, None where it has none."""
    spans = [paragraph.span for paragraph in paragraphs]
    sides = [_shares(side, shown.stored.article.id, spans) for side in (shown.earlier, shown.either, shown.later)]
    found = [_sides(*here) for here in zip(*sides, strict=True)]
    labels = {run.first: Label(*(tuple(side.values()) for side in run.sides)) for run in _runs(found)}
    made = list[Rail | None]()
    for number, here in enumerate(found):
        whole = any(share >= WHOLE for side in sides for _, share in side[number])
        made.append(Rail(_kind(here), whole, labels.get(number)) if any(here) else None)
    return made


Shares = list[list[tuple[Related, float]]]
"""Of each paragraph the articles that share wording with it, and how much of it, 0 to 1."""


def _shares(side: Sequence[Related], identity: str, spans: Sequence[Span]) -> Shares:
    """Each passage is looked for among the paragraphs once: a text may share with two hundred others."""
    starts, shares = [start for start, _ in spans], [list[tuple[Related, float]]() for _ in spans]
    for one in side:
        covered = Counter[int]()
        for start, end in _merged(_own(one, identity)):
            for number in range(max(0, bisect_right(starts, start) - 1), bisect_left(starts, end)):
                covered[number] += max(0, min(end, spans[number][1]) - max(start, spans[number][0]))
        for number, characters in covered.items():
            share = characters / max(1, spans[number][1] - spans[number][0])
            shares[number] += [(one, share)] if share > SOME else []
    return shares


def _sides(*found: Sequence[tuple[Related, float]]) -> Sides:
    earlier, either, later = (tuple(one for one, _ in side) for side in found)
    return earlier, either, later


def _kind(sides: Sides) -> str:
    return next(kind for kind, side in zip(("from", "either", "in"), sides, strict=True) if side)


def _runs(found: Sequence[Sides]) -> list[_Run]:
    """Of those that an article has words from a run is told by who they are; of others by that there are any."""
    runs: list[_Run] = []
    for number, sides in enumerate(found):
        if not any(sides):
            continue
        key = frozenset(one.other.id for one in sides[0]) or _kind(sides)
        if not runs or runs[-1].key != key or number - runs[-1].last > 1 + GAP:
            runs.append(_Run(key, number, number, ({}, {}, {})))
        runs[-1].last = number
        for held, side in zip(runs[-1].sides, sides, strict=True):
            held.update((one.other.id, one) for one in side)
    return runs


def _own(one: Related, identity: str) -> Iterator[Span]:
    side = "later" if one.derivation.later == identity else "earlier"
    return (getattr(passage, side) for passage in one.derivation.passages)


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    reached = 0
    for start, end in sorted(spans):
        yield max(start, reached), max(end, reached)
        reached = max(reached, end)
