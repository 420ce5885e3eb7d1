"""Pages: logging in and out."""

from __future__ import annotations

from math import ceil
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from firsthand.library import Library
from firsthand.library.accounts import (
    Account,
    end_session,
    forget_sessions,
    is_still,
    named,
    rehash,
    start_session,
)
from firsthand.library.actions import log_action
from firsthand.web import passwords
from firsthand.web.access import Opened, visit
from firsthand.web.gate import LOGIN, cookie
from firsthand.web.keys import fresh, hashed
from firsthand.web.pages import page
from firsthand.web.visits import IDLE, LONGEST

router = APIRouter()

WRONG = "Name and password do not go together."

Short = Annotated[str, Form(max_length=200)]
Password = Annotated[str, Form(max_length=4 * passwords.LONGEST)]


@router.get(LOGIN)
def ask(request: Request, next: str = "") -> Response:
    """The page to sign in, which leads on to `next`."""
    if visit(request).person:
        return RedirectResponse(local(next), 303)
    return page(request, "login.html.jinja", None, name="", next=local(next), wrong="")


@router.post(LOGIN)
def log_in(
    request: Request, library: Opened, name: Short = "", password: Password = "", next: Annotated[str, Form()] = ""
) -> Response:
    """Let a browser in, under a cookie that nobody has seen before."""
    one = checked(request, library, name, password)
    if one and passwords.is_old(one.password):
        new = passwords.hashed_anew(password)
        with library.writing() as connection:
            one = rehash(connection, one, new)
    if one and (answer := let_in(request, library, one, RedirectResponse(local(next), 303))):
        return answer
    shown = {"name": name, "next": local(next), "wrong": WRONG}
    return page(request, "login.html.jinja", None, 403, **shown)


@router.post("/logout")
def log_out(request: Request, library: Opened) -> Response:
    """End the session, and give the browser a cookie that is nobody's."""
    found = visit(request)
    with library.writing() as connection:
        end_session(connection, hashed(found.cookie))
        if found.by == "session" and found.person:
            log_action(connection, found.person.name, "signed out")
    return RedirectResponse(LOGIN, 303, {"Set-Cookie": cookie(request, fresh())})


def checked(request: Request, library: Library, name: str, password: str) -> Account | None:
    """The account, if it is the right password; the same answer, in the same time, for a name that nobody has.

    Raises HTTPException 429 where there were too many wrong guesses.
    """
    guesses, address = request.app.state.guesses, request.client.host if request.client else ""
    if wait := ceil(guesses.wait(name, address)):
        text = f"There were too many wrong guesses. Try again in {wait} seconds."
        raise HTTPException(429, text, {"Retry-After": str(wait)})
    with library.reading() as connection:
        one = named(connection, name)
    right = passwords.is_right(one.password if one else None, password)
    if one and right and not one.locked:
        guesses.right(name)
        return one
    guesses.failed(name, address)
    with library.writing() as connection:  # only names that there are: others may be passwords in the wrong field
        log_action(connection, "", "login refused", one.name if one else "")
    return None


def let_in(request: Request, library: Library, one: Account, answer: Response) -> Response | None:
    """The answer, with the cookie of a new session; what the browser had before lets nobody in any more.

    None where the account got another password, or was locked, since it was checked: that ended all its sessions, and
    this would be one that outlives it.
    """
    new = fresh()
    with library.writing() as connection:
        if not is_still(connection, one):
            log_action(connection, "", "login refused", one.name)
            return None
        forget_sessions(connection, LONGEST, IDLE)
        end_session(connection, hashed(visit(request).cookie))
        start_session(connection, one, hashed(new))
    answer.headers["Set-Cookie"] = cookie(request, new)
    return answer


def local(address: str) -> str:
    """Where to go on to, if it is a page of ours; else to the claims.

    Browsers take a backslash for a slash, leave tabs and line ends out, and take "//host" for another server.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/claims"
    ours = address.startswith("/") and not address.startswith("//") and not (parts.scheme or parts.netloc)
    plain = all(" " < letter < "\x7f" and letter != "\\" for letter in address)
    loops = parts.path in (LOGIN, "/logout")
    return address if ours and plain and not loops else "/claims"
