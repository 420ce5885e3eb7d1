"""All that only SQLite has: how it is opened, its transactions, full text, its errors."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Engine,
    QueuePool,
    Select,
    Table,
    TableValuedAlias,
    Update,
    bindparam,
    column,
    create_engine,
    event,
    func,
    insert,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.dialects.sqlite import insert as insert_or
from sqlalchemy.exc import DBAPIError

from firsthand.errors import LibraryError

PATIENCE = 60.0
"""Seconds to wait for another process that writes. One batch of an add takes well under one."""

TURN, GAP = 0.003, 0.015
"""Seconds between two tries to begin to write, and those that who writes many transactions leaves between two. With no
gap, others waited until all was done: 13 seconds, measured with 3,630 claims to be summed up."""

APPLICATION = 0x46_48_4C_31
"""What says in an SQLite file's header that it is a library of Firsthand: "FHL1"."""

WRITING, READING = 32_768, 4_096
"""KiB of the library that a connection keeps in memory: while it writes, and else. A server has up to fifteen."""

WRITES = "firsthand_writes"
"""Execution option of a connection that is going to write: it takes its turn at once, not at its first change."""

_DIALECT = dialect(paramstyle="named")
_ON_CONNECT = (
    "PRAGMA foreign_keys = ON",
    # A commit is on the disk before it is said to be done; a batch of articles costs one.
    "PRAGMA synchronous = FULL",
    # What is removed is overwritten, not only forgotten. Some SQLite is built so that it does by itself, most is not.
    "PRAGMA secure_delete = ON",
    # Pages of the log beyond which it goes into the file: an article changes some sixty pages all over the index of
    # wording, and at SQLite's own 1,000 every fifteenth article would wait for that.
    "PRAGMA wal_autocheckpoint = 8192",
)
_FULL_TEXT = """\
CREATE VIRTUAL TABLE words USING fts5(
    title, text, outlet, content='version', content_rowid='no', tokenize="unicode61 remove_diacritics 2"
)"""
_ONLY_ADDED = """\
CREATE TRIGGER {table}_{action} BEFORE {action} ON {table}
BEGIN SELECT RAISE(ABORT, 'the log is only ever added to'); END"""
_ONLY_NEW = """\
CREATE TRIGGER {table}_INSERT BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE no = new.no)
BEGIN SELECT RAISE(ABORT, 'the log is only ever added to'); END"""
MOST_HELD, MOST_RANKED = 20_000, 8_000
"""Versions with a word that are listed, and such as are put in order of how well they match: the latest added.

Of a word that more have, none stands out. In a library of 20,000, of a word that all have, putting all in order took
28 ms and 8,000 take 11.
Measured on 100,000 articles of 250 words, ordering all that have a word that nearly all have took 135 ms.
"""

_WEIGHTS = 4.0, 1.0, 2.0
"""Of a word in the title, the text, the outlet's name. Chosen by reason, not measured."""

MARKS = "\x02", "\x03"
"""What stands before and after a found word in a snippet: characters that no text has."""

_WORDS_AROUND = 24
_COUNTED = """\
SELECT count(*) FROM (
    SELECT DISTINCT version.article FROM words JOIN version INDEXED BY version_of ON version.no = words.rowid
    WHERE words MATCH ? LIMIT ?
)"""  # without the hint it reads the rows themselves, a page or more each
_SNIPPET = f"""\
SELECT snippet(words, -1, '{MARKS[0]}', '{MARKS[1]}', '…', {_WORDS_AROUND})
FROM words WHERE words MATCH ? AND rowid = ?"""
_INDEX = "INSERT INTO words(rowid, title, text, outlet) SELECT no, title, text, outlet FROM version WHERE no = ?"
_UNINDEX = """\
INSERT INTO words(words, rowid, title, text, outlet)
SELECT 'delete', no, title, text, outlet FROM version WHERE no = ?"""

_CAUSES = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "may only be read, not written",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: it, or its folder, may not be read or written",
    sqlite3.SQLITE_PERM: "may not be opened (permission denied)",
    sqlite3.SQLITE_NOTADB: "is no library of Firsthand",
    sqlite3.SQLITE_CORRUPT: "is damaged",
    sqlite3.SQLITE_BUSY: f"is being written by another process for more than {PATIENCE:.0f} seconds",
    sqlite3.SQLITE_IOERR: "the disk does not let it be read or written",
    sqlite3.SQLITE_TOOBIG: "cannot hold an article as long as this",
    sqlite3.SQLITE_NOMEM: "there is not enough memory to use it",
    sqlite3.SQLITE_CONSTRAINT_TRIGGER: "the log is only ever added to",
    sqlite3.SQLITE_CONSTRAINT: "what is to be written does not fit what is there, and nothing of it was written: run "
    "the command again; if it stays so, it is a mistake of Firsthand's to be reported",
}


