"""What an outlet prints under many of its articles, learnt from a set: a stretch that many of one outlet's articles
have, which have little else in common. A report that one outlet printed many times is none: there all is in common.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from firsthand.reuse.corpus import Texts
from firsthand.reuse.fingerprints import GRAM, gram_hash
from firsthand.reuse.folding import COMMON, GAP, SENTENCE
from firsthand.reuse.index import RANK_BITS, Index
from firsthand.reuse.kernels import kernel
from firsthand.reuse.quotations import PARAGRAPH, QUOTED

MANY = 3
"""Articles of one outlet that make a stretch its standing one; and, without outlets, ..."""

VERY_MANY = 12
"""... articles of no known outlet."""

OFTEN = 4
"""Articles, for each outlet that has a stretch, that have it at least: a report goes to many outlets, once to each. For
outlets that share their boilerplate; one that has a stretch for itself is asked no such thing."""

WIDE, MOSTLY_WIDE = 4, 0.4
"""Outlets that have a fingerprint, and share of an article's that so many have, for it to be of a report that is widely
printed: what two of one outlet's copies of it have, and no other outlet's, is that outlet's boilerplate."""

SOME_OUTLETS, NEARLY_ALL = 0.6, 0.8
"""The same for outlets that share their boilerplate: at most this share of those that print the report have it, and at
least that share of their articles. What a copy changed, its copies have, in outlets here and there."""

OWN, ELSEWHERE, CHANCE = 0.3, 0.04, 4
"""When two articles of an outlet are different articles: this share of each one's fingerprints is in fewer than `MANY`
of its articles (else the whole was printed many times), and of those they have few in common: at most the second
share of the shorter one's, and so many more. (Rewrites of one report share little, but share it all over.)"""

SOME, MOST = 5, 0.6
"""How many of the articles are looked at for that, and which share of their pairs must have little in common: some
print one report in several versions."""

LINE = 10
"""Words of a stretch, at least: shorter ones are phrases that everybody uses."""

NEAR = 8
"""Words around a stretch that belong to it, as far as its sentence goes: one word in three begins a fingerprint."""

SENTENCE_WORDS = 40
"""Words of a sentence, before and after a fingerprint that is known to be boilerplate, that go with it at most."""

MOSTLY = 0.75
"""Share of an article's words that are in such stretches, from which it is rather a report printed many times."""


REMEMBERED = 8
"""Pairs of articles looked at lately that are remembered, for each article of the set. Set by thought."""


class _Outlets(NamedTuple):
    """Room to sort the articles of a group by outlet.

    of: each article's outlet. counts, start, verdict: of each outlet, its articles in the group, where they stand in
    `bucket`, and whether they differ. listed: the outlets of the group. known: pairs looked at lately, and what came
    of it. own: of each article, the fingerprints that few of its outlet's have. wide, spread: ... that many outlets
    have, and how many have one at most. total: the articles of each outlet.
    """

    of: NDArray[np.int32]
    counts: NDArray[np.int32]
    start: NDArray[np.int32]
    verdict: NDArray[np.bool_]
    listed: NDArray[np.int32]
    bucket: NDArray[np.int32]
    known: NDArray[np.int64]
    own: NDArray[np.int32]
    wide: NDArray[np.int32]
    spread: NDArray[np.int32]
    total: NDArray[np.int64]


