"""Who is asking, what they may do, and whether a form was sent by a page of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, HTTPException, Request

from firsthand.library import Library
from firsthand.library.accounts import ROLES, Role
from firsthand.web.bodies import form_of
from firsthand.web.keys import is_form_word

SAFE = ("GET", "HEAD", "OPTIONS")
"""Methods that change nothing."""

OWN = ("/login", "/logout", "/account", "/watch/seen", "/api/v1/account", "/api/v1/watch/seen")
"""Where a reader may send forms too: about nobody but themselves."""

NOT_OURS = (
    "This was not sent by a page of Firsthand that is open in this browser, or the page is too old. "
    "Go back, load it anew, and send it again."
)


@dataclass(frozen=True, slots=True)
class Person:
    """Who is asking: the name that the log of actions gets, and the role.

    A reader may look at everything but accounts; an analyst may add, watch, decide and judge; an admin may do all.
    """

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether what this role may do is allowed."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True, slots=True)
class Visit:
    """What the gate found out about a request, before anything of its body was read.

    person: who is asking, None for nobody who may. cookie: the browser's, which is new if `fresh`. by: what says who it
    is: the cookie of a session, a token, or that only this computer can ask. account: its number, of those by session
    or token.
    """

    person: Person | None
    cookie: str
    fresh: bool
    by: Literal["session", "token", "computer", None]
    account: int | None = None


def visit(request: Request) -> Visit:
    """What the gate found out."""
    found: Visit = request.state.visit
    return found


async def library(request: Request) -> Library:
    """The library that is served."""
    found: Library = request.app.state.library
    return found


async def person(request: Request) -> Person:
    """Who is asking. Raises HTTPException 401 where nobody may without an account."""
    found = visit(request).person
    if found is None:
        raise HTTPException(401, "Sign in first.")
    return found


async def guard(request: Request) -> None:
    """Stands before every route there is: what changes something is sent by a page of ours, or with a token.

    The body is read of whoever may send it alone. Raises HTTPException 400, 403, 413.
    """
    if request.method in SAFE:
        return
    found = visit(request)
    if found.by == "token" and not request.url.path.startswith("/api/"):
        raise HTTPException(403, "A token is for the API: what pages are sent comes from people.")
    if found.person and not found.person.may("analyst") and not _is_own(request.url.path):
        raise HTTPException(403, _refusal("analyst", found))
    if found.by != "token" and not is_form_word(await _sent(request), found.cookie):
        raise HTTPException(403, NOT_OURS)


async def _sent(request: Request) -> str:
    """The header X-CSRF, or the field `csrf` of a form."""
    if given := request.headers.get("x-csrf"):
        return given
    word = (await form_of(request)).get("csrf")
    return word if isinstance(word, str) else ""


def _is_own(path: str) -> bool:
    return any(path == own or path.startswith(f"{own}/") for own in OWN)


def _refusal(role: Role, found: Visit) -> str:
    own = found.person.role if found.person else "nobody"
    if found.by == "token":  # which has no more than its account's role, so that a new one may need another account
        return f"This token may act as {own}; make one that may act as {role}, with an account of that role."
    return f"This needs the role {role}; you are signed in as {own}."


def _at_least(role: Role) -> object:
    async def check(request: Request, asking: Annotated[Person, Depends(person)]) -> Person:
        if not asking.may(role):
            raise HTTPException(403, _refusal(role, visit(request)))
        return asking

    return Depends(check)


Opened = Annotated[Library, Depends(library)]
Reader = Annotated[Person, _at_least("reader")]
Analyst = Annotated[Person, _at_least("analyst")]
Admin = Annotated[Person, _at_least("admin")]
