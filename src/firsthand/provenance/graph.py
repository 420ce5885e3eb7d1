"""Which statement rests on which: a graph from every appearance of one group to those that name the origin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from firsthand.model import Appearance, Derivation, Edge

from .derived import Derived
from .nations import clash
from .outlets import Houses
from .parties import NOBODY, Leaf, Party, parties, stations
from .same import Same, may_be_described, near
from .settling import settled
from .times import rank

SEEN = frozenset(["shown", "eyewitness"])
"""Evidence by which an outlet that names nobody has seen for itself what it says."""

BEFORE = 60
"""Characters before a statement by which its telling is known from another outlet's of the same words. A choice."""


@dataclass(frozen=True, slots=True)
class Graph:
    """`edges` between appearances; `leaves` are those that rest on no other, in the order of time."""

    appearances: tuple[Appearance, ...]
    edges: tuple[Edge, ...]
    leaves: tuple[Leaf, ...]

    def above(self) -> dict[str, list[str]]:
        """Of each appearance the ids of those that it rests on."""
        found: dict[str, list[str]] = {one.id: [] for one in self.appearances}
        for edge in self.edges:
            found[edge.later].append(edge.earlier)
        return found


def graph(
    appearances: Sequence[Appearance],
    derivations: Sequence[Derivation],
    houses: Houses,
    withdrawn: frozenset[str] = frozenset(),
    texts: Mapping[str, str] = MappingProxyType({}),
) -> Graph:
    """The graph of appearances that stand to their claim in the same way, from what articles have from one another.

    `withdrawn`: the ids of those that were taken back. `texts`: of articles by id, as far as they are at hand.
    """
    ordered = tuple(sorted(appearances, key=rank))
    builder = _Builder(ordered, derivations, houses, withdrawn, texts)
    edges = _without_circles(ordered, [edge for one in ordered for edge in builder.edges(one)])
    resting = {edge.later for edge in edges}
    return Graph(ordered, edges, tuple(builder.leaves[one.id] for one in ordered if one.id not in resting))


class _Builder:
    def __init__(
        self,
        ordered: Sequence[Appearance],
        derivations: Sequence[Derivation],
        houses: Houses,
        withdrawn: frozenset[str],
        texts: Mapping[str, str],
    ) -> None:
        self._withdrawn = withdrawn
        self.leaves = settled({one.id: _leaf(one, houses, texts.get(one.article, "")) for one in ordered})
        self._articles: dict[str, list[Appearance]] = defaultdict(list)
        self._outlets: dict[str, list[Appearance]] = defaultdict(list)
        for one in ordered:
            self._articles[one.article].append(one)
            self._outlets[self.leaves[one.id].outlet].append(one)
        self._derived = Derived(derivations, self._articles)
        voices = {party: (leaf, party) for leaf in self.leaves.values() for party in leaf.parties}
        self._same = Same(voices.values())  # each once: copies must not make a namesake likelier

    def edges(self, one: Appearance) -> list[Edge]:
        """What it rests on: the wording's source; whom its own article names; what it cites; what the outlet said."""
        if taken := self._derived.source(one):
            return [taken]
        if beside := self._beside(one):
            return beside
        found = self._derived.whole(one) or self._cited(one) or self._before(one)
        return [found] if found else []

    def _beside(self, one: Appearance) -> list[Edge]:
        """To the same article's statements that name somebody, or else cite an outlet: a headline rests on them."""
        if not _names_nobody(self.leaves[one.id]) or self._saw(one):
            return []
        others = [other for other in self._articles[one.article] if other.id != one.id]
        named = [other for other in others if not _names_nobody(self.leaves[other.id])]
        citing = [other for other in others if one.role != "attributed" == other.role and self.leaves[other.id].through]
        return [self._to_beside(one, other) for other in named or citing]

    def _to_beside(self, one: Appearance, other: Appearance) -> Edge:
        names = " and ".join(party.name for party in self.leaves[other.id].parties)
        return Edge(one.id, other.id, "cited", f"the same article has it from {names}")

    def _before(self, one: Appearance) -> Edge | None:
        """To what the same outlet said of it before: for what it says itself, or has from "the official" again.

        Not to what it took back since: who says it again then has it anew.
        """
        leaf = self.leaves[one.id]
        if leaf.through or self._saw(one):
            return None
        gone = frozenset() if one.id in self._withdrawn else self._withdrawn
        others = (o for o in self._outlets[leaf.outlet] if o.article != one.article and o.id not in gone)
        before = [other for other in others if _earlier(other, one) and _again(leaf, self.leaves[other.id])]
        if not before:
            return None
        return Edge(one.id, min(before, key=rank).id, "cited", "the same outlet reported it before")

    def _saw(self, one: Appearance) -> bool:
        """Whether the outlet saw for itself what it says itself."""
        own = self.leaves[one.id].parties[0].sort == "own"
        return own and one.evidence is not None and one.evidence.value in SEEN

    def _cited(self, one: Appearance) -> Edge | None:
        """The statement of an outlet that this one cites or credits, if that outlet's article is here."""
        leaf = self.leaves[one.id]
        for key, name in zip(leaf.through, leaf.names, strict=True):
            others = [other for other in self._outlets.get(key, ()) if other.article != one.article]
            fitting = [(fit, other) for other in others if (fit := self._fit(leaf, self.leaves[other.id])) is not None]
            if fitting:
                best = min(fitting, key=lambda found: (found[0], rank(found[1]) > rank(one), rank(found[1])))[1]
                return Edge(one.id, best.id, "cited", f"it cites {name}, whose article is here")
        return None

    def _fit(self, citing: Leaf, cited: Leaf) -> int | None:
        """How well what is cited names whom the citing names: 0 the same, then less; None where it does not."""
        if _names_nobody(citing):
            return 3 if _names_nobody(cited) else 2
        fits = [self._party_fit(citing, one, cited) for one in citing.parties]
        return None if None in fits else max(filter(None, fits), default=0)

    def _party_fit(self, citing: Leaf, one: Party, cited: Leaf) -> int | None:
        """As `_fit`, of one of those whom the citing names: all of them have to be named by the cited."""
        if any(self._same.reason((citing, one), (cited, other)) for other in cited.parties):
            return 0
        return 1 if any(_may_mean(one, other) for other in cited.parties) else None


