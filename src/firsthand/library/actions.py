"""The log of what people did by hand, on the pages, by the API or by a command: rows are only ever added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from firsthand.library import sqlite
from firsthand.library.incoming import moment, writable
from firsthand.library.schema_accounts import action

LONGEST = 2_000
"""Characters of a detail that are kept: the log says what was done, and is not where it is stored."""


@dataclass(frozen=True, slots=True)
class Action:
    """What a person did: `who` is an account's name or the operating system's user; `on` the id of what it was done to.

    `number` counts the log's rows. `what` is a short name such as "judgement" or "claims merged".
    """

    number: int
    at: datetime
    who: str
    what: str
    on: str
    detail: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows of the log: exactly this `who`, `what` and `on` where given; done in [since, until)."""

    who: str = ""
    what: str = ""
    on: str = ""
    since: datetime | None = None
    until: datetime | None = None


def log_action(connection: Connection, who: str, what: str, on: str = "", detail: str = "") -> int:
    """Log what a person does now, in the transaction that does it; the row's number.

    who: `Person.name`. what: a short name of the kind of change, the same each time ("judgement", "claims merged").
    on: the id of what is changed: a claim, an article, an account... detail: the rest in words, never a secret.
    """
    said = {"who": who, "what": what, "subject": on, "detail": detail[:LONGEST]}
    row = {name: writable(text) or "" for name, text in said.items()}
    return sqlite.put(connection, action, {"at": moment(datetime.now(UTC)), **row})


def actions(connection: Connection, asked: Asked, limit: int | None = None, before: int | None = None) -> list[Action]:
    """Rows of the log, newest first; with `before`, those older than the row of this number."""
    return list(every(connection, asked, limit, before))


def every(
    connection: Connection, asked: Asked, limit: int | None = None, before: int | None = None
) -> Iterator[Action]:
    """As `actions`, as a stream."""
    found = _asked(select(action), asked).order_by(action.c.no.desc()).limit(limit)
    if before is not None:
        found = found.where(action.c.no < before)
    yield from map(_action, connection.execute(found))


def kinds(connection: Connection) -> list[str]:
    """Every `what` that the log has."""
    return list(connection.scalars(select(action.c.what).distinct().order_by(action.c.what)))


def _asked(found: Select[Any], asked: Asked) -> Select[Any]:
    for column, value in ((action.c.who, asked.who), (action.c.what, asked.what), (action.c.subject, asked.on)):
        found = found.where(column == writable(value)) if value else found
    if asked.since:
        found = found.where(action.c.at >= moment(asked.since))
    return found.where(action.c.at < moment(asked.until)) if asked.until else found


def _action(row: Row[Any]) -> Action:
    return Action(row.no, datetime.fromisoformat(row.at), row.who, row.what, row.subject, row.detail)
