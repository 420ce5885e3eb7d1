"""The log of what people did: it keeps what it is told, is found by filters, and nobody changes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, update

from firsthand.errors import LibraryError
from firsthand.library import Library
from firsthand.library.actions import LONGEST, Asked, actions, kinds, log_action
from firsthand.library.schema_accounts import action

ROWS = (
    ("ann", "judgement", "c1f20a", "likely"),
    ("ben", "judgement", "c90bb2", ""),
    ("ann", "claims merged", "c1f20a", "c90bb2"),
)


@pytest.fixture
def logged(library: Library) -> Library:
    with library.writing() as connection:
        for row in ROWS:
            log_action(connection, *row)
    return library


def test_it_keeps_who_did_what_to_what_and_when(logged: Library) -> None:
    with logged.reading() as connection:
        found = actions(connection, Asked())
    assert [(one.who, one.what, one.on, one.detail) for one in found] == list(reversed(ROWS))
    assert all(timedelta(0) <= datetime.now(UTC) - one.at < timedelta(minutes=1) for one in found)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Asked(who="ann"), [3, 1]),
        (Asked(what="judgement"), [2, 1]),
        (Asked(who="ann", what="judgement"), [1]),
        (Asked(on="c90bb2"), [2]),
        (Asked(who="Ann"), []),
        (Asked(who="' OR 1=1 --"), []),
        (Asked(who="\udc80"), []),
        (Asked(since=datetime(2020, 1, 1, tzinfo=UTC)), [3, 2, 1]),
        (Asked(until=datetime(2020, 1, 1, tzinfo=UTC)), []),
    ],
)
def test_filters(logged: Library, asked: Asked, expected: list[int]) -> None:
    with logged.reading() as connection:
        assert [one.number for one in actions(connection, asked)] == expected


def test_pages_follow_each_other(logged: Library) -> None:
    with logged.reading() as connection:
        assert [one.number for one in actions(connection, Asked(), limit=2)] == [3, 2]
        assert [one.number for one in actions(connection, Asked(), limit=2, before=2)] == [1]
        assert kinds(connection) == ["claims merged", "judgement"]


def test_what_cannot_be_written_as_text_is_written_about(library: Library) -> None:
    with library.writing() as connection:
        log_action(connection, "ann", "x", "\ud800", "y" * (LONGEST + 5))
    with library.reading() as connection:
        (found,) = actions(connection, Asked())
    assert (found.on, len(found.detail)) == ("\\ud800", LONGEST)


@pytest.mark.parametrize("statement", [update(action).values(who="ben"), delete(action)])
def test_nobody_changes_it(logged: Library, statement: object) -> None:
    with pytest.raises(LibraryError, match="only ever added to"), logged.writing() as connection:
        connection.execute(statement)


@pytest.mark.parametrize("table", ["change", "decision", "claim_change", "action", "judgement"])
@pytest.mark.parametrize("how", ["INSERT OR REPLACE INTO", "REPLACE INTO", "INSERT OR IGNORE INTO"])
def test_no_row_of_a_log_is_put_in_place_of_another(library: Library, table: str, how: str) -> None:
    with library.writing() as connection:
        columns = connection.exec_driver_sql(f"PRAGMA table_info({table})").all()
        names = ", ".join(column.name for column in columns)
        values = ", ".join(
            "1" if column.name == "no" else "NULL" if not column.notnull else "'x'" for column in columns
        )
        connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({values})")
    with pytest.raises(LibraryError, match="only ever added to"), library.writing() as connection:
        connection.exec_driver_sql(f"{how} {table} ({names}) VALUES ({values.replace('x', 'y')})")
    with library.writing() as connection:
        connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({values.replace('1', 'NULL', 1)})")
        assert connection.exec_driver_sql(f"SELECT no FROM {table} ORDER BY no").scalars().all() == [1, 2]
