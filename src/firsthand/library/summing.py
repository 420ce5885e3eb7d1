"""What lists show, brought up to date: claims first, then articles, then the sources and outlets that these touch.

In transactions of half a second, each of which leaves what it did whole: a kill loses no more than that time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from firsthand.errors import FirsthandError
from firsthand.library import sqlite, sqlite_stale, summing_claims, summing_outlets, summing_sources
from firsthand.library.claims import Claims
from firsthand.library.incoming import moment
from firsthand.library.schema import maker
from firsthand.library.schema_summaries import stale
from firsthand.library.store import Library
from firsthand.library.summing_outlets import Material
from firsthand.library.upkeep import HOLD, Done
from firsthand.model import Failure, Make, Summary

Summed = Callable[[Claims, str], Summary | None]
"""The claims, and the id of one -> what lists show of it; None where it is no more."""

Made = Callable[[Material], Make]
"""An article with what it has from others -> of what it is made."""

STEP = "to_sum"
"""What the step is called in `maker`."""

_Act = Callable[[Connection, str], None]


def waiting(connection: Connection, *what: str) -> int:
    """How many of these ("claim", "version", "source", "outlet") are to be brought up to date; of all without any."""
    asked = select(func.count()).select_from(stale)
    return connection.execute(asked.where(stale.c.what.in_(what)) if what else asked).scalar_one()


def use(library: Library, name: str) -> None:
    """From now on this, by name and version, traces and sums up: what another has done is out of date."""
    last = select(maker.c.name).where(maker.c.step == STEP).order_by(maker.c.no.desc()).limit(1)
    with library.reading() as connection:
        if connection.execute(last).scalar() == name:
            return
    with library.writing() as connection:
        if connection.execute(last).scalar() != name:  # nobody else has been here meanwhile
            connection.execute(insert(maker), {"step": STEP, "name": name, "at": moment(datetime.now(UTC))})
            sqlite_stale.mark_all(connection)


def summarise(library: Library, summed: Summed, made: Made) -> Iterator[Done]:
    """Bring all up to date that is not; how many of which, transaction by transaction. Raises LibraryError."""

    def claims(connection: Connection) -> _Act:
        known = Claims(connection, library)
        return lambda on, name: summing_claims.keep(on, name, summed(known, name))

    yield from _each(library, "claim", claims)
    yield from _each(library, "version", lambda _: lambda on, name: summing_outlets.measure(on, int(name), made))
    yield from _each(library, "source", lambda _: summing_sources.keep)
    yield from _each(library, "outlet", lambda _: summing_outlets.keep)


def _each(library: Library, what: str, acting: Callable[[Connection], _Act]) -> Iterator[Done]:
    last: str | None = ""
    while last is not None:
        with library.writing() as connection:
            done, last = _some(connection, what, acting(connection), last)
        if done.count:
            yield done
        sqlite.give_way()


def _some(connection: Connection, what: str, act: _Act, last: str) -> tuple[Done, str | None]:
    """Act on the next ones until time is up; what was done, and the last of them, None at the end."""
    end, count, failures = time.monotonic() + HOLD, 0, list[Failure]()
    following = select(stale.c.name).where(stale.c.what == what, stale.c.name > bindparam("last"))
    following = following.order_by(stale.c.name).limit(1)
    while found := connection.execute(following, {"last": last}).scalar():
        last, count = found, count + 1
        failures += _tried(connection, what, act, found)
        if time.monotonic() > end:
            return Done(count, tuple(failures)), last
    return Done(count, tuple(failures)), None


def _tried(connection: Connection, what: str, act: _Act, name: str) -> Iterator[Failure]:
    """One more, or nothing of it, which then stays marked: an error in one must not end the others."""
    try:
        with connection.begin_nested():
            act(connection, name)
            connection.execute(delete(stale).where(stale.c.what == what, stale.c.name == name))
    except FirsthandError:
        raise
    except Exception as error:
        yield Failure(f"{what} {name}", sqlite.told(error))
