"""Which articles share wording, and which has it from which. Pure: no database, no files, no printing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from firsthand.model import Alignment, Article, Derivation
from firsthand.reuse.fingerprints import sketch
from firsthand.reuse.folding import fold

__all__ = ["SharedQuotation", "align", "copies", "derivations", "sketch"]


@dataclass(frozen=True, slots=True)
class SharedQuotation:
    """Two articles whose only shared wording is a quotation: `passages` are of kind "quotation"."""

    earlier: str
    later: str
    passages: tuple[Alignment, ...]


def never(_: Article) -> bool:
    """No article credits an agency."""
    return False


def align(earlier: str, later: str) -> tuple[Alignment, ...]:
    """The stretches that two texts share, in the later's order; those that are all quotation are of that kind."""
    from difflib import SequenceMatcher

    left, right = fold(earlier), fold(later)
    blocks = SequenceMatcher(None, left.words.tolist(), right.words.tolist(), autojunk=False).get_matching_blocks()
    return tuple(
        Alignment(
            (int(left.starts[i]), int(left.ends[i + n - 1])),
            (int(right.starts[j]), int(right.ends[j + n - 1])),
            "quotation" if all(right.flags[j : j + n] & 1) else "shared",
        )
        for i, j, n in blocks
        if n >= 5
    )


def copies(articles: Iterable[Article], credited: Callable[[Article], bool] = never) -> Iterator[Derivation]:
    """Each article's direct parents among the others, of the set, in the order of the set."""
    before: list[Article] = []
    for article in articles:
        yield from derivations(article, before, credited=credited)
        before.append(article)


def derivations(
    article: Article,
    candidates: Sequence[Article],
    boilerplate: Collection[int] = frozenset(),
    credited: Callable[[Article], bool] = never,
) -> tuple[Derivation, ...]:
    """What `article` and `candidates` have from one another, with `article` on one side.

    `boilerplate` are fingerprints (of `sketch`) that are known to be its outlet's boilerplate.
    """
    found = ((candidate, align(candidate.text, article.text)) for candidate in candidates)
    return tuple(
        Derivation(candidate.id, article.id, "copy", 1.0, "undetermined", passages, candidate.id, "shared wording")
        for candidate, passages in found
        if passages
    )
