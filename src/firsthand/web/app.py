"""The application: what guards every request, and the routes of the pages and of the API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.metadata import version

from anyio.to_thread import current_default_thread_limiter
from fastapi import APIRouter, Depends, FastAPI, Security
from fastapi.responses import RedirectResponse
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from firsthand.library import Library
from firsthand.web.access import guard
from firsthand.web.bodies import Bodies
from firsthand.web.described import ABOUT, BEARER, PROBLEMS
from firsthand.web.errors import handle_errors
from firsthand.web.frame import Frame
from firsthand.web.gate import Gate
from firsthand.web.options import Options
from firsthand.web.parameters import only_known
from firsthand.web.throttle import Guesses

PAGES = (
    "static",
    "claims",
    "claim",
    "articles",
    "compare",
    "sources",
    "outlets",
    "media",
    "add",
    "watch",
    "login",
    "account",
    "accounts",
    "log",
)
"""Modules of `firsthand.web` with a `router` of pages."""

RESOURCES = ("claims", "claim", "articles", "sources", "outlets", "media", "add", "watch", "accounts")
"""Modules of `firsthand.web.api` with a `router` of JSON, put under /api/v1."""

GUARDS = (
    Middleware(Frame),
    Middleware(GZipMiddleware, minimum_size=1000, compresslevel=4),
    Middleware(Gate),
    Middleware(Bodies),
)
"""What a request passes, the first first."""

THREADS = 8
"""Requests that are worked on at once: each may use two of the library's connections, of which there are fifteen."""


def create(options: Options) -> FastAPI:
    """The application, over the library that the options name. Raises LibraryError where it cannot be used."""
    app = FastAPI(
        title="Firsthand",
        description=ABOUT,
        version=version("firsthand"),
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(guard)],
        middleware=list(GUARDS),
        lifespan=_lifespan,
    )
    app.state.options = options
    app.state.library = Library.open(options.library, create=True)
    app.state.guesses = Guesses()
    handle_errors(app)
    _route(app)
    return app


def _route(app: FastAPI) -> None:
    app.add_api_route("/", _home, include_in_schema=False)
    for name in PAGES:
        app.include_router(_router(f"firsthand.web.{name}"), include_in_schema=False)
    for name in RESOURCES:
        found = _router(f"firsthand.web.api.{name}")
        guards = [Security(BEARER), Depends(only_known)]
        app.include_router(found, prefix="/api/v1", tags=[name], dependencies=guards, responses=PROBLEMS)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    current_default_thread_limiter().total_tokens = THREADS
    with app.state.library:
        yield


async def _home() -> RedirectResponse:
    return RedirectResponse("/claims", 303)


def _router(module: str) -> APIRouter:
    found: APIRouter = import_module(module).router
    return found
