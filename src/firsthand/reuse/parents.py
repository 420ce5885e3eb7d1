"""From which candidates an article has its passages: those that share most with it, passage by passage.

What is counted are runs of three words, each place of the later article once: a parent has those that its other
children, and its own parents, share with the article, and besides what they changed. How well a candidate's passages
align says less: it depends on what moved, on chance, and on how boilerplate was taken out.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from firsthand.reuse.candidates import A_ROUND, ROUNDS, Tally, Times, choose
from firsthand.reuse.corpus import Texts
from firsthand.reuse.index import Index
from firsthand.reuse.kernels import kernel
from firsthand.reuse.passages import (
    COLUMNS,
    EVIDENCE,
    FACES,
    FROM,
    MATCHED,
    RUNS,
    TO,
    Desk,
    Side,
    passages,
)
from firsthand.reuse.quotations import PARAGRAPH
from firsthand.reuse.seeds import SEED, plant

ENOUGH = 20
"""Words outside quotation marks that two articles share in passages, at least, for one to have them from the other."""

A_CAPTION, PART, ENDS = 50, 4, 2
"""Where the passages run over fewer than so many ends of paragraphs, they must have more words than a picture's caption
or a sentence of background has (of Helsinki's weakest links nearly all are such, and few have 50), but no more than one
in `PART` of the article's."""

A_PASSAGE = 12
"""Such words of a passage that counts: shorter ones are phrases that everybody uses."""

A_SPEECH = 60
"""Words between quotation marks, in one passage, beyond which they prove copying too: two reporters may quote the same
sentence, but hardly the same sentences one after another and no others."""

SPOKEN = 3
"""Words outside quotation marks of a passage that is a quotation all the same: "he said"."""

A_QUOTATION = 8
"""Words of a quotation that is worth telling."""

NEXT = 4
"""Words between a quotation and a passage of the same parent for it to be part of what was copied."""

DOUBT = 10
"""One tenth of its runs speaks against a candidate of which times do not tell that it is earlier."""

NEARLY = SEED - 1
"""Difference in runs that tells nothing: a line of boilerplate that was not learnt makes it, standing between words
that follow each other in the other texts. A word that was changed makes one more."""

AS_WELL, LITTLE_MORE = 0.5, 0.15
"""A second parent that shares so much of what the first explains is another copy of the same, unless it explains so
large a part of the article besides."""

MOST_PARENTS = 6

LATER, EARLIER, FIRST, PASSAGES, TIES, TIED, QUOTES, ASIDE = range(8)
"""Columns of a link: numbers of the two articles; its first passage and how many; its first tie and how many;
whether all that is shared is quotation; and how many of the later's words are in quotations left out."""

LINK = 8


class Book(NamedTuple):
    """Room for what is found.

    rows: passages of the candidates of one article, from `first` on, `counts` of them; `strewn`: how many runs they
    share besides; how many words are enough; and whether the candidate is surely the earlier. free: the later article's
    words that no parent explains, as sums from its beginning. links, passages, ties: what came of it, for all articles;
    `filled` says how many there are of each.
    """

    rows: NDArray[np.int32]
    first: NDArray[np.int32]
    counts: NDArray[np.int32]
    strewn: NDArray[np.int32]
    enough: NDArray[np.int32]
    sure: NDArray[np.bool_]
    free: NDArray[np.bool_]
    sums: NDArray[np.int32]
    links: NDArray[np.int32]
    passages: NDArray[np.int32]
    ties: NDArray[np.int32]
    filled: NDArray[np.int64]


def book(longest: int) -> Book:
    """Room for articles of up to `longest` words, and for what is found in some hundreds."""
    candidates, rows = ROUNDS * A_ROUND, 4096 + longest
    return Book(
        rows=np.empty((rows, COLUMNS), np.int32),
        first=np.empty(candidates, np.int32),
        counts=np.empty(candidates, np.int32),
        strewn=np.empty(candidates, np.int32),
        enough=np.empty(candidates, np.int32),
        sure=np.empty(candidates, np.bool_),
        free=np.empty(longest + 1, np.bool_),
        sums=np.empty(longest + 2, np.int32),
        links=np.empty((4096, LINK), np.int32),
        passages=np.empty((4 * rows, COLUMNS), np.int32),
        ties=np.empty(1 << 16, np.int32),
        filled=np.zeros(3, np.int64),
    )


@kernel
def judge_from(
    n: int,
    stop: int,
    texts: Texts,
    index: Index,
    common: NDArray[np.bool_],
    times: Times,
    tally: Tally,
    desk: Desk,
    book: Book,
) -> int:
    """Find the parents of articles from `n` on, until `stop` or until the book is full; where it went to."""
    book.filled[:] = 0
    while n < stop and _has_room(book):
        _judge(n, texts, index, common, times, tally, desk, book)
        n += 1
    return n


@kernel
def _has_room(book: Book) -> bool:
    """Whether the book has room for whatever one more article brings."""
    links, rows, ties = book.filled
    most = len(book.first)
    if links + 2 * most > len(book.links) or rows + len(book.rows) > len(book.passages):
        return False
    return bool(ties + most * MOST_PARENTS <= len(book.ties))


@kernel
def _judge(
    n: int,
    texts: Texts,
    index: Index,
    common: NDArray[np.bool_],
    times: Times,
    tally: Tally,
    desk: Desk,
    book: Book,
) -> None:
    count = choose(n, index, common, times, tally)
    if count:
        right = side(texts, n)
        plant(right.words, desk.seeds)
        used = 0
        for k in range(count):
            book.first[k] = used
            serial = n * len(book.first) + k
            book.counts[k] = passages(side(texts, tally.chosen[k]), right, desk, serial, book.rows[used:])
            used += book.counts[k]
            book.strewn[k] = desk.strewn[0]
            book.enough[k] = _enough(right, book.rows[book.first[k] : used])
            book.sure[k] = times.most[tally.chosen[k]] < times.least[n]
        explain(n, len(right.words), tally.chosen[:count], book)


@kernel
def _enough(right: Side, rows: NDArray[np.int32]) -> int:
    """How many words these passages must have."""
    ends = 0
    for row in rows:
        for flags in right.flags[row[FROM] + 1 : row[TO]]:
            ends += (flags & PARAGRAPH) != 0
    return ENOUGH if ends >= ENDS else max(ENOUGH, min(A_CAPTION, len(right.words) // PART))


@kernel
def side(texts: Texts, n: int) -> Side:
    """The words of article `n`."""
    low, high = texts.bounds[n], texts.bounds[n + 1]
    return Side(texts.words[low:high], texts.flags[low:high], texts.faces[low:high])


@kernel
def explain(n: int, words: int, candidates: NDArray[np.int32], book: Book) -> None:
    """Choose the parents of article `n`, of so many words, among candidates whose passages are in the book."""
    book.free[:words] = True
    for _ in range(MOST_PARENTS):
        _sum(book, words)
        best = _best(candidates, book)
        if best < 0:
            break
        _tie(best, candidates, book)
        _enter(n, best, candidates[best], book)
        book.counts[best] = 0
        _dismiss_siblings(candidates, book, words)
    _sum(book, words)
    for k in range(len(candidates)):
        if _is_quotation(k, book):
            _enter_quotations(n, k, candidates[k], book)


@kernel
def _dismiss_siblings(candidates: NDArray[np.int32], book: Book, words: int) -> None:
    """Give up candidates that share what is explained and little more: what they share besides is their outlets'."""
    _sum(book, words)
    for k in range(len(candidates)):
        known, new = 0, 0
        for row in book.rows[book.first[k] : book.first[k] + book.counts[k]]:
            free = book.sums[row[TO]] - book.sums[row[FROM]]
            known, new = known + row[TO] - row[FROM] - free, new + free
        if known >= AS_WELL * (words - book.sums[words]) and new < LITTLE_MORE * words:
            book.counts[k] = 0


@kernel
def _sum(book: Book, words: int) -> None:
    book.sums[0] = 0
    for j in range(words):
        book.sums[j + 1] = book.sums[j] + book.free[j]


@kernel
def _is_free(row: NDArray[np.int32], book: Book) -> bool:
    """Whether most of a passage is not explained."""
    return bool(2 * (book.sums[row[TO]] - book.sums[row[FROM]]) > row[TO] - row[FROM])


@kernel
def _weigh(k: int, book: Book) -> tuple[int, int, int]:
    """What speaks for a candidate: words outside quotations; how many runs it shares; how many words look the same."""
    evidence, runs, faces = 0, book.strewn[k], 0
    for row in book.rows[book.first[k] : book.first[k] + book.counts[k]]:
        if _is_free(row, book):
            evidence, runs, faces = evidence + _evidence(row), runs + row[RUNS], faces + row[FACES]
    return evidence, runs if book.sure[k] else runs - runs // DOUBT, faces


@kernel
def _evidence(row: NDArray[np.int32]) -> int:
    """How many words of a passage prove copying."""
    spoken = max(0, row[MATCHED] - row[EVIDENCE] - A_SPEECH)
    return int(spoken + (row[EVIDENCE] if spoken or row[EVIDENCE] >= A_PASSAGE else 0))


@kernel
def _best(candidates: NDArray[np.int32], book: Book) -> int:
    """The candidate that shares most runs; of equals that which looks most alike, then the first."""
    best, highest = -1, (0, 0, 0)
    for k in range(len(candidates)):
        evidence, worth, faces = _weigh(k, book)
        if evidence >= book.enough[k] and (best < 0 or (worth, faces, -candidates[k]) > highest):
            best, highest = k, (worth, faces, -candidates[k])
    return best


@kernel
def _tie(best: int, candidates: NDArray[np.int32], book: Book) -> None:
    """Note which others share as many runs."""
    _, highest, _ = _weigh(best, book)
    for k in range(len(candidates)):
        if k != best and book.counts[k] and book.sure[k] == book.sure[best]:
            evidence, value, _ = _weigh(k, book)
            if evidence >= book.enough[k] and abs(value - highest) <= NEARLY:
                book.ties[book.filled[2]] = candidates[k]
                book.filled[2] += 1


@kernel
def _enter(n: int, k: int, earlier: int, book: Book) -> None:
    """Enter a parent with the passages that it explains, in the later text's order, and mark them explained."""
    link, start = book.links[book.filled[0]], book.filled[1]
    for row in _by_place(book.rows[book.first[k] : book.first[k] + book.counts[k]]):
        if _is_free(row, book):
            book.passages[book.filled[1]] = row
            book.filled[1] += 1
    link[ASIDE] = _drop_quotations(book, start)
    for row in book.passages[start : book.filled[1]]:
        book.free[row[FROM] : row[TO]] = False
    link[LATER], link[EARLIER], link[QUOTES] = n, earlier, 0
    link[FIRST], link[PASSAGES] = start, book.filled[1] - start
    before = book.links[book.filled[0] - 1]
    link[TIES] = before[TIES] + before[TIED] if book.filled[0] else 0
    link[TIED] = book.filled[2] - link[TIES]
    book.filled[0] += 1


@kernel
def _by_place(rows: NDArray[np.int32]) -> NDArray[np.int32]:
    return rows[np.argsort(rows[:, FROM])]


@kernel
def _drop_quotations(book: Book, start: int) -> int:
    """Leave out the passages that are quotations with other words on both sides; how many words they have."""
    kept, stop, words = start, book.filled[1], 0
    for k in range(start, stop):
        row = book.passages[k]
        after = k + 1 < stop and book.passages[k + 1, FROM] - row[TO] <= NEXT
        before = kept > start and row[FROM] - book.passages[kept - 1, TO] <= NEXT
        if _evidence(row) or row[EVIDENCE] > SPOKEN or after or before:
            book.passages[kept] = row
            kept += 1
        else:
            words += row[TO] - row[FROM]
    book.filled[1] = kept
    return words


@kernel
def _is_quotation(k: int, book: Book) -> bool:
    """Whether what is left of a candidate is nothing but quotation, and enough of it to tell."""
    evidence, quoted = 0, 0
    for row in book.rows[book.first[k] : book.first[k] + book.counts[k]]:
        evidence += row[EVIDENCE]
        if row[EVIDENCE] <= SPOKEN and _is_free(row, book):
            quoted = max(quoted, row[MATCHED] - row[EVIDENCE])
    return bool(quoted >= A_QUOTATION and evidence < ENOUGH)


@kernel
def _enter_quotations(n: int, k: int, earlier: int, book: Book) -> None:
    link, start = book.links[book.filled[0]], book.filled[1]
    for row in _by_place(book.rows[book.first[k] : book.first[k] + book.counts[k]]):
        if row[EVIDENCE] <= SPOKEN and row[MATCHED] >= A_QUOTATION:
            book.passages[book.filled[1]] = row
            book.filled[1] += 1
    link[LATER], link[EARLIER], link[QUOTES] = n, earlier, 1
    link[FIRST], link[PASSAGES] = start, book.filled[1] - start
    link[TIES], link[TIED], link[ASIDE] = book.filled[2], 0, 0
    book.filled[0] += 1
