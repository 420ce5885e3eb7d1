"""Articles, their versions and originals, full text, the log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from firsthand.library import sqlite

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first tables."""
    _articles()
    _originals()
    _versions()
    _log()
    connection = op.get_bind()
    sqlite.make_full_text(connection)
    sqlite.guard_log(connection)
    sqlite.sign(connection)


def _articles() -> None:
    op.create_table(
        "article",
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("current", sa.Integer, nullable=False),
        sa.Column("dated", sa.Text, nullable=False),
        sa.Column("outlet", sa.Text),
    )
    op.create_index("article_dated", "article", ["dated", "no"])
    op.create_table(
        "known_as",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("article", sa.Integer, sa.ForeignKey("article.no", ondelete="CASCADE"), nullable=False),
    )
    op.create_index("ix_known_as_article", "known_as", ["article"])


def _originals() -> None:
    op.create_table(
        "original",
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("sha256", sa.Text, nullable=False, unique=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("added", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
    )
    op.create_table(
        "piece",
        sa.Column("original", sa.Integer, sa.ForeignKey("original.no", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
    )


def _versions() -> None:
    fields = ("own_id", "title", "outlet", "byline", "published", "modified", "language", "url")
    op.create_table(
        "version",
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("article", sa.Integer, sa.ForeignKey("article.no", ondelete="CASCADE"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("original", sa.Integer, sa.ForeignKey("original.no"), nullable=False),
        sa.Column("added", sa.Text, nullable=False),
        sa.Column("fetched", sa.Text),
        sa.Column("origin", sa.Text, nullable=False),
        *(sa.Column(field, sa.Text) for field in fields),
        sa.Column("links", sa.Text, nullable=False),
        sa.Column("media", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.UniqueConstraint("article", "number", name="version_number"),
    )
    op.create_index("ix_version_original", "version", ["original"])
    op.create_index("version_own_id", "version", ["own_id"])


def _log() -> None:
    op.create_table(
        "change",
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
    )
    op.create_index("change_id", "change", ["id"])
