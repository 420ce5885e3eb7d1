"""How much may be sent, and how slowly: what is more is refused without being read."""

from __future__ import annotations

from dataclasses import dataclass

import anyio
from starlette.datastructures import FormData, Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MIB = 2**20


@dataclass(frozen=True, slots=True)
class Limit:
    """The largest body, in bytes, and the longest time for all of it, in seconds.

    Of a form: files and other fields, how many, and the bytes of one such field.
    """

    size: int
    seconds: float
    files: int = 1_000
    fields: int = 1_000
    field: int = MIB


USUAL = Limit(MIB, 30)

FILES = Limit(64 * MIB, 300, files=400, fields=20, field=4_000_000)
"""Twice the files that `handing` takes, so that it says itself what is too much; a field has the longest text as UTF-8.

A field of a form is held in memory, a large file on disk.
"""

WITHOUT_FILES = Limit(8 * MIB, 300, fields=20, field=FILES.field)
"""JSON, and a form that has no files: all of it is held in memory, several times. 200 texts of some length fit in."""

LARGER = ("/add", "/api/v1/add")
"""Paths to which files may be sent."""


def limit_of(path: str, kind: str) -> Limit:
    """What may be sent to this path, as this content type."""
    if path not in LARGER:
        return USUAL
    return FILES if kind.strip().casefold().startswith("multipart/form-data") else WITHOUT_FILES


async def form_of(request: Request) -> FormData:
    """The form that was sent, within the limits of its path. Raises HTTPException 400, 413."""
    kind = request.headers.get("content-type", "")
    limit = limit_of(request.url.path, kind)
    is_one_line = kind.strip().casefold().startswith("application/x-www-form-urlencoded")
    was_read = getattr(request, "_form", None) is not None  # by FastAPI, of a route that names its fields
    if (
        is_one_line and not was_read and (await request.body()).count(b"&") >= limit.fields
    ):  # not every starlette counts
        raise HTTPException(413, f"This form has more than {limit.fields:,} fields.")
    try:
        return await request.form(max_files=limit.files, max_fields=limit.fields, max_part_size=limit.field)
    except HTTPException as error:
        if "exceeded maximum size" not in str(error.detail):
            raise
        raise HTTPException(413, f"A field has more than {limit.field:,} bytes; hand it in as a file.") from None


class Bodies:
    """Raises HTTPException 413 and 408 where the body is read that is too large, or comes too slowly."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application read no more than it may."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        limit = limit_of(scope["path"], Headers(scope=scope).get("content-type", ""))
        if _announced(scope) > limit.size:
            raise _too_large(limit)
        return await self._app(scope, _Limited(receive, limit), send)


class _Limited:
    """The body's messages, counted and timed; after them, those that tell of the end of the connection."""

    def __init__(self, receive: Receive, limit: Limit) -> None:
        self._receive, self._limit = receive, limit
        self._read, self._end = 0, anyio.current_time() + limit.seconds
        self._whole = False

    async def __call__(self) -> Message:
        if self._whole:
            return await self._receive()
        message = await self._in_time()
        self._read += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._read > self._limit.size:
            raise _too_large(self._limit)
        return message

    async def _in_time(self) -> Message:
        with anyio.CancelScope(deadline=self._end):
            return await self._receive()
        raise HTTPException(408, f"It took longer than {self._limit.seconds:.0f} seconds to send this.", _CLOSE)


_CLOSE = {"Connection": "close"}


def _too_large(limit: Limit) -> HTTPException:
    return HTTPException(413, f"This is more than {limit.size // MIB} MiB, which is the most that is taken.", _CLOSE)


def _announced(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        return 0
    return int(length[:_DIGITS]) if len(length) <= _DIGITS else 10**_DIGITS


_DIGITS = 18
