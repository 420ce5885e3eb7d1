"""The archive of media: files with who added them and when, and what is made of each to compare others with it.

The bytes are files beside the library: `media_files`. A file is known by the SHA-256 of its bytes.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, ScalarSelect, Select, and_, func, select

from firsthand.errors import LibraryError
from firsthand.library import sqlite
from firsthand.library.actions import log_action
from firsthand.library.incoming import moment, writable
from firsthand.library.packing import squeezed, unsqueezed
from firsthand.library.schema_media import media, media_added, media_made
from firsthand.model import Claimed, KeptMedia, MediaFile, Metadata

Kind = Literal["metadata", "pictures", "sound", "deep"]
"""What is made of a file; bytes for all but `metadata` are the maker's own."""

LONGEST_NAME, LONGEST_OUTLET, LONGEST_ORIGIN = 255, 200, 2_000
"""Characters that are kept of what a file is called, whose it is said to be, and where it is said to be from."""

LONGEST_TIME, LONGEST_PLACE = 64, 200
"""Characters that are kept of when and where it is said to be taken."""

NOTHING_CLAIMED = Claimed()

MOST_OF_OUTLET = 500
"""Files of an outlet that say what its files look like: the latest added. A choice."""


@dataclass(frozen=True, slots=True)
class Held:
    """Of how many files there is what a maker made, the number of the last of them, and when the last was made."""

    maker: str
    files: int
    last: int | None
    at: str | None


def add(
    connection: Connection,
    file: MediaFile,
    who: str,
    outlet: str | None = None,
    origin: str | None = None,
    claimed: Claimed = NOTHING_CLAIMED,
) -> bool:
    """Write down that a file is added, whose bytes are kept; whether it was not there before.

    who: `Person.name`, or the operating system's user. One that is there gets another row in the log of additions;
    its outlet, its origin and what is claimed of it are the last that were named.
    """
    there = number_of(connection, file.sha256) is not None
    if not there:
        sqlite.put(connection, media, {"sha256": file.sha256, "size": file.size, "media_type": file.media_type})
    said = {"outlet": _short(outlet, LONGEST_OUTLET), "origin": _short(origin, LONGEST_ORIGIN)}
    said |= {"claimed_time": _short(claimed.time, LONGEST_TIME), "claimed_place": _short(claimed.place, LONGEST_PLACE)}
    name = _short(file.name, LONGEST_NAME) or "without a name"
    row = {"at": now(), "who": writable(who) or "", "sha256": file.sha256, "name": name, **said}
    sqlite.put(connection, media_added, row)
    log_action(connection, who, "media added again" if there else "media added", file.sha256, name)
    return not there


def number_of(connection: Connection, sha256: str) -> int | None:
    """By what number the archive has a file; None where it has not."""
    return connection.execute(select(media.c.no).where(media.c.sha256 == sha256)).scalar_one_or_none()


def kept(connection: Connection, sha256: str) -> KeptMedia | None:
    """A file of the archive, as it was first added; None where it is not there."""
    row = connection.execute(_kept().where(media.c.sha256 == sha256)).one_or_none()
    return _record(row) if row else None


def every(
    connection: Connection, outlet: str | None = None, limit: int | None = None, skip: int = 0
) -> Iterator[KeptMedia]:
    """The files of the archive, those first that were added last; of one outlet, whatever the case of its name."""
    asked = _kept().order_by(media.c.no.desc())
    if outlet is not None:
        asked = asked.where(_last("outlet").in_(_spellings(connection, outlet)))
    yield from map(_record, connection.execute(asked.limit(limit).offset(skip)))


def count(connection: Connection, but: str | None = None) -> int:
    """How many files the archive has, without that of the SHA-256 `but`."""
    asked = select(func.count()).select_from(media).where(media.c.sha256 != (but or ""))
    return int(connection.execute(asked).scalar_one())


def additions(connection: Connection, sha256: str) -> list[KeptMedia]:
    """Every addition of a file, oldest first, each as it was said then."""
    asked = select(media_added, media.c.size, media.c.media_type).join(media, media.c.sha256 == media_added.c.sha256)
    rows = connection.execute(asked.where(media_added.c.sha256 == sha256).order_by(media_added.c.no))
    return [KeptMedia(_file(row), row.at, row.who, row.outlet, row.origin, None, _claimed(row)) for row in rows]


def named(connection: Connection, name: str) -> str:
    """The SHA-256 of the file with this one, or a beginning of it that no other has. Raises LibraryError."""
    wanted = name.lower()
    asked = select(media.c.sha256).where(media.c.sha256.startswith(wanted, autoescape=True)).limit(2)
    found = list(connection.execute(asked).scalars()) if len(wanted) >= 4 else []
    if len(found) != 1:
        what = "several files of the archive begin so" if found else "the archive has no file with this SHA-256"
        raise LibraryError(f"{name}: {what}; `firsthand media list` shows them")
    return str(found[0])


def record(connection: Connection, sha256: str, kind: Kind, maker: str, made: bytes = b"", cause: str = "") -> None:
    """Write down what was made of a file, or why it could not be; in place of what an older maker made.

    Raises LibraryError where the archive has no such file.
    """
    number = number_of(connection, sha256)
    if number is None:
        raise LibraryError(f"{sha256}: the archive has no file with this SHA-256")
    told = {"maker": maker, "at": now(), "cause": writable(cause[:LONGEST_ORIGIN]) or "", "bytes": made}
    sqlite.keep_all(connection, media_made, [{"media": number, "kind": kind, **told}])


