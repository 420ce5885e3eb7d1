"""Articles into a library: what is new of each, in one transaction for a batch."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from firsthand.library import originals, sqlite
from firsthand.library.keys import keys, library_id, own_id
from firsthand.library.records import Action, Original, Outcome
from firsthand.library.schema import article, change, known_as, original, version
from firsthand.library.users import user
from firsthand.model import Article, Failure

Sketched = Callable[[Connection, int, str], None]
"""Called with the `no` and the text of each version that is new, in the transaction that makes it."""

Result = Outcome | Failure

SURROGATE = "has half a surrogate pair in its text, which is no character"


@dataclass(frozen=True, slots=True)
class Incoming:
    """An article on its way in, with all that can be told before the library is locked."""

    article: Article
    original: Original
    id: str
    keys: tuple[str, ...]
    sha256: str
    size: int
    digest: str


def incoming(found: Article, bytes_: Original) -> Incoming | Failure:
    """The article with its keys and hashes; a Failure where its text cannot be written down."""
    try:
        digest = hashlib.sha256(found.text.encode()).hexdigest()
    except UnicodeEncodeError:
        return Failure(bytes_.origin, SURROGATE)
    sha256, size = originals.sha256(bytes_.stream)
    identity = library_id(found, digest)
    return Incoming(found, bytes_, identity, keys(found, bytes_.source), sha256, size, digest)


def add(connection: Connection, one: Incoming, sketched: Sketched | None = None) -> Outcome:
    """Add one article, or what is new of it, to what `connection` is about to commit."""
    number = _known(connection, one)
    if number is None:
        return _stored(connection, one, _new(connection, one), one.id, 1, sketched)
    identity, current = connection.execute(select(article.c.id, article.c.current).where(article.c.no == number)).one()
    there = _same(connection, number, one)
    if there:
        return Outcome("already there", identity, there)
    return _stored(connection, one, number, identity, current + 1, sketched)


def _known(connection: Connection, one: Incoming) -> int | None:
    """The article that this is, or is a version of: by its keys, its id, its bytes."""
    rows = connection.execute(select(known_as.c.key, known_as.c.article).where(known_as.c.key.in_(one.keys)))
    by_key = {row.key: row.article for row in rows}
    found: int | None = next((by_key[key] for key in one.keys if key in by_key), None)
    if found:
        return found
    by_id = connection.execute(select(article.c.no).where(article.c.id == one.id)).scalar()
    return by_id or (None if one.article.url else _by_bytes(connection, one))


def _by_bytes(connection: Connection, one: Incoming) -> int | None:
    """The same bytes with the same text, from wherever; one at an address of its own is another article."""
    joined = version.join(original, version.c.original == original.c.no)
    same = (original.c.sha256 == one.sha256, version.c.digest == one.digest)
    return connection.execute(select(version.c.article).select_from(joined).where(*same).limit(1)).scalar()


def _same(connection: Connection, number: int, one: Incoming) -> int | None:
    """The version of an article that has this text already, or was made of these bytes from this place."""
    joined = version.join(original, version.c.original == original.c.no)
    bytes_ = (original.c.sha256 == one.sha256) & (version.c.origin == _plain(one.original.origin))
    same = (version.c.article == number, (version.c.digest == one.digest) | bytes_)
    return connection.execute(
        select(version.c.number).select_from(joined).where(*same).order_by(version.c.number.desc()).limit(1)
    ).scalar()


def _new(connection: Connection, one: Incoming) -> int:
    made = connection.execute(insert(article), {"id": one.id, "current": 0, "dated": ""}).inserted_primary_key
    return int(made[0]) if made else 0


def _stored(
    connection: Connection, one: Incoming, number: int, identity: str, place: int, sketched: Sketched | None
) -> Outcome:
    """Write a version, and all that hangs on it."""
    now = moment(datetime.now(UTC))
    row = _row(one, now) | {"article": number, "number": place, "original": _original(connection, one, now)}
    made = connection.execute(insert(version), row).inserted_primary_key
    sqlite.index(connection, made[0] if made else 0)
    _point(connection, one, number, place, now)
    action: Action = "added" if place == 1 else "new version"
    log(connection, action, identity, place, one.sha256, _plain(one.original.origin) or "")
    if sketched and made:
        sketched(connection, made[0], one.article.text)
    return Outcome(action, identity, place)


def _original(connection: Connection, one: Incoming, now: str) -> int:
    row = {
        "sha256": one.sha256,
        "size": one.size,
        "media_type": one.original.media_type,
        "added": now,
        "origin": _plain(one.original.origin),
    }
    return originals.number_of(connection, one.sha256) or originals.keep(connection, one.original.stream, row)


def _row(one: Incoming, now: str) -> dict[str, Any]:
    """The columns of `version` that the article itself fills."""
    found = one.article
    return {
        "added": now,
        "fetched": moment(one.original.fetched) if one.original.fetched else None,
        "origin": _plain(one.original.origin),
        "own_id": _plain(own_id(found)),
        "title": _plain(found.title),
        "outlet": _plain(found.outlet),
        "byline": _plain(found.byline),
        "published": found.published.isoformat() if found.published else None,
        "modified": found.modified.isoformat() if found.modified else None,
        "language": _plain(found.language),
        "url": _plain(found.url),
        "links": json.dumps([(link.start, link.end, link.url) for link in found.links]),
        "media": json.dumps([(media.url, media.kind, media.caption) for media in found.media]),
        "digest": one.digest,
        "text": found.text,
    }


def _point(connection: Connection, one: Incoming, number: int, place: int, now: str) -> None:
    """Let the article be what its newest version is, and be known by its keys too."""
    dated = moment(one.article.published) if one.article.published else now
    outlet = (_plain(one.article.outlet) or "").casefold() or None
    values = {"current": place, "dated": dated, "outlet": outlet}
    connection.execute(update(article).where(article.c.no == number).values(values))
    known = set(connection.execute(select(known_as.c.key).where(known_as.c.key.in_(one.keys))).scalars())
    new = [{"key": key, "article": number} for key in one.keys if key not in known]
    if new:
        connection.execute(insert(known_as), new)


def log(connection: Connection, action: str, identity: str, number: int, sha256: str, origin: str) -> None:
    """Write a row of the log."""
    at = moment(datetime.now(UTC))
    row = {"at": at, "who": user(), "action": action, "id": identity, "number": number, "sha256": sha256}
    connection.execute(insert(change), row | {"origin": origin})


def moment(when: datetime) -> str:
    """A time as those are written that sort: UTC, milliseconds. One without a zone is taken for UTC."""
    try:
        zoned = (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:  # the first or the last day of all, in a zone far from UTC
        zoned = when.replace(tzinfo=UTC)
    return zoned.isoformat(timespec="milliseconds")


def _plain(text: str | None) -> str | None:
    r"""Text that can be written as UTF-8: a lone surrogate, as names of files may have, becomes \udc80."""
    return text.encode("utf-8", "backslashreplace").decode() if text else None


def added(connection: Connection, batch: Sequence[Incoming | Failure], sketched: Sketched | None) -> list[Result]:
    """What became of each, in order."""
    return [one if isinstance(one, Failure) else add(connection, one, sketched) for one in batch]
