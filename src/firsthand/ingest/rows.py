"""A table's row -> Article. Columns are found by name, with the names that other tools give them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from firsthand.config import Settings
from firsthand.errors import InputError
from firsthand.ingest.language import code_of
from firsthand.ingest.records import content_id, finished
from firsthand.ingest.times import moment
from firsthand.model import Article

ALIASES = {
    "id": ("id", "_id", "articleid", "docid", "documentid", "uid", "uuid", "guid", "identifier"),
    "text": ("text", "articletext", "fulltext", "maintext", "body", "articlebody", "content", "article", "story"),
    "title": ("title", "headline", "articletitle", "heading"),
    "outlet": ("outlet", "publisher", "publication", "newspaper", "source", "sourcename", "sitename", "site", "domain"),
    "url": ("url", "link", "uri", "articleurl", "sourceurl", "canonicalurl", "permalink"),
    "published": ("published", "publishedat", "datepublished", "publishdate", "publicationdate", "pubdate", "date"),
    "fetched": ("fetched", "fetchedat", "crawled", "crawledat", "retrieved", "retrievedat"),
    "byline": ("byline", "author", "authors"),
    "modified": ("modified", "datemodified", "updated", "updatedat", "modifiedat"),
    "language": ("language", "lang", "inlanguage"),
}
"""Field -> column names that may carry it, best first, without case, spaces, "_" and "-"."""

_SEPARATORS = re.compile(r"[\s_\-.]+")
_SURROGATES = re.compile("[\ud800-\udfff]")


Columns = Mapping[str, tuple[str, ...]]
"""Field -> the columns that may carry it, best first."""


def columns(names: Iterable[object]) -> Columns:
    """The columns that may carry each field, for the fields that have one; of one name, the exact letters first."""
    known = [name for name in names if isinstance(name, str)]
    named: dict[str, list[str]] = {}
    for name in known:
        named.setdefault(_SEPARATORS.sub("", name).casefold() or name, []).append(name)
    found = {
        field: tuple(name for alias in aliases for name in sorted(named.get(alias, ()), key=lambda name: name != alias))
        for field, aliases in ALIASES.items()
    }
    return {field: carriers for field, carriers in found.items() if carriers}


def value(row: Mapping[str, Any], carriers: Iterable[str]) -> Any:
    """What the first of the columns that is not empty says; where all are, what the last says."""
    said = None
    for name in carriers:
        said = row.get(name)
        if said not in (None, ""):
            break
    return said


def article(row: Mapping[str, Any], fields: Columns, origin: str, settings: Settings) -> Article:
    """The article of one row; its text stays exactly as it is. Raises InputError naming the row."""
    values = {field: value(row, carriers) for field, carriers in fields.items()}
    found = Article(
        id=_id(values.get("id"), origin),
        text=_text(values.get("text"), origin),
        title=_words(values.get("title")),
        outlet=_words(values.get("outlet")),
        byline=_words(values.get("byline")),
        published=_moment(values.get("published")),
        modified=_moment(values.get("modified")),
        language=code_of(_words(values.get("language"))),
        url=_words(values.get("url")),
        origin=origin,
    )
    return finished(found, settings.max_characters)


def bare(row: Mapping[str, Any], fields: Columns, origin: str) -> Article:
    """As `article`, of what comparing takes: id, text, title, outlet, when it was published, else fetched."""

    def said(field: str) -> Any:
        return value(row, fields.get(field, ()))

    text, published = _text(said("text"), origin), _moment(said("published")) or _moment(said("fetched"))
    if not text or text.isspace():
        raise InputError(origin, "is empty")
    title, outlet = _words(said("title")), _words(said("outlet"))
    found = Article(_id(said("id"), origin), text, title, outlet, published=published, origin=origin)
    return found if found.id else replace(found, id=content_id(found))


def fetched(row: Mapping[str, Any]) -> datetime | None:
    """When a row says that its article was fetched."""
    return _moment(value(row, columns(row).get("fetched", ())))


def _text(value: object, origin: str) -> str:
    if not isinstance(value, str):
        raise InputError(origin, "has no text" if value is None else f"its text is no string ({type(value).__name__})")
    try:
        value.encode()  # ten times as quick as looking for them
    except UnicodeEncodeError:
        raise InputError(origin, "has half a surrogate pair in its text, which is no character") from None
    return value


def _id(value: object, origin: str) -> str:
    if not isinstance(value, str) and isinstance(value, bool | list | Mapping):
        raise InputError(origin, f"its id is no string or number ({type(value).__name__})")
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # how tables with gaps in a column of numbers are written
    if not isinstance(value, str | int):
        return ""
    if _SURROGATES.search(str(value)):
        raise InputError(origin, "has half a surrogate pair in its id, which is no character")
    return str(value)


def _words(value: object) -> str | None:
    """A short field for people; of a list (authors) all, of an object (a publisher) its name."""
    if isinstance(value, str):  # first: most are, and asking for a Mapping takes long
        return _SURROGATES.sub("\ufffd", value.strip()) or None
    if isinstance(value, Mapping):
        return _words(value.get("name"))
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(_words, value))) or None
    return None


def _moment(value: object) -> datetime | None:
    if isinstance(value, date):  # a datetime is one too
        return moment(value.isoformat())
    return moment(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
