"""Which paragraphs of an article have their wording from another article, or are in others: what its rails show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from firsthand.library.showing import Related, Shown
from firsthand.model import Span
from firsthand.web.reading_marks import Paragraph

WHOLE = 0.9
"""The share of a paragraph from which its rail is drawn as a whole line; less is a broken one. Set by thought."""

SOME = 0.1
"""The share of a paragraph that has to be another's wording for it to have a rail at all: a word or two is none."""

NAMED = 2
"""Articles that one label names; how many more there are is said."""


@dataclass(frozen=True, slots=True)
class Rail:
    """What one paragraph has from others: `whole` tells whether nearly all of it.

    `begins` where the paragraph before has not the same: then it has a label, which names `earlier` and `either` (what
    shares wording with it, and nothing tells which was first), and says how many `later` there are.
    """

    earlier: tuple[Related, ...]
    either: tuple[Related, ...]
    later: tuple[Related, ...]
    whole: bool
    begins: bool

    @property
    def kind(self) -> str:
        """Which line is drawn: "from" another's, or "in" others."""
        return "from" if self.earlier else "either" if self.either else "in"


def rails(shown: Shown, paragraphs: Sequence[Paragraph]) -> Iterator[Rail | None]:
    """The rail of each paragraph, None where it has none."""
    before: tuple[object, ...] = ()
    identity = shown.stored.article.id
    sides = shown.earlier, shown.either, shown.later
    for paragraph in paragraphs:
        earlier, either, later = (
            tuple(one for one in side if _share(one, identity, paragraph.span) > SOME) for side in sides
        )
        here = (*earlier, *either, *later)
        if not here:
            before = ()
            yield None
            continue
        whole = max(_share(one, identity, paragraph.span) for one in here) >= WHOLE
        ids = tuple(one.other.id for one in here)
        yield Rail(earlier, either, later, whole=whole, begins=ids != before)
        before = ids


def _share(one: Related, identity: str, span: Span) -> float:
    """How much of a stretch of an article the passages that it shares with another cover, 0 to 1."""
    covered = sum(max(0, min(end, span[1]) - max(start, span[0])) for start, end in _merged(_own(one, identity)))
    return covered / max(1, span[1] - span[0])


def _own(one: Related, identity: str) -> Iterator[Span]:
    side = "later" if one.derivation.later == identity else "earlier"
    return (getattr(passage, side) for passage in one.derivation.passages)


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    reached = 0
    for start, end in sorted(spans):
        yield max(start, reached), max(end, reached)
        reached = max(reached, end)
