"""Where nodes, their edges and the appearances lie: in memory for files, in the database for a library."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from firsthand.model import Decision, Node, Odds, Told


class Shelf(Protocol):
    """What grouping needs of a store. Everything it asks for is small: a statement's node and its neighbourhood.

    A store may keep what it was told in memory until all of one article's statements are in, and write it then.
    Nothing here decides anything; ids and keys are only compared.
    """

    def near(self, vector: bytes, count: int) -> Sequence[str]:
        """Keys of the nodes whose heads' vectors are nearest by cosine, nearest first; `count` at most."""

    def node(self, key: str) -> Node | None:
        """The node with this key."""

    def nodes(self, keys: Collection[str]) -> Mapping[str, Node]:
        """Those of these nodes that there are, by key: as `node`, at one go."""

    def keep(self, node: Node) -> None:
        """Put a node in place, or another in its place: then its head, centre or claim may be another."""

    def drop(self, key: str) -> None:
        """Forget a node with its edges."""

    def edges(self, key: str) -> Mapping[str, Odds]:
        """The odds of a node with its neighbours, by their keys; both ways: of a tie (a, b), `edges(a)` has b."""

    def tie(self, one: str, other: str, odds: Odds) -> None:
        """Keep the odds of two nodes, in place of what was there."""

    def untie(self, key: str) -> None:
        """Forget all edges of a node."""

    def members(self, claim: str) -> Collection[str]:
        """Keys of the nodes whose `claim` this is."""

    def centred(self, centre: str) -> Collection[str]:
        """Keys of the nodes whose `centre` this is, itself among them."""

    def put(self, told: Told) -> None:
        """Keep a statement under its key, in place of one with the same appearance's id."""

    def told(self, appearance: str) -> Told | None:
        """The statement of which this is the appearance's id."""

    def take(self, appearance: str) -> None:
        """Forget a statement."""

    def of_node(self, key: str) -> Iterable[Told]:
        """The statements under a key."""

    def decided(self, appearance: str) -> Sequence[Decision]:
        """What a person decided on this appearance, in the order of deciding; of two on one pair, the later counts."""

    def decide(self, decision: Decision) -> None:
        """Keep a decision. It stays when its appearances go, and counts again when they come back."""
