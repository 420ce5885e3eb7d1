"""Scores of wire credits: which agencies each article credits, and whether the words found are the ones labelled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from firsthand.model import Credit

Span = Sequence[int]


@dataclass(frozen=True, slots=True)
class Labelled:
    """What one article credits by its labels. agencies: usual names; spans: [start, end) of every crediting place."""

    agencies: frozenset[str]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of (article, agency) pairs and of places; the shares are in percent, 100 of nothing.

    placed: the credits with a span that overlaps a labelled one; places: all credits with a span.
    """

    right: int
    found: int
    labelled: int
    placed: int
    places: int

    @property
    def precision(self) -> float:
        """The share of the pairs found that are labelled."""
        return _share(self.right, self.found)

    @property
    def recall(self) -> float:
        """The share of the labelled pairs that were found."""
        return _share(self.right, self.labelled)

    @property
    def overlap(self) -> float:
        """The share of the credits with a span whose span overlaps a labelled one."""
        return _share(self.placed, self.places)


def score(labels: Mapping[str, Labelled], found: Mapping[str, Iterable[Credit]]) -> Score:
    """The score of `found` over the articles of `labels`, both by article; one that is not in `found` credits none."""
    return _sum(_of_article(label, tuple(found.get(article, ()))) for article, label in labels.items())


def _of_article(label: Labelled, credits: tuple[Credit, ...]) -> Score:
    agencies = {credit.agency for credit in credits}
    spanned = [credit for credit in credits if credit.spans]
    placed = sum(any(_overlap(one, other) for one in credit.spans for other in label.spans) for credit in spanned)
    return Score(len(agencies & label.agencies), len(agencies), len(label.agencies), placed, len(spanned))


def _sum(scores: Iterable[Score]) -> Score:
    rows = [(one.right, one.found, one.labelled, one.placed, one.places) for one in scores]
    return Score(*(sum(column) for column in zip(*rows, strict=True))) if rows else Score(0, 0, 0, 0, 0)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 100.0
