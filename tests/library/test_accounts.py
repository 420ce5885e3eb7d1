"""Accounts, sessions and tokens in the library: what is asked is done and logged, and an admin is always left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, func, select, update

from firsthand.errors import LibraryError
from firsthand.library import Library, accounts, tokens
from firsthand.library.accounts import Account
from firsthand.library.actions import Asked, actions
from firsthand.library.schema_accounts import session, token


@pytest.fixture
def ann(library: Library) -> Account:
    with library.writing() as connection:
        return accounts.add(connection, "Ann", "hash", "admin", "root")


def add(library: Library, name: str, role: accounts.Role = "reader") -> Account:
    with library.writing() as connection:
        return accounts.add(connection, name, "hash", role, "root")


def named(library: Library, name: str) -> Account:
    with library.reading() as connection:
        found = accounts.named(connection, name)
    assert found
    return found


def count(connection: Connection, table: object) -> int:
    return int(connection.scalar(select(func.count()).select_from(table)) or 0)  # type: ignore[arg-type]


def test_the_first_is_an_admin(library: Library) -> None:
    with pytest.raises(LibraryError, match="the first account is an admin's"):
        add(library, "cid")
    with library.reading() as connection:
        assert not accounts.any_account(connection)


@pytest.mark.parametrize("name", ["ann", "ANN", " Ann", "Ａnn"])
def test_a_name_is_taken_however_it_is_written(library: Library, ann: Account, name: str) -> None:
    with pytest.raises(LibraryError, match=r"already|a name has"):
        add(library, name)
    assert named(library, name).no == ann.no


@pytest.mark.parametrize("name", ["", " ", "a" * 65, "a\nb", "a  b", "<b>", "a\u202eb", "a\x00", "\ud800", "a/b"])
def test_what_is_no_name(library: Library, ann: Account, name: str) -> None:
    with pytest.raises(LibraryError, match="a name has"):
        add(library, name)


@pytest.mark.parametrize("act", ["lock", "demote", "remove"])
def test_the_last_admin_stays_one(library: Library, ann: Account, act: str) -> None:
    add(library, "cid")
    with pytest.raises(LibraryError, match="is the last admin"), library.writing() as connection:
        _do(connection, ann, act)
    add(library, "dora", "admin")
    with library.writing() as connection:
        _do(connection, ann, act)


def test_a_locked_admin_does_not_count(library: Library, ann: Account) -> None:
    dora = add(library, "dora", "admin")
    with library.writing() as connection:
        accounts.set_locked(connection, dora, True, "root")
    with pytest.raises(LibraryError, match="is the last admin"), library.writing() as connection:
        accounts.set_role(connection, ann, "reader", "root")


def test_the_only_account_can_be_removed(library: Library, ann: Account) -> None:
    with library.writing() as connection:
        accounts.remove(connection, ann, "root")
    with library.reading() as connection:
        assert not accounts.any_account(connection)


def _do(connection: Connection, one: Account, act: str) -> None:
    if act == "lock":
        accounts.set_locked(connection, one, True, "root")
    elif act == "demote":
        accounts.set_role(connection, one, "reader", "root")
    else:
        accounts.remove(connection, one, "root")


def test_what_an_account_was_let_in_by_goes_with_it(library: Library, ann: Account) -> None:
    cid = add(library, "cid")
    with library.writing() as connection:
        accounts.start_session(connection, cid, "h1")
        tokens.add(connection, cid, "x", "h2", "reader", None)
        accounts.remove(connection, cid, "ann")
        assert (count(connection, session), count(connection, token)) == (0, 0)
        assert accounts.session_of(connection, "h1") is None
        assert tokens.owner(connection, "h2") is None


def test_numbers_are_never_given_twice(library: Library, ann: Account) -> None:
    cid = add(library, "cid")
    with library.writing() as connection:
        accounts.remove(connection, cid, "ann")
    assert add(library, "eve").no > cid.no


@pytest.mark.parametrize("name", ["cid", "CID", " Cid"])
def test_nobody_gets_the_name_of_a_removed_account(library: Library, ann: Account, name: str) -> None:
    cid = add(library, "Cid")
    with library.writing() as connection:
        accounts.remove(connection, cid, "ann")
    with pytest.raises(LibraryError, match=r"removed account.*choose another name"):
        add(library, name)


def test_old_sessions_are_forgotten(library: Library, ann: Account) -> None:
    now = datetime.now(UTC)
    with library.writing() as connection:
        for name, made, seen in (("a", 1, 1), ("b", 200, 1), ("c", 30, 20)):
            accounts.start_session(connection, ann, name)
            times = {
                "made": (now - timedelta(hours=made)).isoformat(),
                "seen": (now - timedelta(hours=seen)).isoformat(),
            }
            connection.execute(update(session).where(session.c.hash == name).values(times))
        accounts.forget_sessions(connection, timedelta(days=7), timedelta(hours=12))
        assert list(connection.scalars(select(session.c.hash))) == ["a"]


def test_tokens(library: Library, ann: Account) -> None:
    cid = add(library, "cid")
    with library.writing() as connection:
        tokens.add(connection, cid, "  a   script ", "h", "reader", datetime.now(UTC) - timedelta(1))
        (one,) = tokens.tokens(connection, cid)
        assert (one.name, one.role, one.over, one.used) == ("a script", "reader", True, None)
        tokens.see(connection, one)
        found = tokens.owner(connection, "h")
        assert found
        assert found[0].name == "cid"
        assert found[1].used
        with pytest.raises(LibraryError, match="no such token of yours"):
            tokens.revoke(connection, ann, one.no, "Ann")
        tokens.revoke(connection, cid, one.no, "cid")
        assert tokens.tokens(connection, cid) == []


@pytest.mark.parametrize(
    ("name", "role", "said"),
    [("", "reader", "1 to 80"), ("x" * 81, "reader", "1 to 80"), ("x", "admin", "no more than")],
)
def test_tokens_that_are_none(library: Library, ann: Account, name: str, role: accounts.Role, said: str) -> None:
    cid = add(library, "cid")
    with pytest.raises(LibraryError, match=said), library.writing() as connection:
        tokens.add(connection, cid, name, "h", role, None)


def test_nobody_has_tokens_without_end(library: Library, ann: Account) -> None:
    with library.writing() as connection:
        for number in range(tokens.MOST):
            tokens.add(connection, ann, "x", str(number), "reader", None)
    with pytest.raises(LibraryError, match="which is the most"), library.writing() as connection:
        tokens.add(connection, ann, "x", "one more", "reader", None)


def test_all_of_it_is_logged(library: Library, ann: Account) -> None:
    cid = add(library, "cid")
    with library.writing() as connection:
        accounts.set_role(connection, cid, "analyst", "Ann")
        accounts.set_password(connection, cid, "other", "Ann")
        accounts.set_locked(connection, cid, True, "Ann")
        accounts.set_locked(connection, cid, False, "Ann")
        accounts.remove(connection, cid, "Ann")
        log = [(one.who, one.what, one.on, one.detail) for one in actions(connection, Asked(on="cid"))]
    assert log[::-1] == [
        ("root", "account made", "cid", "reader"),
        ("Ann", "role changed", "cid", "reader to analyst"),
        ("Ann", "password changed", "cid", ""),
        ("Ann", "account locked", "cid", ""),
        ("Ann", "account unlocked", "cid", ""),
        ("Ann", "account removed", "cid", "reader"),
    ]
    assert "other" not in str(log)
