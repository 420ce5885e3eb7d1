"""Which statement of an earlier article a statement was taken from, by the wording that the two articles share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from firsthand.model import Appearance, Derivation, Edge, EdgeKind, Span

from .times import rank

COVERED = 0.5
"""How much of a statement's characters must stand in shared passages: half. A choice, not fitted to data: below it
most of what is said is in other words, and a name and a number in common make a passage by themselves."""

WHOLE = 0.5
"""How much of its own words a later article must share for its headline and lead to rest on the earlier article too,
whose wording they do not have. A choice, as above."""

KINDS: dict[str, EdgeKind] = {"copy": "copied", "rewrite": "rewritten", "excerpt": "excerpted"}
_ORDER = ("copy", "rewrite", "excerpt")

Articles = Mapping[str, Sequence[Appearance]]


class Derived:
    """Looks statements up in what articles have from one another. `articles`: the claim's appearances by article."""

    def __init__(self, derivations: Iterable[Derivation], articles: Articles) -> None:
        self._articles = articles
        self._of: dict[str, list[Derivation]] = defaultdict(list)
        for one in derivations:
            if one.later in articles and one.later != one.earlier:
                self._of[one.later].append(one)
        self._heirs = self._siblings()

    def source(self, appearance: Appearance) -> Edge | None:
        """The edge to the statement that it was taken from: where its words are, else where its article is from."""
        found = sorted(self._of.get(appearance.article, ()), key=lambda one: _preference(appearance, one))
        edges = (edge for one in found if covered(appearance, one) >= COVERED for edge in self._taken(appearance, one))
        return next(edges, None)

    def whole(self, appearance: Appearance) -> Edge | None:
        """For what an outlet says itself: the edge to the article that its own is a copy or rewrite of."""
        if appearance.role == "attributed":
            return None
        found = sorted(self._of.get(appearance.article, ()), key=lambda one: _preference(appearance, one))
        whole = [one for one in found if one.kind != "excerpt" and one.share >= WHOLE]
        return next((edge for one in whole for edge in self._anywhere(appearance, one)), None)

    def _taken(self, appearance: Appearance, one: Derivation) -> Iterator[Edge]:
        spans = _across(appearance, one)
        there = [other for other in self._articles.get(one.earlier, ()) if _overlap(other.spans, spans)]
        if there:
            best = min(
                there, key=lambda other: (-_overlap(other.spans, spans), _unlike(appearance, other), rank(other))
            )
            yield _edge(appearance, best, one)
        yield from self._anywhere(appearance, one)
        yield from self._sibling(appearance, one, spans)

    def _anywhere(self, appearance: Appearance, one: Derivation) -> Iterator[Edge]:
        """The statement in the earlier article, or in one that it may as well be from, or is known first from."""
        for article in (one.earlier, *sorted(one.ties), one.origin):
            others = self._articles.get(article, ()) if article != appearance.article else ()
            if others:
                yield _edge(appearance, min(others, key=lambda o: (_unlike(appearance, o), rank(o))), one)

    def _sibling(self, appearance: Appearance, one: Derivation, spans: Sequence[Span]) -> Iterator[Edge]:
        """The first to have the same stretch from an article that has no statement of this claim."""
        for other, theirs in self._heirs.get(one.earlier, ()):
            if rank(other) < rank(appearance) and other.article != appearance.article and _overlap(theirs, spans):
                reason = f"both have it from {one.earlier}, in which it was not found as a statement of its own"
                yield Edge(appearance.id, other.id, KINDS[one.kind], reason)
                return

    def _siblings(self) -> dict[str, list[tuple[Appearance, list[Span]]]]:
        """Statements by the missing article that they are from, in the order of time, with where they stand in it."""
        found: dict[str, list[tuple[Appearance, list[Span]]]] = defaultdict(list)
        mine = [one for several in self._of.values() for one in several if one.earlier not in self._articles]
        for one in sorted(mine, key=lambda one: (one.earlier, one.later)):
            for appearance in self._articles[one.later]:
                if covered(appearance, one) >= COVERED:
                    found[one.earlier].append((appearance, _across(appearance, one)))
        return {article: sorted(heirs, key=lambda heir: rank(heir[0])) for article, heirs in found.items()}


def covered(appearance: Appearance, one: Derivation) -> float:
    """How much of a statement's characters stand in a derivation's passages, 0 to 1."""
    length = sum(end - start for start, end in appearance.spans)
    return _overlap(appearance.spans, _joined(found.later for found in one.passages)) / length if length else 0.0


def _preference(appearance: Appearance, one: Derivation) -> tuple[float, int, float, str, list[Span]]:
    """Most covered first, then the nearest kind, then the greatest share; the rest only so that order means nothing."""
    places = sorted(passage.earlier for passage in one.passages)
    return -covered(appearance, one), _ORDER.index(one.kind), -one.share, one.earlier, places


def _unlike(one: Appearance, other: Appearance) -> tuple[bool, bool]:
    names = [appearance.who.name if appearance.who else "" for appearance in (one, other)]
    return names[0] != names[1], one.role != other.role


def _edge(later: Appearance, earlier: Appearance, one: Derivation) -> Edge:
    unknown = "; which of the two came first is not known" if one.direction == "undetermined" else ""
    ties = f"; it may as well be from {_others(len(one.ties))}" if one.ties else ""
    return Edge(later.id, earlier.id, KINDS[one.kind], f"{one.reason.rstrip('.')}{unknown}{ties}")


def _others(count: int) -> str:
    return "another" if count == 1 else f"{count} others"


def _across(appearance: Appearance, one: Derivation) -> list[Span]:
    """Where a statement stands in the earlier article: of each passage the part, by how far into it it is."""
    found = []
    for passage in one.passages:
        (start, end), (begin, stop) = passage.later, passage.earlier
        scale = (stop - begin) / (end - start) if end > start else 0.0
        for low, high in appearance.spans:
            if max(low, start) < min(high, end):
                ends = (
                    begin + round((max(low, start) - start) * scale),
                    begin + round((min(high, end) - start) * scale),
                )
                found.append((ends[0], max(ends[1], ends[0] + 1)))
    return found


def _overlap(some: Iterable[Span], others: Sequence[Span]) -> int:
    """Characters that two lists of spans have in common."""
    return sum(max(0, min(end, stop) - max(start, begin)) for start, end in some for begin, stop in others)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans that meet or overlap as one, so that nothing counts twice."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
