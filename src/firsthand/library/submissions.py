"""What is handed in on the web page: written down before it is confirmed, taken out by the worker, and accounted for.

What is handed in at one time is a batch. A batch, its bytes and the log's row come in one transaction; so do articles
and the word of what became of them. A kill at any moment loses nothing that was confirmed, and doubles nothing.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Row, bindparam, delete, func, select, update

from firsthand.errors import LibraryError
from firsthand.library import sqlite
from firsthand.library.actions import log_action
from firsthand.library.adding import Result
from firsthand.library.incoming import moment, writable
from firsthand.library.schema_submissions import batch, outcome, submission, submitted
from firsthand.model import Failure

Kind = Literal["text", "address", "file", "page"]
"""A page is one that is watched: it was fetched already, and its bytes are handed in with its address."""

State = Literal["waiting", "working", "done", "failed"]

PIECE = 2**20
"""Bytes of a piece."""

MOST_TRIES = 3
"""Times that something is begun which kills the process that works on it, before it counts as failed."""

KEPT = timedelta(days=30)
"""How long the bytes of what failed are kept, so that it can be tried again."""

AT_ONCE = ""
"""In place of a time, of what waits for nothing: whatever a clock says that was set back since, it is past."""

DIED = "the process that read it died, perhaps for want of memory"


@dataclass(frozen=True, slots=True)
class Told:
    """What a person, or a feed, says of an article, where it does not say it itself.

    `content_type` and `charset` are a server's word on bytes that were fetched.
    """

    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: datetime | None = None
    content_type: str | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be handed in: bytes, in pieces, or an address. `name` is what it is called on the page."""

    kind: Kind
    name: str
    told: Told = Told()
    content: Iterable[bytes] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    """One thing that was handed in, as the worker takes it.

    `done` counts its articles that are accounted for; `by_watch` says that no person asked for it.
    """

    number: int
    batch: str
    kind: Kind
    name: str
    told: Told
    by_watch: bool
    tries: int
    done: int


def hand_in(connection: Connection, who: str, items: Sequence[Item], watch: int | None = None) -> str:
    """Write down what is handed in by a person, or found by a watch with this number; the batch's id."""
    name = f"b{secrets.token_hex(6)}"
    row = {"id": name, "at": _now(), "who": writable(who) or "", "watch": watch, "by_watch": watch is not None}
    number = sqlite.put(connection, batch, row)
    for place, item in enumerate(items):
        _write(connection, number, place, item)
    if watch is None:
        log_action(connection, who, "handed in", name, _summary(items))
    return name


def ready(connection: Connection, most: int) -> list[tuple[int, Kind, str]]:
    """What can be worked on: number, kind and name, what people handed in first, all batches in turn."""
    asked = (
        select(submission.c.no, submission.c.kind, submission.c.name)
        .join(batch, batch.c.no == submission.c.batch)
        .where(submission.c.state == "waiting", submission.c.after <= _now())
        .order_by(batch.c.by_watch, submission.c.place, submission.c.no)
        .limit(most)
    )
    return [(row.no, row.kind, row.name) for row in connection.execute(asked)]


def take(connection: Connection, number: int) -> Submission | None:
    """Begin to work on one; None where it waits no longer."""
    waits = (submission.c.no == number) & (submission.c.state == "waiting")
    begun = connection.execute(update(submission).where(waits).values(state="working", tries=submission.c.tries + 1))
    if not begun.rowcount:
        return None
    asked = select(submission, batch.c.id, batch.c.by_watch).join(batch, batch.c.no == submission.c.batch)
    row = connection.execute(asked.where(submission.c.no == number)).one()
    done = select(func.count()).select_from(outcome).where(outcome.c.submission == number)
    told = connection.execute(done).scalar_one()
    return Submission(row.no, row.id, row.kind, row.name, _told(row.told), row.by_watch, row.tries, told)


def release(connection: Connection) -> None:
    """What was being worked on by a process that is gone waits again; what has killed several has failed."""
    working = submission.c.state == "working"
    often = working & (submission.c.tries >= MOST_TRIES)
    connection.execute(update(submission).where(often).values(state="failed", cause=DIED))
    connection.execute(update(submission).where(working).values(state="waiting", after=AT_ONCE))


def uncount(connection: Connection) -> None:
    """The process that works ends for another reason than what it works on: this try does not count."""
    working = update(submission).where(submission.c.state == "working", submission.c.tries > 0)
    connection.execute(working.values(tries=submission.c.tries - 1))


def content(connection: Connection, number: int) -> Iterator[bytes]:
    """The bytes that were handed in, piece by piece."""
    places = connection.execute(
        select(submitted.c.number).where(submitted.c.submission == number).order_by(submitted.c.number)
    )
    for place in places.scalars().all():
        of = (submitted.c.submission == number) & (submitted.c.number == place)
        yield connection.execute(select(submitted.c.bytes).where(of)).scalar_one()


def record(connection: Connection, number: int, first: int, results: Sequence[Result]) -> None:
    """Write down what became of the articles of a submission, from the `first`-th on."""
    rows = [{"submission": number, "place": first + n, **_row(one)} for n, one in enumerate(results)]
    sqlite.put_all(connection, outcome, rows)


