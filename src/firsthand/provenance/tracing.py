"""Claim -> what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from firsthand.model import Appearance, Claim, Derivation, Edge, Event, Provenance

from .credibility import answerable, suggested
from .events import events, evidence
from .graph import Graph, graph
from .grounds import Grounds, grounds
from .hardening import hardening
from .outlets import Houses
from .parties import stations
from .ranges import corroboration
from .times import rank


def trace(claim: Claim, derivations: Sequence[Derivation] = (), texts: Mapping[str, str] | None = None) -> Provenance:
    """What a claim rests on. Pure; the order of appearances and derivations changes nothing.

    `derivations` are what the claim's articles have from one another; those of other articles are passed over.
    `texts` are the articles' texts by id, as far as they are at hand: in the sentences around a statement services say
    that they share what they know. Without them only the statements' own words are looked at.
    """
    parts = _Parts.of(claim, derivations, texts or {})
    counted, groups = corroboration(parts.roots, texts or {})
    seen = sum(any(answerable(ground.root) for ground in group) for group in groups)
    roots, denials, doubts = (
        tuple(one.root for one in part.grounds) for part in (parts.roots, parts.denials, parts.doubts)
    )
    told = events(parts.support.appearances, parts.denials, parts.doubts, parts.corrected)
    best = evidence(parts.support.appearances)
    grade = suggested(roots, denials, counted, seen, best)
    return Provenance(
        claim=claim,
        roots=roots,
        denials=denials,
        edges=parts.edges,
        corroboration=counted,
        hardening=hardening(parts.support),
        first=_first(parts.support.appearances, told),
        evidence=best,
        credibility=grade.digit,
        credibility_reason=grade.reason,
        doubts=doubts,
        events=told,
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """A claim's appearances by how they stand to it, and what each part rests on."""

    support: Graph
    roots: Grounds
    denials: Grounds
    doubts: Grounds
    corrected: tuple[Appearance, ...]
    edges: tuple[Edge, ...]

    @classmethod
    def of(cls, claim: Claim, derivations: Sequence[Derivation], texts: Mapping[str, str]) -> Self:
        articles = {one.article for one in claim.appearances}
        used = [one for one in derivations if one.later in articles]
        houses = Houses(name for one in claim.appearances for name in _outlets(one))
        corrected = tuple(sorted((one for one in claim.appearances if one.corrects), key=rank))
        supporting, *against = (
            [one for one in claim.appearances if one.stance in stances and not one.corrects]
            for stances in (("asserts", "reports"), ("denies",), ("doubts",))
        )
        withdrawn = _withdrawn(supporting, corrected, houses)
        support = graph(supporting, used, houses, withdrawn, texts)
        denying, doubting = (graph(part, used, houses, texts=texts) for part in against)
        found = grounds(support, withdrawn), grounds(denying), grounds(doubting)
        edges = [edge for part in (support, *found, denying, doubting) for edge in part.edges]
        return cls(support, *found, corrected, tuple(sorted(edges, key=lambda edge: (edge.later, edge.earlier))))


def _outlets(one: Appearance) -> Iterator[str]:
    if one.outlet:
        yield one.outlet
    yield from (link.name for link in stations(one))


def _withdrawn(support: Sequence[Appearance], corrected: Sequence[Appearance], houses: Houses) -> frozenset[str]:
    """The ids of the appearances that their own outlet took back, in the same article or a later one.

    A correction that asserts the statement takes nothing back: it says what was wrong by saying what is right.
    """
    denied = [one for one in corrected if one.stance == "denies"]
    back = {one.article for one in denied}
    by = [(houses.key(one.outlet), one) for one in denied if one.outlet]
    return frozenset(
        one.id
        for one in support
        if one.article in back
        or any(key == houses.key(one.outlet or "") and rank(one) < rank(other) for key, other in by)
    )


def _first(support: Sequence[Appearance], told: Sequence[Event]) -> str | None:
    """The article of the first report."""
    articles = {one.id: one.article for one in support}
    return next((articles[event.appearance] for event in told if event.kind == "first report"), None)