def engine(path: Path, *, create: bool) -> Engine:
    """What connects to the file, which is made where it is missing only if `create`."""
    mode = "ro&immutable=1" if _cannot_change(path) else "rwc" if create else "rw"
    address = f"{path.absolute().as_uri()}?mode={mode}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False)

    made = create_engine("sqlite://", creator=connect, poolclass=QueuePool)
    event.listen(made, "connect", _prepare)
    event.listen(made, "begin", _begin)
    return made


def _cannot_change(path: Path) -> bool:
    """Whether a library is on a disk that is read-only; then SQLite can keep no log beside it, and needs none."""
    log = path.with_name(f"{path.name}-wal")
    if log.exists() or not path.exists() or not hasattr(os, "statvfs"):
        return False
    return bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def _prepare(connection: Any, _: object) -> None:
    for statement in _ON_CONNECT:
        connection.execute(statement).close()


def _begin(connection: Connection) -> None:
    """Python's own transactions begin with the first change: too late to wait for one's turn."""
    writes = connection.get_execution_options().get(WRITES)
    _raw(connection).execute(f"PRAGMA cache_size = -{WRITING if writes else READING}").close()
    if writes:
        _take_turn(_raw(connection))
    else:
        _raw(connection).execute("BEGIN").close()


def _take_turn(raw: sqlite3.Connection) -> None:
    """SQLite itself asks every tenth of a second, and seldom meets the moment between two of another's transactions."""
    end = time.monotonic() + PATIENCE
    raw.execute("PRAGMA busy_timeout = 0").close()
    try:
        while not _has_turn(raw, last=time.monotonic() > end):
            time.sleep(TURN)
    finally:
        raw.execute(f"PRAGMA busy_timeout = {1000 * PATIENCE:.0f}").close()


def _has_turn(raw: sqlite3.Connection, *, last: bool) -> bool:
    try:
        raw.execute("BEGIN IMMEDIATE").close()
    except sqlite3.OperationalError as error:
        if last or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def give_way() -> None:
    """Between two transactions of many: let others who wait to write take their turn."""
    time.sleep(GAP)


def rows(connection: Connection, statement: Select[Any], **values: Any) -> list[tuple[Any, ...]]:
    """What a statement answers that is written once and asked for every article, in a transaction that has begun.

    It goes past SQLAlchemy, which takes several times as long over it as SQLite. Lists are given to `each`.
    """
    sql, given = _written(statement)
    lists = {name: json.dumps(value) for name, value in values.items() if isinstance(value, list)}
    return _raw(connection).execute(sql, {**given, **values, **lists}).fetchall()


def put(connection: Connection, into: Table, row: Mapping[str, Any]) -> int:
    """Insert one row, as `rows` asks; the number that it gets."""
    number = _raw(connection).execute(_insertion(into, tuple(row)), row).lastrowid
    assert number is not None  # as after no other statement
    return number


