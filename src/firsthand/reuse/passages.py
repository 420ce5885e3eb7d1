"""Chains -> passages: stretches of both texts with their ends, and what each weighs as evidence."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from firsthand.reuse.chains import Chains, follow, link, room_for_chains
from firsthand.reuse.folding import GAP, SENTENCE
from firsthand.reuse.kernels import kernel
from firsthand.reuse.quotations import QUOTED
from firsthand.reuse.seeds import SEED, Matches, Seeds, find, room_for_matches, room_for_seeds

REACH = 4
"""Words by which an end moves to where a sentence begins or ends in both texts: there a word was changed."""

STRIDE = 2
"""Words that may be passed over for one more that agrees, at an end that is in the middle of sentences."""

SHORTEST = 5
"""Words that match in a passage, at least."""

START, STOP, FROM, TO, MATCHED, EVIDENCE, FACES, RUNS = range(8)
"""Columns of a passage: words [START, STOP) of the earlier text and [FROM, TO) of the later; how many of them match;
how many of those prove copying, being in no quotation; how many look the same, capitals and marks included; and at how
many of the later's words a run of `SEED` words begins that the earlier has too, wherever."""

COLUMNS = 8


class Side(NamedTuple):
    """The words of one text; see `Folded`."""

    words: NDArray[np.uint32]
    flags: NDArray[np.uint8]
    faces: NDArray[np.uint8]


class Desk(NamedTuple):
    """Room to align two texts. `taken` marks words of the later text that are in a passage; all False between pairs.
    `runs`: at which of its words a run begins that both have. `strewn`, of length 1: how many of those in no passage.
    """

    seeds: Seeds
    matches: Matches
    chains: Chains
    taken: NDArray[np.bool_]
    runs: NDArray[np.bool_]
    strewn: NDArray[np.int32]


@kernel
def passages(left: Side, right: Side, desk: Desk, serial: int, found: NDArray[np.int32]) -> int:
    """Find the passages that an earlier text shares with the later, whose seeds are planted, best first.

    `found` takes them, one a row; how many there are.
    """
    matches, chains = desk.matches, desk.chains
    number = find(left.words, right.words, desk.seeds, matches, serial)
    ends = link(matches, number, chains)
    count = 0
    for k in range(ends):
        steps = 0 if chains.used[chains.ends[k]] else follow(chains, chains.ends[k])
        if steps and count < len(found):
            rows = _pieces(left, right, desk, steps, found[count:])
            count += _finish(left, right, desk.taken, found[count : count + rows])
    for row in found[:count]:
        desk.taken[row[FROM] : row[TO]] = False
    desk.strewn[0] = _count_runs(matches, number, desk.runs[: len(right.words)], found[:count])
    return count


@kernel
def _count_runs(matches: Matches, number: int, runs: NDArray[np.bool_], rows: NDArray[np.int32]) -> int:
    """Count, for each passage, where runs begin that both texts have, each place once; how many are in no passage."""
    runs[:] = False
    for t in range(number):
        runs[matches.right[t] : matches.right[t] + matches.size[t] - SEED + 1] = True
    strewn = runs.sum()
    for row in rows:
        row[RUNS] = runs[row[FROM] : row[TO]].sum()
        strewn -= row[RUNS]
    return int(strewn)


@kernel
def _pieces(left: Side, right: Side, desk: Desk, steps: int, found: NDArray[np.int32]) -> int:
    """The passage of the chain that was followed, in as many rows as boilerplate cuts it into; how many.

    What finds no room in `found` is left out: texts that are cut after every sentence have more than that together.
    """
    count, i, j = 0, 0, 0
    for k in range(steps):
        t = desk.chains.steps[k]
        start, place, size = desk.matches.left[t], desk.matches.right[t], desk.matches.size[t]
        skip = max(0, i - start, j - place) if count else 0
        skip, size = _untaken(desk.taken, place, skip, size)
        while size > skip:
            stop = _to_gap(left.flags, right.flags, start, place, skip, size)
            if not count or _has_gap(left.flags, i, start + skip) or _has_gap(right.flags, j, place + skip):
                if count == len(found):
                    return count
                found[count] = 0
                found[count, START], found[count, FROM] = start + skip, place + skip
                count += 1
            _count(left, right, start, place, skip, stop, found[count - 1])
            i, j, skip = start + stop, place + stop, stop
            found[count - 1, STOP], found[count - 1, TO] = i, j
    return count


@kernel
def _untaken(taken: NDArray[np.bool_], place: int, skip: int, size: int) -> tuple[int, int]:
    """From where to where a match lies in no other passage."""
    while size > skip and taken[place + size - 1]:
        size -= 1
    while size > skip and taken[place + skip]:
        skip += 1
    return skip, size


