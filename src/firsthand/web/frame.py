"""What every answer has, whoever gave it: headers that hold a browser to what is ours, and the time that it took."""

from __future__ import annotations

import logging
import time
import traceback
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from firsthand.errors import FirsthandError
from firsthand.web.errors import answer

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load and do. Nothing inline, nothing of another server; no frame may hold it."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: browsers would then say "null" for the Origin of our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    # What is shown to who is signed in is not to be found in the browser once they are not.
    "Cache-Control": "private, no-store",
}
"""On every answer that does not say otherwise itself."""

_TRANSPORT = "max-age=31536000"

_told = logging.getLogger("firsthand.web")


class Frame:
    """Around all else, errors included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and log an error that nobody expected: in one line, with the place where it happened."""
        if scope["type"] == "websocket":
            return await send({"type": "websocket.close", "code": 1008})
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        framed = _Framed(scope, send)
        # Whoever may GET may ask for the headers alone; the server leaves the body out.
        scope = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
        try:
            await self._app(scope, receive, framed)
        except Exception as error:
            if not isinstance(error, (HTTPException, FirsthandError)):
                _told.error("%s %s: %s", scope["method"], scope["path"], _line(error))
            if framed.started:
                raise
            await answer(Request(scope), error)(scope, receive, framed)
        return None


class _Framed:
    """What sends the answer, with its headers."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._send, self._secure = send, scope["app"].state.options.secure
        self._began, self.started = time.perf_counter(), False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            self._add(MutableHeaders(scope=message))
        await self._send(message)

    def _add(self, headers: MutableHeaders) -> None:
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        if self._secure:
            headers.setdefault("Strict-Transport-Security", _TRANSPORT)
        headers["Server-Timing"] = f"app;dur={1000 * (time.perf_counter() - self._began):.1f}"


def _line(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "firsthand" in Path(frame.filename).parts] or frames
    return f"{type(error).__name__}: {error} ({Path(ours[-1].filename).name}:{ours[-1].lineno})"
