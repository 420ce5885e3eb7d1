"""What was handed in and waits to be added, what is watched, and what became of both."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    _watches()
    _batches()
    _outcomes()
    _news()


def _watches() -> None:
    op.create_table(
        "watch",
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("address", sa.Text, nullable=False, unique=True),
        *_texts("kind", "who", "at"),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("paused", sa.Boolean, nullable=False),
        *_texts("due"),
        sa.Column("checked", sa.Text),
        sa.Column("changed", sa.Text),
        *_texts("etag", "modified"),
        sa.Column("failures", sa.Integer, nullable=False),
        *_texts("result"),
        sa.Column("found", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_watch_due", "watch", ["due"])
    op.create_table(
        "watch_seen",
        sa.Column("watch", sa.Integer, sa.ForeignKey("watch.no", ondelete="CASCADE"), primary_key=True),
        sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )


def _batches() -> None:
    op.create_table(
        "batch",
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        *_texts("at", "who"),
        sa.Column("watch", sa.Integer, sa.ForeignKey("watch.no", ondelete="SET NULL")),
        sa.Column("by_watch", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_batch_watch", "batch", ["watch"])
    op.create_table(
        "submission",
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("batch", sa.Integer, sa.ForeignKey("batch.no", ondelete="CASCADE"), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        *_texts("kind", "name", "told"),
        sa.Column("size", sa.Integer, nullable=False),
        *_texts("state", "cause"),
        sa.Column("tries", sa.Integer, nullable=False),
        *_texts("after"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_submission_batch", "submission", ["batch"])
    op.create_index("submission_state", "submission", ["state", "place", "no"])


def _outcomes() -> None:
    op.create_table(
        "submitted",
        _submission(),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "outcome",
        _submission(),
        sa.Column("place", sa.Integer, primary_key=True),
        *_texts("action", "article"),
        sa.Column("number", sa.Integer, nullable=False),
        *_texts("origin", "cause"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_outcome_article", "outcome", ["article"])
    op.create_table(
        "effect",
        sa.Column("version", sa.Integer, sa.ForeignKey("version.no", ondelete="CASCADE"), primary_key=True),
        sa.Column("told", sa.Text),
        *_texts("cause"),
    )


def _news() -> None:
    op.create_table(
        "news",
        sa.Column("no", sa.Integer, primary_key=True),
        *_texts("at", "claim", "article", "root", "kind"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "visit",
        sa.Column("who", sa.Text, primary_key=True),
        *_texts("at"),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("change", "news")),
        sqlite_with_rowid=False,
    )


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _submission() -> sa.Column[int]:
    return sa.Column("submission", sa.Integer, sa.ForeignKey("submission.no", ondelete="CASCADE"), primary_key=True)
