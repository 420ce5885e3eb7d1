"""The truth about a set, asked: who is behind whom, and what else two articles have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bench.lineage.truth import Parent, Truth

WRONG = ("sibling", "quotation", "boilerplate", "chance")
"""What two articles, neither of which is behind the other, have in common: an original; a press conference; an outlet
that prints boilerplate; none of these."""


class Known:
    """What is true of the articles of a set."""

    def __init__(self, truths: Sequence[Truth]) -> None:
        self.truths = {truth.id: truth for truth in truths}
        self._behind: dict[str, frozenset[str]] = {}
        self._families = Counter(root for truth in truths for root in truth.roots)

    def links(self) -> Iterator[tuple[Truth, Parent]]:
        """Every article with each of its direct parents."""
        return ((truth, parent) for truth in self.truths.values() for parent in truth.parents)

    def behind(self, article: str) -> frozenset[str]:
        """Its parents, theirs and so on, and all that the texts cannot tell from one of them."""
        if article not in self._behind:
            parents = self.truths[article].parents
            nearest = {name for parent in parents for name in (parent.id, *parent.ties)}
            further = (self.behind(parent.id) for parent in parents)
            self._behind[article] = frozenset(nearest).union(*further) - {article}
        return self._behind[article]

    def related(self, one: str, other: str) -> bool:
        """Whether one of the two is behind the other."""
        return one in self.behind(other) or other in self.behind(one)

    def in_common(self, one: str, other: str) -> str:
        """What two articles have in common that are not related: one of `WRONG`."""
        a, b = self.truths[one], self.truths[other]
        if set(a.roots) & set(b.roots):
            return "sibling"
        if set(a.events) & set(b.events):
            return "quotation"
        return "boilerplate" if a.outlet == b.outlet and a.furniture and b.furniture else "chance"

    def has_choice(self, article: Truth) -> bool:
        """Whether more than two articles come from its originals, so that its parent can be mistaken."""
        return any(self._families[root] > 2 for root in article.roots)
