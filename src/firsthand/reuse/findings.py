"""All links of a set, found and kept as columns, and from where each has its wording in the end."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firsthand.reuse.boilerplate import standing, take_out, without
from firsthand.reuse.candidates import Times, room_to_tally
from firsthand.reuse.corpus import NEVER_BEFORE, Corpus, Texts
from firsthand.reuse.index import build
from firsthand.reuse.kernels import kernel
from firsthand.reuse.parents import EARLIER, FIRST, LATER, PASSAGES, QUOTES, TIES, book, judge_from
from firsthand.reuse.passages import FROM, START, STOP, TO, desk


@dataclass(frozen=True, slots=True)
class Findings:
    """What a set has from one another, in the order of the later articles.

    texts: its words without boilerplate. links, passages, ties: as in `parents.Book`, of all articles. origins: of
    each link the article that its wording is known from first.
    """

    texts: Texts
    links: NDArray[np.int32]
    passages: NDArray[np.int32]
    ties: NDArray[np.int32]
    origins: NDArray[np.int32]


def find_all(corpus: Corpus, boilerplate: Collection[int] = ()) -> Findings:
    """Compare all articles of a set with each other. The time grows with their length and number, and no faster.

    `boilerplate` are fingerprints known to be such; more is learnt from the set. The corpus's own texts are used up.
    """
    texts = without(corpus.texts, _hashes(boilerplate)) if boilerplate else corpus.texts
    index = build(texts)
    common = standing(index, corpus.outlets)
    texts = take_out(texts, index, common)
    times = Times(corpus.least, corpus.most, int((corpus.least > NEVER_BEFORE).sum()))
    number, longest = len(corpus.articles), int(np.diff(texts.bounds).max(initial=0))
    tally, room, notes = room_to_tally(index), desk(longest), book(longest)
    n, pieces = 0, _Pieces()
    while n < number:
        n = judge_from(n, number, texts, index, common, times, tally, room, notes)
        pieces.add(notes.links, notes.passages, notes.ties, notes.filled)
    links, passages, ties = pieces.joined()
    return Findings(texts, links, passages, ties, _origins(links, passages, number))


def _hashes(fingerprints: Collection[int]) -> NDArray[np.uint64]:
    return np.sort(np.fromiter(fingerprints, np.int64, len(fingerprints)).view(np.uint64))


class _Pieces:
    """What came of each filling of the book, joined with places that count through."""

    def __init__(self) -> None:
        self._links: list[NDArray[np.int32]] = []
        self._passages: list[NDArray[np.int32]] = []
        self._ties: list[NDArray[np.int32]] = []
        self._before = np.zeros(2, np.int64)

    def add(
        self,
        links: NDArray[np.int32],
        passages: NDArray[np.int32],
        ties: NDArray[np.int32],
        filled: NDArray[np.int64],
    ) -> None:
        """Copy what is filled."""
        more = links[: filled[0]].copy()
        more[:, FIRST] += self._before[0]
        more[:, TIES] += self._before[1]
        self._links.append(more)
        self._passages.append(passages[: filled[1]].copy())
        self._ties.append(ties[: filled[2]].copy())
        self._before += filled[1:]

    def joined(self) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
        """Links, passages, ties."""
        return np.concatenate(self._links), np.concatenate(self._passages), np.concatenate(self._ties)


@kernel
def _origins(links: NDArray[np.int32], passages: NDArray[np.int32], number: int) -> NDArray[np.int32]:
    """Of each link the article at its root: from parent to parent, by what each has of the wording in question.

    Articles whose times do not tell may be each other's parents, all round: then it is the first of those.
    """
    first = np.searchsorted(links[:, LATER], np.arange(number + 1))
    before, origins = np.empty(len(links), np.int32), np.full(len(links), -1, np.int32)
    for k in range(len(links)):
        before[k] = _before(k, links, passages, first)
    walks = origins.copy()
    for k in range(len(links)):
        link, origin = k, _end(k, links, before, origins, walks)
        while link >= 0 and origins[link] < 0:
            origins[link], link = origin, before[link]
    return origins


@kernel
def _end(
    k: int, links: NDArray[np.int32], before: NDArray[np.int32], origins: NDArray[np.int32], walks: NDArray[np.int32]
) -> int:
    """The article to which the walk back from link `k` leads; `walks` says of each link which walk came by first."""
    last, link = k, k
    while link >= 0 and walks[link] < 0:
        walks[link] = k
        last, link = link, before[link]
    if link < 0:
        return int(links[last, EARLIER])
    return int(origins[link]) if walks[link] < k else _first_around(link, links, before)


@kernel
def _first_around(start: int, links: NDArray[np.int32], before: NDArray[np.int32]) -> int:
    """The first of the articles from which the links round a circle lead."""
    found, link = links[start, EARLIER], before[start]
    while link != start:
        found, link = min(found, links[link, EARLIER]), before[link]
    return int(found)


@kernel
def _before(link: int, links: NDArray[np.int32], passages: NDArray[np.int32], first: NDArray[np.int64]) -> int:
    """The link by which the earlier article of a link has most of that wording; -1 if it is its own."""
    earlier, best = links[link, EARLIER], -1
    own = passages[links[link, FIRST] : links[link, FIRST] + links[link, PASSAGES]]
    most = (own[:, STOP] - own[:, START]).sum() // 2
    for other in range(first[earlier], first[earlier + 1]):
        if not links[other, QUOTES]:
            low = links[other, FIRST]
            shared = _overlap(own, passages[low : low + links[other, PASSAGES]])
            if shared > most:
                best, most = other, shared
    return best


@kernel
def _overlap(own: NDArray[np.int32], others: NDArray[np.int32]) -> int:
    """Words of an article that it gives on in `own` and has itself in `others`."""
    words = 0
    for row in own:
        for other in others:
            words += max(0, min(row[STOP], other[TO]) - max(row[START], other[FROM]))
    return words
