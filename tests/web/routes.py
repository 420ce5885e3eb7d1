"""All routes of the application, and an address for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fastapi.routing import RouteContext, iter_route_contexts

SAMPLES = {"number": "1", "batch": "1", "name": "site.css", "feed": "1", "watch": "1", "version": "1"}
"""What stands for a part of a path that is not just any text."""


def routes(app: Any) -> Iterator[RouteContext]:
    """Those of pages and of the API, but for the one of the OpenAPI document, which has no dependencies."""
    yield from (route for route in iter_route_contexts(app.routes) if hasattr(route, "dependant"))


def changing(app: Any) -> Iterator[RouteContext]:
    """Those that change something."""
    yield from (route for route in routes(app) if route.methods - {"GET", "HEAD", "OPTIONS"})


def sample(route: RouteContext, **given: str) -> str:
    """An address that it is for; `given` says what stands for which part."""
    return re.sub(r"{(\w+)(?::\w+)?}", lambda found: given.get(found[1]) or SAMPLES.get(found[1], "c0"), route.path)


NOT_SHOWN = ("/", "/static/{name}")
FILES = (".json", ".csv", ".js", ".css", "/original", "/events", "/text", "/reports/{number}/page")


def pages(app: Any, known: dict[str, str]) -> Iterator[str]:
    """An address of each page for people; `known` has ids by how an address begins ("claims", "media/reports")."""
    for route in routes(app):
        path = str(route.path)
        if "GET" not in (route.methods or ()) or path in NOT_SHOWN or path.startswith("/api/") or path.endswith(FILES):
            continue
        first, second = path.split("/")[1], "/".join(path.split("/")[1:3])
        identity = known.get(second) or known.get(first, "1")
        filled = re.sub(r"{(\w+)(?::\w+)?}", lambda _, one=identity: one, path)
        yield f"{filled}?a={known['articles']}&b={known['other']}" if filled == "/compare" else filled


def parameters(app: Any) -> Iterator[tuple[RouteContext, list[str], list[str]]]:
    """Each route that shows something, with the names of its path's parts and of what its query may say."""
    for route in routes(app):
        if "GET" in (route.methods or ()):
            yield route, _names(route.dependant, "path_params"), sorted({*_names(route.dependant, "query_params")})


def _names(dependant: Any, kind: str) -> list[str]:
    own = [field.alias for field in getattr(dependant, kind)]
    return own + [name for inner in dependant.dependencies for name in _names(inner, kind)]
