"""The API: who one is, who may sign in, what people did. Accounts and tokens are made on the pages: by people."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from firsthand.library.accounts import Role, accounts
from firsthand.library.actions import Action, actions
from firsthand.web.access import Admin, Opened, Reader
from firsthand.web.log import SHOWN, Row, Wanted

router = APIRouter()


class Asking(BaseModel):
    """Who is asking."""

    name: str
    role: Role


class Known(Asking):
    """An account."""

    locked: bool
    made: datetime


class Done(BaseModel):
    """What somebody did by hand; `number` counts the log's rows."""

    number: int
    at: datetime
    who: str
    what: str
    on: str
    detail: str


@router.get("/account")
def show(asking: Reader) -> Asking:
    """Who is asking, and as what."""
    return Asking(name=asking.name, role=asking.role)


@router.get("/accounts")
def show_all(library: Opened, asking: Admin) -> list[Known]:
    """Everybody who may sign in. For admins."""
    with library.reading() as connection:
        known = accounts(connection)
    return [Known(name=one.name, role=one.role, locked=one.locked, made=one.made) for one in known]


@router.get("/log")
def log(
    library: Opened,
    asking: Admin,
    wanted: Wanted,
    before: Row = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = SHOWN,
) -> list[Done]:
    """What people did, newest first; `before` a row's number leads on. For admins."""
    with library.reading() as connection:
        return [_done(row) for row in actions(connection, wanted, limit, before)]


def _done(row: Action) -> Done:
    return Done(number=row.number, at=row.at, who=row.who, what=row.what, on=row.on, detail=row.detail)
