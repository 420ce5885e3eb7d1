"""A shelf in memory: for articles of files, and for tests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from firsthand.model import DIMENSIONS, Decision, Node, Odds, Told

EXACTLY = 512
"""Nodes up to which all are compared: an index would be no quicker, and may miss some."""

CONNECTIVITY, ON_ADDING, ON_SEARCHING = 16, 96, 96
"""Of the index: with these, of Helsinki's nearest 32 it finds more than 99 in 100."""


class Memory:
    """A `Shelf` of dictionaries and an index in memory. Keeps everything, and forgets it when it goes."""

    def __init__(self) -> None:
        self._nodes: dict[str, Node] = {}
        self._edges: defaultdict[str, dict[str, Odds]] = defaultdict(dict)
        self._members: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._centred: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._told: dict[str, Told] = {}
        self._of_node: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._decided: defaultdict[str, list[Decision]] = defaultdict(list)
        self._vectors = _Vectors()

    def near(self, vector: bytes, count: int) -> Sequence[str]:
        """Keys of the nearest nodes."""
        return self._vectors.near(vector, count)

    def node(self, key: str) -> Node | None:
        """The node with this key."""
        return self._nodes.get(key)

    def nodes(self, keys: Collection[str]) -> Mapping[str, Node]:
        """Those of these nodes that there are."""
        return {key: self._nodes[key] for key in keys if key in self._nodes}

    def keep(self, node: Node) -> None:
        """Put a node in place."""
        before = self._nodes.get(node.key)
        if before:
            self._members[before.claim].pop(node.key, None)
            self._centred[before.centre].pop(node.key, None)
        if before is None or before.head.vector != node.head.vector:
            self._vectors.put(node.key, node.head.vector)
        self._nodes[node.key] = node
        self._members[node.claim][node.key] = None
        self._centred[node.centre][node.key] = None

    def drop(self, key: str) -> None:
        """Forget a node with its edges."""
        node = self._nodes.pop(key)
        self._members[node.claim].pop(key, None)
        self._centred[node.centre].pop(key, None)
        self._vectors.drop(key)
        self.untie(key)

    def edges(self, key: str) -> Mapping[str, Odds]:
        """The odds of a node with its neighbours."""
        return self._edges.get(key, {})

    def tie(self, one: str, other: str, odds: Odds) -> None:
        """Keep the odds of two nodes."""
        self._edges[one][other] = self._edges[other][one] = odds

    def untie(self, key: str) -> None:
        """Forget all edges of a node."""
        for other in self._edges.pop(key, {}):
            self._edges[other].pop(key, None)

    def members(self, claim: str) -> Collection[str]:
        """Keys of a claim's nodes."""
        return tuple(self._members.get(claim, ()))

    def centred(self, centre: str) -> Collection[str]:
        """Keys of the nodes with this centre."""
        return tuple(self._centred.get(centre, ()))

    def claims(self) -> Iterable[str]:
        """The ids of all claims."""
        return (claim for claim, members in self._members.items() if members)

    def put(self, told: Told) -> None:
        """Keep a statement."""
        self.take(told.appearance.id)
        self._told[told.appearance.id] = told
        self._of_node[told.key][told.appearance.id] = None

    def told(self, appearance: str) -> Told | None:
        """The statement of an appearance."""
        return self._told.get(appearance)

    def take(self, appearance: str) -> None:
        """Forget a statement."""
        told = self._told.pop(appearance, None)
        if told:
            self._of_node[told.key].pop(appearance, None)

    def of_node(self, key: str) -> Iterable[Told]:
        """The statements under a key."""
        return [self._told[appearance] for appearance in self._of_node.get(key, ())]

    def decided(self, appearance: str) -> Sequence[Decision]:
        """What a person decided on an appearance."""
        return self._decided.get(appearance, ())

    def decide(self, decision: Decision) -> None:
        """Keep a decision."""
        for appearance in filter(None, (decision.one, decision.other)):
            self._decided[appearance].append(decision)


class _Vectors:
    """Vectors by key, to be searched: all of them while they are few, then by an index."""

    def __init__(self) -> None:
        import onnxruntime  # noqa: F401 -- before usearch: the other way round it crashes the process (both of 2026)
        from usearch.index import Index  # here, for who only looks at claims needs no index

        self._index = Index(
            ndim=DIMENSIONS,
            metric="cos",
            dtype="i8",
            connectivity=CONNECTIVITY,
            expansion_add=ON_ADDING,
            expansion_search=ON_SEARCHING,
        )
        self._keys: dict[int, str] = {}
        self._numbers: dict[str, int] = {}
        self._next = 0

    def put(self, key: str, vector: bytes) -> None:
        self.drop(key)
        self._keys[self._next], self._numbers[key] = key, self._next
        self._index.add(self._next, _array(vector))
        self._next += 1

    def drop(self, key: str) -> None:
        number = self._numbers.pop(key, None)
        if number is not None:
            del self._keys[number]
            self._index.remove(number)

    def near(self, vector: bytes, count: int) -> list[str]:
        if not self._keys:
            return []
        few = len(self._keys) <= EXACTLY
        found = self._index.search(_array(vector), count, exact=few)
        return [self._keys[number] for number in found.keys.tolist() if number in self._keys]


def _array(vector: bytes) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
    return np.frombuffer(vector, np.int8)