def _earlier(one: Appearance, other: Appearance) -> bool:
    """Whether it came before; of two of which one has no time that is not known."""
    return (one.published is None) == (other.published is None) and rank(one) < rank(other)


def _again(leaf: Leaf, before: Leaf) -> bool:
    """Whether an outlet names nobody, or describes somebody as it did before."""
    if _names_nobody(leaf):
        return True
    return near(leaf, before) and all(_as_before(one, before) for one in leaf.parties)


def _as_before(one: Party, before: Leaf) -> bool:
    described = (other for other in before.parties if one.sort == other.sort == "described")
    return any(may_be_described(one, other) for other in described)


def _may_mean(one: Party, other: Party) -> bool:
    """Whether "an official", as somebody cites, can be whom the cited article describes or names."""
    if one.sort != "described" or clash(one.nations, other.nations):
        return False
    return other.sort == "person" or (other.sort == "described" and may_be_described(one, other))


def _leaf(one: Appearance, houses: Houses, text: str) -> Leaf:
    outlet, named = houses.key(one.outlet or ""), parties(one, text)
    outlets = [party.name for party in named if houses.known(party.name)]  # an outlet, for all that its kind says
    passed = (*(link.name for link in stations(one)), *_heading(one, houses), *outlets)
    through = {houses.key(name): name for name in passed}
    through.pop(outlet, None)
    if outlets or named == (NOBODY,):
        named = (_of_outlets(one, through),)
    telling = f"{text[max(0, one.spans[0][0] - BEFORE) : one.spans[0][0]]}{one.text}"
    return Leaf(one, named, outlet or f"article {one.article}", tuple(through), tuple(through.values()), telling)


def _heading(one: Appearance, houses: Houses) -> Iterator[str]:
    """The outlet that an outlet's own words begin with: "Belmora Today: a ferry ..."."""
    name, colon, _ = one.text.partition(": ")
    if one.role != "attributed" and colon and houses.known(name):
        yield name


def _of_outlets(one: Appearance, through: dict[str, str]) -> Party:
    """Who stands for it where nobody is named: the last station, or the outlet, unless it only says that it is said."""
    if through:
        return Party([*through.values()][-1], "outlet")
    own = one.role != "attributed" or (one.who is not None and one.who.kind == "outlet")
    return Party(one.outlet or one.article, "own" if own else "nobody")


def _names_nobody(leaf: Leaf) -> bool:
    return leaf.parties[0].sort in ("own", "nobody", "outlet")


def _without_circles(ordered: Sequence[Appearance], edges: Sequence[Edge]) -> tuple[Edge, ...]:
    """The edges without those by which the first statement of a circle rests on another of it."""
    place, above = {one.id: i for i, one in enumerate(ordered)}, defaultdict[str, list[str]](list)
    for edge in edges:
        above[edge.later].append(edge.earlier)
    kept = (edge for edge in edges if not _closes(edge, above, place))
    return tuple(sorted(kept, key=lambda edge: (place[edge.later], place[edge.earlier])))


def _closes(edge: Edge, above: Mapping[str, Sequence[str]], place: Mapping[str, int]) -> bool:
    """Whether from where an edge leads a way goes back to where it begins, all behind that in the order of time."""
    waiting, seen = [edge.earlier], {edge.earlier}
    while waiting and place[edge.earlier] > place[edge.later]:
        if (here := waiting.pop()) == edge.later:
            return True
        further = {one for one in above.get(here, ()) if place[one] >= place[edge.later]} - seen
        seen |= further
        waiting += further
    return False
