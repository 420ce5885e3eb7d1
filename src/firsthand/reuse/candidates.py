"""Which articles an article may have its wording from: those that share fingerprints with it, rare ones above all."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from firsthand.reuse.index import Index
from firsthand.reuse.kernels import kernel

EARLIEST, LATEST = 6, 6
"""Articles of one fingerprint that are looked at: the first that have it, and the last before (and, where times do not
tell, after) the article. So a story with 10,000 copies costs no more for each than one with 20; and a copy of a copy
is still found, for what its parent changed is in few articles."""

ROUNDS, A_ROUND = 3, 8
"""Rounds of choosing candidates, and how many in each: every round looks only at fingerprints that the ones before do
not explain, so that the many copies of one source do not hide another."""

NEAR = 0.5
"""Part of the best score in a round that a candidate needs: a parent shares more than its other children do."""

FEW = 3
"""Fingerprints that a candidate shares at least. Two texts of 100 words, a quarter of them changed, share eight. On the
three seeds to tune on, two and three find the same parents; four loses two of rewrites."""

SHORT = 12
"""Fingerprints of an article with so few that sharing one is enough."""


class Tally(NamedTuple):
    """Room to count.

    score, counts: of each article. listed: the articles that are counted. explained: of each place of one article,
    whether a candidate has it. weights: of a fingerprint, by how many have it. chosen: the candidates. others: the
    articles with each fingerprint of one article, `first` where they begin, `weight` what each weighs.
    """

    score: NDArray[np.float32]
    counts: NDArray[np.int32]
    listed: NDArray[np.int32]
    explained: NDArray[np.bool_]
    weights: NDArray[np.float32]
    chosen: NDArray[np.int32]
    is_chosen: NDArray[np.bool_]
    others: NDArray[np.int32]
    first: NDArray[np.int32]
    weight: NDArray[np.float32]


class Times(NamedTuple):
    """Between which seconds each article appeared; `timed` articles have a time, and come first."""

    least: NDArray[np.int64]
    most: NDArray[np.int64]
    timed: int


def room_to_tally(index: Index) -> Tally:
    """Room for the articles of an index."""
    number = len(index.sizes)
    longest = int(np.diff(index.bounds).max(initial=0))
    sizes = np.arange(1, 1025, dtype=np.float32)
    return Tally(
        score=np.zeros(number, np.float32),
        counts=np.zeros(number, np.int32),
        listed=np.empty(number, np.int32),
        explained=np.empty(longest, np.bool_),
        weights=np.maximum(np.log2(number / sizes + 1), 0.5).astype(np.float32),
        chosen=np.empty(ROUNDS * A_ROUND, np.int32),
        is_chosen=np.zeros(number, np.bool_),
        others=np.empty((longest + 1) * (EARLIEST + 3 * LATEST), np.int32),
        first=np.empty(longest + 1, np.int32),
        weight=np.empty(longest, np.float32),
    )


@kernel
def choose(n: int, index: Index, common: NDArray[np.bool_], times: Times, tally: Tally) -> int:
    """Choose the candidates of article `n`, into `tally.chosen`, likeliest first; how many there are."""
    places, count = index.places[index.bounds[n] : index.bounds[n + 1]], 0
    _gather(n, places, index, common, times, tally)
    few = 1 if index.sizes[n] <= SHORT else FEW
    for _ in range(ROUNDS):
        listed = _count(len(places), tally)
        new = _best(listed, few, tally, count)
        _forget(listed, tally)
        if new == count:
            break
        _explain(len(places), tally)
        count = new
    for k in range(count):
        tally.is_chosen[tally.chosen[k]] = False
    return count


@kernel
def _gather(
    n: int, places: NDArray[np.int32], index: Index, common: NDArray[np.bool_], times: Times, tally: Tally
) -> None:
    """List, for each fingerprint of article `n`, others that have it; none for boilerplate."""
    tally.first[0] = 0
    for k in range(len(places)):
        start = tally.first[k]
        g = index.group[places[k]]
        tally.weight[k] = tally.weights[min(index.first[g + 1] - index.first[g], len(tally.weights)) - 1]
        tally.explained[k] = common[places[k]]
        found = 0 if common[places[k]] else _others(n, places[k], index, times, tally.others[start:])
        tally.first[k + 1] = start + found


@kernel
def _count(places: int, tally: Tally) -> int:
    """Count what the others share with the article that is not explained; how many others are listed."""
    listed = 0
    for k in range(places):
        if not tally.explained[k]:
            for o in range(tally.first[k], tally.first[k + 1]):
                other = tally.others[o]
                if not tally.counts[other]:
                    tally.listed[listed] = other
                    listed += 1
                tally.counts[other] += 1
                tally.score[other] += tally.weight[k]
    return listed


@kernel
def _others(n: int, place: int, index: Index, times: Times, others: NDArray[np.int32]) -> int:
    """Write articles with the fingerprint of a place of `n` that may have appeared before it; how many."""
    low, high = index.first[index.group[place]], index.first[index.group[place] + 1]
    count = _copy(index.members, low, min(low + EARLIEST, place), others, 0)
    count = _copy(index.members, max(low + EARLIEST, place - LATEST), place, others, count)
    stop = place + 1
    while stop < min(high, place + 1 + LATEST) and times.least[index.members[stop]] <= times.most[n]:
        stop += 1
    count = _copy(index.members, place + 1, stop, others, count)
    rest = max(stop, high - LATEST)
    while rest < high and index.members[rest] < times.timed:
        rest += 1
    return _copy(index.members, rest, high, others, count)


@kernel
def _copy(members: NDArray[np.int32], low: int, high: int, others: NDArray[np.int32], count: int) -> int:
    for place in range(low, high):
        others[count] = members[place]
        count += 1
    return count


@kernel
def _best(listed: int, few: int, tally: Tally, count: int) -> int:
    """Choose those with the highest scores; how many are chosen now."""
    least = np.float32(0)
    for _ in range(A_ROUND):
        best, most = -1, least
        for k in range(listed):
            other = tally.listed[k]
            if tally.score[other] > most and tally.counts[other] >= few and not tally.is_chosen[other]:
                best, most = other, tally.score[other]
        if best < 0:
            break
        least = max(least, most * NEAR)
        tally.chosen[count], tally.is_chosen[best] = best, True
        count += 1
    return count


@kernel
def _forget(listed: int, tally: Tally) -> None:
    for k in range(listed):
        tally.score[tally.listed[k]], tally.counts[tally.listed[k]] = 0, 0


@kernel
def _explain(places: int, tally: Tally) -> None:
    """Note which fingerprints a chosen article has."""
    for k in range(places):
        if not tally.explained[k]:
            for o in range(tally.first[k], tally.first[k + 1]):
                tally.explained[k] |= tally.is_chosen[tally.others[o]]
