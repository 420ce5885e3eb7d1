"""The bytes that articles were read from: kept once each, by their SHA-256, in compressed pieces."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from sqlalchemy import Connection, delete, exists, insert, select

from firsthand.errors import LibraryError
from firsthand.library.schema import original, piece, version

PIECE = 2**20
"""Bytes of a piece before it is compressed."""

LEVEL = 1
"""Of zlib. On pages of news it keeps a fifth to a quarter of the bytes, at some 100 MB a second."""


def sha256(stream: BinaryIO) -> tuple[str, int]:
    """The SHA-256 of a whole stream, in hexadecimal digits, and its bytes."""
    digest, size = hashlib.sha256(), 0
    for part in _parts(stream):
        digest.update(part)
        size += len(part)
    return digest.hexdigest(), size


def number_of(connection: Connection, digest: str) -> int | None:
    """The `no` of the original with this SHA-256."""
    return connection.execute(select(original.c.no).where(original.c.sha256 == digest)).scalar()


def keep(connection: Connection, stream: BinaryIO, row: dict[str, object]) -> int:
    """Store the bytes that `row` describes; the `no` they get."""
    made = connection.execute(insert(original), row).inserted_primary_key
    number = int(made[0]) if made else 0
    for place, part in enumerate(_parts(stream)):
        connection.execute(insert(piece), {"original": number, "number": place, "bytes": zlib.compress(part, LEVEL)})
    return number


def read(connection: Connection, digest: str) -> Iterator[bytes]:
    """The bytes with this SHA-256, piece by piece. Raises LibraryError at the end where they are not those any more."""
    number, found = number_of(connection, digest), hashlib.sha256()
    places = connection.execute(select(piece.c.number).where(piece.c.original == number).order_by(piece.c.number))
    for place in places.scalars().all():
        part = _unpacked(connection, number or 0, place, digest)
        found.update(part)
        yield part
    if found.hexdigest() != digest:
        raise _damaged(digest)


def forget_unneeded(connection: Connection, number: int) -> bool:
    """Remove an original that no version needs any more; whether it went."""
    needed = exists().where(version.c.original == number)
    return connection.execute(delete(original).where(original.c.no == number, ~needed)).rowcount > 0


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
