"""What a finder of copies found, against what is true.

A pair (earlier, later) is *right* if one of the two is behind the other: its parent, its parent's parent and so on, or
an article that the texts cannot tell from one of those (a tie). Two copies of one report are not right by that alone:
they share wording, but neither comes from the other. Which of the two came first is measured apart, as direction.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, KeysView, Sequence
from dataclasses import dataclass
from typing import get_args

from bench.lineage.known import Known
from bench.lineage.page import Span
from bench.lineage.truth import Parent, Truth
from firsthand.model import Derivation, Direction

GROUPS = {
    "verbatim": "verbatim",
    "embedded": "embedded",
    "shortened": "shortened",
    "chain": "chained",
    "rewrite 10%": "rewrite, 10% of words",
    "rewrite 15%": "rewrite, 15% of words",
    "rewrite 20%": "rewrite, 20% of words",
    "rewrite 25%": "rewrite, 25% of words",
    "credit": "credit added or stripped",
    "no times": "without times",
    "copy of a story": "copy of the story",
}
"""Cases by the beginning of their name, and how they are shown."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    right: int
    total: int

    @property
    def percent(self) -> float | None:
        """In per cent; None of nothing."""
        return 100 * self.right / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything measured of one finder on one set.

    `recall`: pairs with the direct parent, or a tie of it, found, by case. `precision`: claimed pairs that are right.
    `wrong`: claimed pairs that are not, by what they have in common. `overlap`: mean over found pairs of the share of
    characters that the claimed and the true ranges have in common (0 to 1), None without any. `direction`: found
    pairs whose direction is right, by what tells it; for "undetermined", that it is said. `parent`: pairs whose parent
    the texts can tell, in families with a choice, for which it is named; `ties`: found pairs that they cannot tell,
    for which that is said; `false ties`: the same said of pairs that they can. `origin`: found pairs with the right
    origin. `apart`: articles with a shared quotation, or with boilerplate, or of one event, that are joined to no
    other by it alone.
    """

    recall: dict[str, Share]
    precision: Share
    wrong: dict[str, int]
    overlap: float | None
    direction: dict[str, Share]
    parent: Share
    ties: Share
    false_ties: Share
    origin: Share
    apart: dict[str, Share]


def score(truths: Sequence[Truth], found: Iterable[Derivation]) -> Scores:
    """Compare what was found in a set with what is true of it."""
    known, claims = Known(truths), Claims(found)
    wrong = [(pair, known.in_common(*pair)) for pair in claims.pairs if not known.related(*pair)]
    met = [(truth, parent) for truth, parent in known.links() if claims.between(truth.id, parent.id)]
    return Scores(
        recall=_recall(known, claims),
        precision=Share(len(claims.pairs) - len(wrong), len(claims.pairs)),
        wrong=dict(Counter(kind for _, kind in wrong)),
        overlap=_mean([overlap(truth.id, parent, claims) for truth, parent in met]),
        direction=_direction(met, claims),
        parent=_share(_is_found(t, p, claims) for t, p in known.links() if p.decided and known.has_choice(t)),
        ties=_share(_ties_said(t, p, claims) for t, p in known.links() if p.ties and _is_found(t, p, claims)),
        false_ties=_share(bool(_ties(t, claims)) for t, _ in met if all(p.decided for p in t.parents)),
        origin=_share(_origin_said(t, p, known, claims) for t, p in met if p.direction == "time"),
        apart=_apart(known, wrong),
    )


class Claims:
    """What was found, by pair, whichever of the two was said to be the earlier."""

    def __init__(self, found: Iterable[Derivation]) -> None:
        self._of: defaultdict[Pair, list[Derivation]] = defaultdict(list)
        self.of_later: defaultdict[str, list[Derivation]] = defaultdict(list)
        for claim in found:
            self._of[_pair(claim.earlier, claim.later)].append(claim)
            self.of_later[claim.later].append(claim)

    @property
    def pairs(self) -> KeysView[Pair]:
        """All pairs that are claimed."""
        return self._of.keys()

    def between(self, one: str, other: str) -> Sequence[Derivation]:
        """What is claimed of a pair."""
        return self._of.get(_pair(one, other), ())


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _is_found(truth: Truth, parent: Parent, claims: Claims) -> bool:
    """The parent, or one that the texts cannot tell from it, is claimed."""
    return any(claims.between(truth.id, name) for name in (parent.id, *parent.ties))


def _recall(known: Known, claims: Claims) -> dict[str, Share]:
    found: defaultdict[str, list[bool]] = defaultdict(list)
    for truth, parent in known.links():
        found[group(truth.case)].append(_is_found(truth, parent, claims))
    return {name: _share(found[name]) for name in GROUPS.values() if name in found}


def group(case: str) -> str:
    """What a case is shown as."""
    return next(name for start, name in GROUPS.items() if case.startswith(start))


def overlap(article: str, parent: Parent, claims: Claims) -> float:
    """Characters in claimed and true ranges over characters in either: the mean of both texts."""
    claimed: tuple[list[Span], list[Span]] = ([], [])
    for claim in claims.between(article, parent.id):
        for passage in claim.passages:
            sides = (passage.earlier, passage.later)
            for spans, side in zip(claimed, sides if claim.later == article else sides[::-1], strict=True):
                spans.append(side)
    true = ([earlier for earlier, _ in parent.passages], [later for _, later in parent.passages])
    return sum(_common(_characters(a), _characters(b)) for a, b in zip(claimed, true, strict=True)) / 2


def _characters(spans: Iterable[Span]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def _common(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0


def _direction(met: Iterable[tuple[Truth, Parent]], claims: Claims) -> dict[str, Share]:
    right: defaultdict[str, list[bool]] = defaultdict(list)
    for truth, parent in met:
        for claim in claims.between(truth.id, parent.id)[:1]:
            undetermined = claim.direction == "undetermined"
            as_is = claim.later == truth.id and not undetermined
            right[parent.direction].append(undetermined if parent.direction == "undetermined" else as_is)
    return {name: _share(right[name]) for name in get_args(Direction) if name in right}


def _ties(truth: Truth, claims: Claims) -> set[str]:
    """All articles that are said to tie with a parent of an article."""
    return {name for claim in claims.of_later[truth.id] for name in claim.ties}


def _ties_said(truth: Truth, parent: Parent, claims: Claims) -> bool:
    """It is said that there are others, and only those that there are; the parent is among them or named."""
    said = _ties(truth, claims)
    named = {claim.earlier for claim in claims.of_later[truth.id]}
    tied = {name for one in truth.parents for name in (one.id, *one.ties)}
    return bool(said) and said <= tied and parent.id in said | named


def _origin_said(truth: Truth, parent: Parent, known: Known, claims: Claims) -> bool:
    roots = known.truths[parent.id].roots
    return all(claim.origin in roots for claim in claims.between(truth.id, parent.id))


def _apart(known: Known, wrong: Iterable[tuple[Pair, str]]) -> dict[str, Share]:
    """Of the articles that could be taken for copies, those that are not."""
    joined = {(name, kind) for pair, kind in wrong for name in pair}
    of_event = {name for pair, _ in wrong for name in pair if set(pair) <= {name, *known.truths[name].same_event}}
    truths = known.truths.values()
    return {
        "shared quotation": _share((t.id, "quotation") not in joined for t in truths if t.events),
        "boilerplate": _share((t.id, "boilerplate") not in joined for t in truths if t.furniture),
        "same event": _share(t.id not in of_event for t in truths if t.same_event),
    }


def _share(answers: Iterable[bool]) -> Share:
    told = list(answers)
    return Share(sum(told), len(told))


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
