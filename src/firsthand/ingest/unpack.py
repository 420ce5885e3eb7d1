"""Compressed content, unpacked within a limit, so that no bomb fills the memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from firsthand.errors import InputError
from firsthand.ingest.document import too_large

PLAIN = frozenset(("", "identity", "none", "utf-8", "binary"))
"""Content encodings that change nothing; the last three are no encodings, but servers send them."""

ZIPPED = frozenset(("gzip", "x-gzip", "deflate"))


def unpacked(chunks: Iterable[bytes], encoding: str, origin: str, limit: int) -> bytes:
    """The content of a body that was sent with this Content-Encoding. Raises InputError above `limit` bytes."""
    encoding = encoding.strip().lower()
    if encoding in ZIPPED:
        return _inflated(chunks, origin, limit)
    if encoding not in PLAIN:
        raise InputError(origin, f'has the content encoding "{encoding[:40]}", which cannot be read')
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > limit:
            raise too_large(origin, limit)
    return bytes(content)


def _inflated(chunks: Iterable[bytes], origin: str, limit: int) -> bytes:
    content, decoder = bytearray(), None
    for chunk in chunks:
        while chunk:
            decoder = decoder or zlib.decompressobj(_header(chunk))
            content += _piece(decoder, chunk, limit + 1 - len(content), origin)
            if len(content) > limit:
                raise too_large(origin, limit)
            chunk = decoder.unused_data.lstrip(b"\0")  # the next member, or padding
            decoder = None if decoder.eof else decoder
    if decoder:
        raise InputError(origin, "has a compressed body that is cut off")
    return bytes(content)


def _piece(decoder: zlib._Decompress, chunk: bytes, limit: int, origin: str) -> bytes:
    try:
        return decoder.decompress(chunk, limit)
    except zlib.error:
        raise InputError(origin, "has a damaged compressed body") from None


def _header(chunk: bytes) -> int:
    """Window bits for zlib: it tells gzip and zlib headers itself; some servers send "deflate" without any."""
    return 32 + zlib.MAX_WBITS if chunk[0] == 0x1F or chunk[0] & 0x0F == 8 else -zlib.MAX_WBITS
