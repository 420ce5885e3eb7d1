"""Through whom a content reached the outlet: chains, outermost link first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from firsthand.model import Attribution, ChainLink, How, Kind, Span

from . import lexicons
from .bodies import same_body
from .cues import matches
from .mediums import medium
from .nested import MAIN, SAYING
from .phrases import bare, head_of
from .resolve import Resolver
from .sources import source

NEAR = 1
"""Paragraphs after the one that names an interview in which it still holds for the same speaker."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One attribution in its chain: `links` from the outermost on; `inner` if it is but a layer of another's chain."""

    links: tuple[ChainLink, ...]
    inner: bool


def chains(
    resolver: Resolver, attributions: Sequence[Attribution], numbers: Sequence[int | None], own: Sequence[str]
) -> list[Layer]:
    """The chain of each attribution as the text has it. `own` are names of the outlet and of agencies it credits."""
    return list(_Chains(resolver, attributions, numbers, own).layers())


class _Chains:
    def __init__(
        self,
        resolver: Resolver,
        attributions: Sequence[Attribution],
        numbers: Sequence[int | None],
        own: Sequence[str],
    ) -> None:
        self._resolver, self._attributions, self._numbers, self._own = resolver, attributions, numbers, own
        self._toks = resolver.toks
        self._holders = [self._holder(i) for i in range(len(attributions))]
        self._mediums = self._carried([self._medium(i) for i in range(len(attributions))])
        self._cited = [self._cites(i) for i in range(len(attributions))]

    def layers(self) -> Iterator[Layer]:
        """One for each attribution."""
        for i in range(len(self._attributions)):
            yield Layer(tuple(self._links(i)), self._holders[i] is not None or self._twin(i) is not None)

    def _links(self, i: int) -> Iterator[ChainLink]:
        holders = list(self._above(i))
        outermost = holders[0] if holders else i
        if (said_to := self._mediums[outermost]) is not None:
            yield ChainLink(self._toks.quoted_text(said_to), "outlet", "medium", (said_to,))
        yield from (link for holder in holders for link in self._own_link(holder, "cites"))
        cited = self._cited[i] or self._cited_beside(i)
        yield from self._own_link(i, "cites" if cited else "source")
        yield from ([cited] if cited else ())
        yield from self._below(i)

    def _above(self, i: int) -> Iterator[int]:
        """The attributions whose contents hold this one, outermost first."""
        holder = self._holders[i]
        if holder is not None:
            yield from self._above(holder)
            yield holder

    def _below(self, i: int) -> Iterator[ChainLink]:
        """The sources inside the content, down to the innermost."""
        inner = next((j for j, holder in enumerate(self._holders) if holder == i), None)
        if inner is not None:
            yield from self._own_link(inner, "inner")
            yield from ([cited] if (cited := self._cited[inner]) else ())
            yield from self._below(inner)

    def _own_link(self, i: int, how: How) -> Iterator[ChainLink]:
        number = self._numbers[i]
        if number is not None:
            who = source(self._resolver, number)
            yield ChainLink(who.name, who.kind, how, self._attributions[i].source)

    def _holder(self, i: int) -> int | None:
        """The attribution whose content this one carries: it lies in it, covers it, and is somebody else's."""
        inner, number = self._attributions[i], self._numbers[i]
        if number is None or not self._says(inner):
            return None
        outer = (j for j, other in enumerate(self._attributions) if j != i and _carries(other, inner))
        others = [j for j in outer if self._numbers[j] not in (None, number)]
        return min(others, key=lambda j: _length(self._attributions[j]), default=None)

    def _says(self, attribution: Attribution) -> bool:
        cue = [i for span in attribution.cue for i in self._toks.inside(span)]
        found = matches(self._toks, cue)
        return not found or any(match.entry.plain.stance in SAYING for match in found)

    def _medium(self, i: int) -> Span | None:
        if self._numbers[i] is None:
            return None
        found = medium(self._resolver, self._attributions[i])
        if found is None:
            return None
        name = self._toks.quoted_text(found)
        source_names = self._resolver.names_of(self._resolver.people[self._numbers[i] or 0])
        return None if any(same_body(name, other) for other in [*self._own, *source_names]) else found

    def _carried(self, found: list[Span | None]) -> list[Span | None]:
        """Media also for what the same speaker says next, in the same paragraph or the one behind it."""
        carried, last = list(found), None
        for i, span in enumerate(found):
            if span is not None:
                last = i
            elif last is not None and self._goes_on(last, i):
                carried[i] = found[last]
        return carried

    def _goes_on(self, last: int, i: int) -> bool:
        return self._numbers[last] == self._numbers[i] and self._paragraph(i) - self._paragraph(last) <= 2 * NEAR

    def _paragraph(self, i: int) -> int:
        return self._toks.paragraph[min(self._toks.at(self._attributions[i].cue[0][0]), len(self._toks) - 1)]

    def _cites(self, i: int) -> ChainLink | None:
        """Whom a "citing" or "quoting" attribution names at its content's beginning."""
        attribution = self._attributions[i]
        cue = [self._toks.low[t] for span in attribution.cue for t in self._toks.inside(span)]
        if not attribution.content or not lexicons.closed("citing") & set(cue):
            return None
        return self._named(attribution.content[0])

    def _named(self, span: Span) -> ChainLink | None:
        """The party at the beginning of a phrase, as a link; None where it names no possible source."""
        head = head_of(self._toks, span)
        if head is None or self._toks.quoted[head] or self._toks.low[self._toks.at(span[0])] in ("that", "what", "how"):
            return None
        number = self._resolver.named_in(span)
        first, end = bare(self._toks, span, head)
        words = self._toks.span(first, end)
        kind = self._resolver.kind(self._resolver.people[number]) if number is not None else self._told(first, head)
        name = self._toks.quoted_text(words) if number is None else source(self._resolver, number).name
        return ChainLink(name, kind, "cites", (words,)) if kind is not None else None

    def _told(self, first: int, head: int) -> Kind | None:
        return self._resolver.kind_of_words(first, head)

    def _cited_beside(self, i: int) -> ChainLink | None:
        """Whom the same source cites in the same sentence: "AP said, citing an official"."""
        twin = next((j for j in range(len(self._attributions)) if self._cited[j] and self._twin(j) == i), None)
        return None if twin is None else self._cited[twin]

    def _twin(self, i: int) -> int | None:
        """The attribution beside a "citing" one, by the same source in the same sentence."""
        if not self._cited[i]:
            return None
        for j, other in enumerate(self._attributions):
            if j != i and other.source == self._attributions[i].source and not self._cited[j] and self._beside(i, j):
                return j
        return None

    def _beside(self, i: int, j: int) -> bool:
        places = [self._toks.at(self._attributions[k].cue[0][0]) for k in (i, j)]
        one, two = (self._toks.sentence[min(place, len(self._toks) - 1)] for place in places)
        return one == two


def _carries(outer: Attribution, inner: Attribution) -> bool:
    """Whether the inner attribution lies in the outer one's content and covers the main part of one of its spans."""
    spans = inner.source + inner.cue + inner.content
    if not inner.source or not inner.content:
        return False
    start, end = min(a for a, _ in spans), max(b for _, b in spans)
    parts = [(a, b) for a, b in outer.content if a <= inner.cue[0][0] < b and a <= inner.source[0][0] < b]
    return any(min(b, end) - max(a, start) >= MAIN * (b - a) for a, b in parts)


def _length(attribution: Attribution) -> int:
    return sum(b - a for a, b in attribution.content)
