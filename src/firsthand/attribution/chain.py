"""Through whom a content reached the outlet: chains, outermost link first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from firsthand.model import Attribution, ChainLink, How, Source, Span, Spans

from . import lexicons
from .anonymity import reason
from .bodies import part_of, same_body
from .cues import matches, negative
from .mediums import Medium, mediums
from .nested import MAIN, SAYING, SPEAKER
from .phrases import PRONOUNS, STOPS, bare, head_of
from .resolve import Resolver
from .sources import source

NEAR = 2
"""Line ends behind the paragraph that names an interview, up to which it still holds for the same speaker: the next
paragraph, with the empty line before it."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One attribution in its chain: `links` from the outermost on; `inner` if it is but a layer of another's chain.

    `below` is the number of the attribution that carries this one's content, if another does.
    """

    links: tuple[ChainLink, ...]
    inner: bool
    below: int | None = None


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
        self._contents = sorted((a, j, b) for j, other in enumerate(attributions) for a, b in other.content)
        self._longest = max((b - a for a, _, b in self._contents), default=0)
        self._sources: dict[int, Source] = {}
        self._holders = [self._holder(i) for i in range(len(attributions))]
        self._places = [place for place in mediums(resolver, attributions, numbers) if not self._ours(place)]
        self._cited = [self._cites(i) for i in range(len(attributions))]
        self._citing = [i for i, cited in enumerate(self._cited) if cited]
        self._twins = {i: self._twin(i) for i in self._citing}

    def layers(self) -> Iterator[Layer]:
        """One for each attribution."""
        for i in range(len(self._attributions)):
            layered = self._holders[i] is not None or self._twins.get(i) is not None
            yield Layer(tuple(self._links(i)), layered, self._held(i))

    def _links(self, i: int) -> Iterator[ChainLink]:
        holders = list(self._above(i))
        outermost = holders[0] if holders else i
        if (place := self._medium(outermost)) is not None:
            yield ChainLink(self._toks.quoted_text(place.span), "outlet", "medium", (place.span,))
        yield from (link for holder in holders for link in self._own_link(holder, "cites"))
        cited = self._cited[i] or self._cited_beside(i)
        yield from self._own_link(i, "cites" if cited else "source")
        yield from ([cited] if cited else self._below(i))

    def _above(self, i: int) -> Iterator[int]:
        """The attributions whose contents hold this one, outermost first."""
        holder = self._holders[i]
        if holder is not None:
            yield from self._above(holder)
            yield holder

    def _below(self, i: int) -> Iterator[ChainLink]:
        """The sources inside the content, down to the innermost."""
        inner = self._held(i)
        if inner is not None:
            yield from self._own_link(inner, "inner")
            yield from ([cited] if (cited := self._cited[inner]) else ())
            yield from self._below(inner)

    def _held(self, i: int) -> int | None:
        """The attribution that carries the content of this one."""
        return next((j for j, holder in enumerate(self._holders) if holder == i), None)

    def _own_link(self, i: int, how: How) -> Iterator[ChainLink]:
        number = self._numbers[i]
        if number is not None:
            yield self._link(number, how, self._attributions[i].source)

    def _link(self, number: int, how: How, spans: Spans) -> ChainLink:
        who = self._sources.get(number) or source(self._resolver, number)
        self._sources[number] = who
        return ChainLink(who.name, who.kind, how, spans, who.anonymity, who.anonymity_spans)

    def _holder(self, i: int) -> int | None:
        """The attribution whose content this one carries: it lies in it, covers it, and is somebody else's."""
        inner, number = self._attributions[i], self._numbers[i]
        if number is None or not self._says(inner):
            return None
        outer = [j for j in self._around_cue(i) if j != i and _carries(self._attributions[j], inner)]
        longer = [j for j in outer if _length(self._attributions[j]) > _length(inner)]  # so that no two hold each other
        others = [j for j in longer if self._numbers[j] not in (None, number) and self._another(j, i)]
        return min(others, key=lambda j: _length(self._attributions[j]), default=None)

    def _around_cue(self, i: int) -> Iterator[int]:
        """The attributions with a content around the cue of attribution i."""
        at = self._attributions[i].cue[0][0]
        last = bisect_right(self._contents, (at, len(self._attributions), 0))
        for start, j, end in reversed(self._contents[:last]):
            if start < at - self._longest:
                return
            if at < end:
                yield j

    def _another(self, outer: int, inner: int) -> bool:
        """Whether the inner source can be somebody else: a person's "he" is mostly himself, a poll's voters its own."""
        toks, span = self._toks, self._attributions[inner].source[0]
        above, below = (self._resolver.kind(self._resolver.people[self._numbers[k] or 0]) for k in (outer, inner))
        first, head = toks.holding(span[0]), head_of(toks, span)
        if head is None or toks.low[first] in STOPS or toks.low[head] in SPEAKER:
            return False
        if toks.low[head] in PRONOUNS:
            return above == "outlet"
        known = toks.capital(head) or self._resolver.kind_of_words(first, head) is not None
        return known and (above, below) != ("document", "crowd")

    def _says(self, attribution: Attribution) -> bool:
        cue = [i for span in attribution.cue for i in self._toks.inside(span)]
        found = matches(self._toks, cue)
        return not found or any(match.entry.plain.stance in SAYING for match in found)

    def _ours(self, place: Medium) -> bool:
        """Whether it is the outlet itself, or the agency whose text this is: then nothing came through another."""
        said = self._toks.quoted_text(place.span)
        return any(same_body(said, name) or part_of(said, name) for name in self._own)

    def _medium(self, i: int) -> Medium | None:
        """The medium named in the cue's sentence, else near before it, for the same speaker."""
        at = self._toks.holding(self._attributions[i].cue[0][0])
        same = [p for p in self._places if p.sentence == self._toks.sentence[at] and not self._parted(p, i, at)]
        before = [place for place in self._places if self._holds(place, i, at)]
        found = same[:1] or before[-1:]
        return found[0] if found and not self._is_source(found[0], i) else None

    def _parted(self, place: Medium, i: int, at: int) -> bool:
        """Whether another's cue stands between the medium and the cue: "Renn said ...; Ek told Radio Verran ..."."""
        low, high = sorted((self._toks.at(place.span[0]), at))
        other = (a for j, a in enumerate(self._attributions) if self._numbers[j] not in (None, self._numbers[i]))
        return any(low < self._toks.at(a.cue[0][0]) < high for a in other)

    def _holds(self, place: Medium, i: int, at: int) -> bool:
        """Whether an interview that was named before holds for attribution i."""
        if place.sentence >= self._toks.sentence[at] or self._numbers[i] not in place.speakers:
            return False
        cue = {self._toks.low[t] for t in self._around(i)}
        return self._toks.paragraph[at] - place.paragraph <= NEAR or "interview" in cue

    def _around(self, i: int) -> Iterator[int]:
        """The tokens of the cue, and the few behind it."""
        for start, end in self._attributions[i].cue:
            inside = self._toks.inside((start, end))
            yield from range(inside.start, min(inside.stop + 4, len(self._toks)))

    def _is_source(self, place: Medium, i: int) -> bool:
        number = self._numbers[i]
        names = [] if number is None else self._resolver.names_of(self._resolver.people[number])
        return any(same_body(self._toks.quoted_text(place.span), name) for name in names)

    def _cites(self, i: int) -> ChainLink | None:
        """Whom a "citing" or "quoting" attribution names at its content's beginning."""
        attribution = self._attributions[i]
        cue = [self._toks.low[t] for span in attribution.cue for t in self._toks.inside(span)]
        if not attribution.content or not lexicons.closed("citing") & set(cue) or any(map(negative, cue)):
            return None
        return self._named(attribution.content[0])

    def _named(self, span: Span) -> ChainLink | None:
        """The party at the beginning of a phrase, as a link; None where it names no possible source."""
        head = head_of(self._toks, span)
        if head is None or self._toks.quoted[head] or self._toks.low[self._toks.at(span[0])] in ("that", "what", "how"):
            return None
        first, end = bare(self._toks, span, head)
        end = next((t for t in range(head + 1, end) if self._toks.low[t] == "as"), end)  # "quoted an aide as saying"
        words = self._toks.span(first, end)
        kind = self._resolver.kind_of_words(first, head)
        number = self._resolver.named_in(words) if kind or self._toks.capital(head) else None
        if number is not None:
            return self._link(number, "cites", (words,))
        if kind is None:
            return None
        why = reason(self._toks, (first, end)) if kind == "unnamed" else None
        told = self._toks.quoted_text(why) if why else None
        return ChainLink(self._toks.quoted_text(words), kind, "cites", (words,), told, (why,) if why else ())

    def _cited_beside(self, i: int) -> ChainLink | None:
        """Whom the same source cites in the same sentence: "AP said, citing an official"."""
        return next((self._cited[j] for j in self._citing if self._twins[j] == i), None)

    def _twin(self, i: int) -> int | None:
        """The attribution beside a "citing" one, by the same source, or any where it has none, in the same sentence."""
        source = self._attributions[i].source
        for j, other in enumerate(self._attributions):
            same = other.source == source or (not source and bool(other.source))
            if j != i and same and not self._cited[j] and self._beside(i, j):
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