def finish(connection: Connection, number: int, cause: str = "") -> None:
    """All of a submission is accounted for, or it failed because of this."""
    state = "failed" if cause else "done"
    values = {"state": state, "cause": writable(cause) or "", "after": _now()}
    connection.execute(update(submission).where(submission.c.no == number).values(**values))
    if not cause:
        connection.execute(delete(submitted).where(submitted.c.submission == number))


def close(connection: Connection, number: int) -> None:
    """All articles of a submission are accounted for; where none could be read, it failed."""
    asked = select(outcome.c.action, outcome.c.cause).where(outcome.c.submission == number)
    rows = connection.execute(asked.order_by(outcome.c.action != "failed", outcome.c.place)).all()
    failed = [row.cause for row in rows if row.action == "failed"]
    if len(failed) < len(rows):
        finish(connection, number)
        return
    more = f" (and {len(failed) - 1:,} more could not be read)" if len(failed) > 1 else ""
    finish(connection, number, f"{failed[0]}{more}" if failed else "holds nothing that can be read")
    if len(failed) == 1:  # which says it already
        connection.execute(delete(outcome).where(outcome.c.submission == number))


def postpone(connection: Connection, number: int, until: datetime, cause: str) -> None:
    """Try a submission again by itself, not before `until`."""
    values = {"state": "waiting", "cause": writable(cause) or "", "after": moment(until)}
    connection.execute(update(submission).where(submission.c.no == number).values(**values))


def try_again(connection: Connection, who: str, name: str, number: int | None = None) -> int:
    """Let what failed of a batch, or one submission of it, wait once more; how many. Raises LibraryError."""
    (of,) = _batch(connection, name)
    failed = (submission.c.batch == of) & (submission.c.state == "failed")
    if number is not None:
        failed &= submission.c.no == number
    numbers = list(connection.execute(select(submission.c.no).where(failed)).scalars())
    if numbers:
        connection.execute(delete(outcome).where(outcome.c.submission.in_(numbers)))
        again = {"state": "waiting", "cause": "", "tries": 0, "after": AT_ONCE}
        connection.execute(update(submission).where(submission.c.no.in_(numbers)).values(**again))
        log_action(connection, who, "tried again", name, f"{len(numbers):,} of what failed")
    return len(numbers)


def is_waiting(connection: Connection) -> bool:
    """Whether there is something to be worked on now, or was when the process that did it ended."""
    now = (submission.c.state == "waiting") & (submission.c.after <= _now())
    asked = select(submission.c.no).where(now | (submission.c.state == "working")).limit(1)
    return connection.execute(asked).scalar() is not None


def sweep(connection: Connection) -> None:
    """Forget the bytes of what failed long ago; without them it cannot be tried again."""
    old = select(submission.c.no).where(submission.c.state == "failed", submission.c.after < _now(-KEPT))
    connection.execute(delete(submitted).where(submitted.c.submission.in_(old)))


def _write(connection: Connection, of: int, place: int, item: Item) -> None:
    said = {"kind": item.kind, "name": writable(item.name) or "", "told": _json(item.told), "size": 0}
    new = {"batch": of, "place": place, "state": "waiting", "cause": "", "tries": 0, "after": AT_ONCE, **said}
    number, size = sqlite.put(connection, submission, new), 0
    for piece, part in enumerate(item.content):
        sqlite.put(connection, submitted, {"submission": number, "number": piece, "bytes": part})
        size += len(part)
    if size:
        sqlite.change(connection, _SIZED, [{"this": number, "bytes": size}])


def _row(one: Result) -> dict[str, Any]:
    if isinstance(one, Failure):
        told = writable(one.origin) or "", writable(one.cause) or ""
        return {"action": "failed", "article": "", "number": 0, "origin": told[0], "cause": told[1]}
    return {"action": one.action, "article": one.id, "number": one.number, "origin": "", "cause": ""}


def _batch(connection: Connection, name: str) -> Row[tuple[int]]:
    found = connection.execute(select(batch.c.no).where(batch.c.id == name)).one_or_none()
    if found is None:
        raise LibraryError(f"{name}: nothing was handed in under this id")
    return found


def _summary(items: Sequence[Item]) -> str:
    """For the log: what it was, or the first of it."""
    names = ", ".join(item.name for item in items[:3])
    return f"{names} and {len(items) - 3:,} more" if len(items) > 3 else names


def _json(told: Told) -> str:
    said = {name: value for name, value in asdict(told).items() if value is not None}
    if told.published:
        said["published"] = told.published.isoformat()
    return json.dumps(said)


def _told(written: str) -> Told:
    said = json.loads(written)
    published = said.pop("published", None)
    return Told(**said, published=datetime.fromisoformat(published) if published else None)


def _now(later: timedelta = timedelta()) -> str:
    return moment(datetime.now(UTC) + later)


_SIZED = update(submission).where(submission.c.no == bindparam("this")).values(size=bindparam("bytes"))
