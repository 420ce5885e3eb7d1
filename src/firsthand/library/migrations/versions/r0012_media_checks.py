"""Media that was dropped on the web page to be checked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "media_check",
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "who", "sha256", "name", "told")),
        sa.Column("adds", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("state", "cause")),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("ended", sa.Text),
        sa.Column("report", sa.Integer),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_media_check_sha256", "media_check", ["sha256"])
    op.create_index("media_check_state", "media_check", ["state", "no"])
