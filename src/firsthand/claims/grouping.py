"""Statements -> claims, one statement at a time, with the same outcome in whatever order they come.

Nodes stand in the order of their rank: those on which a person decided, those that say by themselves what they are
about, then fragments; among these by time, then by id. Each joins the claim of a higher node that it fits best, or
founds one. What a node chooses depends on higher nodes alone, so the outcome is a function of the set. When a node
comes, goes or moves, those of its neighbours choose again that look up to it, the highest first, until nobody moves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC
from heapq import heappop, heappush
from weakref import WeakKeyDictionary

from firsthand.claims.leaning import BY_MACHINE, SAME, TELLING, Leanings, fit
from firsthand.claims.renaming import Renaming
from firsthand.claims.scoring import odds
from firsthand.claims.shelf import Shelf
from firsthand.claims.statements import stands_alone
from firsthand.model import Change, Decision, Node, Odds, Told

NEIGHBOURS = 24
"""Nodes that a new one is compared with: the nearest by vector."""

WORTH = 0.5
"""Odds of the other two kinds from which on a pair is kept."""

NEARLY = 0.1
"""What a statement may fit less well to the claim that was there first, of several that it fits, and still join that
one: such odds are no surer, and what belongs together would be strewn."""

LAST = "9999"
"""Stands for the time of what has none."""


_STEADY: WeakKeyDictionary[Shelf, set[str]] = WeakKeyDictionary()
"""Of each shelf the nodes that would choose as they did: nothing that they look up to has changed since."""


class Groups:
    """The claims on a shelf. Raises ModelError where the scorer is missing."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._agenda: list[tuple[str, str]] = []
        self._waiting: set[str] = set()
        self._steady = _STEADY.setdefault(shelf, set())
        self._leanings = Leanings(shelf)
        self._renaming = Renaming(shelf)

    def add(self, told: Told) -> None:
        """A statement more; one with the same appearance's id is replaced."""
        before = self._shelf.told(told.appearance.id)
        if before is not None:
            self.remove(told.appearance.id)
        self._put(self._keyed(told))
        self._push_decided(told.appearance.id)
        self._settle()

    def remove(self, appearance: str) -> None:
        """A statement less; nothing happens where it is not there."""
        told = self._shelf.told(appearance)
        if told is not None:
            self._take(told)
            self._push_decided(appearance)
            self._settle()

    def decide(self, *decisions: Decision) -> None:
        """What a person decided: from now on it stands. Raises ValueError where it contradicts what was decided.

        Of two decisions on one pair the later counts; to undo a decision, decide the other way. The appearances need
        not be there. What is decided together becomes of claims at one go.
        """
        names: dict[str, None] = {}
        for decision in decisions:
            if decision.kind == "clearest":
                self._pin(decision)
                continue
            self._refuse_contradiction(decision)
            self._shelf.decide(decision)
            names |= {decision.one: None, decision.other: None}
        self._by_themselves(names)
        self._settle()

    def _pin(self, decision: Decision) -> None:
        self._shelf.decide(decision)
        node = self._of(decision.one)
        if node:
            self._renaming.note(Change("pinned", node.claim))

    def _by_themselves(self, names: Iterable[str]) -> None:
        """Make nodes of their own of these appearances, as far as they are there, and let all choose again."""
        there = [told for name in names if (told := self._shelf.told(name))]
        self._steady.clear()
        for told in there:
            node = self._shelf.node(told.key)
            if told.key != _own(told) or node is None or node.rank >= BY_MACHINE:
                if node is not None:  # what it is now of is what its claim becomes
                    self._renaming.moving(replace(node, key=_own(told)))
                self._take(told)
                self._put(self._keyed(told))
        for told in there:
            self._push_with_neighbours(_own(told))
        for name in names:
            self._push_decided(name)

    def touched(self) -> frozenset[str]:
        """The claims, by the ids that they had, which statements left or came to since this was asked last."""
        return self._renaming.touched()

    def changes(self) -> tuple[Change, ...]:
        """What became of claims since this was asked last."""
        return self._renaming.taken()

    def _keyed(self, told: Told) -> Told:
        """A statement of which a person decided something is a node of its own."""
        return replace(told, key=_own(told)) if self._by_hand(told.appearance.id) else told

    def _by_hand(self, appearance: str) -> bool:
        return any(one.kind != "clearest" for one in self._shelf.decided(appearance))

    def _rank(self, told: Told) -> str:
        """The order in which nodes choose."""
        first = "0" if self._by_hand(told.appearance.id) else "1" if stands_alone(told.full) else "2"
        published = told.appearance.published
        when = published.astimezone(UTC).isoformat() if published and published.tzinfo else None
        return f"{first} {when or (published.isoformat() if published else LAST)} {told.appearance.id}"

    def _put(self, told: Told) -> None:
        self._shelf.put(told)
        node, rank = self._shelf.node(told.key), self._rank(told)
        if node is None:
            self._enter(Node(told.key, rank, told, told.key, ""))
            self._push_low(told.key)
        elif rank < node.rank:
            self._unsettle(node.key)
            self._leanings.untie(node.key)
            self._enter_again(replace(node, rank=rank, head=told))

    def _take(self, told: Told) -> None:
        self._shelf.take(told.appearance.id)
        node = self._shelf.node(told.key)
        if node is None or node.head.appearance.id != told.appearance.id:
            return
        self._unsettle(node.key)
        left = min(self._shelf.of_node(node.key), key=self._rank, default=None)
        if left is None:
            self._renaming.gone(node)
            self._leanings.untie(node.key)
            self._shelf.drop(node.key)
        else:
            self._leanings.untie(node.key)
            self._enter_again(replace(node, rank=self._rank(left), head=left))

    def _enter(self, node: Node) -> None:
        """Put a node in place among its neighbours, to choose with those that may look up to it."""
        self._renaming.moving(node)
        near = [key for key in self._shelf.near(node.head.vector, NEIGHBOURS + 1) if key != node.key]
        self._shelf.keep(node)
        self._meet(node, self._shelf.nodes(near[:NEIGHBOURS]).values())

    def _enter_again(self, node: Node) -> None:
        """Put a node in another place: all that it was near to may choose otherwise, also those that rank higher."""
        self._enter(node)
        self._push_with_neighbours(node.key)

    def _unsettle(self, key: str) -> None:
        """A node is about to change: its neighbours choose again, and, when they are asked, those of its members."""
        for member in self._shelf.centred(key):
            self._steady.difference_update(self._shelf.edges(member))
        self._push_neighbours(key)

    def _meet(self, node: Node, others: Iterable[Node]) -> dict[str, Odds]:
        """Tie a node to others; the odds by their keys."""
        others = list(others)
        found = odds(node.head, [other.head for other in others])
        for other, value in zip(others, found, strict=True):
            if value.same >= TELLING or max(value.contradicts, value.neighbour) >= WORTH:
                self._leanings.tie(node, other, value)
        return {other.key: value for other, value in zip(others, found, strict=True)}

    def _push(self, node: Node) -> None:
        self._steady.discard(node.key)
        if node.key not in self._waiting:
            self._waiting.add(node.key)
            heappush(self._agenda, (node.rank, node.key))

    def _push_neighbours(self, key: str) -> None:
        for other in self._shelf.nodes(list(self._shelf.edges(key))).values():
            self._push(other)

    def _push_with_neighbours(self, key: str) -> None:
        node = self._shelf.node(key)
        if node:
            self._push(node)
            self._push_neighbours(key)

    def _push_low(self, key: str) -> None:
        """Let a new node choose, and of its neighbours those that are not known to choose as they did."""
        node = self._shelf.nodes([key])[key]
        self._push(node)
        self._push_below(node, [other for other in self._shelf.edges(key) if other not in self._steady])

    def _push_below(self, node: Node, others: Iterable[str] = ()) -> None:
        """Let those choose again that look up to a node, and these others."""
        edges, others = self._shelf.edges(node.key), set(others)
        telling = [key for key, value in edges.items() if value.same >= TELLING or key not in self._steady]
        for other in self._shelf.nodes(telling).values():
            if other.rank > node.rank or other.key in others:
                self._push(other)

    def _settle(self) -> None:
        """Let those choose that wait, the highest first; who moves makes those choose again that look up to it."""
        while self._agenda:
            rank, key = heappop(self._agenda)
            self._waiting.discard(key)
            node = self._shelf.node(key)
            if node is None:
                continue
            if node.rank != rank:
                self._push(node)
                continue
            if node.rank >= BY_MACHINE:
                self._steady.add(key)
            self._move(node, self._choice(node))
        self._renaming.settle()

    def _move(self, node: Node, centre: str) -> None:
        if centre == node.centre and node.claim:
            return
        self._renaming.moving(node)
        self._leanings.move(node, centre)
        self._push_below(node)
        if node.rank < BY_MACHINE:
            self._push_decided(node.head.appearance.id, node.rank)

    def _choice(self, node: Node) -> str:
        """The centre of the claim that a node fits best among those of higher nodes; its own key for none."""
        if node.rank < BY_MACHINE:
            return self._chosen(node)
        fits = self._fits(node)
        if not fits:
            return node.key
        most = max(fits.values())
        near_best = self._shelf.nodes([centre for centre, fit in fits.items() if fit >= most - NEARLY])
        return min(near_best.values(), key=lambda one: one.rank).key

    def _fits(self, node: Node) -> dict[str, float]:
        """How well a node fits those claims of higher neighbours that it fits well enough, by centre."""
        leaning = self._leanings.of(node)
        fits, support = dict(leaning.fits), {centre: leaning.support(centre) for centre in leaning.unmet}
        met = self._meet(node, self._shelf.nodes(list(support)).values()) if support else {}
        if met:  # what it is tied to now counts when it chooses again
            self._steady.difference_update(met, (node.key,))
        new = ((centre, fit(odd.same, support[centre])) for centre, odd in met.items())
        return fits | {centre: how_well for centre, how_well in new if how_well >= SAME}

    def _chosen(self, node: Node) -> str:
        """By hand: the first of those that are together founds a claim, which no likeness makes one with another."""
        return (self._first(self._kin(node.head.appearance.id)) or node).key

    def _first(self, kin: Iterable[str]) -> Node | None:
        """The highest of the nodes of these appearances: it chooses for all."""
        nodes = (found for name in kin if (found := self._of(name)) is not None)
        return min(nodes, key=lambda one: one.rank, default=None)

    def _push_decided(self, appearance: str, below: str = "") -> None:
        """Let those of a lower rank choose again that a person put together with this one."""
        for name in sorted(self._kin(appearance)):
            node = self._of(name)
            if node is not None and node.rank > below:
                self._push(node)

    def _of(self, appearance: str) -> Node | None:
        told = self._shelf.told(appearance)
        return self._shelf.node(told.key) if told else None

    def _pairs(self, appearance: str, kind: str) -> set[str]:
        """The appearances of which a person last decided that they stand so to this one."""
        last: dict[str, str] = {}
        for one in self._shelf.decided(appearance):
            if one.kind != "clearest":
                last[one.other if one.one == appearance else one.one] = one.kind
        return {other for other, decided in last.items() if decided == kind}

    def _kin(self, appearance: str) -> set[str]:
        """All that a person put together with an appearance, directly or through others; itself among them."""
        kin, new = {appearance}, [appearance]
        while new:
            new = [other for name in new for other in self._pairs(name, "same") if other not in kin]
            kin.update(new)
        return kin

    def _refuse_contradiction(self, decision: Decision) -> None:
        one, other = self._kin(decision.one), self._kin(decision.other)
        if decision.one == decision.other:
            raise ValueError("a statement is of one claim with itself")
        if decision.kind == "same":
            pairs = ((a, b) for a in sorted(one) for b in sorted(self._pairs(a, "apart") & other))
            apart = next((pair for pair in pairs if set(pair) != {decision.one, decision.other}), None)
            if apart:
                raise ValueError(f"{apart[0]} and {apart[1]} were put apart by hand: put these together first")
        elif other & one and not self._only_link(decision):
            raise ValueError(
                f"{decision.one} and {decision.other} were put together by hand through others: part those first"
            )

    def _only_link(self, decision: Decision) -> bool:
        """Whether two appearances are together by their own decision alone."""
        kin, new = {decision.one}, [decision.one]
        while new:
            new = [
                other
                for name in new
                for other in self._pairs(name, "same")
                if other not in kin and {name, other} != {decision.one, decision.other}
            ]
            kin.update(new)
        return decision.other not in kin


def _own(told: Told) -> str:
    """The key of a node that is this statement's alone."""
    return hashlib.sha256(told.appearance.id.encode("utf-8", "replace")).hexdigest()[:16]
