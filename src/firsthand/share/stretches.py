"""Two texts and their alignments -> paragraphs of pieces, each tinted throughout in one way.

Alignments are numbered from 1 in the later text's order, whatever their kind: the same number stands in both texts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from firsthand.model import Alignment, AlignmentKind, Span, Spans
from firsthand.share.marks import stretches

LONGEST_COMPARED = 1_500
"""Words of the longest stretch in which single changed words are looked for: the search takes time by their square."""

MOST_EQUAL = 100_000
"""Pairs of equal words, one of either stretch, beyond which it is not done either: the search takes up to a second with
so many, and half a minute where one word is half of all. 1,500 words of PolNeAR have 21,000, and 36,000 at most."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Tint:
    """An alignment as one of its two texts shows it. `own` are words of it that its counterpart does not have."""

    number: int
    kind: AlignmentKind
    span: Span
    own: Spans = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text between two boundaries of any tint.

    `tints` number the alignments it belongs to, the shortest first; `kind` is the first one's, None outside of all.
    `begins` number those that begin here; `own` says that the counterpart has other words here, or none.
    """

    text: str
    tints: tuple[int, ...] = ()
    kind: AlignmentKind | None = None
    begins: tuple[int, ...] = ()
    own: bool = False


def tints(earlier: str, later: str, alignments: Iterable[Alignment]) -> tuple[list[Tint], list[Tint]]:
    """The tints of the earlier text and those of the later, by number."""
    left, right = [], []
    for number, found in enumerate(sorted(alignments, key=lambda found: (found.later, found.earlier)), start=1):
        olds, news = _own_words(earlier, found.earlier, later, found.later)
        left.append(Tint(number, found.kind, found.earlier, olds))
        right.append(Tint(number, found.kind, found.later, news))
    return left, right


def paragraphs(text: str, tinted: Iterable[Tint]) -> Iterator[tuple[Piece, ...]]:
    """The paragraphs of `text` (blank lines stand between them), without the space around them."""
    waiting = deque(sorted((tint for tint in tinted if tint.span[0] < tint.span[1]), key=lambda tint: tint.span))
    bounds = sorted({place for tint in waiting for span in (tint.span, *tint.own) for place in span})
    live: list[Tint] = []
    begun: set[int] = set()
    for start, end in stretches(text):
        while waiting and waiting[0].span[0] < end:
            live.append(waiting.popleft())
        live = sorted((tint for tint in live if tint.span[1] > start), key=_by_length)
        cuts = [start, *bounds[bisect_right(bounds, start) : bisect_left(bounds, end)], end]
        yield tuple(_piece(text, pair, live, begun) for pair in pairwise(cuts))


def _by_length(tint: Tint) -> tuple[int, int]:
    return tint.span[1] - tint.span[0], tint.number


def _piece(text: str, place: Span, tinted: Iterable[Tint], begun: set[int]) -> Piece:
    start, end = place
    here = [tint for tint in tinted if tint.span[0] <= start and end <= tint.span[1]]
    begins = tuple(tint.number for tint in here if tint.number not in begun)
    begun.update(begins)
    return Piece(
        text[start:end],
        tuple(tint.number for tint in here),
        here[0].kind if here else None,
        begins,
        own=bool(here) and any(one <= start and end <= other for one, other in here[0].own),
    )


def _own_words(one: str, here: Span, other: str, there: Span) -> tuple[Spans, Spans]:
    """Where each of two stretches has words that the other does not have in that order; () where that takes long."""
    olds, news = _words(one, here), _words(other, there)
    if max(len(olds), len(news)) > LONGEST_COMPARED:
        return (), ()
    old, new = [_folded(one, word) for word in olds], [_folded(other, word) for word in news]
    counts = Counter(old)
    if sum(counts[word] for word in new) > MOST_EQUAL:
        return (), ()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    changes = [change for change in matcher.get_opcodes() if change[0] != "equal"]
    return (
        tuple((olds[start][0], olds[end - 1][1]) for _, start, end, _, _ in changes if start < end),
        tuple((news[start][0], news[end - 1][1]) for _, _, _, start, end in changes if start < end),
    )


def _words(text: str, span: Span) -> list[Span]:
    return [word.span() for word in _WORD.finditer(text, *span)]


def _folded(text: str, word: Span) -> str:
    return text[slice(*word)].casefold().replace("’", "'")
