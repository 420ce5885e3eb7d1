"""Which articles are mainly about the same claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from firsthand.claims.alike import Written, chunks, log_odds
from firsthand.model import Article

Floats = NDArray[np.float64]

WHOLE_PIECES, CHUNK_PIECES = 256, 160
"""Word pieces that a vector is made of: of an article's beginning, of one of its first stretches."""

JOINED = -2.75
"""Log odds, on average over all pairs less the contrast, from which two groups of articles are one."""
CONTRAST = 0.3
"""How much of what two groups are more alike within than `JOINED` their likeness to each other must make up for.

Both were set on pieces of PolNeAR's training articles (training/heads_leads.py), where pieces of one article are one
claim: of contrasts 0, 0.15 and 0.3 and thresholds in steps of 0.25 the best, and none of the data that is reported.
"""

_NEVER = -99.0


def written(article: Article, vector: Callable[[str, int], bytes]) -> Written:
    """An article made ready to be compared; `vector` is of a text's first word pieces, and of how many."""
    made = [vector(article.text, WHOLE_PIECES), *(vector(one, CHUNK_PIECES) for one in chunks(article.text))]
    return Written(article.id, article.text, np.stack([np.frombuffer(one, np.int8) for one in made]))


def lead_claims(articles: Iterable[Written]) -> dict[str, str]:
    """For each article's id that of its lead claim, which is the id of the first of its articles. Raises ModelError.

    What comes out depends on the articles, not on their order. Costs time and memory by the square of their number.
    """
    told = [one for _, one in sorted({one.id: one for one in articles}.items())]
    if not told:
        return {}
    groups = grouped(log_odds(told))
    return {one.id: told[group].id for one, group in zip(told, groups, strict=True)}


def grouped(odds: Floats, joined: float = JOINED, contrast: float = CONTRAST) -> list[int]:
    """[N]: the group of each of N articles, named by the first of its members; `odds` [N, N] are log odds.

    The two groups that are most alike join, again and again (average link), as long as they are alike enough.
    """
    groups = _Groups(odds, joined, contrast)
    while groups.join():
        pass
    return groups.labels


class _Groups:
    """Groups of articles: N at first, fewer and fewer. Kept by the number of each one's first member."""

    def __init__(self, odds: Floats, joined: float, contrast: float) -> None:
        count = len(odds)
        self.labels = list(range(count))
        self._sums = odds.astype(float)
        np.fill_diagonal(self._sums, 0.0)
        self._joined, self._contrast = joined, contrast
        self._sizes, self._within, self._excess = np.ones(count), np.zeros(count), np.zeros(count)
        self._alive = np.ones(count, bool)
        self._like = np.stack([self._row(n) for n in range(count)])
        self._nearest = self._like.argmax(1)

    def join(self) -> bool:
        """Join the two that are most alike; False where none are alike enough."""
        likes = self._like[np.arange(len(self.labels)), self._nearest]
        one = int(likes.argmax())
        if likes[one] < self._joined:
            return False
        self._merge(*sorted((one, int(self._nearest[one]))))
        return True

    def _merge(self, one: int, other: int) -> None:
        self._within[one] += self._within[other] + self._sums[one, other]
        self._sizes[one] += self._sizes[other]
        self._sums[one] += self._sums[other]
        self._sums[:, one] = self._sums[one]
        self._alive[other] = False
        pairs = self._sizes[one] * (self._sizes[one] - 1) / 2
        self._excess[one] = max(0.0, self._within[one] / pairs - self._joined)
        self.labels = [one if label == other else label for label in self.labels]
        self._renew(one, other)

    def _renew(self, one: int, other: int) -> None:
        """How much the joined group is like the others, and who is now nearest to whom."""
        self._like[other] = self._like[:, other] = _NEVER
        self._like[one] = self._like[:, one] = row = self._row(one)
        nearer = row > self._like[np.arange(len(row)), self._nearest]
        stale = np.flatnonzero(self._alive & ((self._nearest == one) | (self._nearest == other)))
        self._nearest[nearer] = one
        self._nearest[stale] = self._like[stale].argmax(1)
        self._nearest[one] = row.argmax()

    def _row(self, n: int) -> Floats:
        """[N]: how much one group is like each other, on average, less the contrast."""
        contrast = self._contrast * (self._excess[n] + self._excess) / 2
        found: Floats = self._sums[n] / (self._sizes[n] * self._sizes) - contrast
        found[~self._alive] = _NEVER
        found[n] = _NEVER
        return found
