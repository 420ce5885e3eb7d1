"""Accounts, sessions, tokens, and the log of what people did."""

from __future__ import annotations

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
