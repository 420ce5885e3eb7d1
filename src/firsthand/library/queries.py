"""Articles out of a library: lists, single versions, the log of an article."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, case, func, select

from firsthand.library.incoming import moment, writable
from firsthand.library.records import Change, Entry, Filter, Stored
from firsthand.library.schema import article, change, original, version
from firsthand.model import Article, Link, MediaLink

BEGINNING = 400
"""Characters of a text that a list gets where there is no title: enough for a first line that is a headline."""

AT_ONCE, TEXTS_AT_ONCE = 500, 8
"""Rows that are fetched at one time: of a list; with their texts, of which one may take a hundred megabytes."""

_SHORT = (
    article.c.id,
    article.c.dated,
    article.c.current,
    *(version.c[name] for name in ("added", "title", "outlet", "published", "language", "url", "origin")),
    case((version.c.title.is_(None), func.substr(version.c.text, 1, BEGINNING)), else_="").label("beginning"),
)
_ORIGINAL = (original.c.sha256, original.c.size, original.c.media_type)


def entries(connection: Connection, wanted: Filter, limit: int | None = None) -> Iterator[Entry]:
    """The articles, newest first, as their newest versions are."""
    newest_first = _filtered(select(*_SHORT), wanted).order_by(article.c.dated.desc(), article.c.no.desc())
    for row in _streamed(connection, newest_first.limit(limit), AT_ONCE):
        yield entry(row)


def count(connection: Connection, wanted: Filter) -> int:
    """How many articles there are."""
    return connection.execute(select(func.count()).select_from(article).where(*conditions(wanted))).scalar_one()


def stored(connection: Connection, wanted: Filter, *, all_versions: bool = False) -> Iterator[Stored]:
    """The newest version of each article, or every version, in the order in which they were added."""
    joined = _with_original(all_versions=all_versions).where(*conditions(wanted))
    for row in _streamed(connection, joined.order_by(article.c.no, version.c.number), TEXTS_AT_ONCE):
        yield _stored(row)


def one(connection: Connection, identity: str, number: int | None) -> Stored | None:
    """A version of one article, the newest if `number` is None; None where it has no such version."""
    joined = _with_original(all_versions=number is not None).where(article.c.id == identity)
    row = connection.execute(joined.where(version.c.number == number) if number is not None else joined).one_or_none()
    return _stored(row) if row else None


def newest(connection: Connection, numbers: Collection[int]) -> list[tuple[int, Stored]]:
    """Of these versions, by their `no`, those that are their article's newest, in the order of their addition."""
    found = _with_original(all_versions=False).where(version.c.no.in_(numbers)).order_by(version.c.no)
    return [(row.no, _stored(row)) for row in connection.execute(found)]


def changes(connection: Connection, identity: str) -> list[Change]:
    """What the log says of one article, oldest first."""
    columns = (change.c[name] for name in ("at", "who", "action", "id", "number", "sha256", "origin"))
    rows = connection.execute(select(*columns).where(change.c.id == identity).order_by(change.c.no))
    return [Change(datetime.fromisoformat(row.at), *row[1:]) for row in rows]


def numbers_of(wanted: Filter) -> Select[Any] | None:
    """What gives the `no` of every version of the articles; None where all are wanted."""
    joined = version.join(article, version.c.article == article.c.no)
    found = conditions(wanted)
    return select(version.c.no).select_from(joined).where(*found) if found else None


def of_versions(connection: Connection, numbers: Collection[int]) -> dict[int, tuple[Entry, int]]:
    """The articles that have these versions, by their `no`, with their numbers."""
    held = version.alias()
    joined = _filtered(select(*_SHORT, held.c.no.label("held"), held.c.number), Filter())
    joined = joined.join(held, held.c.article == article.c.no).where(held.c.no.in_(numbers))
    return {row.held: (entry(row), row.number) for row in connection.execute(joined)}


def short_of(numbers: Collection[int]) -> Select[Any]:
    """What gives rows for `entry` of the articles with these `no`, and their `no`."""
    return _filtered(select(article.c.no, *_SHORT), Filter()).where(article.c.no.in_(numbers))


def entry(row: Row[Any]) -> Entry:
    """A row of a list."""
    return Entry(
        id=row.id,
        dated=datetime.fromisoformat(row.dated),
        added=datetime.fromisoformat(row.added),
        versions=row.current,
        title=row.title,
        outlet=row.outlet,
        published=_time(row.published),
        language=row.language,
        url=row.url,
        origin=row.origin,
        beginning=row.beginning,
    )


def conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    """What rows of `article` must meet."""
    found: list[ColumnElement[bool]] = []
    if outlet := writable(wanted.outlet):
        found.append(article.c.outlet.contains(outlet.casefold(), autoescape=True))
    if wanted.since:
        found.append(article.c.dated >= moment(wanted.since))
    if wanted.until:
        found.append(article.c.dated < moment(wanted.until))
    return found


def _filtered(columns: Select[Any], wanted: Filter) -> Select[Any]:
    """Over the newest version of each article."""
    newest = (version.c.article == article.c.no) & (version.c.number == article.c.current)
    return columns.select_from(article).join(version, newest).where(*conditions(wanted))


def _with_original(*, all_versions: bool) -> Select[Any]:
    versions_of = version.c.article == article.c.no
    wanted = versions_of if all_versions else versions_of & (version.c.number == article.c.current)
    joined = article.join(version, wanted).join(original, version.c.original == original.c.no)
    return select(article.c.id, article.c.current, version, *_ORIGINAL).select_from(joined)


def _streamed(connection: Connection, statement: Select[Any], at_once: int) -> Iterator[Row[Any]]:
    yield from connection.execute(statement, execution_options={"yield_per": at_once})


def _stored(row: Row[Any]) -> Stored:
    return Stored(
        article=_article(row),
        number=row.number,
        versions=row.current,
        added=datetime.fromisoformat(row.added),
        fetched=_time(row.fetched),
        own_id=row.own_id,
        sha256=row.sha256,
        size=row.size,
        media_type=row.media_type,
    )


def _article(row: Row[Any]) -> Article:
    return Article(
        id=row.id,
        text=row.text,
        title=row.title,
        outlet=row.outlet,
        byline=row.byline,
        published=_time(row.published),
        modified=_time(row.modified),
        language=row.language,
        url=row.url,
        links=tuple(Link(*link) for link in json.loads(row.links)),
        media=tuple(MediaLink(*shown) for shown in json.loads(row.media)),
        origin=row.origin,
    )


def _time(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
