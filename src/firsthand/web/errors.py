"""What went wrong -> a page for people, {"detail": "..."} for programs; one line, and never a traceback."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from firsthand.errors import FirsthandError, ModelError
from firsthand.share.plain import one_line
from firsthand.web.pages import page

TITLES = {
    400: "This cannot be done",
    401: "Sign in first",
    403: "This is not allowed",
    404: "There is no such page",
    405: "This cannot be done here",
    408: "It took too long",
    413: "This is too large",
    422: "This cannot be understood",
    429: "Too many tries",
    507: "There is no room",
    500: "Something went wrong here",
}

UNKNOWN = "This is a mistake of Firsthand's own. Nothing was changed. The terminal that it runs in says more."

_SAID = {
    404: "Nothing is at this address. It may have been removed, or merged with something else.",
    405: "This address is not for that.",
}


def handle_errors(app: FastAPI) -> None:
    """Have the application answer all that it meets so."""
    for kind in (HTTPException, RequestValidationError, FirsthandError):
        app.add_exception_handler(kind, _handle)


async def _handle(request: Request, error: Exception) -> Response:
    return answer(request, error)


def answer(request: Request, error: Exception) -> Response:
    """What somebody gets who met this error."""
    status, cause = _told(error)
    headers = getattr(error, "headers", None)
    if not is_page(request):
        return JSONResponse({"detail": cause}, status, headers)
    visit = getattr(request.state, "visit", None)
    title = TITLES.get(status) or HTTPStatus(status).phrase
    leads = ("/login", "Sign in") if status == 401 else ("/claims", "To the claims")
    shown = page(request, "error.html.jinja", visit and visit.person, status, title=title, cause=cause, leads=leads)
    shown.headers.update(headers or {})
    return shown


def is_page(request: Request) -> bool:
    """Whether people ask, with a browser, for something to read; not a program, nor for a file."""
    path = request.url.path
    return not path.startswith("/api/") and not path.endswith((".json", ".csv"))


def _told(error: Exception) -> tuple[int, str]:
    if isinstance(error, HTTPException):
        usual = HTTPStatus(error.status_code).phrase
        said = str(error.detail)
        return error.status_code, one_line(_SAID.get(error.status_code, said) if said == usual else said)
    if isinstance(error, RequestValidationError):
        return 422, "; ".join(dict.fromkeys(map(_wrong, error.errors())))
    if isinstance(error, ModelError):
        return 503, one_line(str(error))
    if isinstance(error, FirsthandError):
        return 400, one_line(str(error))
    return 500, UNKNOWN


def _wrong(found: dict[str, object]) -> str:
    """One parameter that is not as it must be."""
    place = found.get("loc")
    name = place[-1] if isinstance(place, tuple) and place else "body"
    return one_line(f"{name}: {found.get('msg', 'is wrong')}")
