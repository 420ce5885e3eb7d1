"""What a claim stands beside: the claims that contradict it, and its neighbours.

Which pairs are looked at the scorer says (`scoring`), whose odds lie on the shelf; a judge then reads both statements
of the likeliest ones together. Joining statements into claims does not ask it: it would take minutes for what takes
seconds, while here it reads two dozen pairs at most for each claim that a person looks at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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

DOUBT = 0.05
"""Odds of the scorer below which nobody is asked whether two statements contradict: the judge would have to be all but
certain."""

KINDS: tuple[LinkKind, ...] = ("contradicts", "neighbour")

MOST_LINKS = 12
"""Claims that a claim is linked with, of each kind: the surest."""


class Pair(NamedTuple):
    """A statement of the claim and one of another claim, and what their odds are."""

    odds: Odds
    one: Node
    other: Node

    @property
    def keys(self) -> tuple[str, ...]:
        """Those of the two nodes, the same from either side: they tell pairs of equal odds apart."""
        return tuple(sorted((self.one.key, self.other.key)))


Nearest = dict[str, Pair]
"""By another claim's id the pair of statements that is likeliest to be of a kind, likeliest first."""


def links(shelf: Shelf, claim_id: str, judge: Judge) -> tuple[ClaimLink, ...]:
    """The claims beside this one, surest first: those that contradict it, then its neighbours.

    Of two claims the one may be linked with the other and not the other with the one: each has its own `ASKED`.
    """
    found = list(_pairs(shelf, claim_id))
    likeliest = (pair for kind in KINDS for pair in islice(_nearest(found, kind).values(), ASKED))
    judged = _judged(list({pair.keys: pair for pair in likeliest}.values()), judge)
    against, near = (_nearest(judged, kind) for kind in KINDS)
    contrary = {name: pair for name, pair in against.items() if pair.odds.contradicts >= CONTRADICTS}
    beside = {name: pair for name, pair in near.items() if pair.odds.neighbour >= NEIGHBOUR and name not in contrary}
    return (*_told(contrary, "contradicts"), *_told(beside, "neighbour"))


def _pairs(shelf: Shelf, claim_id: str) -> Iterator[Pair]:
    """The claim's nodes with those of other claims that may be linked, as far as the shelf knows their odds."""
    members = sorted(shelf.members(claim_id))
    for node in shelf.nodes(members).values():
        edges = {key: odds for key, odds in shelf.edges(node.key).items() if _doubtful(odds)}
        others = shelf.nodes([key for key in edges if key not in members]).values()
        yield from (Pair(edges[other.key], node, other) for other in others if other.claim != claim_id)


def _doubtful(odds: Odds) -> bool:
    """Whether a judge could make a link of it."""
    return odds.contradicts >= DOUBT or odds.neighbour >= 2 * NEIGHBOUR - 1


def _nearest(found: Iterable[Pair], kind: LinkKind) -> Nearest:
    best: Nearest = {}
    for pair in sorted(found, key=lambda pair: (-getattr(pair.odds, kind), pair.keys)):
        best.setdefault(pair.other.claim, pair)
    return best


def _judged(pairs: Sequence[Pair], judge: Judge) -> list[Pair]:
    """The same pairs with the mean of their odds and the judge's."""
    told = judge([(pair.one.head.full, pair.other.head.full) for pair in pairs])
    return [pair._replace(odds=mean_odds(pair.odds, row)) for pair, row in zip(pairs, told, strict=True)]


def mean_odds(odds: Odds, judged: NDArray[np.float32]) -> Odds:
    """The mean of the scorer's odds and the judge's, [4]: on labelled pairs better than either."""
    same, contradicts, neighbour, _ = judged.tolist()
    halves = (odds.same + same, odds.contradicts + contradicts, odds.neighbour + neighbour)
    return Odds(*(round(half / 2, PLACES) for half in halves))


def _told(best: Nearest, kind: LinkKind) -> Iterator[ClaimLink]:
    """Those for which there is a reason in words: what nobody could check is not shown."""
    why = ((other, reason(kind, pair.one.head, pair.other.head)) for other, pair in best.items())
    yield from islice((ClaimLink(other, kind, told) for other, told in why if told), MOST_LINKS)
