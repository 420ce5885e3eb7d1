"""Accounts: who may sign in, as what; the browsers that are signed in; the tokens of programs.

No function here hashes or compares a secret: callers give the hashes. Whoever changes something is named by `by`, and
it is logged.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, exists, func, insert, select, update

from firsthand.errors import LibraryError
from firsthand.library.actions import log_action
from firsthand.library.incoming import moment
from firsthand.library.schema_accounts import account, action, session

Role = Literal["reader", "analyst", "admin"]
"""What an account may do, each more than the one before."""

ROLES: tuple[Role, ...] = ("reader", "analyst", "admin")

LONGEST_NAME = 64
"""Characters of an account's name."""


REMOVED = "account removed"
"""What the log says of it, and by which a name is known that nobody gets again."""


@dataclass(frozen=True, slots=True)
class Account:
    """Who may sign in. `password` is Argon2id's own encoding."""

    no: int
    name: str
    password: str
    role: Role
    locked: bool
    made: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in: since when, and when it was seen last."""

    account: Account
    made: datetime
    seen: datetime


def any_account(connection: Connection) -> bool:
    """Whether there is an account, so that people must sign in."""
    return bool(connection.scalar(select(exists(select(account.c.no)))))


def accounts(connection: Connection) -> list[Account]:
    """All of them, by name."""
    return [account_in(row) for row in connection.execute(select(account).order_by(account.c.key))]


def named(connection: Connection, name: str) -> Account | None:
    """The account with this name, whatever its case."""
    row = connection.execute(select(account).where(account.c.key == _key(name))).first()
    return account_in(row) if row else None


def of_number(connection: Connection, no: int) -> Account | None:
    """The account with this number."""
    row = connection.execute(select(account).where(account.c.no == no)).first()
    return account_in(row) if row else None


def add(connection: Connection, name: str, password: str, role: Role, by: str) -> Account:
    """A new account; `password` is hashed. Raises LibraryError as `free`, or where the first is no admin's."""
    shown = free(connection, name)
    if role != "admin" and not any_account(connection):
        raise LibraryError("the first account is an admin's, who can make others")
    row = {"name": shown, "key": _key(shown), "password": password, "role": role, "locked": False, "made": _now()}
    no = connection.execute(insert(account).values(row)).inserted_primary_key
    log_action(connection, by, "account made", shown, role)
    assert no is not None
    found = of_number(connection, no[0])
    assert found is not None
    return found


def free(connection: Connection, name: str) -> str:
    """The name as it is shown. Raises LibraryError where it is none, or is or was somebody's.

    Judgements, visits and the log go by name: whoever got a removed one's name would be taken for them. The log, which
    nothing is removed from, has every name that was.
    """
    shown = _readable(name)
    if named(connection, shown):
        raise LibraryError(f"{shown}: there is an account of this name already")
    gone = select(action.c.subject).where(action.c.what == REMOVED).distinct()
    if _key(shown) in map(_key, connection.scalars(gone)):
        raise LibraryError(f"{shown}: is a removed account's name, which the log still has; choose another name")
    return shown


def set_password(connection: Connection, one: Account, password: str, by: str) -> None:
    """Another password, hashed; all its browsers are signed out."""
    _change(connection, one, password=password)
    end_sessions(connection, one)
    log_action(connection, by, "password changed", one.name)


def is_still(connection: Connection, one: Account) -> bool:
    """Whether it has the password yet that was read with it, and is not locked: checking a password takes a while."""
    now = of_number(connection, one.no)
    return now is not None and now.password == one.password and not now.locked


def rehash(connection: Connection, one: Account, password: str) -> Account:
    """The same password, hashed anew; nothing is changed where it is another by now."""
    if is_still(connection, one):
        _change(connection, one, password=password)
    return replace(one, password=password)


def set_role(connection: Connection, one: Account, role: Role, by: str) -> None:
    """Another role; all its browsers are signed out. Raises LibraryError where no admin would be left."""
    if role != "admin":
        _refuse_last(connection, one)
    _change(connection, one, role=role)
    end_sessions(connection, one)
    log_action(connection, by, "role changed", one.name, f"{one.role} to {role}")


def set_locked(connection: Connection, one: Account, locked: bool, by: str) -> None:
    """Lock an account, or unlock it; its browsers are signed out. Raises LibraryError as `set_role`."""
    if locked:
        _refuse_last(connection, one)
    _change(connection, one, locked=locked)
    end_sessions(connection, one)
    log_action(connection, by, "account locked" if locked else "account unlocked", one.name)


def remove(connection: Connection, one: Account, by: str) -> None:
    """Remove an account with its tokens. Raises LibraryError where others would be left without an admin."""
    if connection.scalar(select(func.count()).select_from(account)) != 1:
        _refuse_last(connection, one)
    connection.execute(delete(account).where(account.c.no == one.no))
    log_action(connection, by, REMOVED, one.name, one.role)


def start_session(connection: Connection, one: Account, hashed: str) -> None:
    """Log a browser in: whoever has what this is the hash of."""
    now = _now()
    connection.execute(insert(session).values(hash=hashed, account=one.no, made=now, seen=now))
    log_action(connection, one.name, "signed in")


def session_of(connection: Connection, hashed: str) -> Session | None:
    """The browser's session, and whose it is."""
    found = select(account, session.c.made.label("since"), session.c.seen).join(session)
    row = connection.execute(found.where(session.c.hash == hashed)).first()
    return Session(account_in(row), _time(row.since), _time(row.seen)) if row else None


def see_session(connection: Connection, hashed: str) -> None:
    """Write down that it is in use now."""
    connection.execute(update(session).where(session.c.hash == hashed).values(seen=_now()))


def end_session(connection: Connection, hashed: str) -> None:
    """Log a browser out."""
    connection.execute(delete(session).where(session.c.hash == hashed))


def end_sessions(connection: Connection, one: Account) -> None:
    """Log all browsers of an account out."""
    connection.execute(delete(session).where(session.c.account == one.no))


def forget_sessions(connection: Connection, oldest: timedelta, idle: timedelta) -> None:
    """Remove those that began or were seen too long ago to be of use."""
    now = datetime.now(UTC)
    long_ago = (session.c.made < moment(now - oldest)) | (session.c.seen < moment(now - idle))
    connection.execute(delete(session).where(long_ago))


def _readable(name: str) -> str:
    """The name as it is shown. Raises LibraryError where it is none."""
    shown = unicodedata.normalize("NFC", name.strip())
    fits = 0 < len(shown) <= LONGEST_NAME and all(letter.isalnum() or letter in " .-_@+'" for letter in shown)
    if not fits or "  " in shown:
        raise LibraryError(f"a name has 1 to {LONGEST_NAME} letters, digits, single spaces and . - _ @ + '")
    return shown


def _key(name: str) -> str:
    """The same for names that look alike but for their case or their encoding."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name.strip()).casefold())


def _refuse_last(connection: Connection, one: Account) -> None:
    others = (account.c.role == "admin") & ~account.c.locked & (account.c.no != one.no)
    if not connection.scalar(select(exists(select(account.c.no).where(others)))):
        raise LibraryError(f"{one.name}: is the last admin; make another one first")


def _change(connection: Connection, one: Account, **values: Any) -> None:
    connection.execute(update(account).where(account.c.no == one.no).values(values))


def account_in(row: Row[Any]) -> Account:
    """The account in a row that has its columns."""
    return Account(row.no, row.name, row.password, row.role, row.locked, _time(row.made))


def _now() -> str:
    return moment(datetime.now(UTC))


def _time(written: str) -> datetime:
    return datetime.fromisoformat(written)
