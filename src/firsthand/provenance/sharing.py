"""The words by which an article says that what a service or a state knows is another's too."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from firsthand.model import Appearance, Span

from .grounds import Ground
from .lexicons import lines

NEAR_BY = 400
"""Characters before and behind a statement in which such words are looked for: about the sentences on either side. A
choice, not fitted to data."""

# Not behind "U.S." and other initials.
_END = re.compile(r"(?<!\b[A-Z])[.!?][\"”’)]?\s|\n")


class NearBy:
    """Looks in statements, and in the sentences around them. `texts`: of articles by id, as far as they are at hand."""

    def __init__(self, grounds: Sequence[Ground], texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._placed: dict[str, dict[Span, set[str]]] = defaultdict(lambda: defaultdict(set))
        for ground in grounds:
            for leaf, _ in ground.voices:
                self._placed[leaf.appearance.article][_ends(leaf.appearance)].add(ground.root.id)

    def words(self, ground: Ground) -> str | None:
        """The words that say that a root shares what it knows; None where none are said of it.

        A sentence is said of whose statement is nearest to it: what one service says binds nobody else in the article.
        """
        found = (words for leaf, _ in ground.voices for words in self._of(leaf.appearance, ground.root.id))
        return next(found, None)

    def _of(self, one: Appearance, root: str) -> Iterator[str]:
        yield from _shared(one.text)
        text, (start, end) = self._texts.get(one.article, ""), _ends(one)
        for sentence in _sentences(text, max(0, start - NEAR_BY), min(len(text), end + NEAR_BY)):
            for words in _shared(text[slice(*sentence)]):
                if root in self._nearest(one.article, sentence):
                    yield words

    def _nearest(self, article: str, sentence: Span) -> set[str]:
        """The ids of the roots whose statement in an article is nearest to a sentence."""
        placed = self._placed[article]
        least = min(_gap(span, sentence) for span in placed)
        return set[str]().union(*(roots for span, roots in placed.items() if _gap(span, sentence) == least))


def _ends(one: Appearance) -> Span:
    return one.spans[0][0], one.spans[-1][1]


def _gap(one: Span, other: Span) -> int:
    """Characters between two spans; 0 where they meet."""
    return max(0, other[0] - one[1], one[0] - other[1])


def _sentences(text: str, start: int, stop: int) -> Iterator[Span]:
    for match in _END.finditer(text, start, stop):
        yield start, match.end()
        start = match.end()
    yield start, stop


def _shared(text: str) -> Iterator[str]:
    """The phrases of the list in a text; of one that needs another word beside it, the phrase alone."""
    told = f" {' '.join(text.lower().split())}"
    for phrase, beside in _phrases():
        if phrase in told and all(word in told for word in beside):
            yield phrase[1:]


@cache
def _phrases() -> tuple[tuple[str, tuple[str, ...]], ...]:
    parts = (f" {line}".split(" & ") for line in lines("sharing"))
    return tuple((phrase, tuple(beside)) for phrase, *beside in parts)
