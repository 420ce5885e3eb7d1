"""Which id a claim has when its nodes have moved: ids last as long as anything of a claim does."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from firsthand.claims.shelf import Shelf
from firsthand.model import Change, Node

ID_DIGITS = 12
"""Hexadecimal digits of a claim's id, after the "c"."""


class Renaming:
    """Notes which nodes move, and gives the claims that come of it their ids."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._before: dict[str, Node] = {}
        self._changes: list[Change] = []
        self._touched: set[str] = set()

    def moving(self, node: Node) -> None:
        """A node is about to move, or is new: as it was before the first move counts."""
        self._before.setdefault(node.key, self._shelf.node(node.key) or node)

    def gone(self, node: Node) -> None:
        """A node is about to be dropped."""
        self.moving(node)

    def taken(self) -> tuple[Change, ...]:
        """The changes since they were taken last, without those that one another undid."""
        changes, self._changes = net(self._changes), []
        return changes

    def touched(self) -> frozenset[str]:
        """The ids that claims had which nodes left or came to since this was asked last."""
        touched, self._touched = frozenset(self._touched), set()
        return touched

    def note(self, change: Change) -> None:
        """Something became of a claim whose nodes stay as they are."""
        self._changes.append(change)

    def settle(self) -> None:
        """Give ids to the claims of all that moved, and note what became of each claim."""
        moved = self._shelf.nodes(list(self._before))
        by_centre: defaultdict[str, list[Node]] = defaultdict(list)
        for node in moved.values():
            by_centre[node.centre].append(node)
        taken = self._standing(by_centre)
        for centre in sorted(by_centre.keys() - taken.keys(), key=lambda key: self._votes_rank(by_centre[key])):
            taken[centre] = self._named(centre, by_centre[centre], set(taken.values()))
        for centre, nodes in by_centre.items():
            for node in nodes:
                if node.claim != taken[centre]:
                    self._shelf.keep(replace(node, claim=taken[centre]))
        self._note(moved, taken)
        for key, before in self._before.items():
            now = taken[moved[key].centre] if key in moved else ""
            if now != before.claim:
                self._touched |= {now, before.claim} - {""}
        self._before.clear()

    def _standing(self, by_centre: Mapping[str, list[Node]]) -> dict[str, str]:
        """The ids of claims whose centre was theirs before, and still is."""
        found = {}
        for centre in by_centre:
            before = self._before.get(centre) or self._shelf.node(centre)
            if before and before.claim and before.centre == centre:
                found[centre] = before.claim
        return found

    def _votes_rank(self, nodes: list[Node]) -> tuple[int, str]:
        """Those of whom most were of one claim choose their id first."""
        votes = Counter(claim for node in nodes if (claim := self._before[node.key].claim))
        return -max(votes.values(), default=0), min(node.rank for node in nodes)

    def _votes(self, nodes: list[Node]) -> Counter[str]:
        """Where a person decided on some, only claims that these were of: what follows them by likeness gives no id."""
        claims = [(node.rank, self._before[node.key].claim) for node in nodes]
        by_hand = {claim for rank, claim in claims if rank < "1" and claim}
        return Counter(claim for _, claim in claims if claim and (not by_hand or claim in by_hand))

    def _named(self, centre: str, nodes: list[Node], taken: set[str]) -> str:
        """The id that most of these nodes had, if nobody keeps it; else one of its own."""
        for claim, _ in sorted(self._votes(nodes).items(), key=lambda vote: (-vote[1], vote[0])):
            if claim not in taken and self._free(claim):
                return claim
        return self._new(centre, taken)

    def _free(self, claim: str) -> bool:
        """Whether all that had this id have moved."""
        return all(key in self._before for key in self._shelf.members(claim))

    def _new(self, centre: str, taken: set[str]) -> str:
        """The id of what this centre's head founds; another one where that is in use by what once was its claim."""
        node = self._shelf.node(centre)
        founding, n = node.head.appearance.id if node else centre, 0
        while True:
            name = f"{founding}#{n}" if n else founding
            claim = "c" + hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:ID_DIGITS]
            if claim not in taken and not self._shelf.members(claim):
                return claim
            n += 1

    def _note(self, moved: Mapping[str, Node], taken: Mapping[str, str]) -> None:
        """What became of each claim that nodes left or came to."""
        went: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for key, before in self._before.items():
            if before.claim:
                went[before.claim][taken[moved[key].centre] if key in moved else ""] += 1
        known = set(went)
        for claim in dict.fromkeys(taken.values()):
            origin = next((old for old, to in went.items() if claim in to and claim != old), None)
            if claim not in known and len(self._shelf.members(claim)) == self._arrived(claim, moved, taken):
                self._changes.append(Change("split", claim, origin) if origin else Change("made", claim))
        for old, to in sorted(went.items()):
            if not self._shelf.members(old):
                heir = to.most_common(1)[0][0]
                self._changes.append(Change("merged", heir, old) if heir else Change("ended", old))

    def _arrived(self, claim: str, moved: Mapping[str, Node], taken: Mapping[str, str]) -> int:
        return sum(taken[node.centre] == claim for node in moved.values())


def net(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes without pairs of which the second undoes the first: an id that came and went, or went and came."""
    left: list[Change] = []
    for change in changes:
        told = (i for i in reversed(range(len(left))) if _subject(change) in (left[i].claim, left[i].other))
        last = next(told, None)
        if last is not None and _undoes(change, left[last]):
            del left[last]
        else:
            left.append(change)
    return tuple(left)


def _subject(change: Change) -> str:
    """The claim that comes or goes."""
    return change.other if change.kind == "merged" else change.claim


_GOING = {"merged": True, "ended": True, "made": False, "split": False}


def _undoes(later: Change, earlier: Change) -> bool:
    """Whether a claim goes that had just come, or comes that had just gone, with nothing else told of it between."""
    if {later.kind, earlier.kind} - _GOING.keys() or _subject(later) != _subject(earlier):
        return False
    return _GOING[later.kind] != _GOING[earlier.kind]
