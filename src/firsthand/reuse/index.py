"""Which articles have which fingerprints, as one sorted array: built once for a set, read by article or by group."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from firsthand.reuse.corpus import Texts
from firsthand.reuse.fingerprints import chosen, gram_hashes
from firsthand.reuse.kernels import kernel

RANK_BITS = np.uint64(24)
MOST_ARTICLES = 1 << 24
"""Articles that one set may have: their numbers take 24 bits of a key, the fingerprint 40."""

_RANKS = np.uint64(MOST_ARTICLES - 1)


class Index(NamedTuple):
    """Fingerprints that several articles have, in groups; of each group the articles by number.

    Groups come in the order of their first article: so what a family shares stands together, and a set of 100,000 is
    not much slower than one that the processor's cache holds.

    members: the article of each place. group: the group of each place. first: where each group begins, and the end.
    places: the places of each article, article `n`'s being [bounds[n], bounds[n + 1]). sizes: how many fingerprints
    each article has, shared or not. hashes: the upper 40 bits of each group's fingerprint.
    """

    members: NDArray[np.int32]
    group: NDArray[np.int32]
    first: NDArray[np.int32]
    places: NDArray[np.int32]
    bounds: NDArray[np.int64]
    sizes: NDArray[np.int32]
    hashes: NDArray[np.uint64]


def build(texts: Texts) -> Index:
    """The index of a set. Raises ValueError for more than `MOST_ARTICLES`."""
    number = len(texts.bounds) - 1
    if number > MOST_ARTICLES:
        raise ValueError(f"{number:,} articles are more than {MOST_ARTICLES:,}")
    keys = _keys(texts.words, texts.bounds)
    keys.sort()
    members, first, sizes, hashes = _grouped(keys, number)
    order = np.argsort(members[first[:-1]], kind="stable")
    return Index(*_by_family(members, first, order, number), sizes, hashes[order])


@kernel
def _keys(words: NDArray[np.uint32], bounds: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Every article's fingerprints: the upper bits of the hash, then the article's number."""
    keys, count = np.empty(max(1024, len(words) // 2), np.uint64), 0
    for n in range(len(bounds) - 1):
        found = chosen(gram_hashes(words[bounds[n] : bounds[n + 1]]))
        if count + len(found) > len(keys):
            more = np.empty(2 * len(keys) + len(found), np.uint64)
            more[:count] = keys[:count]
            keys = more
        for value in found:
            keys[count] = (value & ~_RANKS) | np.uint64(n)
            count += 1
    return keys[:count].copy()


@kernel
def _grouped(
    keys: NDArray[np.uint64], number: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.uint64]]:
    """Members, firsts, sizes and hashes in the order of the sorted keys; what only one article has is left out."""
    sizes = np.zeros(number, np.int32)
    kept, groups = _kept(keys, sizes)
    members, first, hashes = np.empty(kept, np.int32), np.empty(groups + 1, np.int32), np.empty(groups, np.uint64)
    at, g, start = 0, 0, 0
    while start < len(keys):
        stop, before = _stop(keys, start), at
        if keys[start] != keys[stop - 1]:
            for k in range(start, stop):
                if k == start or keys[k] != keys[k - 1]:
                    members[at] = keys[k] & _RANKS
                    at += 1
            first[g], hashes[g] = before, keys[start] >> RANK_BITS
            g += 1
        start = stop
    first[groups] = kept
    return members, first, sizes, hashes


@kernel
def _by_family(
    members: NDArray[np.int32], first: NDArray[np.int32], order: NDArray[np.int64], number: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.int64]]:
    """Members, groups, firsts, places and bounds, with the groups in this order."""
    moved, group, begins = np.empty_like(members), np.empty_like(members), np.empty_like(first)
    bounds, at = np.zeros(number + 1, np.int64), 0
    for g in range(len(order)):
        begins[g] = at
        for k in range(first[order[g]], first[order[g] + 1]):
            moved[at], group[at] = members[k], g
            bounds[members[k] + 1] += 1
            at += 1
    begins[len(order)] = at
    bounds = np.cumsum(bounds)
    return moved, group, begins, _placed(moved, bounds), bounds


@kernel
def _stop(keys: NDArray[np.uint64], start: int) -> int:
    """Where the group that begins there ends."""
    value, stop = keys[start] >> RANK_BITS, start + 1
    while stop < len(keys) and keys[stop] >> RANK_BITS == value:
        stop += 1
    return stop


@kernel
def _kept(keys: NDArray[np.uint64], sizes: NDArray[np.int32]) -> tuple[int, int]:
    """How many places and groups the index has; and, written into `sizes`, how many fingerprints each article."""
    places, groups, start = 0, 0, 0
    while start < len(keys):
        stop, distinct = _stop(keys, start), 0
        for k in range(start, stop):
            if k == start or keys[k] != keys[k - 1]:
                sizes[keys[k] & _RANKS] += 1
                distinct += 1
        if distinct > 1:
            places, groups = places + distinct, groups + 1
        start = stop
    return places, groups


@kernel
def _placed(members: NDArray[np.int32], bounds: NDArray[np.int64]) -> NDArray[np.int32]:
    """The places of each article, in order of group."""
    places, next_one = np.empty(len(members), np.int32), bounds[:-1].copy()
    for place in range(len(members)):
        n = members[place]
        places[next_one[n]] = place
        next_one[n] += 1
    return places