@kernel
def _to_gap(left: NDArray[np.uint8], right: NDArray[np.uint8], start: int, place: int, skip: int, size: int) -> int:
    """Where in a match, after its word `skip`, boilerplate stood in one of the texts; else its end."""
    for k in range(skip + 1, size):
        if (left[start + k] | right[place + k]) & GAP:
            return k
    return size


@kernel
def _has_gap(flags: NDArray[np.uint8], low: int, high: int) -> bool:
    """Whether boilerplate stood before one of the words from `low` to `high`, that included."""
    for k in range(low, high + 1):  # noqa: SIM110 - Numba knows no generators
        if flags[k] & GAP:
            return True
    return False


@kernel
def _finish(left: Side, right: Side, taken: NDArray[np.bool_], rows: NDArray[np.int32]) -> int:
    """Stretch a passage's ends; how many rows it has, 0 where it is too short or encloses another."""
    if not len(rows) or rows[:, MATCHED].sum() < SHORTEST or _crosses(taken, rows[0, FROM], rows[-1, TO]):
        return 0
    for row in rows:
        taken[row[FROM] : row[TO]] = True
    for row in rows:
        _stretch(left, right, taken, row)
        taken[row[FROM] : row[TO]] = True
    return len(rows)


@kernel
def _crosses(taken: NDArray[np.bool_], low: int, high: int) -> bool:
    """Whether another passage stands in between."""
    for j in range(low, high):  # noqa: SIM110 - Numba knows no generators
        if taken[j]:
            return True
    return False


@kernel
def _count(left: Side, right: Side, start: int, place: int, skip: int, size: int, row: NDArray[np.int32]) -> None:
    row[MATCHED] += size - skip
    for k in range(skip, size):
        row[EVIDENCE] += not (left.flags[start + k] | right.flags[place + k]) & QUOTED
        row[FACES] += left.faces[start + k] == right.faces[place + k]


@kernel
def _stretch(left: Side, right: Side, taken: NDArray[np.bool_], row: NDArray[np.int32]) -> None:
    """Move the ends of a passage to those of sentences, else over words that agree."""
    i, j = _back(left, right, taken, row[START], row[FROM])
    row[START], row[FROM] = i, j
    i, j = _forth(left, right, taken, row[STOP], row[TO])
    row[STOP], row[TO] = i, j


@kernel
def _back(left: Side, right: Side, taken: NDArray[np.bool_], i: int, j: int) -> tuple[int, int]:
    moved = True
    while moved:
        a, b = _to_start(left.flags, i), _to_start(right.flags, j)
        if a >= 0 and b >= 0 and abs(a - b) <= STRIDE and not _crosses(taken, j - b, j):
            return i - a, j - b
        moved = False
        for steps in range(2, 2 * STRIDE + 1):
            for a in range(max(1, steps - STRIDE), min(STRIDE, steps - 1) + 1):
                b = steps - a
                if moved or a > i or b > j or _crosses(taken, j - b, j):
                    continue
                if left.words[i - a] == right.words[j - b]:
                    i, j, moved = i - a, j - b, True
    return i, j


@kernel
def _to_start(flags: NDArray[np.uint8], i: int) -> int:
    """How many words before `i` its sentence begins; -1 if that is too far."""
    for step in range(min(REACH, i) + 1):
        if i - step < len(flags) and flags[i - step] & SENTENCE:
            return step
    return -1


@kernel
def _forth(left: Side, right: Side, taken: NDArray[np.bool_], i: int, j: int) -> tuple[int, int]:
    moved = True
    while moved:
        a, b = _to_end(left.flags, i), _to_end(right.flags, j)
        if a >= 0 and b >= 0 and abs(a - b) <= STRIDE and not _crosses(taken, j, j + b):
            return i + a, j + b
        moved = False
        for steps in range(2, 2 * STRIDE + 1):
            for a in range(max(1, steps - STRIDE), min(STRIDE, steps - 1) + 1):
                b = steps - a
                if moved or i + a > len(left.words) or j + b > len(right.words) or _crosses(taken, j, j + b):
                    continue
                if left.words[i + a - 1] == right.words[j + b - 1]:
                    i, j, moved = i + a, j + b, True
    return i, j


@kernel
def _to_end(flags: NDArray[np.uint8], i: int) -> int:
    """How many words after `i` its sentence ends; -1 if that is too far."""
    for step in range(REACH + 1):
        if i + step >= len(flags) or flags[i + step] & SENTENCE:
            return step if i + step <= len(flags) else -1
    return -1


def desk(longest: int) -> Desk:
    """Room for texts of up to `longest` words."""
    matches = room_for_matches(longest)
    taken, runs = np.zeros(longest + 1, np.bool_), np.empty(longest + 1, np.bool_)
    chains = room_for_chains(len(matches.size))
    return Desk(room_for_seeds(longest), matches, chains, taken, runs, np.zeros(1, np.int32))
