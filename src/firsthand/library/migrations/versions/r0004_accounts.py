"""Accounts, sessions, tokens, and the log of what people did."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from firsthand.library import sqlite

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    _accounts()
    _sessions()
    _tokens()
    _actions()


def _accounts() -> None:
    op.create_table(
        "account",
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("locked", sa.Boolean, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )


def _sessions() -> None:
    op.create_table(
        "session",
        sa.Column("hash", sa.Text, primary_key=True),
        sa.Column("account", sa.Integer, sa.ForeignKey("account.no", ondelete="CASCADE"), nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("seen", sa.Text, nullable=False),
    )
    op.create_index("ix_session_account", "session", ["account"])


def _tokens() -> None:
    op.create_table(
        "token",
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("account", sa.Integer, sa.ForeignKey("account.no", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False, unique=True),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("expires", sa.Text),
        sa.Column("used", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_token_account", "token", ["account"])


def _actions() -> None:
    names = ("at", "who", "what", "subject", "detail")
    op.create_table(
        "action",
        sa.Column("no", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in names),
    )
    for name in names[:-1]:
        op.create_index(f"ix_action_{name}", "action", [name])
    sqlite.guard_log(op.get_bind(), "action")
