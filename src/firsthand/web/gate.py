"""What every request passes first: is it meant for this server, is it sent by a page of ours, and who is asking.

What is refused here is refused before anything of its body is read.
"""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import quote, urlsplit

from anyio.to_thread import run_sync
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from firsthand.errors import FirsthandError
from firsthand.web.access import NOT_OURS, SAFE, Visit
from firsthand.web.errors import answer, is_page
from firsthand.web.visits import visit_of

STATIC = "/static/"
LOGIN = "/login"

DESCRIPTION = "/api/v1/openapi.json"
"""What the API is like; of the library it tells nothing."""

ELSEWHERE = (
    "This server does not answer to that name. `firsthand serve --name HOST` adds one by which browsers may reach it."
)


class Gate:
    """Lets through what is meant for this server and asked by somebody who may; the rest gets its answer here."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it through with a `Visit` in its state, or answer."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        request = Request(scope)
        options = request.app.state.options
        if not options.knows(request.headers.get("host", "")):
            raise HTTPException(400, ELSEWHERE)
        if is_ambiguous(request):
            raise HTTPException(400, "Two lengths are given for one body.", {"Connection": "close"})
        if is_foreign(request):
            raise HTTPException(403, NOT_OURS)
        if scope["path"].startswith(STATIC):
            return await self._app(scope, receive, send)
        library = request.app.state.library
        found, sight = await run_sync(visit_of, request, library, options)
        request.state.visit = found
        refusal = _refusal(request, found)
        await (refusal or self._app)(scope, receive, _with_cookie(send, request, found))
        if sight:  # which is no loss, should the library be busy: the answer is sent already
            with suppress(FirsthandError):
                await run_sync(sight.keep, library)
        return None


def is_ambiguous(request: Request) -> bool:
    """Whether a proxy before this server may see the body end elsewhere, and what follows as another's request."""
    return "content-length" in request.headers and "transfer-encoding" in request.headers


def is_foreign(request: Request) -> bool:
    """Whether a page of another site, or a program on another port, had a browser send this.

    Browsers say so: in Sec-Fetch-Site, and in Origin for what changes something. Other sites may link here, but not
    have a browser ask behind its user's back. A program that is no browser says neither, and needs a token or the word
    of a form all the same.
    """
    site = request.headers.get("sec-fetch-site", "none")
    if request.method in SAFE:
        return site in ("cross-site", "same-site") and request.headers.get("sec-fetch-mode") != "navigate"
    if site not in ("same-origin", "none"):
        return True
    origin = request.headers.get("origin")
    return origin is not None and _place(origin) != request.headers.get("host", "").casefold()


def _place(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc.casefold() or None
    except ValueError:
        return None


def _refusal(request: Request, found: Visit) -> Response | None:
    """What somebody gets who must sign in first, or has a token that is not good: else None."""
    path = request.url.path
    if found.person or path == DESCRIPTION or (path == LOGIN and not request.headers.get("authorization")):
        return None
    if is_page(request) and request.method in SAFE:
        place = quote(path, safe="/") + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"{LOGIN}?next={quote(place, safe='')}" if place != "/" else LOGIN, 303)
    return answer(request, HTTPException(401, "Sign in first.", {"WWW-Authenticate": "Bearer"}))


def _with_cookie(send: Send, request: Request, found: Visit) -> Send:
    """Gives a browser that has none its cookie, with the first page."""
    if not found.fresh or not is_page(request):
        return send

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("set-cookie", cookie(request, found.cookie))
        await send(message)

    return sent


def cookie(request: Request, value: str) -> str:
    """The header that gives a browser this cookie.

    Lax, not Strict: a link in a message then opens the page that it leads to, instead of asking who is signed in to
    sign in; what changes something is guarded by Origin and by the word of a form besides.
    """
    options = request.app.state.options
    secure = "; Secure" if options.secure else ""
    return f"{options.cookie}={value}; Path=/; HttpOnly; SameSite=Lax{secure}"
