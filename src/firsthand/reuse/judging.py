"""Links -> Derivations: which kind, which came first, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from firsthand.model import Alignment, AlignmentKind, Article, Derivation, DerivationKind, Direction
from firsthand.reuse.corpus import Corpus, Texts
from firsthand.reuse.findings import Findings
from firsthand.reuse.parents import ASIDE, EARLIER, FIRST, LATER, PASSAGES, QUOTES, TIED, TIES
from firsthand.reuse.passages import FROM, MATCHED, START, STOP, TO

MOSTLY = 0.5
"""Share of an article's own words from which it is a copy or a rewrite of another, and not an article with excerpts."""

UNCHANGED = 0.9
"""Share of the words of its passages that match, from which it is a copy. A tenth of the words changed leaves 0.85."""

WHOLE, PART = 0.85, 0.75
"""Shares of the words of two articles that stand in the other: one is contained if nearly all of it does, and of the
other no more than the second share, at least `HALF`: what is cut down keeps that much."""

HALF = 0.35

Credited = Callable[[Article], bool]
Quad = tuple[int, int, int, int]
"""Where a passage begins and ends in the earlier text, and in the later."""


@dataclass(frozen=True, slots=True)
class SharedQuotation:
    """Two articles whose only shared wording is a quotation: `passages` are of kind "quotation"."""

    earlier: str
    later: str
    passages: tuple[Alignment, ...]


@dataclass(frozen=True, slots=True)
class _Shares:
    """Of a link: how much of either article's words is in the passages, and how much of the passages matches."""

    earlier: float
    later: float
    alike: float
    in_order: bool


def judged(corpus: Corpus, found: Findings, credited: Credited) -> Iterator[Derivation | SharedQuotation]:
    """What was found in a set, a pair at most once."""
    seen: set[tuple[int, int]] = set()
    told = cache(lambda number: credited(corpus.articles[number]))
    spans = _spans(found)
    for link, origin in zip(found.links.tolist(), found.origins.tolist(), strict=True):
        pair = link[EARLIER], link[LATER]
        if pair[0] > pair[1] or corpus.most[pair[0]] >= corpus.least[pair[1]]:
            pair = min(pair), max(pair)
            if pair in seen:
                continue
            seen.add(pair)
        rows = found.passages[link[FIRST] : link[FIRST] + link[PASSAGES]]
        as_is = spans[link[FIRST] : link[FIRST] + link[PASSAGES]]
        if link[QUOTES]:
            yield _quotation(corpus, found.texts, link, rows)
        else:
            ties = found.ties[link[TIES] : link[TIES] + link[TIED]].tolist()
            yield _derivation(corpus, found.texts, link, rows, as_is, ties, origin, told)


def _quotation(corpus: Corpus, texts: Texts, link: list[int], rows: NDArray[np.int32]) -> SharedQuotation:
    earlier, later = link[EARLIER], link[LATER]
    if earlier > later:
        earlier, later, rows = later, earlier, _turned(rows)
    passages = alignments(texts, earlier, later, rows, "quotation")
    return SharedQuotation(corpus.articles[earlier].id, corpus.articles[later].id, passages)


def _derivation(
    corpus: Corpus,
    texts: Texts,
    link: list[int],
    rows: NDArray[np.int32],
    as_is: list[Quad],
    ties: list[int],
    origin: int,
    credited: Callable[[int], bool],
) -> Derivation:
    earlier, later, aside = link[EARLIER], link[LATER], link[ASIDE]
    shares = _shares(texts, earlier, later, rows, aside)
    direction, turned = _direction(corpus, earlier, later, origin, shares, credited)
    if turned:
        origin = origin if direction == "undetermined" else later
        earlier, later, rows, ties = later, earlier, _turned(rows), []
        shares = _Shares(shares.later, shares.earlier, shares.alike, shares.in_order)
    kind = _kind(shares)
    names = [article.id for article in map(corpus.articles.__getitem__, (earlier, later, origin, *ties))]
    return Derivation(
        earlier=names[0],
        later=names[1],
        kind=kind,
        share=round(min(1.0, shares.later), 4),
        direction=direction,
        passages=alignments(texts, earlier, later, rows, "shared") if turned else _aligned(as_is, "shared"),
        origin=names[2] if origin != later else names[0],
        reason=_reason(kind, shares.later, direction),
        ties=tuple(names[3:]),
    )


