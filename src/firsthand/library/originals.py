"""The bytes that articles were read from: kept once each, by their SHA-256, in compressed pieces."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from sqlalchemy import Connection, delete, exists, select

from firsthand.errors import LibraryError
from firsthand.library import sqlite
from firsthand.library.schema import original, piece, version
from firsthand.library.sqlite import each

PIECE = 2**20
"""Bytes of a piece before it is compressed."""

MOST_WAITING = 8 * PIECE
"""Bytes that wait to be written at one time."""

Content = tuple[BinaryIO, dict[str, Any]]
"""The bytes of an original, and its row."""

LEVEL = 1
"""Of zlib. On pages of news it keeps a fifth to a quarter of the bytes, at some 100 MB a second."""

_NUMBERS = select(original.c.sha256, original.c.no).where(original.c.sha256.in_(select(each("digests").c.value)))


def sha256(stream: BinaryIO) -> tuple[str, int]:
    """The SHA-256 of a whole stream, in hexadecimal digits, and its bytes."""
    digest, size = hashlib.sha256(), 0
    for part in _parts(stream):
        digest.update(part)
        size += len(part)
    return digest.hexdigest(), size


def keep(connection: Connection, contents: Mapping[str, Content]) -> dict[str, int]:
    """Store what is not there yet; the `no` of each, by its SHA-256."""
    there = numbers_of(connection, contents)
    new = [content for digest, content in contents.items() if digest not in there]
    made = {row["sha256"]: sqlite.put(connection, original, row) for _, row in new}
    _write(connection, ((made[row["sha256"]], stream) for stream, row in new))
    return there | made


def numbers_of(connection: Connection, digests: Iterable[str]) -> dict[str, int]:
    """The `no` of each original that is there, by its SHA-256."""
    return dict(sqlite.rows(connection, _NUMBERS, digests=list(digests)))


def _write(connection: Connection, streams: Iterable[tuple[int, BinaryIO]]) -> None:
    """Write the pieces, as many at a time as take little memory."""
    waiting, room = list[dict[str, object]](), MOST_WAITING
    for no, stream in streams:
        for place, part in enumerate(_parts(stream)):
            waiting.append({"original": no, "number": place, "bytes": zlib.compress(part, LEVEL)})
            room -= len(part)
            if room < 0:
                sqlite.put_all(connection, piece, waiting)
                waiting, room = [], MOST_WAITING
    sqlite.put_all(connection, piece, waiting)


def read(connection: Connection, digest: str) -> Iterator[bytes]:
    """The bytes with this SHA-256, piece by piece. Raises LibraryError at the end where they are not those any more."""
    number, found = numbers_of(connection, (digest,)).get(digest), hashlib.sha256()
    places = connection.execute(select(piece.c.number).where(piece.c.original == number).order_by(piece.c.number))
    for place in places.scalars().all():
        part = _unpacked(connection, number or 0, place, digest)
        found.update(part)
        yield part
    if found.hexdigest() != digest:
        raise _damaged(digest)


def forget_unneeded(connection: Connection, numbers: Iterable[int]) -> None:
    """Remove those originals, by their `no`, that no version needs any more."""
    needed = exists().where(version.c.original == original.c.no)
    connection.execute(delete(original).where(original.c.no.in_(numbers), ~needed))


def _unpacked(connection: Connection, number: int, place: int, digest: str) -> bytes:
    packed = connection.execute(
        select(piece.c.bytes).where(piece.c.original == number, piece.c.number == place)
    ).scalar_one()
    try:
        return zlib.decompress(packed)
    except zlib.error:
        raise _damaged(digest) from None


def _damaged(digest: str) -> LibraryError:
    return LibraryError(f"the original {digest[:16]} is damaged: its bytes are not those that were added")


def _parts(stream: BinaryIO) -> Iterator[bytes]:
    stream.seek(0)
    return iter(lambda: stream.read(PIECE), b"")
