"""What new articles did to the claims, worked out once they are joined: it is shown where they were handed in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from firsthand.claims import claim as claim_of
from firsthand.library import Library, effects
from firsthand.library.claims import Claims
from firsthand.library.effects import Joined, NewRoot, Range
from firsthand.model import Claim, Provenance
from firsthand.provenance import trace

AT_ONCE = 200
"""Articles whose effect is worked out together, and is then the effect of all of them."""

MOST_TRACED = 200
"""Claims that are traced for them; of those beyond, how many articles carry them is told, and no roots."""


def work_out(library: Library) -> Iterator[int]:
    """Work out what is to be told, and write it down; how many articles, some at a time. Raises LibraryError."""
    while count := _some(library):
        yield count


def _some(library: Library) -> int:
    with library.reading() as connection:
        new = effects.pending(connection, AT_ONCE)
        work = _Work(Claims(connection, library), set(new.values()))
        told = {number: work.joined(effects.carried_by(connection, number)) for number in new}
    if told:
        with library.writing() as connection:
            effects.keep(connection, told, work.roots)
    return len(told)


class _Work:
    """The claims as they are, and as they would be without the new articles; each is traced once."""

    def __init__(self, known: Claims, new: Collection[str]) -> None:
        self._known, self._new = known, new
        self._found: dict[str, Joined] = {}
        self._traced = 0
        self.roots: list[NewRoot] = []

    def joined(self, carried: Mapping[str, Collection[str]]) -> list[Joined]:
        """What an article did to each claim that it carries, given with the ids of all articles that carry it."""
        for claim, articles in carried.items():
            if claim not in self._found:
                self._found[claim] = self._judged(claim, articles)
        return [self._found[claim] for claim in carried]

    def _judged(self, name: str, articles: Collection[str]) -> Joined:
        before = len(set(articles) - set(self._new))
        if not before or self._traced >= MOST_TRACED:
            return Joined(name, before, len(articles))
        self._traced += 1
        return Joined(name, before, len(articles), self._ranges(name))

    def _ranges(self, name: str) -> tuple[Range, Range]:
        now = claim_of(self._known.shelf, name)
        then = replace(now, appearances=tuple(one for one in now.appearances if one.article not in self._new))
        after, before = self._trace(now), self._trace(then)
        self.roots += _new_roots(name, before, after, self._new)
        return _range(before), _range(after)

    def _trace(self, claim: Claim) -> Provenance:
        articles = {one.article for one in claim.appearances}
        return trace(claim, self._known.derivations(articles), self._known.texts(articles))


def _new_roots(claim: str, before: Provenance, after: Provenance, new: Collection[str]) -> Iterable[NewRoot]:
    """The roots that a new article brings, that is, that none had before it under this name."""
    known = {(root.kind, root.name.casefold()) for root in before.roots}
    for root in after.roots:
        if (root.kind, root.name.casefold()) not in known and root.first in new:
            yield NewRoot(claim, root.first, root.name, root.kind)


def _range(found: Provenance) -> Range:
    return found.corroboration.least, found.corroboration.most
