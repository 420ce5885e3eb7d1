"""A path -> a library that is ready: made, or brought up to date, or refused in one line."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, select, table
from sqlalchemy.sql import column

from firsthand.errors import LibraryError
from firsthand.library import sqlite
from firsthand.library.schema import KNOWN, REVISION

_ALEMBIC = table("alembic_version", column("version_num"))


def default_place() -> Path:
    """The library's file in the platform's data folder."""
    from platformdirs import user_data_path

    return user_data_path("firsthand", appauthor=False) / "library.db"


def ready(path: Path, *, create: bool) -> Engine:
    """An engine for the library at `path`, its tables as this Firsthand has them.

    A missing or empty file becomes a library if `create`. Raises LibraryError.
    """
    _look(path, create=create)
    engine = sqlite.engine(path, create=create)
    try:
        with sqlite.mapped(path):
            if not _is_ready(engine, path, create=create):
                _bring_up(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _look(path: Path, *, create: bool) -> None:
    """What the file system says before the database is asked, in words that help more than its."""
    try:
        if "\0" in str(path):  # the database would take what stands before it for the name
            raise ValueError("its name holds a null character")
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise LibraryError(f"{path}: is a folder; name a file in it, such as {path / 'library.db'}")
        if not path.exists() and not create:
            raise LibraryError(f"{path}: there is no library; `firsthand add` or `firsthand media add` makes one")
        if path.exists() and not os.access(path, os.R_OK):
            raise PermissionError
    except PermissionError:
        raise LibraryError(f"{path}: may not be read or written (permission denied)") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise LibraryError(f"{path}: a library cannot be there: {reason}") from None


def _is_ready(engine: Engine, path: Path, *, create: bool) -> bool:
    """Whether nothing is to be done. Raises LibraryError where nothing can be."""
    with engine.connect() as connection:
        whose = sqlite.application(connection)
        if whose is None and not create and not path.stat().st_size:  # else it was killed while it was made
            raise LibraryError(f"{path}: is an empty file, not a library; `firsthand add` makes one of it")
        if whose not in (None, sqlite.APPLICATION):
            raise LibraryError(f"{path}: is a database of another program, not a library of Firsthand")
        found = _revision(connection) if whose else ""
    if found and found not in KNOWN:
        raise LibraryError(f"{path}: is a library of a newer Firsthand ({found}); this one knows them up to {REVISION}")
    return found == REVISION


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return "without a revision"
    return str(connection.execute(select(_ALEMBIC.c.version_num)).scalar() or "without a revision")


def _bring_up(engine: Engine) -> None:
    """All in one transaction: whoever comes at the same time waits, and finds it done."""
    from alembic import command
    from alembic.config import Config

    sqlite.use_log(engine)
    config = Config()
    config.set_main_option("script_location", "firsthand.library:migrations")
    with engine.execution_options(**{sqlite.WRITES: True}).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
