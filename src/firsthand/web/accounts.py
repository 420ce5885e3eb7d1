"""Pages: everybody's accounts, for admins."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from firsthand.errors import FirsthandError
from firsthand.library import Library, tokens
from firsthand.library import accounts as stored
from firsthand.library.accounts import ROLES, Account, Role, accounts, of_number
from firsthand.web import passwords
from firsthand.web.access import Admin, Opened, Person, visit
from firsthand.web.pages import page

router = APIRouter()

Text = Annotated[str, Form(max_length=4 * passwords.LONGEST)]

OWN = "You cannot lock, remove or demote yourself; another admin can."
OWN_PASSWORD = "Your own password is changed on the page Account, where the old one is asked for."


@router.get("/accounts")
def show(request: Request, library: Opened, asking: Admin) -> Response:
    """Everybody who may sign in."""
    return _page(request, library, asking)


@router.post("/accounts")
def add(
    request: Request,
    library: Opened,
    asking: Admin,
    role: Annotated[Role, Form()],
    name: Text = "",
    password: Text = "",
) -> Response:
    """A new account."""
    try:
        hashed = passwords.hashed(password)
        with library.writing() as connection:
            stored.add(connection, name, hashed, role, asking.name)
    except FirsthandError as error:
        return _page(request, library, asking, 422, f"{error}.", name)
    return RedirectResponse("/accounts", 303)


@router.post("/accounts/{number}/role")
def change_role(
    request: Request, library: Opened, asking: Admin, number: int, role: Annotated[Role, Form()]
) -> Response:
    """Another role; every browser of the account is signed out."""
    one = _other(request, library, number)
    with library.writing() as connection:
        stored.set_role(connection, one, role, asking.name)
    return RedirectResponse("/accounts", 303)


@router.post("/accounts/{number}/password")
def change_password(request: Request, library: Opened, asking: Admin, number: int, password: Text = "") -> Response:
    """Another password, for somebody who has lost theirs; its browsers are signed out, its tokens revoked."""
    one = _other(request, library, number, OWN_PASSWORD)
    hashed = passwords.hashed(password)
    with library.writing() as connection:
        tokens.reset_password(connection, one, hashed, asking.name)
    return RedirectResponse("/accounts", 303)


@router.post("/accounts/{number}/tokens/{token}/revoke")
def revoke_token(request: Request, library: Opened, asking: Admin, number: int, token: int) -> Response:
    """A token of somebody's lets nobody in any more."""
    one = _one(library, number)
    if not 0 < token < 2**63:
        raise HTTPException(404)
    with library.writing() as connection:
        tokens.revoke(connection, one, token, asking.name)
    return RedirectResponse("/accounts", 303)


@router.post("/accounts/{number}/lock")
def lock(request: Request, library: Opened, asking: Admin, number: int, locked: Annotated[bool, Form()]) -> Response:
    """Nobody signs in with it any more, nor do its tokens let in; or they do again."""
    one = _other(request, library, number)
    with library.writing() as connection:
        stored.set_locked(connection, one, locked, asking.name)
    return RedirectResponse("/accounts", 303)


@router.post("/accounts/{number}/remove")
def remove(request: Request, library: Opened, asking: Admin, number: int) -> Response:
    """It is no more; what was done with it stays in the log."""
    one = _other(request, library, number)
    with library.writing() as connection:
        stored.remove(connection, one, asking.name)
    return RedirectResponse("/accounts", 303)


def _one(library: Library, number: int) -> Account:
    """The account with this number. Raises HTTPException 404."""
    with library.reading() as connection:
        one = of_number(connection, number) if 0 < number < 2**63 else None
    if one is None:
        raise HTTPException(404, "There is no such account.")
    return one


def _other(request: Request, library: Library, number: int, why: str = OWN) -> Account:
    """As `_one`, not one's own. Raises HTTPException 400, saying why."""
    one = _one(library, number)
    if visit(request).account == one.no:
        raise HTTPException(400, why)
    return one


def _page(
    request: Request, library: Library, asking: Person, status: int = 200, wrong: str = "", name: str = ""
) -> Response:
    with library.reading() as connection:
        known = accounts(connection)
        held = {one.no: tokens.tokens(connection, one) for one in known}
    own = visit(request).account
    shown = {"accounts": known, "tokens": held, "own": own, "roles": ROLES, "wrong": wrong, "name": name}
    return page(request, "accounts.html.jinja", asking, status, **shown)
