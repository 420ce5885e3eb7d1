"""What is still to be done with the newest versions, so that claims are up to date: read, compare, join."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, not_, or_, select, update

from firsthand.library import sqlite
from firsthand.library.incoming import moment
from firsthand.library.schema import article, maker, reading, version, waiting

Step = Literal["to_read", "to_compare", "to_join"]
_STEPS: tuple[Step, ...] = ("to_read", "to_compare", "to_join")


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many articles are still to be read, to be compared with others, to be joined to claims."""

    to_read: int
    to_compare: int
    to_join: int


def counted(connection: Connection) -> Waiting:
    """How many of each there are."""
    sums = {step: select(func.count()).where(waiting.c[step]) for step in _STEPS}
    return Waiting(**{step: connection.execute(asked).scalar_one() for step, asked in sums.items()})


def begin(connection: Connection, newest: Mapping[int, int]) -> None:
    """Articles have newest versions, by `no`, that are new: they wait, and older versions do no longer."""
    sqlite.change(connection, _OLDER, [{"of": number} for number in newest])
    sqlite.put_all(connection, waiting, [{"version": no, **dict.fromkeys(_STEPS, True)} for no in newest.values()])


def use(connection: Connection, step: Step, name: str) -> None:
    """From now on this model takes a step. What another has done, or none, waits for it."""
    last = select(maker.c.name).where(maker.c.step == step).order_by(maker.c.no.desc()).limit(1)
    if connection.execute(last).scalar() == name:
        return
    connection.execute(insert(maker), {"step": step, "name": name, "at": moment(datetime.now(UTC))})
    other = _newest().outerjoin(reading, reading.c.version == version.c.no)
    if step == "to_read":
        other = other.where(func.coalesce(reading.c.model, "") != name)
    _add(connection, connection.execute(other).scalars().all(), frozenset[Step]({step, "to_join"}))


def compare(connection: Connection, numbers: Collection[int]) -> None:
    """Versions, by their `no`, wait to be compared."""
    _add(connection, numbers, frozenset[Step]({"to_compare"}))


def next_ones(connection: Connection, step: Step, after: int, most: int) -> list[int]:
    """The next versions that wait for a step, by their `no`; to be joined, they must have been read."""
    return [number for (number,) in sqlite.rows(connection, _NEXT[step], after=after, most=most)]


def done(connection: Connection, step: Step, numbers: Collection[int]) -> None:
    """Versions that wait for a step no longer."""
    rows = [{"of": number} for number in numbers]
    sqlite.change(connection, _DONE[step], rows)
    sqlite.change(connection, _ALL_DONE, rows)


_OLDER = delete(waiting).where(waiting.c.version.in_(select(version.c.no).where(version.c.article == bindparam("of"))))


def _newest() -> Any:
    joined = version.join(article, (version.c.article == article.c.no) & (version.c.number == article.c.current))
    return select(version.c.no).select_from(joined)


def _add(connection: Connection, numbers: Collection[int], steps: Collection[Step]) -> None:
    there = set(connection.execute(select(waiting.c.version).where(waiting.c.version.in_(numbers))).scalars())
    connection.execute(update(waiting).where(waiting.c.version.in_(there)).values(dict.fromkeys(steps, True)))
    rows = [{"version": no, **{step: step in steps for step in _STEPS}} for no in numbers if no not in there]
    if rows:
        connection.execute(insert(waiting), rows)


_OF = waiting.c.version == bindparam("of")
_DONE = {step: update(waiting).where(_OF).values({step: False}) for step in _STEPS}
_ALL_DONE = delete(waiting).where(_OF, not_(or_(*(waiting.c[step] for step in _STEPS))))


def _next(step: Step) -> Select[tuple[int]]:
    asked = select(waiting.c.version).where(waiting.c[step], waiting.c.version > bindparam("after"))
    if step == "to_join":
        asked = asked.where(not_(waiting.c.to_read))
    return asked.order_by(waiting.c.version).limit(bindparam("most"))


_NEXT = {step: _next(step) for step in _STEPS}
