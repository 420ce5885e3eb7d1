"""Where two texts have the same words in a row: seeds of three words, prolonged as far as both agree."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from firsthand.reuse.kernels import kernel

SEED = 3
"""Words of a seed: at a quarter of all words changed, two in five survive."""

PLACES = 8
"""Places of the later text at which one seed is tried: a phrase that recurs there more often has neighbours that tell
its places apart."""

LONG = 24
"""Words of a match beyond which nothing else is looked for within it. Without, texts of one word would take time that
grows with the square of their length."""

DIAGONALS = 1024
"""Matches that are remembered at one time, so as not to be found again from their second word."""

_FACTOR, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(33)


class Seeds(NamedTuple):
    """Where each seed stands in the later text: `first` by hash, then `next` from place to place; -1 ends."""

    first: NDArray[np.int32]
    next: NDArray[np.int32]


class Matches(NamedTuple):
    """Room for matches: `size` words from `left` in the earlier text are those from `right` in the later."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    size: NDArray[np.int32]
    diagonals: NDArray[np.int64]
    until: NDArray[np.int32]


def room_for_seeds(longest: int) -> Seeds:
    """Room for the seeds of a text of up to `longest` words."""
    return Seeds(np.empty(_table_size(longest), np.int32), np.empty(longest + 1, np.int32))


def room_for_matches(longest: int) -> Matches:
    """Room for the matches of texts of up to `longest` words; what finds no room is left out."""
    left, right, size = (np.empty(4096 + longest, np.int32) for _ in range(3))
    return Matches(left, right, size, np.zeros(DIAGONALS, np.int64), np.zeros(DIAGONALS, np.int32))


@kernel
def _table_size(words: int) -> int:
    size = 64
    while size < 2 * words:
        size *= 2
    return size


@kernel
def _slot(words: NDArray[np.uint32], i: int, mask: int) -> int:
    value = np.uint64(0)
    for k in range(i, i + SEED):
        value = (value + np.uint64(words[k])) * _FACTOR
    return int(value >> _SHIFT) & mask


@kernel
def plant(words: NDArray[np.uint32], seeds: Seeds) -> None:
    """Note where the seeds of a later text stand; of one seed the first place comes first."""
    size = _table_size(len(words))
    seeds.first[:size] = -1
    for j in range(len(words) - SEED, -1, -1):
        slot = _slot(words, j, size - 1)
        seeds.next[j] = seeds.first[slot]
        seeds.first[slot] = j


@kernel
def find(left: NDArray[np.uint32], right: NDArray[np.uint32], seeds: Seeds, matches: Matches, serial: int) -> int:
    """Find the matches of an earlier text with the later one whose seeds are planted, in the earlier's order.

    `serial` is another for each pair. Gives how many were found.
    """
    count, i, mask = 0, 0, _table_size(len(right)) - 1
    while i + SEED <= len(left):
        longest, tried, j = 0, 0, seeds.first[_slot(left, i, mask)]
        while j >= 0 and tried < PLACES:
            if _same(left, i, right, j):
                size, new = _prolonged(left, i, right, j, matches, serial)
                if new and count < len(matches.size):
                    matches.left[count], matches.right[count], matches.size[count] = i, j, size
                    count += 1
                longest, tried = max(longest, size), tried + 1
            j = seeds.next[j]
        i += longest - SEED + 1 if longest > LONG else 1
    return count


@kernel
def _same(left: NDArray[np.uint32], i: int, right: NDArray[np.uint32], j: int) -> bool:
    for k in range(SEED):  # noqa: SIM110 - Numba knows no generators
        if left[i + k] != right[j + k]:
            return False
    return True


@kernel
def _prolonged(
    left: NDArray[np.uint32], i: int, right: NDArray[np.uint32], j: int, matches: Matches, serial: int
) -> tuple[int, bool]:
    """How many words agree from there, and whether they are more than the rest of a match that was found before."""
    slot, diagonal = (j - i) % DIAGONALS, ((serial + 1) << 32) + j - i
    if matches.diagonals[slot] == diagonal and matches.until[slot] > i + SEED - 1:
        return matches.until[slot] - i, False
    size = SEED
    while i + size < len(left) and j + size < len(right) and left[i + size] == right[j + size]:
        size += 1
    matches.diagonals[slot], matches.until[slot] = diagonal, i + size
    return size, True
