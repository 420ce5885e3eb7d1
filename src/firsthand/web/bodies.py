"""How much may be sent, and how slowly: what is more is refused without being read."""

from __future__ import annotations

from dataclasses import dataclass

import anyio
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MIB = 2**20


@dataclass(frozen=True, slots=True)
class Limit:
    """The largest body, in bytes, and the longest time for all of it, in seconds."""

    size: int
    seconds: float


USUAL = Limit(MIB, 30)

LARGER = {
    "/add": Limit(64 * MIB, 300),
    "/api/v1/add": Limit(64 * MIB, 300),
}
"""Paths to which more may be sent: files."""


def limit_of(path: str) -> Limit:
    """What may be sent to this path."""
    return LARGER.get(path, USUAL)


class Bodies:
    """Raises HTTPException 413 and 408 where the body is read that is too large, or comes too slowly."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application read no more than it may."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        limit = limit_of(scope["path"])
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
