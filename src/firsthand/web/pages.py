"""A template and what it shows -> a page. Everything is escaped."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from firsthand.web.access import Person

NAVIGATION = (
    ("/claims", "Claims"),
    ("/articles", "Articles"),
    ("/sources", "Sources"),
    ("/outlets", "Outlets"),
    ("/watch", "Watch"),
    ("/add", "Add"),
)
"""What the head of every page leads to."""


def page(request: Request, template: str, asking: Person, status: int = 200, **shown: Any) -> HTMLResponse:
    """A page, as `templates/TEMPLATE` sets it, which extends base.html.jinja.

    The template gets what is `shown`, `request`, `asking` (the person), `path` and, for forms, `csrf`.
    """
    values = {"request": request, "asking": asking, "path": request.url.path, "csrf": csrf(request), **shown}
    return HTMLResponse(environment().get_template(template).render(values), status)


def csrf(request: Request) -> str:
    """What a form must send back in its field `csrf`."""
    return ""


@cache
def environment() -> Environment:
    """The templates of this package."""
    made = Environment(
        loader=PackageLoader("firsthand.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(NAVIGATION=NAVIGATION, VERSION=version("firsthand"))
    return made
