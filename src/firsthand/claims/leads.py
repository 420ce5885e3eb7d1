"""What an article is mainly about: one of its claims; and which articles are mainly about the same."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from firsthand.claims.alike import Written, log_odds
from firsthand.model import Claim

Floats = NDArray[np.float64]

_ROLES = ("headline", "lead", "attributed")

JOINED = -2.75
"""Log odds, on average over all pairs less the contrast, from which two groups of articles are one."""
CONTRAST = 0.3
"""How much of what two groups are more alike within than `JOINED` their likeness to each other must make up for.

Both were set on pieces of PolNeAR's training articles (training/heads_leads.py), where pieces of one article are one
claim: of contrasts 0, 0.15 and 0.3 and thresholds in steps of 0.25 the best, and none of the data that is reported.
"""

_NEVER = -99.0


def leads(found: Iterable[Claim]) -> dict[str, str]:
    """The id of each article's lead claim, by the article's: its headline's, else its lead's, else its first."""
    best: dict[str, tuple[tuple[int, int], str]] = {}
    for claim in found:
        for one in claim.appearances:
            place = _ROLES.index(one.role), one.spans[0][0]
            if one.article not in best or place < best[one.article][0]:
                best[one.article] = place, claim.id
    return {article: claim for article, (_, claim) in sorted(best.items())}


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

    def join(self) -> bool:
        """Join the two that are most alike; False where none are alike enough."""
        one, other = sorted(divmod(int(self._like.argmax()), len(self.labels)))
        if self._like[one, other] < self._joined:
            return False
        self._within[one] += self._within[other] + self._sums[one, other]
        self._sizes[one] += self._sizes[other]
        self._sums[one] += self._sums[other]
        self._sums[:, one] = self._sums[one]
        self._alive[other] = False
        pairs = self._sizes[one] * (self._sizes[one] - 1) / 2
        self._excess[one] = max(0.0, self._within[one] / pairs - self._joined)
        self.labels = [one if label == other else label for label in self.labels]
        self._like[other] = self._like[:, other] = _NEVER
        self._like[one] = self._like[:, one] = self._row(one)
        return True

    def _row(self, n: int) -> Floats:
        """[N]: how much one group is like each other, on average, less the contrast."""
        contrast = self._contrast * (self._excess[n] + self._excess) / 2
        found: Floats = self._sums[n] / (self._sizes[n] * self._sizes) - contrast
        found[~self._alive] = _NEVER
        found[n] = _NEVER
        return found
