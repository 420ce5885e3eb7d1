"""What was handed in and waits to be added, feeds that are watched."""

from __future__ import annotations

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
