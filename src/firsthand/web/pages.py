"""A template and what it shows -> a page. Everything is escaped."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from firsthand.share.plain import plain_lines
from firsthand.web.access import Person, Visit
from firsthand.web.keys import form_word

NAVIGATION = (
    ("/claims", "Claims"),
    ("/articles", "Articles"),
    ("/sources", "Sources"),
    ("/outlets", "Outlets"),
    ("/media", "Media"),
    ("/watch", "Watch"),
    ("/add", "Add"),
)
"""What the head of every page leads to."""


ADMINS = (("/accounts", "Accounts"), ("/log", "Log"))
"""What it leads an admin to besides."""


def page(request: Request, template: str, asking: Person | None, status: int = 200, **shown: Any) -> HTMLResponse:
    """A page, as `templates/TEMPLATE` sets it, which extends base.html.jinja.

    The template gets what is `shown`, `request`, `asking` (the person; None before anybody signs in), `signed_in`
    (whether with an account), `path` and, for forms, `csrf`.
    """
    values = {
        "request": request,
        "asking": asking,
        "signed_in": _by(request) == "session",
        "path": request.url.path,
        "csrf": csrf(request),
        **shown,
    }
    return HTMLResponse(rendered(template, **values), status)


def rendered(template: str, **shown: Any) -> str:
    """What a template makes of this."""
    return environment().get_template(template).render(shown)


def csrf(request: Request) -> str:
    """What a form must send back in its field `csrf`; "" on the page of an error that came before all else."""
    found = _visit(request)
    return form_word(found.cookie) if found else ""


def _by(request: Request) -> str | None:
    found = _visit(request)
    return found.by if found else None


def _visit(request: Request) -> Visit | None:
    return getattr(request.state, "visit", None)


def _shown(value: object) -> object:
    """Whatever a template shows, without characters that show nothing or turn others about; lines stay lines."""
    return plain_lines(value) if type(value) is str and not value.isprintable() else value


@cache
def environment() -> Environment:
    """The templates of this package."""
    made = Environment(
        loader=PackageLoader("firsthand.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(NAVIGATION=NAVIGATION, ADMINS=ADMINS, VERSION=version("firsthand"))
    return made
