"""Whose each version is, without reading the version: counts of a search need no more of it."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the index."""
    op.create_index("version_of", "version", ["no", "article"])
