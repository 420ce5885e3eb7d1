"""Media that is dropped on the web page: written down before it is confirmed, checked by the worker, accounted for.

The bytes wait beside the library, by their SHA-256, and for some days after the check, so that a file can be added to
the archive when its report has been seen, or be checked again.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Row, func, select, update

from firsthand.errors import LibraryError
from firsthand.library import sqlite
from firsthand.library.actions import log_action
from firsthand.library.incoming import writable
from firsthand.library.media import now
from firsthand.library.schema_media_checks import media_check
from firsthand.model import Claimed

State = Literal["waiting", "working", "done", "failed"]

MOST_TRIES = 2
"""Times that a check is begun which kills the process that makes it, before it counts as failed."""

KEPT = 7 * 86_400.0
"""Seconds for which the bytes are kept that were handed in. A choice."""

MOST_WAITING = 100
"""Files that wait at one time: more than a day's work, at a quarter of an hour each. A choice."""

ENDING = ".uploads"

DIED = "the process that checked it died, perhaps for want of memory"


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file to be checked: its SHA-256, what it is called, what is claimed of it. `adds`: to the archive too.

    `outlet` and `origin`: whose it is said to be, and from where it is.
    """

    sha256: str
    name: str
    claimed: Claimed
    outlet: str | None = None
    origin: str | None = None
    adds: bool = False


@dataclass(frozen=True, slots=True)
class MediaCheck:
    """A file that was handed in, by whom and when, and what became of it.

    `cause`: why it failed; while it is worked on, what is being done. `report`: the number of its report.
    """

    id: str
    at: str
    who: str
    file: HandedIn
    state: State
    cause: str
    report: int | None


def folder_of(library: Path) -> Path:
    """Where the bytes wait that were handed in: beside the library's file."""
    return Path(f"{os.path.realpath(library)}{ENDING}")


def hand_in(connection: Connection, who: str, file: HandedIn, report: int | None = None) -> str:
    """Write down a file that is to be checked, whose bytes are in the folder; the check's id.

    One that has a report already, by its number, is only to be added to the archive.
    """
    name = f"m{secrets.token_hex(6)}"
    told = {"claimed": asdict(file.claimed), "outlet": file.outlet, "origin": file.origin}
    row = {
        "id": name,
        "at": now(),
        "who": writable(who) or "",
        "sha256": file.sha256,
        "name": writable(file.name) or "",
    }
    new = {"told": json.dumps(told), "adds": file.adds, "state": "waiting", "cause": "", "tries": 0, "report": report}
    sqlite.put(connection, media_check, {**row, **new})
    log_action(connection, who, "media handed in", name, file.name)
    return name


def one(connection: Connection, name: str) -> MediaCheck | None:
    """The check with this id; None where there is none."""
    row = connection.execute(select(media_check).where(media_check.c.id == name)).one_or_none()
    return _check(row) if row else None


def recent(connection: Connection, most: int) -> list[MediaCheck]:
    """The latest, the last first."""
    rows = connection.execute(select(media_check).order_by(media_check.c.no.desc()).limit(most))
    return [_check(row) for row in rows]


def of_report(connection: Connection, number: int) -> MediaCheck | None:
    """The last that was done with the file of a report; None where the report was made by a command."""
    asked = select(media_check).where(media_check.c.report == number).order_by(media_check.c.no.desc()).limit(1)
    row = connection.execute(asked).one_or_none()
    return _check(row) if row else None


def is_waiting(connection: Connection) -> bool:
    """Whether a file is to be checked, or was being checked when the process that did it ended."""
    return waiting(connection) > 0


def waiting(connection: Connection) -> int:
    """How many are to be checked, or are being checked."""
    asked = select(func.count()).select_from(media_check).where(media_check.c.state.in_(("waiting", "working")))
    return int(connection.execute(asked).scalar_one())


def take(connection: Connection) -> MediaCheck | None:
    """Begin to check what waits longest; None where nothing waits."""
    first = select(media_check).where(media_check.c.state == "waiting").order_by(media_check.c.no).limit(1)
    row = connection.execute(first).one_or_none()
    if row is None:
        return None
    begun = update(media_check).where(media_check.c.no == row.no)
    connection.execute(begun.values(state="working", tries=media_check.c.tries + 1))
    return _check(row)


def release(connection: Connection) -> None:
    """What was being checked by a process that is gone waits again; what has killed several has failed."""
    working = media_check.c.state == "working"
    often = working & (media_check.c.tries >= MOST_TRIES)
    connection.execute(update(media_check).where(often).values(state="failed", cause=DIED, ended=now()))
    connection.execute(update(media_check).where(working).values(state="waiting", cause=""))


def uncount(connection: Connection) -> None:
    """The process that works ends for another reason than what it checks: this try does not count."""
    working = update(media_check).where(media_check.c.state == "working", media_check.c.tries > 0)
    connection.execute(working.values(tries=media_check.c.tries - 1))


def tell(connection: Connection, name: str, stage: str) -> None:
    """What is being done with it now."""
    now_checked = (media_check.c.id == name) & (media_check.c.state == "working")
    connection.execute(update(media_check).where(now_checked).values(cause=writable(stage) or ""))


def finish(connection: Connection, name: str, report: int | None, cause: str = "") -> None:
    """It is checked, with the report of this number, or it failed because of this.

    With both, it is checked, and this could not be done besides.
    """
    state = "failed" if report is None else "done"
    told = {"state": state, "cause": writable(cause) or "", "ended": now(), "report": report}
    connection.execute(update(media_check).where(media_check.c.id == name).values(**told))


def again(connection: Connection, who: str, name: str) -> None:
    """Let one that failed wait once more. Raises LibraryError where it has not."""
    failed = (media_check.c.id == name) & (media_check.c.state == "failed")
    values = {"state": "waiting", "cause": "", "tries": 0}
    if not connection.execute(update(media_check).where(failed).values(**values)).rowcount:
        raise LibraryError(f"{name}: no check with this id has failed")
    log_action(connection, who, "media tried again", name)


def waiting_files(connection: Connection) -> set[str]:
    """The SHA-256 of what is still to be checked."""
    asked = select(media_check.c.sha256).where(media_check.c.state.in_(("waiting", "working")))
    return set(connection.execute(asked).scalars())


def sweep(library: Path, needed: set[str], kept: float = KEPT) -> None:
    """Remove the bytes that were handed in longer ago than this, in seconds, but for those that are needed."""
    for path in _files(folder_of(library)):
        with suppress(OSError):
            if path.name not in needed and time.time() - path.stat().st_mtime > kept:
                path.unlink()


def _files(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from [path for path in folder.iterdir() if path.is_file()]


def _check(row: Row[Any]) -> MediaCheck:
    told = json.loads(row.told)
    claimed = Claimed(**told["claimed"])
    file = HandedIn(row.sha256, row.name, claimed, told["outlet"], told["origin"], row.adds)
    return MediaCheck(row.id, row.at, row.who, file, row.state, row.cause, row.report)
