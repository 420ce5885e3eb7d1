"""A claim by its id, with what it rests on, the articles that tell of it, and the claims beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from firsthand import pipeline
from firsthand.deciding import digest
from firsthand.library import Library
from firsthand.library.claims import Claims, claims_of
from firsthand.library.decisions import Changed
from firsthand.model import Article, Claim, Derivation, Provenance
from firsthand.provenance import trace
from firsthand.share.trace_words import Names
from firsthand.web.plants import of_articles, roots

REMEMBERED = 16
"""Claims of which is kept what they rest on; one in 400 articles takes 5.4 MB, measured."""


@dataclass(frozen=True, slots=True)
class Other:
    """A claim beside another: its words, and what it rests on, "" where that is not summed up yet."""

    text: str
    rests: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A claim as it was when it was asked for.

    known: its articles by id, and names: what to call them. others: the claims beside it, by id. history: what
    became of it, oldest first.
    """

    provenance: Provenance
    known: Mapping[str, Article]
    names: Names
    others: Mapping[str, Other]
    history: tuple[Changed, ...]

    @property
    def claim(self) -> Claim:
        """Its statements and links."""
        return self.provenance.claim

    @property
    def seen(self) -> str:
        """What a decision is told that it was made from: see `deciding`."""
        return digest(self.claim)


@dataclass(frozen=True, slots=True)
class Gone:
    """A claim of which nothing is left. `history` as of `Found`."""

    id: str
    history: tuple[Changed, ...]


def found(library: Library, name: str) -> Found | Gone | None:
    """The claim with this id, or the only one that begins so; None where there never was one.

    Of one that was merged, what it is now. Raises LibraryError where several begin so.
    """
    with claims_of(library) as known:
        now = known.named(name)
        if now is not None:
            return _traced(known, now)
        once = known.once(name)
        return Gone(once, tuple(known.history(once))) if once else None


def _traced(known: Claims, name: str) -> Found:
    claim = pipeline.linked(known.shelf, name)
    identities = {one.article for one in claim.appearances}
    articles = known.articles(identities)
    texts = tuple((identity, article.text) for identity, article in sorted(articles.items()))
    provenance = _resting(claim, tuple(known.derivations(identities)), texts)
    others = dict(_others(known, [link.claim for link in claim.links]))
    return Found(provenance, articles, Names(provenance, articles), others, tuple(known.history(name)))


@lru_cache(maxsize=REMEMBERED)
def _resting(claim: Claim, derivations: tuple[Derivation, ...], texts: tuple[tuple[str, str], ...]) -> Provenance:
    """What a claim rests on: of one in 400 articles it takes long, and a page is asked for again to open a bundle."""
    return trace(claim, derivations, dict(texts))


def _others(known: Claims, names: Sequence[str]) -> Iterator[tuple[str, Other]]:
    """Claims as lists show them; of one that is not summed up yet the words of its first statement."""
    summed = known.summaries(names)
    for name in names:
        if found := summed.get(name):
            yield name, Other(found.text, f"{of_articles(found.articles)}, {roots(found)}")
        elif nodes := known.shelf.nodes(known.shelf.members(name)):
            yield name, Other(min(nodes.values(), key=lambda node: node.rank).head.appearance.text)
