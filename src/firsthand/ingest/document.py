"""A document: bytes that are about to be read, and what is known of them beforehand."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, Protocol, cast

from firsthand.config import Settings
from firsthand.errors import InputError
from firsthand.model import Article, Failure

CHUNK = 2**20
"""Bytes that are read at a time."""

SPOOL = 8 * 2**20
"""Bytes of a pipe that are kept in memory; more go to a temporary file."""


class Keep(Protocol):
    """Is told of the bytes of the next article, by a reader of documents that hold several, where somebody keeps them.

    `content` makes them if they are wanted; `fetched` is when a crawl stored them.
    """

    def __call__(
        self, content: Callable[[], bytes], media_type: str = "application/json", fetched: datetime | None = None
    ) -> None:
        """The article that is given next was read from `content`."""


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes to read. `origin` is what messages call them, `name` a file name or URL path (for its extension).

    `stream` stands at the first byte and can be peeked into; it need not be seekable. `content_type` and
    `charset` are what a server said, `size` the number of bytes where it is known beforehand. `keep` is None where
    nobody keeps the bytes of articles.
    """

    origin: str
    stream: io.BufferedReader[Any]
    name: str = ""
    content_type: str | None = None
    charset: str | None = None
    url: str | None = None
    size: int | None = None
    keep: Keep | None = None


Reader = Callable[[Document, Settings], Iterator[Article | Failure]]
"""What reads one kind of document. May raise InputError when the whole document cannot be read."""


def from_bytes(
    content: bytes,
    origin: str,
    *,
    name: str = "",
    content_type: str | None = None,
    charset: str | None = None,
    url: str | None = None,
) -> Document:
    """A document of bytes in memory."""
    stream = io.BufferedReader(io.BytesIO(content))
    return Document(origin, stream, name, content_type, charset, url, len(content))


def size_of(stream: BinaryIO) -> int | None:
    """Bytes in a regular file; None for a pipe or a device."""
    try:
        size = os.fstat(stream.fileno()).st_size
    except (OSError, io.UnsupportedOperation):
        return None
    return size if stream.seekable() else None


def whole(document: Document, limit: int) -> bytes:
    """Every byte of the document. Raises InputError above `limit` bytes, unloaded where the size is known."""
    if document.size is not None and document.size > limit:
        raise too_large(document.origin, limit)
    content = document.stream.read(limit + 1)
    if len(content) > limit:
        raise too_large(document.origin, limit)
    return content


def seekable(document: Document, limit: int) -> BinaryIO:
    """The document's stream, or a copy of it that can be read twice. Raises InputError above `limit` bytes."""
    return document.stream if document.stream.seekable() else copied(document, limit)


def copied(document: Document, limit: int) -> BinaryIO:
    """The rest of the stream, to be read twice. Raises InputError above `limit` bytes."""
    copy = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=SPOOL))  # noqa: SIM115 - closed by its collector
    room = limit
    for chunk in chunks(document.stream):
        room -= len(chunk)
        if room < 0:
            raise too_large(document.origin, limit)
        copy.write(chunk)
    copy.seek(0)
    return copy


def chunks(stream: BinaryIO) -> Iterable[bytes]:
    """The rest of the stream, piece by piece."""
    return iter(lambda: stream.read(CHUNK), b"")


def too_large(origin: str, limit: int) -> InputError:
    """The error for an input of more than `limit` bytes."""
    return InputError(origin, f"is larger than the limit of {in_words(limit)}")


def in_words(size: int) -> str:
    """A number of bytes as a person would say it."""
    for factor, unit in ((2**20, "MB"), (2**10, "kB")):
        if size >= factor:
            return f"{size / factor:.0f} {unit}"
    return f"{size} bytes"
