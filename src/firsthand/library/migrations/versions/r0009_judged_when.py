"""How a claim stood when it was judged: of judgements made before, nobody knows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the column."""
    op.add_column("judgement", sa.Column("stood", sa.Text, nullable=False, server_default=""))
