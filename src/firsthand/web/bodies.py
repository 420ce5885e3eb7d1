"""How much may be sent, and how slowly: what is more is refused without being read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import anyio
from starlette.datastructures import FormData, Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from firsthand.web.media_body import on_disk
from firsthand.web.options import is_loopback

MIB = 2**20

STRANGERS = 5.0
"""Seconds for the body of who has not signed in: a name and a password are in one packet."""

AT_ONCE = 30
"""Requests with a body that are taken from one address at one time: many people may share one."""


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


MEDIA = ("/media", "/api/v1/media")
"""Paths to which one media file may be sent, as large as the settings say, for an hour; it is written to disk."""

HOUR = 3600.0


def limit_of(path: str, kind: str, media: int) -> Limit:
    """What may be sent to this path, as this content type. `media`: bytes of the largest media file."""
    has_files = kind.strip().casefold().startswith("multipart/form-data")
    if path in MEDIA and has_files:
        return Limit(media + MIB, HOUR, files=1, fields=20)
    if path not in LARGER:
        return USUAL
    return FILES if has_files else WITHOUT_FILES


async def form_of(request: Request) -> FormData:
    """The form that was sent, within the limits of its path. Raises HTTPException 400, 413."""
    kind = request.headers.get("content-type", "")
    limit = _limit_of(request.scope)
    is_one_line = kind.strip().casefold().startswith("application/x-www-form-urlencoded")
    was_read = getattr(request, "_form", None) is not None  # by FastAPI, of a route that names its fields
    if (
        is_one_line and not was_read and (await request.body()).count(b"&") >= limit.fields
    ):  # not every starlette counts
        raise HTTPException(413, f"This form has more than {limit.fields:,} fields.")
    if request.url.path in MEDIA and not was_read:
        request._form = await on_disk(request, limit.fields, limit.files)
    try:
        return await request.form(max_files=limit.files, max_fields=limit.fields, max_part_size=limit.field)
    except HTTPException as error:
        if "exceeded maximum size" not in str(error.detail):
            raise
        raise HTTPException(413, f"A field has more than {limit.field:,} bytes; hand it in as a file.") from None


class Bodies:
    """Raises HTTPException 413 and 408 where a body is read that is too large, or comes too slowly; 503 for crowds."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application read no more than it may."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        limit = _limit(scope)
        if _announced(scope) > limit.size:
            raise _too_large(limit)
        with self._counted(scope):
            return await self._app(scope, _Limited(receive, limit), send)

    @contextmanager
    def _counted(self, scope: Scope) -> Iterator[None]:
        """By the address that a proxy tells, as uvicorn has it; the proxy's own, which is here, tells nothing."""
        host = (scope.get("client") or ("",))[0]
        if scope["method"] in ("GET", "HEAD") or not host or is_loopback(host):
            yield
            return
        if self._open[host] >= AT_ONCE:
            raise HTTPException(503, "Too much is being sent from your address; try again in a moment.", _CLOSE)
        self._open[host] += 1
        try:
            yield
        finally:
            self._open[host] -= 1
            self._open += Counter()  # forgets those that have none


def _limit(scope: Scope) -> Limit:
    """That of the path; of somebody who has not signed in, less time."""
    limit = _limit_of(scope)
    found = scope.get("state", {}).get("visit")
    return limit if found and found.person else replace(limit, seconds=min(limit.seconds, STRANGERS))


def _limit_of(scope: Scope) -> Limit:
    path, kind = scope["path"], Headers(scope=scope).get("content-type", "")
    return limit_of(path, kind, scope["app"].state.options.settings.max_media if path in MEDIA else 0)


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