def _shares(texts: Texts, earlier: int, later: int, rows: NDArray[np.int32], aside: int) -> _Shares:
    columns = rows.T.tolist()
    left = sum(columns[STOP]) - sum(columns[START])
    right = sum(columns[TO]) - sum(columns[FROM])
    sizes = [int(texts.bounds[n + 1] - texts.bounds[n]) for n in (earlier, later)]
    return _Shares(
        earlier=left / max(1, sizes[0]),
        later=right / max(1, sizes[1] - aside),
        alike=2 * sum(columns[MATCHED]) / (left + right),
        in_order=columns[START] == sorted(columns[START]),
    )


def _kind(shares: _Shares) -> DerivationKind:
    if shares.later < MOSTLY:
        return "excerpt"
    return "copy" if shares.alike >= UNCHANGED and shares.in_order else "rewrite"


def _direction(
    corpus: Corpus, earlier: int, later: int, origin: int, shares: _Shares, credited: Callable[[int], bool]
) -> tuple[Direction, bool]:
    """What tells the direction, and whether it is the other way round. Where nothing does, the origin stands first."""
    if corpus.most[earlier] < corpus.least[later]:
        return "time", False
    told = credited(earlier), credited(later)
    if told[0] != told[1]:
        return "credit", told[1]
    for turned, (whole, part) in enumerate(((shares.later, shares.earlier), (shares.earlier, shares.later))):
        if whole >= WHOLE and HALF <= part <= PART:
            return "containment", bool(turned)
    return "undetermined", origin == later or (origin != earlier and earlier > later)


_KINDS = {
    "copy": "{share:.0%} of its words are the earlier article's, nearly unchanged",
    "rewrite": "{share:.0%} of its words are in passages of the earlier article, with words or their order changed",
    "excerpt": "{share:.0%} of its words are in passages of the earlier article",
}
_DIRECTIONS = {
    "time": "it appeared later",
    "credit": "the earlier has the agency's credit, which it lacks",
    "containment": "it is part of what the earlier has",
    "undetermined": "nothing tells which came first",
}


def _reason(kind: DerivationKind, share: float, direction: Direction) -> str:
    return f"{_KINDS[kind].format(share=min(1.0, share))}; {_DIRECTIONS[direction]}"


def _turned(rows: NDArray[np.int32]) -> NDArray[np.int32]:
    """The passages with the articles' parts exchanged, in the order of the one that is now the later."""
    turned = rows.copy()
    turned[:, [START, STOP, FROM, TO]] = rows[:, [FROM, TO, START, STOP]]
    return turned[np.argsort(turned[:, FROM], kind="stable")]


def _spans(found: Findings) -> list[Quad]:
    """Of every passage the characters where it begins and ends, in either text: all at once, which is quicker."""
    owners = np.repeat(np.arange(len(found.links)), found.links[:, PASSAGES])
    left, right = (found.texts.bounds[found.links[owners, side]] for side in (EARLIER, LATER))
    return _quads(found.texts, left, right, found.passages)


def _quads(
    texts: Texts, left: NDArray[np.int64] | np.int64, right: NDArray[np.int64] | np.int64, rows: NDArray[np.int32]
) -> list[Quad]:
    columns = (
        texts.starts[left + rows[:, START]].tolist(),
        texts.ends[left + rows[:, STOP] - 1].tolist(),
        texts.starts[right + rows[:, FROM]].tolist(),
        texts.ends[right + rows[:, TO] - 1].tolist(),
    )
    return list(zip(*columns, strict=True))


def _aligned(quads: Iterable[Quad], kind: AlignmentKind) -> tuple[Alignment, ...]:
    return tuple(Alignment((a, b), (c, d), kind) for a, b, c, d in quads)


def alignments(
    texts: Texts, earlier: int, later: int, rows: NDArray[np.int32], kind: AlignmentKind
) -> tuple[Alignment, ...]:
    """Passages of words as passages of characters."""
    return _aligned(_quads(texts, texts.bounds[earlier], texts.bounds[later], rows), kind)
