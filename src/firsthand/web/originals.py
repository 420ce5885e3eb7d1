"""The text of an article as plain text, and the bytes that it was read from as a download: never shown by a browser."""

from __future__ import annotations

import base64
import re
import tempfile
from collections.abc import Iterator
from typing import BinaryIO

from fastapi import APIRouter, HTTPException, Response
from fastapi.responses import StreamingResponse
from starlette.background import BackgroundTask

from firsthand.errors import LibraryError
from firsthand.library import Library
from firsthand.library.records import Stored
from firsthand.web.access import Opened, Reader
from firsthand.web.lookups import Number, stored

router = APIRouter()

IN_MEMORY = 2**20
"""Bytes of an original that are held in memory while it is sent; what is longer goes to a file without a name."""

PIECE = 2**16
"""Bytes, or characters, that are sent at one time."""

ENDINGS = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/xml": "xml",
    "text/xml": "xml",
    "application/rss+xml": "xml",
    "application/atom+xml": "xml",
    "application/pdf": "pdf",
    "application/json": "json",
    "application/x-ndjson": "jsonl",
    "application/warc": "warc",
    "text/plain": "txt",
    "text/csv": "csv",
}
"""How the names of downloads end; nothing that an input said of itself gets there."""

_SAFE = re.compile(r"[0-9a-f]{16}")


@router.get("/articles/{name}/text")
def text(opened: Opened, asking: Reader, name: str, version: Number = None) -> Response:
    """The text, exactly: what every offset counts in."""
    _, found = stored(opened, name, version)
    words = found.article.text
    parts = (words[at : at + PIECE].encode("utf-8", "replace") for at in range(0, len(words), PIECE))
    headers = {"X-Content-Type-Options": "nosniff", "Content-Disposition": f'inline; filename="{_called(found)}.txt"'}
    return StreamingResponse(parts, media_type="text/plain; charset=utf-8", headers=headers)


@router.get("/articles/{name}/original")
def original(opened: Opened, asking: Reader, name: str, version: Number = None) -> Response:
    """The bytes, to be kept; checked against their SHA-256 before the first is sent. Answers 410 where they differ."""
    _, found = stored(opened, name, version)
    try:
        content = _whole(opened, found.sha256)
    except LibraryError as error:
        raise HTTPException(
            410, f"{error}. The text that was read from them is kept apart; it is still there."
        ) from None
    ending = ENDINGS.get(found.media_type.partition(";")[0].strip().lower(), "bin")
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": f'attachment; filename="{_called(found)}.{ending}"',
        "Content-Length": str(found.size),
        "Repr-Digest": f"sha-256=:{base64.b64encode(bytes.fromhex(found.sha256)).decode()}:",
        "ETag": f'"{found.sha256}"',
    }
    task = BackgroundTask(content.close)
    return StreamingResponse(_pieces(content), media_type="application/octet-stream", headers=headers, background=task)


def _whole(opened: Library, sha256: str) -> BinaryIO:
    """All of the bytes, checked: a slow reader must not hold the library, nor get what turns out to be damaged."""
    content = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed when it is sent
    try:
        for piece in opened.original(sha256):
            content.write(piece)
    except BaseException:
        content.close()
        raise
    content.seek(0)
    return content  # type: ignore[return-value]


def _pieces(content: BinaryIO) -> Iterator[bytes]:
    with content:
        yield from iter(lambda: content.read(PIECE), b"")


def _called(found: Stored) -> str:
    """A name of letters and digits alone: an id of ours, else what its hash begins with."""
    identity = found.article.id if _SAFE.fullmatch(found.article.id) else found.sha256[:16]
    return f"{identity}-{found.number}"
