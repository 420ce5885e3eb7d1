"""How well a node fits the claims of those that it looks up to, kept from one choice to the next.

A node chooses many times, and most often what it looks up to is as it was, but for one node that came or moved. So what
it chooses by is kept, and changed where that one counts.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Mapping
from dataclasses import replace
from weakref import WeakKeyDictionary

from firsthand.claims.shelf import Shelf
from firsthand.model import Node, Odds

SAME = 0.65
"""How probable it must be that a statement says what a claim says, for it to join: of labelled pairs with such odds, 82
in 100 are "same", in cross-validation by story on the build half and the training labels (training/heads_claims.py)."""

TELLING = 0.05
"""Odds below which two nodes are as if they had never met."""

ANCHORED = 0.2
"""The least odds with a claim's centre, however well a statement fits other members: no chains of weak bridges."""

SUPPORT = 3
"""Members of a claim whose odds count beside its centre's: those that the statement fits best."""

BY_MACHINE = "1"
"""What is of a lower rank, a person decided on."""

KEPT = 1 << 14
"""Nodes of which it is kept: some 40 MB."""


class Leaning:
    """Of one node. `fits`: how well it fits claims, by centre, where that is enough to join them.

    `unmet`: the centres of claims that it would fit, by their members, with which it was never compared. `odds`: with
    the higher nodes, by centre, the least first; `anchors`: with what stands for a claim: its centre, or what a person
    put there.
    """

    __slots__ = "anchors", "fits", "odds", "unmet"

    def __init__(self) -> None:
        self.fits: dict[str, float] = {}
        self.unmet: dict[str, None] = {}
        self.odds: dict[str, list[float]] = {}
        self.anchors: dict[str, float] = {}

    def of(self, one: Node, odds: float) -> None:
        """A higher node counts."""
        insort(self.odds.setdefault(one.centre, []), odds)
        if one.key == one.centre or one.rank < BY_MACHINE:
            self.anchors[one.centre] = max(self.anchors.get(one.centre, 0.0), odds)

    def without(self, one: Node, odds: float) -> None:
        """A higher node, on which no person decided, counts no longer."""
        self.odds[one.centre].remove(odds)
        if not self.odds[one.centre]:
            del self.odds[one.centre]
        if one.key == one.centre:
            self.anchors.pop(one.centre, None)

    def weigh(self, centre: str, edges: Mapping[str, Odds]) -> None:
        """Whether it fits a claim, as its odds are now; `edges` are the node's."""
        self.fits.pop(centre, None)
        self.unmet.pop(centre, None)
        if centre not in self.odds:
            return
        if centre in self.anchors:
            how_well = fit(self.anchors[centre], self.support(centre))
            if how_well >= SAME:
                self.fits[centre] = how_well
        elif self.odds[centre][-1] >= SAME and not _is_telling(edges.get(centre)):
            self.unmet[centre] = None

    def support(self, centre: str) -> float:
        """The mean odds with the members of a claim that it fits best."""
        best = self.odds[centre][-SUPPORT:]
        return sum(best) / len(best)


_KEPT: WeakKeyDictionary[Shelf, dict[str, Leaning]] = WeakKeyDictionary()


class Leanings:
    """Of the nodes of a shelf that chose lately; all that changes an edge or a centre there is done here."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._kept = _KEPT.setdefault(shelf, {})

    def of(self, node: Node) -> Leaning:
        """How a node leans, as its edges and its neighbours are now."""
        found = self._kept.get(node.key)
        if found is None:
            found = self._kept[node.key] = self._read(node)
            if len(self._kept) > KEPT:
                self._kept.pop(next(iter(self._kept)))
        return found

    def tie(self, one: Node, other: Node, odds: Odds) -> None:
        """Keep the odds of two nodes, which had none that were telling."""
        self._shelf.tie(one.key, other.key, odds)
        high, low = (one, other) if one.rank < other.rank else (other, one)
        leaning = self._kept.get(low.key)
        if leaning and odds.same >= TELLING:
            leaning.of(high, odds.same)
            for centre in {high.centre, high.key}:
                leaning.weigh(centre, self._shelf.edges(low.key))
        if low.key in getattr(self._kept.get(high.key), "unmet", ()):
            self.forget(high.key)

    def untie(self, key: str) -> None:
        """Forget all edges of a node."""
        self.forget(key, *self._shelf.edges(key))
        self._shelf.untie(key)

    def move(self, node: Node, centre: str) -> None:
        """Another centre for a node: those that look up to it now lean otherwise."""
        moved = replace(node, centre=centre)
        self._shelf.keep(moved)
        edges = self._shelf.edges(node.key)
        telling = [key for key in edges.keys() & self._kept.keys() if edges[key].same >= TELLING]
        if node.rank < BY_MACHINE:
            self.forget(*telling)
            return
        for low in self._shelf.nodes(telling).values():
            if low.rank > node.rank:
                self._follow(low.key, node, moved, edges[low.key].same)

    def forget(self, *keys: str) -> None:
        """Read anew how these nodes lean when they choose again."""
        for key in keys:
            self._kept.pop(key, None)

    def _follow(self, key: str, before: Node, after: Node, odds: float) -> None:
        leaning, edges = self._kept[key], self._shelf.edges(key)
        leaning.without(before, odds)
        leaning.of(after, odds)
        leaning.weigh(before.centre, edges)
        leaning.weigh(after.centre, edges)

    def _read(self, node: Node) -> Leaning:
        found, edges = Leaning(), self._shelf.edges(node.key)
        near = [key for key, value in edges.items() if value.same >= TELLING]
        for key, one in self._shelf.nodes(near).items():
            if one.rank < node.rank:
                found.of(one, edges[key].same)
        for centre in found.odds:
            found.weigh(centre, edges)
        return found


def fit(anchor: float, support: float) -> float:
    """How well a node fits a claim, by its odds with the claim's centre and with the members that it fits best."""
    return (anchor + support) / 2 if anchor >= ANCHORED else 0.0


def _is_telling(odds: Odds | None) -> bool:
    return odds is not None and odds.same >= TELLING
