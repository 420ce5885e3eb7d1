"""Plain text -> Article: the text exactly as decoded, without a byte order mark."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from firsthand.config import Settings
from firsthand.errors import InputError
from firsthand.ingest import charset
from firsthand.ingest.document import Document, chunks, seekable, too_large
from firsthand.ingest.records import finished
from firsthand.model import Article, Failure

LONGEST_CHARACTER = 4
"""Bytes of one character, at most, in any encoding read here."""

CONTROLS = "".join(map(chr, {*range(0x20), 0x7F} - {0x09, 0x0A, 0x0C, 0x0D, 0x1A, 0x1B}))

MOST_CONTROLS = 0.01
"""Share of control characters above which bytes are no text: random bytes have 11%."""

WIDE = ("utf-16", "utf-32")
"""Encodings in which one broken byte shifts all that follows: what does not fit them is no text."""

_LOOKED_AT = 2**16


def read(document: Document, settings: Settings) -> Iterator[Article | Failure]:
    """One article of plain text. Raises InputError for an empty or a binary document."""
    yield finished(
        Article("", text_of(document, settings), url=document.url, origin=document.origin), settings.max_characters
    )


def text_of(document: Document, settings: Settings) -> str:
    """The document's characters, line ends as they are. Raises InputError when it is too long or no text.

    Decoded piece by piece, so that no more than the text itself and one copy of it are ever in memory.
    """
    limit = LONGEST_CHARACTER * settings.max_characters
    if document.size is not None and document.size > limit:
        raise too_large(document.origin, limit)
    stream = seekable(document, limit)
    encoding = charset.encoding_of(stream)
    try:
        return "".join(_pieces(stream, encoding, document.origin, settings.max_characters))
    except UnicodeDecodeError:
        raise InputError(document.origin, f"is not text: its bytes are not {encoding.upper()}") from None


def _pieces(stream: BinaryIO, encoding: str, origin: str, room: int) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)("strict" if encoding.startswith(WIDE) else "replace")
    for chunk in chunks(stream):
        piece = _checked(decoder.decode(chunk), origin)
        room -= len(piece)
        if room < 0:
            raise InputError(origin, "is longer than the limit on one article's text")
        yield piece
    yield decoder.decode(b"", final=True)


def _checked(piece: str, origin: str) -> str:
    sample = piece[:_LOOKED_AT]
    if "\0" in piece or sum(map(sample.count, CONTROLS)) > MOST_CONTROLS * len(sample):
        raise InputError(origin, "is not text, but binary")
    return piece
