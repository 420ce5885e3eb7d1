"""Pages: one's own account, its password and its tokens."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from firsthand.errors import FirsthandError
from firsthand.library import Library
from firsthand.library import tokens as stored
from firsthand.library.accounts import ROLES, Account, Role, is_still, of_number, set_password
from firsthand.library.tokens import tokens
from firsthand.web import passwords
from firsthand.web.access import Opened, Person, Reader, visit
from firsthand.web.keys import fresh, hashed
from firsthand.web.login import checked, let_in
from firsthand.web.pages import page

router = APIRouter()

DAYS = (7, 30, 90, 365)
"""How long a token may be good for."""

PREFIX = "fh_"
"""How a token begins, so that whoever finds one knows what it is."""

CHANGED = {
    "password": "The password is changed; every other browser is signed out. Tokens stay good: if somebody else may "
    "know the old password, revoke them all below.",
    "tokens": "All your tokens are revoked.",
}
"""What is done, by what the address says of it."""

NOT_EQUAL = "The two new passwords are not the same."
NOT_RIGHT = "The old password is not right."

Password = Annotated[str, Form(max_length=4 * passwords.LONGEST)]


@router.get("/account")
def show(request: Request, library: Opened, asking: Reader, changed: str = "") -> Response:
    """Who one is, one's password and tokens."""
    return _page(request, library, asking, done=CHANGED.get(changed, ""))


@router.post("/account/password")
def change_password(
    request: Request, library: Opened, asking: Reader, old: Password = "", new: Password = "", again: Password = ""
) -> Response:
    """Another password: every browser is signed out but this one."""
    one = checked(request, library, _own(request, library).name, old)
    if one is None:
        return _page(request, library, asking, 403, wrong=NOT_RIGHT)
    if new != again:
        return _page(request, library, asking, 422, wrong=NOT_EQUAL)
    try:
        stored_password = passwords.hashed(new)
    except FirsthandError as error:
        return _page(request, library, asking, 422, wrong=_sentence(error))
    with library.writing() as connection:
        if still := is_still(connection, one):
            set_password(connection, one, stored_password, asking.name)
    done = RedirectResponse("/account?changed=password", 303)
    answer = let_in(request, library, replace(one, password=stored_password), done) if still else None
    return answer or _page(request, library, asking, 403, wrong=NOT_RIGHT)


@router.post("/account/tokens")
def make_token(
    request: Request,
    library: Opened,
    asking: Reader,
    role: Annotated[Role, Form()],
    days: Annotated[int, Form()],
    name: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """A new token, which is shown now and never again."""
    word = PREFIX + fresh()
    expires = datetime.now(UTC) + timedelta(days=days if days in DAYS else DAYS[0])
    one = _own(request, library)
    try:
        with library.writing() as connection:
            stored.add(connection, one, name, hashed(word), role, expires)
    except FirsthandError as error:
        return _page(request, library, asking, 422, wrong=_sentence(error))
    return _page(request, library, asking, token=word)


@router.post("/account/tokens/{number}/revoke")
def revoke_token(request: Request, library: Opened, asking: Reader, number: int) -> Response:
    """The token lets nobody in any more."""
    one = _own(request, library)
    if not 0 < number < 2**63:
        raise HTTPException(404)
    with library.writing() as connection:
        stored.revoke(connection, one, number, asking.name)
    return RedirectResponse("/account", 303)


@router.post("/account/tokens/revoke")
def revoke_all_tokens(request: Request, library: Opened, asking: Reader) -> Response:
    """No token of one's own lets anybody in any more."""
    one = _own(request, library)
    with library.writing() as connection:
        stored.revoke_all(connection, one, asking.name)
    return RedirectResponse("/account?changed=tokens", 303)


def _own(request: Request, library: Library) -> Account:
    """The account of who is asking. Raises HTTPException 400 where that is nobody's, but the computer's user."""
    number = visit(request).account
    with library.reading() as connection:
        one = of_number(connection, number) if number else None
    if one is None:
        raise HTTPException(400, "You have no account here; an admin makes one on the page Accounts.")
    return one


def _page(request: Request, library: Library, asking: Person, status: int = 200, **said: str) -> Response:
    number = visit(request).account
    with library.reading() as connection:
        one = of_number(connection, number) if number else None
        known = tokens(connection, one) if one else []
    shown = {"done": "", "wrong": "", "token": "", **said}
    roles = ROLES[: ROLES.index(asking.role) + 1]
    return page(request, "account.html.jinja", asking, status, one=one, tokens=known, roles=roles, days=DAYS, **shown)


def _sentence(error: FirsthandError) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."
