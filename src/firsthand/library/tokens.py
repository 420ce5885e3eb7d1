"""Tokens: what lets a program use the API in somebody's name, with no more than a role of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from firsthand.errors import LibraryError
from firsthand.library.accounts import ROLES, Account, Role, account_in, set_password
from firsthand.library.actions import log_action
from firsthand.library.incoming import moment, writable
from firsthand.library.schema_accounts import account, token

LONGEST_NAME = 80
"""Characters of a token's name."""

MOST = 50
"""Tokens of one account."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token, without what would let anybody in. `used` is within minutes; None where it never was."""

    no: int
    name: str
    role: Role
    made: datetime
    expires: datetime | None
    used: datetime | None

    @property
    def over(self) -> bool:
        """Whether it has expired."""
        return self.expires is not None and self.expires <= datetime.now(UTC)


def add(connection: Connection, one: Account, name: str, hashed: str, role: Role, expires: datetime | None) -> None:
    """A new token. Raises LibraryError where its role is above the account's, or its name is none."""
    shown = " ".join((writable(name) or "").split())
    if not 0 < len(shown) <= LONGEST_NAME:
        raise LibraryError(f"a token's name has 1 to {LONGEST_NAME} characters")
    if ROLES.index(role) > ROLES.index(one.role):
        raise LibraryError(f"a token of yours may be no more than {one.role}, as you are")
    if len(tokens(connection, one)) >= MOST:
        raise LibraryError(f"you have {MOST} tokens, which is the most; revoke one first")
    until = moment(expires) if expires else None
    row = {"account": one.no, "name": shown, "hash": hashed, "role": role, "made": _now(), "expires": until}
    connection.execute(insert(token).values(row))
    log_action(connection, one.name, "token made", shown, role)


def tokens(connection: Connection, one: Account) -> list[Token]:
    """Those of an account, oldest first."""
    found = select(token).where(token.c.account == one.no).order_by(token.c.no)
    return [_token(row) for row in connection.execute(found)]


def owner(connection: Connection, hashed: str) -> tuple[Account, Token] | None:
    """Whose token this is the hash of."""
    row = connection.execute(select(token).where(token.c.hash == hashed)).first()
    if row is None:
        return None
    whose = connection.execute(select(account).where(account.c.no == row.account)).one()
    return account_in(whose), _token(row)


def see(connection: Connection, one: Token) -> None:
    """Write down that it is in use now."""
    connection.execute(update(token).where(token.c.no == one.no).values(used=_now()))


def revoke(connection: Connection, one: Account, no: int, by: str) -> None:
    """Remove a token of this account. Raises LibraryError where it has none of this number."""
    found = {known.no: known for known in tokens(connection, one)}.get(no)
    if found is None:
        raise LibraryError(f"there is no such token of {'yours' if by == one.name else one.name}")
    connection.execute(delete(token).where(token.c.no == no))
    log_action(connection, by, "token revoked", found.name, "" if by == one.name else f"of {one.name}")


def revoke_all(connection: Connection, one: Account, by: str) -> None:
    """Remove all tokens of this account."""
    for known in tokens(connection, one):
        revoke(connection, one, known.no, by)


def reset_password(connection: Connection, one: Account, password: str, by: str) -> None:
    """As `set_password`, by somebody else, for who has lost it or had it stolen: the tokens go too.

    Whoever knew the old password could have made one, which would let them in for as long as a year.
    """
    set_password(connection, one, password, by)
    revoke_all(connection, one, by)


def _token(row: Row[Any]) -> Token:
    expires, used = (datetime.fromisoformat(when) if when else None for when in (row.expires, row.used))
    return Token(row.no, row.name, row.role, datetime.fromisoformat(row.made), expires, used)


def _now() -> str:
    return moment(datetime.now(UTC))
