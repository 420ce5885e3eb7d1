"""The application: what guards every request, and the routes of the pages and of the API."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version

from fastapi import APIRouter, FastAPI
from fastapi.responses import RedirectResponse

from firsthand.library import Library
from firsthand.web.options import Options

PAGES = ("static", "claims", "claim", "articles", "compare", "sources", "outlets", "add", "watch", "accounts", "log")
"""Modules of `firsthand.web` with a `router` of pages."""

RESOURCES = ("claims", "articles", "sources", "outlets", "add", "watch", "accounts")
"""Modules of `firsthand.web.api` with a `router` of JSON, put under /api/v1."""


def create(options: Options) -> FastAPI:
    """The application, over the library that the options name. Raises LibraryError where it cannot be used."""
    app = FastAPI(
        title="Firsthand",
        version=version("firsthand"),
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.options = options
    app.state.library = Library.open(options.library, create=True)
    app.add_api_route("/", _home, include_in_schema=False)
    for name in PAGES:
        app.include_router(_router(f"firsthand.web.{name}"), include_in_schema=False)
    for name in RESOURCES:
        app.include_router(_router(f"firsthand.web.api.{name}"), prefix="/api/v1", tags=[name])
    return app


def _home() -> RedirectResponse:
    return RedirectResponse("/claims", 303)


def _router(module: str) -> APIRouter:
    found: APIRouter = import_module(module).router
    return found
