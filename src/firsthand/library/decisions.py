"""What people decided on claims, and what became of claims: two logs, which are only ever added to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, or_, select

from firsthand.library import sqlite
from firsthand.library.incoming import moment, writable
from firsthand.library.log import user
from firsthand.library.schema import claim_change, decision
from firsthand.model import Change, Decision


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person decided, when, who, and why."""

    at: datetime
    who: str
    because: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a claim, when; `by` is what a person decided, None where articles came or went."""

    at: datetime
    change: Change
    by: Decided | None


@dataclass(frozen=True, slots=True)
class Deed:
    """What a person does by deciding, for the log of actions: who, `what` in two words, on which claim, and how."""

    who: str
    what: str
    on: str
    detail: str


def keep(connection: Connection, made: Decision, because: str, who: str = "") -> int:
    """Write down what a person decides now, this user if nobody is named; its number."""
    said = {"kind": made.kind, "one": made.one, "other": made.other}
    by = {"who": writable(who) or user(), "because": writable(because) or ""}
    return sqlite.put(connection, decision, {"at": _now(), **by, **said})


def on(connection: Connection, appearance: str) -> list[Decision]:
    """What was decided on an appearance, in the order of deciding."""
    return [Decision(*row) for row in sqlite.rows(connection, _ON, appearance=appearance)]


def any_made(connection: Connection) -> bool:
    """Whether anybody has ever decided anything."""
    return bool(sqlite.rows(connection, _ANY))


def log(connection: Connection, changes: Iterable[Change], by: int | None = None) -> None:
    """Write down what became of claims, by a decision with this number or because articles came or went."""
    at = _now()
    rows = [{"at": at, "kind": c.kind, "claim": c.claim, "other": c.other, "decision": by} for c in changes]
    sqlite.put_all(connection, claim_change, rows)


def history(connection: Connection, claim: str) -> list[Changed]:
    """What became of a claim, oldest first."""
    asked = select(claim_change).where(or_(claim_change.c.claim == claim, claim_change.c.other == claim))
    rows = connection.execute(asked.order_by(claim_change.c.no)).all()
    decided = select(decision).where(decision.c.no.in_({row.decision for row in rows if row.decision}))
    by = {row.no: _decided(row) for row in connection.execute(decided)}
    return [Changed(_time(row.at), Change(row.kind, row.claim, row.other), by.get(row.decision)) for row in rows]


def every(connection: Connection) -> list[Decided]:
    """All that was decided, oldest first."""
    return [_decided(row) for row in connection.execute(select(decision).order_by(decision.c.no))]


def _decided(row: Row[Any]) -> Decided:
    return Decided(_time(row.at), row.who, row.because, Decision(row.kind, row.one, row.other))


def _now() -> str:
    return moment(datetime.now(UTC))


def _time(written: str) -> datetime:
    return datetime.fromisoformat(written)


_ANY = select(decision.c.no).limit(1)
_EITHER = or_(decision.c.one == bindparam("appearance"), decision.c.other == bindparam("appearance"))
_ON = select(decision.c.kind, decision.c.one, decision.c.other).where(_EITHER).order_by(decision.c.no)
