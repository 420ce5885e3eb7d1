"""The articles of a set as flat columns, and when each can have appeared."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from firsthand.model import Article
from firsthand.reuse.folding import empty, fold_into, points_of
from firsthand.reuse.letters import codes

NEVER_BEFORE, NEVER_AFTER = -(2**62), 2**62
"""Seconds since 1970 that stand for "no time is known": it may have appeared at any."""

_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Texts(NamedTuple):
    """The folded words of all articles, one after another; article `n` has [bounds[n], bounds[n + 1])."""

    words: NDArray[np.uint32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    flags: NDArray[np.uint8]
    faces: NDArray[np.uint8]
    bounds: NDArray[np.int64]


class Corpus:
    """Articles in the order in which they can have appeared: by time, those without one last, else as given.

    texts: their words. outlets: a number for each article's outlet; 0 where it names none. least, most: between which
    seconds since 1970 it appeared.
    """

    def __init__(self, articles: Iterable[Article]) -> None:
        given = list(articles)
        times = np.array([seconds(article.published) for article in given], np.int64).reshape(-1, 2)
        keys = np.where(times[:, 0] == NEVER_BEFORE, NEVER_AFTER, times[:, 0])
        order = np.argsort(keys, kind="stable")
        self.articles = [given[place] for place in order.tolist()]
        self.least, self.most = times[order].T.copy()
        self.outlets = _numbered(self.articles)
        self.texts = _texts(self.articles)


def seconds(moment: datetime | None) -> tuple[int, int]:
    """The first and the last second since 1970 that a time may mean: midnight sharp is how a mere date is written."""
    if moment is None:
        return NEVER_BEFORE, NEVER_AFTER
    start = ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - _EPOCH) // timedelta(seconds=1)
    return start, start + (86_399 if moment.time() == time() else 0)


def _numbered(articles: Iterable[Article]) -> NDArray[np.int32]:
    known: dict[str | None, int] = {None: 0}
    return np.array([known.setdefault(article.outlet, len(known)) for article in articles], np.int32)


A_WORD = 5
"""Characters of a word and what follows it, at least, in most texts: what is not used of the columns costs nothing."""


def _length(article: Article) -> int:
    return len(article.text)


def _texts(articles: list[Article]) -> Texts:
    """Fold every text onto the end of the columns, which grow as they must."""
    columns, table = empty(max(map(_length, articles), default=0) + sum(map(_length, articles)) // A_WORD), codes()
    bounds = np.zeros(len(articles) + 1, np.int64)
    for n, article in enumerate(articles):
        points, used = points_of(article.text), int(bounds[n])
        if used + len(points) > len(columns[0]):
            size = used + max(used, len(points))
            for column in columns:
                column.resize(size, refcheck=False)  # in place: the largest sets would not fit twice
        words, starts, ends, flags, faces = columns
        room = words[used:], starts[used:], ends[used:], flags[used:], faces[used:]
        bounds[n + 1] = used + fold_into(points, table, *room)
    return Texts(*columns, bounds)
