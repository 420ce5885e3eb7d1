"""Which articles hang on each root of a claim, and below which: worked out once for all roots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from firsthand.model import Edge, Provenance, Root


@dataclass(frozen=True, slots=True)
class Twig:
    """An article in the tree of a root: how it comes to rest on what is above it, and what rests on it."""

    article: str
    edge: Edge
    twigs: tuple[Twig, ...]
    lost: tuple[str, ...] = ()


class Branches:
    """The trees of a claim's roots."""

    def __init__(self, found: Provenance) -> None:
        self._articles = {one.id: one.article for one in found.claim.appearances}
        self._place = {one.id: place for place, one in enumerate(found.claim.appearances)}
        self._inside: dict[str, list[str]] = defaultdict(list)
        for one in found.claim.appearances:
            self._inside[one.article].append(one.id)
        self._below: dict[str, list[Edge]] = defaultdict(list)
        for edge in sorted(found.edges, key=lambda edge: (self._place[edge.later], edge.earlier)):
            self._below[edge.earlier].append(edge)
        self._lost = _lost(found, self._articles)

    def twigs(self, root: Root) -> tuple[Twig, ...]:
        """The articles that hang on a root, each once, below the first that it rests on; in the order of time."""
        stated, wanted = set(root.stated), set(root.articles)
        near = self._below.get(root.id, ())
        first = [edge for edge in near if edge.later in stated or self._articles[edge.later] in wanted]
        return self._grown(first, wanted)

    def resting(self, root: Root) -> set[str]:
        """The appearances that rest on a root, directly or through others."""
        rests, waiting = set[str](), [*root.stated]
        while waiting:
            here = waiting.pop()
            if here not in rests:
                rests.add(here)
                waiting += [edge.later for edge in self._below.get(here, ())]
        return rests

    def _grown(self, first: Sequence[Edge], wanted: set[str]) -> tuple[Twig, ...]:
        """Breadth first, so that each article hangs as near to the root as it can; made from the last to the first."""
        taken, parents, order = set[str](), list[int](), list[Edge]()
        waiting = [(edge, -1) for edge in first]
        while waiting:
            later: list[tuple[Edge, int]] = []
            for edge, parent in waiting:
                article = self._articles[edge.later]
                if article in wanted and article not in taken:
                    taken.add(article)
                    order.append(edge)
                    parents.append(parent)
                    later += [(one, len(order) - 1) for one in self._on(article)]
            waiting = sorted(later, key=lambda pair: (pair[1], self._place[pair[0].later]))
        return self._made(order, parents)

    def _on(self, article: str) -> list[Edge]:
        """The edges from what rests on an article."""
        return [edge for here in self._inside[article] for edge in self._below.get(here, ())]

    def _made(self, order: Sequence[Edge], parents: Sequence[int]) -> tuple[Twig, ...]:
        children: dict[int, list[Twig]] = defaultdict(list)
        for number in range(len(order) - 1, -1, -1):
            article = self._articles[order[number].later]
            twig = Twig(article, order[number], tuple(reversed(children[number])), self._lost.get(article, ()))
            children[parents[number]].append(twig)
        return tuple(reversed(children[-1]))


def _lost(found: Provenance, articles: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """What fell away on the way into each article."""
    said: dict[str, dict[str, None]] = defaultdict(dict)
    for step in found.hardening:
        if articles[step.earlier] != articles[step.later]:
            said[articles[step.later]][step.lost] = None
    return {article: tuple(words) for article, words in said.items()}
