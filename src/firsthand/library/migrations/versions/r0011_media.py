"""The archive of media: files, what is made of them, who added them; reports, ties and answers that were kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from firsthand.library import sqlite

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the tables."""
    _files()
    said = ("outlet", "origin", "claimed_time", "claimed_place")
    _log("media_added", "name", *(_text(name, nullable=True) for name in said))
    _log("media_report", "name", sa.Column("report", sa.LargeBinary, nullable=False))
    _log("media_tie", "kind", _text("subject"), sa.Column("tied", sa.Boolean, nullable=False))
    _log("media_answer", "question", _text("words"))
    op.create_index("ix_media_tie_subject", "media_tie", ["subject"])


def _files() -> None:
    op.create_table(
        "media",
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("sha256", sa.Text, nullable=False, unique=True),
        sa.Column("size", sa.Integer, nullable=False),
        _text("media_type"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "media_made",
        sa.Column("media", sa.Integer, sa.ForeignKey("media.no", ondelete="CASCADE"), primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        *map(_text, ("maker", "at", "cause")),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
    )


def _log(table: str, name: str, *columns: sa.Column[object]) -> None:
    """A table of what was done to a file, to which rows are only ever added."""
    texts = map(_text, ("at", "who", "sha256", name))
    op.create_table(table, sa.Column("no", sa.Integer, primary_key=True), *texts, *columns)
    op.create_index(f"ix_{table}_sha256", table, ["sha256"])
    sqlite.guard_log(op.get_bind(), table)
    sqlite.guard_numbers(op.get_bind(), table)


def _text(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Text, nullable=nullable)
