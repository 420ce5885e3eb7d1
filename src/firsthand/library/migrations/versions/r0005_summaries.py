"""What lists of claims, sources and outlets show, worked out beforehand."""

from __future__ import annotations

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
