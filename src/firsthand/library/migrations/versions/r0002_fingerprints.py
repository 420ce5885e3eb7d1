"""The index of wording. It begins empty: the next add, or who asks for copies, fills it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make its two tables."""
    op.create_table(
        "placed",
        sa.Column("place", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("version", sa.Integer, sa.ForeignKey("version.no", ondelete="CASCADE"), nullable=False, unique=True),
    )
    op.create_table(
        "fingerprint",
        sa.Column("hash", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("place", sa.BigInteger, primary_key=True),
        sqlite_with_rowid=False,
    )