def put_all(connection: Connection, into: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same columns, as `rows` asks."""
    if rows:
        _raw(connection).executemany(_insertion(into, tuple(rows[0])), rows)


def keep_all(connection: Connection, into: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """As `put_all`, in place of rows with the same primary key."""
    if rows:
        _raw(connection).executemany(_keeping(into, tuple(rows[0])), rows)


def change(connection: Connection, statement: Delete | Update, rows: Sequence[Mapping[str, Any]]) -> None:
    """Change or delete what a statement says, for each row of values, as `rows` asks."""
    if rows:
        sql, given = _written(statement)
        _raw(connection).executemany(sql, [{**given, **row} for row in rows])


def seen(connection: Connection) -> tuple[int, int, int]:
    """What is the same at the end of a transaction and in a later one of its connection, if nobody wrote between."""
    raw = _raw(connection)
    return id(raw), raw.total_changes, raw.execute("PRAGMA data_version").fetchone()[0]


def each(name: str) -> TableValuedAlias:
    """The members of a list that is given to `rows` by this name, in the column `value`: one statement for any."""
    return func.json_each(bindparam(name)).table_valued("value")


def _raw(connection: Connection) -> sqlite3.Connection:
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


@cache
def _written(statement: Select[Any] | Delete | Update) -> tuple[str, dict[str, Any]]:
    compiled = statement.compile(dialect=_DIALECT)
    return str(compiled), dict(compiled.params)


@cache
def _insertion(into: Table, columns: tuple[str, ...]) -> str:
    return str(insert(into).compile(dialect=_DIALECT, column_keys=columns))


@cache
def _keeping(into: Table, columns: tuple[str, ...]) -> str:
    key = [column.name for column in into.primary_key]
    made = insert_or(into)
    others = {name: made.excluded[name] for name in columns if name not in key}
    kept = made.on_conflict_do_update(index_elements=key, set_=others)
    return str(kept.compile(dialect=_DIALECT, column_keys=columns))


@contextmanager
def mapped(path: Path) -> Iterator[None]:
    """Raises LibraryError, which names the file and the cause, for what the database raises."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise LibraryError(f"{path}: {_cause(error)}") from error


def told(error: Exception) -> str:
    """An error in words that say what to do; of what is not the database's its kind and its own words."""
    if isinstance(error, (DBAPIError, sqlite3.Error)):
        return _cause(error)
    return " ".join(f"{type(error).__name__}: {error}".split())


def _cause(error: Exception) -> str:
    """In one sentence; of a cause that is not known SQLite's own name for it."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(origin, "sqlite_errorcode", None) or 0
    name = getattr(origin, "sqlite_errorname", None) or type(origin).__name__
    unknown = f"cannot be used ({name}): run the command again, or open a copy of the library"
    return _CAUSES.get(code) or _CAUSES.get(code & 0xFF) or unknown


def application(connection: Connection) -> int | None:
    """Whose file it is: `APPLICATION` for a library; None for a file with nothing in it."""
    if not connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one():
        return None
    return int(connection.exec_driver_sql("PRAGMA application_id").scalar_one())


def use_log(engine: Engine) -> None:
    """Write ahead from now on, so that readers and a writer do not wait for each other. The file remembers it.

    Of several that do this at once SQLite turns all but one away, without waiting.
    """
    end = time.monotonic() + PATIENCE
    while not _uses_log(engine, last=time.monotonic() > end):
        time.sleep(0.02)


def _uses_log(engine: Engine, *, last: bool) -> bool:
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode = WAL").close()
    except sqlite3.OperationalError as error:
        if last or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    finally:
        connection.close()
    return True


def sign(connection: Connection) -> None:
    """Say in the file's header that it is a library."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")


def make_full_text(connection: Connection) -> None:
    """The index of all words of all versions, which reads the texts where they are."""
    connection.exec_driver_sql(_FULL_TEXT)


def guard_log(connection: Connection, table: str = "change") -> None:
    """Let no row of a log be changed or removed."""
    for action in ("UPDATE", "DELETE"):
        connection.exec_driver_sql(_ONLY_ADDED.format(table=table, action=action))


def guard_numbers(connection: Connection, table: str) -> None:
    """Let no row of a log be put in place of another: for INSERT OR REPLACE SQLite asks no trigger of a DELETE."""
    connection.exec_driver_sql(_ONLY_NEW.format(table=table))


def index(connection: Connection, versions: Iterable[int]) -> None:
    """Put the words of versions, by their `no`, into the index."""
    _raw(connection).executemany(_INDEX, [(no,) for no in versions])


def unindex(connection: Connection, versions: Iterable[int]) -> None:
    """Take the words of versions out of the index, before the versions go."""
    _raw(connection).executemany(_UNINDEX, [(no,) for no in versions])


def ranked(connection: Connection, query: str, among: Select[Any] | None) -> Iterator[tuple[int, float]]:
    """The `no` of each version that holds the words, best first, with its cost: the lower, the better.

    `among` gives the `no` of those that may be found; None lets all be.
    """
    words: ColumnElement[str] = literal_column("words")
    found = select(column("rowid").label("no"), func.bm25(words, *_WEIGHTS).label("cost"))
    found = found.select_from(table("words")).where(words.op("MATCH")(query))
    if among is not None:  # the sign keeps SQLite from asking the index anew for each of them
        found = found.where(literal_column("+rowid").in_(among))
    latest = found.order_by(column("rowid").desc()).limit(MOST_RANKED).subquery()
    yield from ((row.no, row.cost) for row in connection.execute(select(latest).order_by(latest.c.cost)))


def holding(query: str) -> Select[Any]:
    """What gives the `no` of each version that holds the words; of more than `MOST_HELD`, the latest added."""
    found: Select[Any] = select(column("rowid").label("no")).select_from(table("words"))
    words: ColumnElement[str] = literal_column("words")
    return found.where(words.op("MATCH")(query)).order_by(column("rowid").desc()).limit(MOST_HELD)


def articles_holding(connection: Connection, query: str, most: int) -> int:
    """How many articles have a version with the words; no more than `most` are counted."""
    return int(connection.exec_driver_sql(_COUNTED, (query, most)).scalar_one())


def snippet(connection: Connection, query: str, version: int) -> str:
    """The part of a version that has the words best, each between `MARKS`."""
    return str(connection.exec_driver_sql(_SNIPPET, (query, version)).scalar_one())


def query_of(terms: Iterable[tuple[str, bool]]) -> str:
    """A query for all of the terms, each a word or a phrase; of those with True, the last word may go on."""
    return " ".join('"{}"{}'.format(term.replace('"', '""'), "*" if goes_on else "") for term, goes_on in terms)
