"""What is watched: feeds, sitemaps and pages, when they are to be looked at, and what was found there."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from firsthand.errors import LibraryError
from firsthand.library import sqlite, submissions
from firsthand.library.actions import log_action
from firsthand.library.incoming import moment, writable
from firsthand.library.schema_submissions import watch, watch_seen
from firsthand.library.sqlite import each
from firsthand.library.submissions import Item

LEAST_MINUTES, USUAL_MINUTES, MOST_MINUTES = 5, 60, 7 * 1440
"""How often something may be looked at. Chosen, not measured: feeds are seldom made anew more often."""

MOST_WATCHES = 1_000
"""Of one library."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Something that is looked at every so many `minutes`.

    `kind` is "" until the first look tells. `due` is the next look, `checked` the last, `changed` the last that found
    something new; `result` says what came of the last one, and `failures` how many have failed in a row. `found`
    counts the articles that were handed in. `etag` and `modified` are the server's word on what was there.
    """

    number: int
    id: str
    address: str
    kind: str
    who: str
    at: datetime
    minutes: int
    paused: bool
    due: datetime
    checked: datetime | None
    changed: datetime | None
    etag: str
    modified: str
    failures: int
    result: str
    found: int


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a watch brought.

    seen: addresses, or other names of what was found, new or not. items: what is to be handed in. due: the next look.
    """

    kind: str
    result: str
    due: datetime
    etag: str = ""
    modified: str = ""
    failed: bool = False
    seen: Collection[str] = ()
    items: Sequence[Item] = ()


def begin(connection: Connection, who: str, address: str, minutes: int) -> str:
    """Watch an address from now on; the watch's id. Raises LibraryError where it is watched, or there are too many."""
    address = writable(address) or ""
    if connection.execute(select(watch.c.no).where(watch.c.address == address)).first():
        raise LibraryError(f"{address}: is watched already")
    if connection.execute(select(func.count()).select_from(watch)).scalar_one() >= MOST_WATCHES:
        raise LibraryError(f"{MOST_WATCHES:,} addresses are watched, which is the most there can be")
    name, now = f"w{secrets.token_hex(6)}", _now()
    said = {"id": name, "address": address, "who": writable(who) or "", "at": now, "due": now, "minutes": minutes}
    words = dict.fromkeys(("kind", "etag", "modified", "result"), "")
    connection.execute(insert(watch), {**said, **words, "paused": False, "failures": 0, "found": 0})
    log_action(connection, who, "watched", name, f"{address}, every {minutes:,} minutes")
    return name


def pause(connection: Connection, who: str, name: str, *, paused: bool) -> None:
    """Look at it no longer for a while, or again from now on. Raises LibraryError."""
    found = named(connection, name)
    connection.execute(update(watch).where(watch.c.no == found.number).values(paused=paused, due=_now(), failures=0))
    log_action(connection, who, "watch paused" if paused else "watch resumed", name, found.address)


def look_now(connection: Connection, who: str, name: str) -> None:
    """Look at it next. Raises LibraryError."""
    found = named(connection, name)
    connection.execute(update(watch).where(watch.c.no == found.number).values(due=_now()))
    log_action(connection, who, "watch checked", name, found.address)


def change(connection: Connection, who: str, name: str, minutes: int) -> None:
    """Look at it every so many minutes. Raises LibraryError."""
    found = named(connection, name)
    due = min(found.due, datetime.now(UTC) + timedelta(minutes=minutes))
    connection.execute(update(watch).where(watch.c.no == found.number).values(minutes=minutes, due=moment(due)))
    log_action(connection, who, "watch changed", name, f"{found.address}, every {minutes:,} minutes")


def end(connection: Connection, who: str, name: str) -> None:
    """Watch it no longer; what was found stays. Raises LibraryError."""
    found = named(connection, name)
    connection.execute(delete(watch).where(watch.c.no == found.number))
    log_action(connection, who, "watch removed", name, found.address)


def named(connection: Connection, name: str) -> Watch:
    """The watch with this id. Raises LibraryError where there is none."""
    row = connection.execute(select(watch).where(watch.c.id == name)).one_or_none()
    if row is None:
        raise LibraryError(f"{name}: nothing is watched under this id")
    return _watch(row)


def every(connection: Connection) -> list[Watch]:
    """All that is watched, the newest first."""
    return [_watch(row) for row in connection.execute(select(watch).order_by(watch.c.no.desc()))]


def due(connection: Connection, most: int) -> list[Watch]:
    """What is to be looked at now, what waits longest first.

    So is what was looked at, or begun, later than now: the clock was set back since, and may not be there for days.
    """
    now = _now()
    last = func.coalesce(watch.c.checked, watch.c.at)
    asked = select(watch).where((watch.c.due <= now) | (last > now), watch.c.paused.is_(False))
    asked = asked.order_by(watch.c.due, watch.c.no)
    return [_watch(row) for row in connection.execute(asked.limit(most))]


def put_off(connection: Connection, number: int, until: datetime) -> bool:
    """Somebody looks at a watch, by its `no`: should that kill him, the next look is not before this.

    Whether it is still watched.
    """
    now = _now()  # no look of before the clock was set back is later than that: else it would be due again at once
    past = {name: func.min(watch.c[name], now) for name in ("at", "checked")}
    found = connection.execute(update(watch).where(watch.c.no == number).values(due=moment(until), **past))
    return bool(found.rowcount)


def unseen(connection: Connection, number: int, names: Iterable[str]) -> list[str]:
    """Those that a watch, by its `no`, has not found before, in their order."""
    keys = {key_of(name): name for name in dict.fromkeys(names)}
    known = {key for (key,) in sqlite.rows(connection, _KNOWN, number=number, keys=list(keys))}
    return [name for key, name in keys.items() if key not in known]


def looked(connection: Connection, number: int, look: Look) -> str | None:
    """Write down what a look at a watch, by its `no`, brought; the id of the batch that it handed in.

    Nothing, where it is watched no longer.
    """
    row = connection.execute(select(watch).where(watch.c.no == number)).one_or_none()
    if row is None:
        return None
    name = submissions.hand_in(connection, row.who, look.items, number) if look.items else None
    fresh = [{"watch": number, "key": key_of(one)} for one in unseen(connection, number, look.seen)]
    sqlite.put_all(connection, watch_seen, fresh)
    connection.execute(update(watch).where(watch.c.no == number).values(**_values(row, look)))
    return name


def key_of(name: str) -> int:
    """64 bits of the SHA-256 of a name, as a signed number."""
    digest = hashlib.sha256(name.encode("utf-8", "backslashreplace")).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def _values(row: Row[Any], look: Look) -> dict[str, Any]:
    said = {"due": moment(look.due), "checked": _now(), "result": writable(look.result) or ""}
    if look.failed:
        return {**said, "failures": row.failures + 1}
    known = {"kind": look.kind, "etag": writable(look.etag) or "", "modified": writable(look.modified) or ""}
    changed = {"changed": _now(), "found": row.found + len(look.items)} if look.items else {}
    return {**said, **known, **changed, "failures": 0}


def _watch(row: Row[Any]) -> Watch:
    said = dict(row._mapping)
    times = {name: _time(said[name]) for name in ("at", "due", "checked", "changed")}
    return Watch(number=said.pop("no"), **said | times)


def _time(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _now() -> str:
    return moment(datetime.now(UTC))


_KNOWN = select(watch_seen.c.key).where(
    watch_seen.c.watch == bindparam("number"), watch_seen.c.key.in_(select(each("keys").c.value))
)
