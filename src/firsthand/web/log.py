"""Pages: what people did, for admins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response

from firsthand.library import Library
from firsthand.library.actions import Action, Asked, actions, every, kinds
from firsthand.web.access import Admin, Opened
from firsthand.web.exports import csv_answer
from firsthand.web.pages import page

router = APIRouter()

SHOWN = 100
"""Rows of a page."""

HEAD = ("number", "at", "who", "what", "on", "detail")

FILTERS = ("who", "what", "on", "since", "until")

Word = Annotated[str, Query(max_length=300)]
Row = Annotated[int | None, Query(ge=1, lt=2**63)]


def asked(
    who: Word = "", what: Word = "", on: Word = "", since: date | None = None, until: date | None = None
) -> Asked:
    """Which rows: `until` a day is with that day."""
    return Asked(who.strip(), what, on.strip(), _midnight(since), _midnight(until, days=1))


Wanted = Annotated[Asked, Depends(asked)]


@router.get("/log")
def show(request: Request, library: Opened, asking: Admin, wanted: Wanted, before: Row = None) -> Response:
    """The log, newest first."""
    with library.reading() as connection:
        rows = actions(connection, wanted, SHOWN + 1, before)
        known = kinds(connection)
    given = {name: request.query_params.get(name, "") for name in FILTERS}
    query = {name: value for name, value in given.items() if value}
    older = urlencode({**query, "before": rows[SHOWN - 1].number}) if len(rows) > SHOWN else ""
    shown: dict[str, Any] = {"rows": rows[:SHOWN], "kinds": known, "given": given, "older": older}
    return page(request, "log.html.jinja", asking, query=urlencode(query), before=before, leads=leads, **shown)


def leads(on: str) -> str:
    """Where what was changed can be seen, by its id; "" where it has no page of its own."""
    for form, address in _PAGES:
        if form.fullmatch(on):
            return f"{address}/{on}"
    return ""


_PAGES = (
    (re.compile("c[0-9a-f]{12}"), "/claims"),
    (re.compile("b[0-9a-f]{12}"), "/add"),
    (re.compile("m[0-9a-f]{12}"), "/media/checks"),
    (re.compile("[0-9a-f]{16}"), "/articles"),
    (re.compile("[0-9a-f]{64}"), "/media/archive"),
)


@router.get("/log.json")
def as_json(library: Opened, asking: Admin, wanted: Wanted, before: Row = None) -> list[dict[str, Any]]:
    """The newest rows of the log, as many as a page has ten times; `before` leads on."""
    with library.reading() as connection:
        return [dict(zip(HEAD, _cells(row), strict=True)) for row in actions(connection, wanted, 10 * SHOWN, before)]


@router.get("/log.csv")
def as_csv(library: Opened, asking: Admin, wanted: Wanted) -> Response:
    """All rows of the log that are asked for."""
    return csv_answer("firsthand-log", HEAD, _rows(library, wanted))


def _rows(library: Library, wanted: Asked) -> Iterator[tuple[object, ...]]:
    with library.reading() as connection:
        yield from map(_cells, every(connection, wanted))


def _cells(row: Action) -> tuple[object, ...]:
    return row.number, row.at, row.who, row.what, row.on, row.detail


def _midnight(day: date | None, days: int = 0) -> datetime | None:
    """In UTC, as all times of the library are. The last day of all has no next."""
    if day is None:
        return None
    return datetime.combine(day, time(), UTC) + timedelta(days=days if day < date.max else 0)
