"""What people concluded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from firsthand.library import sqlite

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table, which is only ever added to."""
    fields = ("at", "who", "claim", "words", "conclusion", "rating", "reasons", "rests")
    op.create_table(
        "judgement",
        sa.Column("no", sa.Integer, primary_key=True),
        *(sa.Column(field, sa.Text, nullable=False) for field in fields),
    )
    op.create_index("ix_judgement_claim", "judgement", ["claim"])
    sqlite.guard_log(op.get_bind(), "judgement")
