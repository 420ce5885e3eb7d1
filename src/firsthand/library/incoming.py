"""An article on its way in: all that can be told of it before the library is locked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO

from firsthand.library.keys import keys, library_id, own_id
from firsthand.library.records import Original
from firsthand.model import Article, Failure

Hashed = Callable[[BinaryIO], tuple[str, int]]
"""Gives the SHA-256 of a stream, in hexadecimal digits, and its bytes."""

SURROGATE = "has half a surrogate pair in its text, which is no character"


@dataclass(frozen=True, slots=True)
class Incoming:
    """An article with the id it gets if it is new, the keys it is known by, and the SHA-256 of bytes and text."""

    article: Article
    original: Original
    origin: str
    id: str
    keys: tuple[str, ...]
    sha256: str
    size: int
    digest: str


def incoming(found: Article, original: Original, hashed: Hashed) -> Incoming | Failure:
    """The article with its keys and hashes, its bytes' by `hashed`; a Failure where its text cannot be written."""
    origin = writable(original.origin) or ""
    try:
        digest = hashlib.sha256(found.text.encode()).hexdigest()
    except UnicodeEncodeError:
        return Failure(origin, SURROGATE)
    sha256, size = hashed(original.stream)
    identity = library_id(found, digest)
    return Incoming(found, original, origin, identity, keys(found, original.source), sha256, size, digest)


def version_row(one: Incoming, now: str) -> dict[str, Any]:
    """The columns of `version` that the article itself fills."""
    found = one.article
    short = {name: writable(getattr(found, name)) for name in ("title", "outlet", "byline", "language", "url")}
    return short | {
        "added": now,
        "fetched": moment(one.original.fetched) if one.original.fetched else None,
        "origin": one.origin,
        "own_id": writable(own_id(found)),
        "published": found.published.isoformat() if found.published else None,
        "modified": found.modified.isoformat() if found.modified else None,
        "links": json.dumps([(link.start, link.end, link.url) for link in found.links]),
        "media": json.dumps([(media.url, media.kind, media.caption) for media in found.media]),
        "digest": one.digest,
        "text": found.text,
    }


def original_row(one: Incoming, now: str) -> dict[str, Any]:
    """The columns of `original`."""
    media_type = one.original.media_type
    return {"sha256": one.sha256, "size": one.size, "media_type": media_type, "added": now, "origin": one.origin}


def article_row(one: Incoming, now: str) -> dict[str, Any]:
    """The columns of `article` that its newest version fills."""
    known = one.article.published or one.original.fetched
    outlet = (writable(one.article.outlet) or "").casefold() or None
    return {"dated": moment(known) if known else now, "outlet": outlet}


def moment(when: datetime) -> str:
    """A time as those are written that sort: UTC, milliseconds. One without a zone is taken for UTC."""
    try:
        zoned = (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:  # the first or the last day of all, in a zone far from UTC
        zoned = when.replace(tzinfo=UTC)
    return zoned.isoformat(timespec="milliseconds")


def writable(text: str | None) -> str | None:
    r"""Text that can be written as UTF-8: a lone surrogate, as names of files may have, becomes \udc80."""
    return text.encode("utf-8", "backslashreplace").decode() if text else None
