"""What is new since somebody looked last: claims that were made, roots that claims got; and how far each has looked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, func, select
from sqlalchemy.dialects.sqlite import insert

from firsthand.library import sqlite, summaries
from firsthand.library.actions import log_action
from firsthand.library.incoming import moment, writable
from firsthand.library.schema import claim_change
from firsthand.library.schema_submissions import news, visit
from firsthand.library.schema_summaries import summary
from firsthand.library.sqlite import each
from firsthand.model import Summary

FIRST = timedelta(days=7)
"""How far back it is told what is new to somebody who has never said how far they have seen."""

MOST_COUNTED = 10_000
"""Changes that are looked through, the last ones: of more, "more than" is told."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How far somebody has seen what is new: the last rows of the logs. `at` is None for somebody new."""

    at: datetime | None
    change: int
    news: int


@dataclass(frozen=True, slots=True)
class Root:
    """A root that a claim got from an article, and when."""

    at: datetime
    claim: str
    article: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class News:
    """What is new: claims, those that most articles carry first, and roots, newest first.

    `made` counts the new claims, `grown` the new roots, both up to `MOST_COUNTED`. `upto` is what to say as seen.
    """

    since: Seen
    upto: Seen
    claims: tuple[Summary, ...]
    made: int
    roots: tuple[Root, ...]
    grown: int


def since(connection: Connection, who: str) -> Seen:
    """How far a person has seen."""
    row = connection.execute(select(visit).where(visit.c.who == (writable(who) or ""))).one_or_none()
    if row:
        return Seen(datetime.fromisoformat(row.at), row.change, row.news)
    before = moment(datetime.now(UTC) - FIRST)
    return Seen(None, _last_before(connection, claim_change, before), _last_before(connection, news, before))


def seen(connection: Connection, who: str, change: int, new: int) -> None:
    """A person has seen what is new up to these rows of the logs, or to their ends; never less than before.

    Where that is no more than before, nothing is written.
    """
    ends, before = _ends(connection), since(connection, who)
    change, new = max(before.change, min(change, ends[0])), max(before.news, min(new, ends[1]))
    if before.at and (change, new) == (before.change, before.news):
        return
    row = {"who": writable(who) or "", "at": moment(datetime.now(UTC)), "change": change, "news": new}
    put = insert(visit).values(**row)
    connection.execute(put.on_conflict_do_update(index_elements=["who"], set_=row))
    log_action(connection, who, "news seen", "", f"up to {change}, {new}")


def told(connection: Connection, who: str, most: int) -> News:
    """What is new to a person; of claims and of roots, so many are told."""
    last, (change, new) = since(connection, who), _ends(connection)
    after = max(last.change, change - MOST_COUNTED)
    made = select(claim_change.c.claim).where(claim_change.c.no > after, claim_change.c.kind.in_(("made", "split")))
    fresh = select(summary.c.no).where(summary.c.claim.in_(made))
    numbers = list(connection.execute(fresh.order_by(*_MOST_CARRIED).limit(most)).scalars())
    known = summaries.of_numbers(connection, numbers)
    return News(
        last,
        Seen(datetime.now(UTC), change, new),
        tuple(known[number] for number in numbers if number in known),
        connection.execute(select(func.count()).select_from(fresh.subquery())).scalar_one(),
        tuple(_roots(connection, max(last.news, new - MOST_COUNTED), most)),
        min(new - last.news, MOST_COUNTED),
    )


def named(connection: Connection, claims: Collection[str]) -> dict[str, Summary]:
    """What lists show of claims, by their ids, of those that they show."""
    numbers = dict(sqlite.rows(connection, _NUMBERS, claims=list(claims)))
    found = summaries.of_numbers(connection, list(numbers))
    return {numbers[number]: one for number, one in found.items()}


def _roots(connection: Connection, after: int, most: int) -> list[Root]:
    asked = select(news).where(news.c.no > after).order_by(news.c.no.desc()).limit(most)
    rows = connection.execute(asked)
    return [Root(datetime.fromisoformat(row.at), row.claim, row.article, row.root, row.kind) for row in rows]


def _ends(connection: Connection) -> tuple[int, int]:
    ends = (select(func.max(table.c.no)) for table in (claim_change, news))
    change, new = (connection.execute(end).scalar() or 0 for end in ends)
    return int(change), int(new)


def _last_before(connection: Connection, table: Table, at: str) -> int:
    """The last row of a log that is older. Times go up with numbers, so halves are looked at: there is no index."""
    low, high = 0, connection.execute(select(func.max(table.c.no))).scalar() or 0
    while low < high:
        middle = (low + high + 1) // 2
        found = connection.execute(_at(table.c.no, table.c.at, middle)).scalar()
        low, high = (middle, high) if found is None or found < at else (low, middle - 1)
    return low


def _at(number: Column[int], at: Column[str], middle: int) -> Select[Any]:
    return select(at).where(number >= middle).order_by(number).limit(1)


_MOST_CARRIED = summary.c.articles.desc(), summary.c.outlets.desc(), summary.c.no
_NUMBERS = select(summary.c.no, summary.c.claim).where(summary.c.claim.in_(select(each("claims").c.value)))