def behind(connection: Connection, kind: Kind, maker: str) -> list[str]:
    """The files, by their SHA-256, of which this maker has made nothing, nor told why it could not."""
    made = and_(media_made.c.media == media.c.no, media_made.c.kind == kind, media_made.c.maker == maker)
    asked = select(media.c.sha256).outerjoin(media_made, made).where(media_made.c.media.is_(None))
    return list(connection.execute(asked.order_by(media.c.no)).scalars())


def prints(connection: Connection, kind: Kind, maker: str, but: str | None = None) -> Iterator[tuple[str, bytes]]:
    """What this maker made of each file, by its SHA-256, as a stream; without that of the SHA-256 `but`."""
    asked = select(media.c.sha256, media_made.c.bytes).join(media_made, media_made.c.media == media.c.no)
    made = asked.where(media_made.c.kind == kind, media_made.c.maker == maker, media_made.c.cause == "")
    rows = connection.execution_options(yield_per=8).execute(made.where(media.c.sha256 != (but or "")))
    yield from ((row.sha256, row.bytes) for row in rows)


def held(connection: Connection, kind: Kind, maker: str) -> Held:
    """What the archive holds that this maker made; it differs whenever `prints` would."""
    columns = func.count(), func.max(media_made.c.media), func.max(media_made.c.at)
    asked = select(*columns).where(media_made.c.kind == kind, media_made.c.maker == maker, media_made.c.cause == "")
    return Held(maker, *connection.execute(asked).one())


def causes(connection: Connection, sha256: str) -> list[tuple[Kind, str]]:
    """What could not be made of a file, and why."""
    asked = select(media_made.c.kind, media_made.c.cause).join(media, media_made.c.media == media.c.no)
    found = asked.where(media.c.sha256 == sha256, media_made.c.cause != "").order_by(media_made.c.kind)
    return [(row.kind, row.cause) for row in connection.execute(found)]


def packed(metadata: Metadata) -> bytes:
    """As `record` takes it."""
    return squeezed(metadata)


def of_outlet(connection: Connection, outlet: str, but: str | None = None) -> Sequence[tuple[Metadata, Claimed]]:
    """What the files of an outlet say of themselves, with what is claimed of each; the latest added first.

    Without that of the SHA-256 `but`.
    """
    found = every(connection, outlet, MOST_OF_OUTLET + 1)
    others = [(one.metadata, one.claimed) for one in found if one.file.sha256 != but and one.metadata]
    return others[:MOST_OF_OUTLET]


def now() -> str:
    """What time it is, as times are written that sort."""
    return moment(datetime.now(UTC))


def _kept() -> Select[Any]:
    """Each file with its first addition, what was said of it last, and its metadata."""
    again = media_added.alias()
    first = select(func.min(again.c.no)).where(again.c.sha256 == media.c.sha256).scalar_subquery()
    added = and_(media_added.c.sha256 == media.c.sha256, media_added.c.no == first)
    read = and_(media_made.c.media == media.c.no, media_made.c.kind == "metadata", media_made.c.cause == "")
    columns = media_added.c.at, media_added.c.who, media_added.c.name, media_made.c.bytes
    said = (_last(name).label(name) for name in ("outlet", "origin", "claimed_time", "claimed_place"))
    rows = media.join(media_added, added).outerjoin(media_made, read)
    return select(media, *columns, *said).select_from(rows)


def _last(which: str) -> ScalarSelect[Any]:
    """The outlet, the origin, or what is claimed of a file, that was named last."""
    later = media_added.alias()
    column = later.c[which]
    found = select(column).where(later.c.sha256 == media.c.sha256, column.is_not(None))
    return found.order_by(later.c.no.desc()).limit(1).scalar_subquery()


def _spellings(connection: Connection, outlet: str) -> list[str]:
    """How the name of an outlet is written in the log of additions."""
    known = connection.execute(select(media_added.c.outlet).distinct().where(media_added.c.outlet.is_not(None)))
    return [name for name in known.scalars() if name.casefold() == " ".join(outlet.split()).casefold()]


def _record(row: Row[Any]) -> KeptMedia:
    metadata = _metadata(row.bytes) if row.bytes else None
    return KeptMedia(_file(row), row.at, row.who, row.outlet, row.origin, metadata, _claimed(row))


def _claimed(row: Row[Any]) -> Claimed:
    return Claimed(row.claimed_time, row.claimed_place)


def _file(row: Row[Any]) -> MediaFile:
    return MediaFile(row.sha256, row.name, row.size, row.media_type)


def _metadata(written: bytes) -> Metadata | None:
    """None where it is damaged, or of another Firsthand: it can be made again."""
    try:
        return unsqueezed(Metadata, written)
    except (zlib.error, json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError, ValueError):
        return None


def _short(text: str | None, longest: int) -> str | None:
    """On one line, and no longer than this; None for nothing."""
    return writable(" ".join((text or "").split())[:longest]) or None
