"""Matches -> chains: matches in one order in both texts with small gaps, where words were dropped, put in, replaced."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from firsthand.reuse.kernels import kernel
from firsthand.reuse.seeds import Matches

LOOK_BACK = 16
"""Matches before one that may be the one it continues."""

GAP = 30
"""Words between two matches of a chain, at most, in either text: a sentence of which no seed survived."""

GAP_COST, SKEW_COST, BREAK_COST = 0.25, 0.5, 1.0
"""What a gap takes from a chain, in matched words: for each word of the longer side, for each word that one side has
more than the other, and for being one. A quarter of all words changed leaves runs of four with gaps of two."""

LEAST = 5.0
"""Score of a chain, in matched words less the cost of its gaps, to be one at all."""


class Chains(NamedTuple):
    """Room for chaining: of each match the score and what it continues; `order` and `steps` as scratch."""

    score: NDArray[np.float32]
    back: NDArray[np.int32]
    used: NDArray[np.bool_]
    ends: NDArray[np.int32]
    steps: NDArray[np.int32]


def room_for_chains(matches: int) -> Chains:
    """Room for so many matches."""
    back, ends, steps = (np.empty(matches, np.int32) for _ in range(3))
    return Chains(np.empty(matches, np.float32), back, np.empty(matches, np.bool_), ends, steps)


@kernel
def link(matches: Matches, count: int, chains: Chains) -> int:
    """Score every match with the best chain that ends in it. Gives how many may end one; they are in `chains.ends`."""
    for t in range(count):
        chains.score[t], chains.back[t], chains.used[t] = matches.size[t], -1, False
        for s in range(t - 1, max(-1, t - 1 - LOOK_BACK), -1):
            score = chains.score[s] + _gain(matches, s, t)
            if score > chains.score[t]:
                chains.score[t], chains.back[t] = score, s
    return _sorted_ends(chains, count)


@kernel
def _gain(matches: Matches, s: int, t: int) -> float:
    """What match `t` adds to a chain that ends in `s`; little enough where it cannot follow."""
    left = matches.left[t] - matches.left[s] - matches.size[s]
    right = matches.right[t] - matches.right[s] - matches.size[s]
    overlap = max(0, -left, -right)
    if overlap >= matches.size[t] or left > GAP or right > GAP:
        return -1e9
    gap, skew = max(left, right, 0), abs(left - right)
    return float(matches.size[t] - overlap - BREAK_COST - GAP_COST * gap - SKEW_COST * skew)


@kernel
def _sorted_ends(chains: Chains, count: int) -> int:
    """Matches whose chain is long enough, best first, in `chains.ends`."""
    found = 0
    for t in range(count):
        if chains.score[t] >= LEAST:
            chains.ends[found] = t
            found += 1
    if found > 1:
        order = np.argsort(-chains.score[chains.ends[:found]], kind="mergesort")
        chains.ends[:found] = chains.ends[:found][order]
    return found


@kernel
def follow(chains: Chains, end: int) -> int:
    """The steps of the chain that ends there, first to last, in `chains.steps`; how many.

    It begins anew where it meets a chain that was followed before. 0 where too little is left of it.
    """
    count, t = 0, end
    while t >= 0 and not chains.used[t]:
        chains.steps[count] = t
        count, t = count + 1, chains.back[t]
    if chains.score[end] - (chains.score[t] if t >= 0 else 0) < LEAST:
        for k in range(count):  # those that come later have less and fail too: they need not walk all the way
            chains.back[chains.steps[k]] = t
        return 0
    for k in range(count):
        chains.used[chains.steps[k]] = True
    for k in range(count // 2):
        chains.steps[k], chains.steps[count - 1 - k] = chains.steps[count - 1 - k], chains.steps[k]
    return count
