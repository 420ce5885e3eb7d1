"""The tables of accounts, of what lets people in, and of what people did. Times are as in `schema`, and sort."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, Text

from firsthand.library.schema import metadata

account = Table(
    "account",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("name", Text, nullable=False),  # as it is shown
    Column("key", Text, nullable=False, unique=True),  # by which a name is found, however it is written
    Column("password", Text, nullable=False),  # Argon2id's own encoding, with salt and parameters
    Column("role", Text, nullable=False),
    Column("locked", Boolean, nullable=False),
    Column("made", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""Who may sign in. A number is never given twice."""


def _account() -> Column[int]:
    where = ForeignKey("account.no", ondelete="CASCADE")
    return Column("account", Integer, where, nullable=False, index=True)


session = Table(
    "session",
    metadata,
    Column("hash", Text, primary_key=True),  # SHA-256 of what the browser has in its cookie
    _account(),
    Column("made", Text, nullable=False),
    Column("seen", Text, nullable=False),  # within minutes
)
"""Browsers that are signed in. What is stored does not let anybody in: only what it is the hash of does."""

token = Table(
    "token",
    metadata,
    Column("no", Integer, primary_key=True),
    _account(),
    Column("name", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),  # SHA-256 of what was shown once
    Column("role", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("expires", Text),
    Column("used", Text),  # within minutes
    sqlite_autoincrement=True,
)
"""What lets programs use the API in somebody's name."""

action = Table(
    "action",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("at", Text, nullable=False, index=True),
    Column("who", Text, nullable=False, index=True),
    Column("what", Text, nullable=False, index=True),
    Column("subject", Text, nullable=False, index=True),
    Column("detail", Text, nullable=False),
)
"""What people did, by hand: `actions`. Rows are only ever added, which a trigger sees to."""