def standing(index: Index, outlets: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which places of the index are fingerprints of the boilerplate of the place's outlet."""
    number = int(outlets.max(initial=0)) + 1
    count, start, listed = (np.zeros(number, np.int32) for _ in range(3))
    bucket, known = np.empty(len(outlets), np.int32), np.full((REMEMBERED * len(outlets), 2), -1, np.int64)
    verdict, own, wide = np.zeros(number, np.bool_), index.sizes.copy(), np.zeros_like(index.sizes)
    total = np.bincount(outlets, minlength=number)
    return _standing(
        index, _Outlets(outlets, count, start, verdict, listed, bucket, known, own, wide, wide.copy(), total)
    )


@kernel
def _standing(index: Index, outlets: _Outlets) -> NDArray[np.bool_]:
    """First which are in many articles of the outlet, then which of those in articles that differ."""
    many, found = np.zeros(len(index.members), np.bool_), np.zeros(len(index.members), np.bool_)
    _note(index, outlets, many, many, False)
    _note(index, outlets, many, found, True)
    return found


@kernel
def _note(index: Index, outlets: _Outlets, many: NDArray[np.bool_], found: NDArray[np.bool_], finally_: bool) -> None:
    for g in range(len(index.first) - 1):
        low, high = index.first[g], index.first[g + 1]
        if high - low < MANY and (
            not finally_ or outlets.of[index.members[low]] != outlets.of[index.members[high - 1]]
        ):
            continue  # most groups: too few for any rule
        listed = _sort(index.members[low:high], outlets)
        if finally_ and _is_of_some(index, outlets, listed, low, high):
            found[low:high] = True
        elif listed == 1 or high - low >= OFTEN * listed:
            _judge(index, outlets, listed, many, finally_)
            for place in range(low, high):
                found[place] = outlets.verdict[outlets.of[index.members[place]]]
                outlets.own[index.members[place]] -= found[place] and not finally_
        if listed >= WIDE and not finally_:
            for place in range(low, high):
                n = index.members[place]
                outlets.wide[n] += 1
                outlets.spread[n] = max(outlets.spread[n], listed)
        for k in range(listed):
            outlets.counts[outlets.listed[k]] = 0
            outlets.verdict[outlets.listed[k]] = False


@kernel
def _is_of_some(index: Index, outlets: _Outlets, listed: int, low: int, high: int) -> bool:
    """Whether nearly all articles of some outlets that print a report have a fingerprint, and none of the others."""
    if listed == 1 or 2 * (high - low) < 3 * listed or listed > SOME_OUTLETS * outlets.spread[index.members[low]]:
        return False
    every = 0
    for k in range(listed):
        every += outlets.total[outlets.listed[k]]
    return high - low >= NEARLY_ALL * every and _are_wide(index, index.members[low:high], outlets)


@kernel
def _sort(members: NDArray[np.int32], outlets: _Outlets) -> int:
    """Count the members by outlet, and put them into the bucket; how many outlets there are."""
    listed, start = 0, 0
    for n in members:
        outlet = outlets.of[n]
        if not outlets.counts[outlet]:
            outlets.listed[listed] = outlet
            listed += 1
        outlets.counts[outlet] += 1
    for k in range(listed):
        outlets.start[outlets.listed[k]] = start
        start += outlets.counts[outlets.listed[k]]
    for n in members:
        outlet = outlets.of[n]
        outlets.bucket[outlets.start[outlet]] = n
        outlets.start[outlet] += 1
    return listed


@kernel
def _judge(index: Index, outlets: _Outlets, listed: int, many: NDArray[np.bool_], finally_: bool) -> None:
    for k in range(listed):
        outlet = outlets.listed[k]
        stop, count = outlets.start[outlet], outlets.counts[outlet]
        if count >= (MANY if outlet else VERY_MANY):
            members = outlets.bucket[stop - count : stop]
            outlets.verdict[outlet] = not finally_ or _differ(index, members, many, outlets)
        if finally_ and listed == 1 and outlet and count >= MANY and not outlets.verdict[outlet]:
            outlets.verdict[outlet] = _are_wide(index, outlets.bucket[stop - count : stop], outlets)


@kernel
def _are_wide(index: Index, members: NDArray[np.int32], outlets: _Outlets) -> bool:
    """Whether the articles are of a report that many outlets print: what one of them alone prints is its own."""
    for n in members[:SOME]:  # noqa: SIM110 - Numba knows no generators
        if outlets.wide[n] < MOSTLY_WIDE * index.sizes[n]:
            return False
    return True


@kernel
def _differ(index: Index, members: NDArray[np.int32], many: NDArray[np.bool_], outlets: _Outlets) -> bool:
    """Whether most pairs of some of the articles have little in common."""
    some, pairs, differ = min(len(members), SOME), 0, 0
    for k in range(some):
        for m in range(k):
            a, b = members[k * len(members) // some], members[m * len(members) // some]
            differ += _different(index, a, b, many, outlets)
            pairs += 1
    return bool(differ >= MOST * pairs)


@kernel
def _different(index: Index, a: int, b: int, many: NDArray[np.bool_], outlets: _Outlets) -> bool:
    """Whether two articles are different ones; asked for the same two again, it remembers."""
    known, key = outlets.known, a * len(index.sizes) + b
    slot = key % len(known)
    if known[slot, 0] != key:
        own = outlets.own[a] >= OWN * index.sizes[a] and outlets.own[b] >= OWN * index.sizes[b]
        few = CHANCE + ELSEWHERE * min(index.sizes[a], index.sizes[b])
        known[slot, 0], known[slot, 1] = key, own and _in_common(index, a, b, many) <= few
    return bool(known[slot, 1] == 1)


@kernel
def _in_common(index: Index, a: int, b: int, many: NDArray[np.bool_]) -> int:
    """How many fingerprints that few of their outlet's articles have two articles share."""
    count, i, j = 0, index.bounds[a], index.bounds[b]
    while i < index.bounds[a + 1] and j < index.bounds[b + 1]:
        left, right = index.group[index.places[i]], index.group[index.places[j]]
        count += left == right and not many[index.places[i]]
        i, j = i + (left <= right), j + (right <= left)
    return count


@kernel
def take_out(texts: Texts, index: Index, common: NDArray[np.bool_]) -> Texts:
    """The texts without the words of boilerplate, in the same columns; the next word of each gets the flag GAP.

    An article that is hardly anything else is left as it is, and its places in `common` are taken back: it is a report
    that was printed many times.
    """
    bounds = texts.bounds.copy()
    for n in range(len(index.sizes)):
        found, low, high = _of(index, common, n), texts.bounds[n], texts.bounds[n + 1]
        count = _marked(texts.words[low:high], texts.flags[low:high], found) if len(found) else 0
        truly = count < MOSTLY * (high - low)
        if count and not truly:
            common[index.places[index.bounds[n] : index.bounds[n + 1]]] = False
        bounds[n + 1] = _moved(texts, low, high, bounds[n], truly)
    return Texts(texts.words, texts.starts, texts.ends, texts.flags, texts.faces, bounds)


@kernel
def without(texts: Texts, known: NDArray[np.uint64]) -> Texts:
    """The texts without the sentences in which one of the sorted fingerprints stands, in the same columns."""
    bounds = texts.bounds.copy()
    for n in range(len(bounds) - 1):
        low, high = texts.bounds[n], texts.bounds[n + 1]
        _mark_sentences(texts.words[low:high], texts.flags[low:high], known)
        bounds[n + 1] = _moved(texts, low, high, bounds[n], True)
    return Texts(texts.words, texts.starts, texts.ends, texts.flags, texts.faces, bounds)


@kernel
def _mark_sentences(words: NDArray[np.uint32], flags: NDArray[np.uint8], known: NDArray[np.uint64]) -> None:
    for i in range(len(words) - GRAM + 1):
        value = gram_hash(words, i)
        at = np.searchsorted(known, value)
        if at < len(known) and known[at] == value and not flags[i + GRAM // 2] & QUOTED:
            low, high = i, i + GRAM
            while low > 0 and low > i - SENTENCE_WORDS and not flags[low] & SENTENCE:
                low -= 1
            while high < len(flags) and high < i + SENTENCE_WORDS and not flags[high] & SENTENCE:
                high += 1
            for k in range(low, high):
                flags[k] |= COMMON


@kernel
def _moved(texts: Texts, low: int, high: int, to: int, truly: bool) -> int:
    """Move the words of an article down to `to`, if `truly` without those that are marked; where they end."""
    gap = 0
    for k in range(low, high):
        if texts.flags[k] & COMMON and truly:
            gap = GAP
        else:
            texts.words[to], texts.faces[to] = texts.words[k], texts.faces[k]
            texts.starts[to], texts.ends[to] = texts.starts[k], texts.ends[k]
            texts.flags[to] = (texts.flags[k] & ~COMMON) | gap
            to, gap = to + 1, 0
    return to


@kernel
def _of(index: Index, common: NDArray[np.bool_], n: int) -> NDArray[np.uint64]:
    """The fingerprints of an article that are boilerplate, sorted."""
    places = index.places[index.bounds[n] : index.bounds[n + 1]]
    return np.sort(index.hashes[index.group[places[common[places]]]])


@kernel
def _marked(words: NDArray[np.uint32], flags: NDArray[np.uint8], found: NDArray[np.uint64]) -> int:
    """Mark what stands in the fingerprints, quotations aside; how many words are marked."""
    until = -NEAR
    for i in range(len(words) - GRAM + 1):
        value = gram_hash(words, i) >> RANK_BITS
        at = np.searchsorted(found, value)
        if at < len(found) and found[at] == value and not flags[i + GRAM // 2] & QUOTED:
            for k in range(until if i - until <= NEAR else i, i + GRAM):
                flags[k] |= COMMON
            until = i + GRAM
    return _rounded(flags)


@kernel
def _rounded(flags: NDArray[np.uint8]) -> int:
    """Prolong each stretch that is marked, or take its marks back if it is too short; how many words are marked."""
    count, k = 0, 0
    while k < len(flags):
        if not flags[k] & COMMON:
            k += 1
            continue
        stop = k
        while stop < len(flags) and flags[stop] & COMMON:
            stop += 1
        low, end = _start(flags, max(0, k - NEAR), k), stop + _end(flags, stop)
        if end - low >= LINE:
            for step in range(low, end):
                flags[step] |= COMMON
            count, stop = count + end - low, end
        else:
            for step in range(k, stop):
                flags[step] &= ~COMMON & 0xFF
        k = stop
    return count


@kernel
def _start(flags: NDArray[np.uint8], low: int, i: int) -> int:
    """Where the paragraph or else the sentence begins in which `i` stands, if that is not before `low`."""
    sentence = i
    for k in range(i, low - 1, -1):
        if flags[k] & PARAGRAPH:
            return k
        if flags[k] & SENTENCE and sentence == i:
            sentence = k
    return sentence


@kernel
def _end(flags: NDArray[np.uint8], k: int) -> int:
    """How many words from `k` on its paragraph or else its sentence goes on; 0 where both go on too long."""
    sentence = 0
    for step in range(NEAR + 1):
        if k + step >= len(flags) or flags[k + step] & (PARAGRAPH | COMMON):
            return step
        if flags[k + step] & SENTENCE and not sentence:
            sentence = step
    return sentence
