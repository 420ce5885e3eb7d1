"""A claim by its id, with what it rests on, the articles that tell of it, and the claims beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from firsthand.claims import claim as claim_of
from firsthand.deciding import digest
from firsthand.library import Library
from firsthand.library.claims import Claims, claims_of
from firsthand.library.decisions import Changed
from firsthand.model import Article, Claim, Provenance
from firsthand.provenance import trace
from firsthand.share.trace_words import Names


@dataclass(frozen=True, slots=True)
class Found:
    """A claim as it was when it was asked for.

    known: its articles by id, and names: what to call them. others: the texts of the claims beside it. history: what
    became of it, oldest first.
    """

    provenance: Provenance
    known: Mapping[str, Article]
    names: Names
    others: Mapping[str, str]
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
    claim = claim_of(known.shelf, name)
    identities = {one.article for one in claim.appearances}
    articles = known.articles(identities)
    texts = {identity: article.text for identity, article in articles.items()}
    provenance = trace(claim, known.derivations(identities), texts)
    others = {link.claim: claim_of(known.shelf, link.claim).text for link in claim.links}
    return Found(provenance, articles, Names(provenance, articles), others, tuple(known.history(name)))
