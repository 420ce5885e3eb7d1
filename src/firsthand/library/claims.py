"""Claims of a library, to be shown: found by id, by article, by words; with what was derived from what."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, func, select

from firsthand.errors import LibraryError
from firsthand.library import decisions, derivations, search, sqlite
from firsthand.library.decisions import Changed
from firsthand.library.packing import unpacked
from firsthand.library.schema import article, claim_change, node, statement, version
from firsthand.library.schema_summaries import stale, summary, summary_text
from firsthand.library.shelf import Remembered, Shelf
from firsthand.library.sqlite import each
from firsthand.library.store import Library
from firsthand.library.vectors import Neighbours
from firsthand.model import Appearance, Article, Derivation, Summary, folded, straight

MOST_VERSIONS = 2_000
"""Articles whose statements are looked through for words: those that hold the words best."""

MOST_TOLD = 5
"""Ids that are told where several begin as the one that is asked for."""

REMEMBERED = 1_000
"""Texts that stay in memory, for the next claim."""

_LAST = chr(sys.maxunicode)
_ROLES = ("headline", "lead", "attributed")
_OF_NODES = node.join(statement, statement.c.node == node.c.key)


@contextmanager
def claims_of(library: Library) -> Iterator[Claims]:
    """The claims as they are now, whatever others write meanwhile. Raises LibraryError."""
    with library.reading() as connection:
        yield Claims(connection, library)


class Claims:
    """The claims of a library as they were when it was asked. `shelf` is to be read only."""

    def __init__(self, connection: Connection, library: Library) -> None:
        self._connection = connection
        self.shelf = Shelf(connection, Neighbours(library.path), Remembered())
        self._derivations: dict[str, list[Derivation]] = {}
        self._texts: dict[str, str] = {}

    def count(self) -> int:
        """How many claims there are."""
        return self._connection.execute(select(func.count(node.c.claim.distinct()))).scalar_one()

    def most_carried(self, limit: int | None = None) -> list[str]:
        """Ids of claims, those that most articles carry first; of those, those that most outlets carry.

        As lists have it, by articles and outlets that support a claim; while some are still to be summed up, by all.
        """
        behind = select(stale.c.name).where(stale.c.what == "claim").limit(1)
        if self._connection.execute(behind).first() is None:
            summed = select(summary.c.claim).order_by(summary.c.articles.desc(), summary.c.outlets.desc())
            return list(self._connection.execute(summed.order_by(summary.c.claim).limit(limit)).scalars())
        return self._most_told(limit)

    def _most_told(self, limit: int | None) -> list[str]:
        articles = func.count(statement.c.version.distinct())
        outlets = func.count(func.coalesce(version.c.outlet, "").distinct())
        joined = _OF_NODES.join(version, version.c.no == statement.c.version)
        asked = select(node.c.claim).select_from(joined).group_by(node.c.claim)
        asked = asked.order_by(articles.desc(), outlets.desc(), node.c.claim).limit(limit)
        return list(self._connection.execute(asked).scalars())

    def named(self, name: str) -> str | None:
        """The claim with this id, or the only one whose id begins so; of one that was merged, what it is now.

        Raises LibraryError where several begin so.
        """
        found = self._beginning(node.c.claim, name)
        return found or self._merged(self._beginning(claim_change.c.other, name) or name)

    def once(self, name: str) -> str | None:
        """The id of a claim that there is or was, which this is or begins. Raises LibraryError where several do."""
        columns = node.c.claim, claim_change.c.claim, claim_change.c.other
        return next(filter(None, (self._beginning(column, name) for column in columns)), None)

    def of_article(self, identity: str) -> list[str]:
        """Ids of the claims that an article carries: its headline's, its lead's, then in the order of the text."""
        joined = _OF_NODES.join(version, version.c.no == statement.c.version)
        joined = joined.join(article, article.c.no == version.c.article)
        asked = select(node.c.claim, statement.c.record).select_from(joined).where(article.c.id == identity)
        found = [(unpacked(Appearance, row.record), row.claim) for row in self._connection.execute(asked)]
        found.sort(key=lambda pair: (_ROLES.index(pair[0].role), pair[0].spans))
        return list(dict.fromkeys(claim for _, claim in found))

    def saying(self, words: str) -> list[str]:
        """Ids of the claims with a statement that holds all of the words, those with most such statements first."""
        terms = search.terms(straight(words))
        ranked = sqlite.ranked(self._connection, sqlite.query_of(terms), None) if terms else ()
        versions = [number for _, (number, _) in zip(range(MOST_VERSIONS), ranked, strict=False)]
        wanted = [folded(term).strip("'") for term, _ in terms]
        rows = sqlite.rows(self._connection, _SAID, versions=versions)
        found = Counter(claim for claim, said in rows if _holds(said, wanted))
        return sorted(found, key=lambda claim: (-found[claim], claim))

    def derivations(self, identities: Collection[str]) -> list[Derivation]:
        """What these articles have their wording from."""
        missing = [identity for identity in identities if identity not in self._derivations]
        if missing:
            self._derivations |= derivations.of(self._connection, missing)
        return [one for identity in sorted(identities) for one in self._derivations[identity]]

    def texts(self, identities: Iterable[str]) -> dict[str, str]:
        """The newest texts of articles, by id."""
        wanted = list(identities)
        missing = [identity for identity in wanted if identity not in self._texts]
        if missing:
            self._texts |= dict(sqlite.rows(self._connection, _TEXTS, ids=missing))
        found = {identity: self._texts[identity] for identity in wanted if identity in self._texts}
        while len(self._texts) > REMEMBERED:
            self._texts.pop(next(iter(self._texts)))
        return found

    def articles(self, identities: Iterable[str]) -> dict[str, Article]:
        """The newest versions of articles, by id, without their links, media, and when they were modified."""
        rows = sqlite.rows(self._connection, _ARTICLES, ids=list(identities))
        return {row[0]: _article(row) for row in rows}

    def summaries(self, claims: Iterable[str]) -> dict[str, Summary]:
        """What lists show of claims, by id: of those that have been summed up. Without sayings and wordings."""
        rows = sqlite.rows(self._connection, _SUMMARIES, claims=list(claims))
        return {name: unpacked(Summary, record) for name, record in rows}

    def history(self, claim: str) -> list[Changed]:
        """What became of a claim, oldest first; also of one that is no more."""
        return decisions.history(self._connection, claim)

    def _beginning(self, column: Column[str], name: str) -> str | None:
        """The only id in a column that is this or begins so; itself where it is there, whatever else begins so."""
        if not name:
            return None
        begins = column.between(name, name + _LAST)  # not LIKE, which reads all of the index
        found = self._connection.execute(select(column).where(begins).distinct().order_by(column).limit(MOST_TOLD + 1))
        several = list(found.scalars())
        if len(several) > 1 and several[0] != name:
            more = " and more" if len(several) > MOST_TOLD else ""
            told = ", ".join(several[:MOST_TOLD])
            raise LibraryError(f"{name}: several claims have an id that begins so: {told}{more}; give more of it")
        return several[0] if several else None

    def _merged(self, name: str) -> str | None:
        """What a claim that is no more was merged into, as far as that is still there."""
        seen = {name}
        while name:
            heir = select(claim_change.c.claim).where(claim_change.c.other == name, claim_change.c.kind == "merged")
            name = self._connection.execute(heir.order_by(claim_change.c.no.desc()).limit(1)).scalar() or ""
            if name in seen:
                return None
            if self.shelf.members(name):
                return name
            seen.add(name)
        return None


_SAID = (
    select(node.c.claim, statement.c.full)
    .select_from(_OF_NODES)
    .where(statement.c.version.in_(select(each("versions").c.value)))
)
_NEWEST = (version.c.article == article.c.no) & (version.c.number == article.c.current)
_WANTED = article.c.id.in_(select(each("ids").c.value))
_TEXTS = select(article.c.id, version.c.text).join(version, _NEWEST).where(_WANTED)
_FIELDS = ("text", "title", "outlet", "byline", "published", "language", "url")
_ARTICLES = select(article.c.id, *(version.c[name] for name in _FIELDS)).join(version, _NEWEST).where(_WANTED)


_SUMMARIES = (
    select(summary.c.claim, summary_text.c.record)
    .join(summary_text, summary_text.c.no == summary.c.no)
    .where(summary.c.claim.in_(select(each("claims").c.value)))
)


def _article(row: tuple[Any, ...]) -> Article:
    identity, text, title, outlet, byline, published, language, url = row
    when = datetime.fromisoformat(published) if published else None
    return Article(identity, text, title, outlet, byline, when, language=language, url=url)


def _holds(said: str, wanted: Iterable[str]) -> bool:
    said = folded(said)
    return all(term in said for term in wanted)
