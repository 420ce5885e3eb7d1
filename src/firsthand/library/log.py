"""The log of changes: every addition, new version and removal, by whom; rows are only ever added."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache

from sqlalchemy import Connection

from firsthand.library import sqlite
from firsthand.library.incoming import moment
from firsthand.library.schema import change


def log(connection: Connection, changes: Iterable[tuple[str, str, int, str, str]]) -> None:
    """Log what is done now: the action, the article's id, its version's number, its original's SHA-256 and origin."""
    at, names = moment(datetime.now(UTC)), ("action", "id", "number", "sha256", "origin")
    rows = [{"at": at, "who": user(), **dict(zip(names, row, strict=True))} for row in changes]
    sqlite.put_all(connection, change, rows)


@cache
def user() -> str:
    """The operating system's user; not what the environment says, where the system knows better."""
    if sys.platform != "win32":
        import pwd

        try:
            return pwd.getpwuid(os.getuid()).pw_name
        except KeyError:  # a container may run under a number that has no name
            return f"user {os.getuid()}"
    return getpass.getuser()
