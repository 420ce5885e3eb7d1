"""What a claim stands beside: the claims that contradict it, and its neighbours.

Which pairs are looked at the scorer says (`scoring`), whose odds lie on the shelf; a judge then reads both statements
of the likeliest ones together. Joining statements into claims does not ask it: it would take minutes for what takes
seconds, while here it reads some dozens of pairs for each claim that a person looks at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from firsthand.claims.reasons import reason
from firsthand.claims.scoring import PLACES, Judge
from firsthand.claims.shelf import Shelf
from firsthand.model import ClaimLink, LinkKind, Node, Odds

CONTRADICTS, NEIGHBOUR = 0.5, 0.65
"""How probable it must be that two statements contradict each other, or are neighbours, to link their claims. Of such
links of Emergent's and Helsinki's claims, read by one who did not make them, 58 and 78 in 100 are right."""

ASKED = 12
"""Claims of which the judge is asked whether they contradict, and whether they are neighbours: the likeliest."""

MOST_LINKS = 12
"""Claims that a claim is linked with, of each kind: the surest."""


class Pair(NamedTuple):
    """A statement of the claim and one of another claim, and what their odds are."""

    odds: Odds
    one: Node
    other: Node

    @property
    def keys(self) -> tuple[str, str]:
        """Those of the two nodes: they tell pairs of equal odds apart."""
        return self.one.key, self.other.key


Nearest = dict[str, Pair]
"""By another claim's id the pair of statements that is likeliest to be of a kind."""


def links(shelf: Shelf, claim_id: str, judge: Judge) -> tuple[ClaimLink, ...]:
    """The claims beside this one, surest first: those that contradict it, then its neighbours."""
    found = list(_pairs(shelf, claim_id))
    against, near = (_asked(_likeliest(found, kind), kind, judge) for kind in ("contradicts", "neighbour"))
    contrary = {other: pair for other, pair in against.items() if pair.odds.contradicts >= CONTRADICTS}
    beside = {other: pair for other, pair in near.items() if other not in contrary and pair.odds.neighbour >= NEIGHBOUR}
    return (*_told(contrary, "contradicts"), *_told(beside, "neighbour"))


def _pairs(shelf: Shelf, claim_id: str) -> Iterator[Pair]:
    """Those of the claim's nodes with nodes of other claims of which the shelf knows the odds."""
    for node in shelf.nodes(sorted(shelf.members(claim_id))).values():
        edges = shelf.edges(node.key)
        others = shelf.nodes(list(edges)).values()
        yield from (Pair(edges[other.key], node, other) for other in others if other.claim != claim_id)


def _likeliest(found: Iterable[Pair], kind: LinkKind) -> Nearest:
    best: Nearest = {}
    for pair in sorted(found, key=lambda pair: (-getattr(pair.odds, kind), pair.keys)):
        best.setdefault(pair.other.claim, pair)
    return dict(islice(best.items(), ASKED))


def _asked(best: Nearest, kind: LinkKind, judge: Judge) -> Nearest:
    """The same pairs with the mean of their odds and the judge's, likeliest first."""
    told = judge([(pair.one.head.full, pair.other.head.full) for pair in best.values()])
    both = {
        name: pair._replace(odds=mean_odds(pair.odds, row))
        for (name, pair), row in zip(best.items(), told, strict=True)
    }
    return dict(sorted(both.items(), key=lambda item: (-getattr(item[1].odds, kind), item[0])))


def mean_odds(odds: Odds, judged: NDArray[np.float32]) -> Odds:
    """The mean of the scorer's odds and the judge's, [4]: on labelled pairs better than either."""
    same, contradicts, neighbour, _ = judged.tolist()
    halves = (odds.same + same, odds.contradicts + contradicts, odds.neighbour + neighbour)
    return Odds(*(round(half / 2, PLACES) for half in halves))


def _told(best: Nearest, kind: LinkKind) -> Iterator[ClaimLink]:
    """Those for which there is a reason in words: what nobody could check is not shown."""
    why = ((other, reason(kind, pair.one.head, pair.other.head)) for other, pair in best.items())
    yield from islice((ClaimLink(other, kind, told) for other, told in why if told), MOST_LINKS)
