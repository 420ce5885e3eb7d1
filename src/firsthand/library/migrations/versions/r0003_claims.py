"""Claims: readings, derivations, statements, nodes, decisions. All newest versions wait for all of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from firsthand.library import sqlite

revision = "0003"
down_revision = "0002"

_KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables; what is there waits."""
    _readings()
    _derivations()
    _statements()
    _nodes()
    _logs()
    newest = "SELECT version.no, true, true, true FROM version JOIN article ON version.article = article.no"
    op.execute(f"INSERT INTO waiting {newest} WHERE version.number = article.current")


def _version(*, primary_key: bool = False) -> sa.Column[int]:
    where = sa.ForeignKey("version.no", ondelete="CASCADE")
    return sa.Column("version", sa.Integer, where, primary_key=primary_key, nullable=False)


def _readings() -> None:
    op.create_table(
        "waiting",
        _version(primary_key=True),
        *(sa.Column(step, sa.Boolean, nullable=False) for step in ("to_read", "to_compare", "to_join")),
    )
    op.create_table(
        "maker",
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_table(
        "reading",
        _version(primary_key=True),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("vectors", sa.LargeBinary, nullable=False),
        sa.Column("marks", sa.LargeBinary, nullable=False),
    )


def _derivations() -> None:
    sides = ("later", "earlier")
    op.create_table(
        "derivation",
        *(
            sa.Column(side, sa.Integer, sa.ForeignKey("version.no", ondelete="CASCADE"), primary_key=True)
            for side in sides
        ),
        sa.Column("undetermined", sa.Boolean, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )
    _index("derivation", "earlier", "origin")
    op.create_table("compared", _version(primary_key=True), sa.Column("seen", sa.Integer, nullable=False))


def _statements() -> None:
    op.create_table(
        "joined",
        sa.Column("version", sa.Integer, sa.ForeignKey("version.no"), primary_key=True),
        sa.Column("setting", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "statement",
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("version", sa.Integer, sa.ForeignKey("joined.version"), nullable=False),
        sa.Column("node", sa.BigInteger, nullable=False),
        sa.Column("full", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )
    _index("statement", "version", "node")


def _nodes() -> None:
    op.create_table(
        "node",
        sa.Column("key", _KEY, primary_key=True, autoincrement=False),
        sa.Column("rank", sa.Text, nullable=False),
        sa.Column("head", sa.Text, nullable=False),
        sa.Column("centre", sa.BigInteger, nullable=False),
        sa.Column("claim", sa.Text, nullable=False),
    )
    _index("node", "centre", "claim")
    op.create_table(
        "head",
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("node", sa.BigInteger, nullable=False, unique=True),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "indexed",
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("token", sa.Text, nullable=False),
    )
    op.create_table(
        "tie",
        *(sa.Column(side, sa.BigInteger, primary_key=True, autoincrement=False) for side in ("one", "other")),
        *(sa.Column(odds, sa.Integer, nullable=False) for odds in ("same", "contradicts", "neighbour")),
        sqlite_with_rowid=False,
    )


def _logs() -> None:
    op.create_table(
        "decision",
        sa.Column("no", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "who", "because", "kind", "one", "other")),
    )
    _index("decision", "one", "other")
    op.create_table(
        "claim_change",
        sa.Column("no", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "kind", "claim", "other")),
        sa.Column("decision", sa.Integer, sa.ForeignKey("decision.no")),
    )
    _index("claim_change", "claim", "other")
    for table in ("decision", "claim_change"):
        sqlite.guard_log(op.get_bind(), table)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])
