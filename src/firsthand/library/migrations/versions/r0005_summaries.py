"""What lists of claims, sources and outlets show, worked out beforehand; what is there is to be worked out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from firsthand.library import sqlite_stale

revision = "0005"
down_revision = "0004"

_MADE_OF = ("size", "own", "credited", "copied", "open", "named", "unnamed", "nobody")


def upgrade() -> None:
    """Make the tables and the triggers; all that is there is out of date."""
    _claims()
    _sides()
    _sources()
    _outlets()
    op.create_table("stale", _text("what", key=True), _text("name", key=True), sqlite_with_rowid=False)
    sqlite_stale.make(op.get_bind())
    sqlite_stale.mark_all(op.get_bind())


def _claims() -> None:
    op.create_table(
        "summary",
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("claim", sa.Text, nullable=False, unique=True),
        *map(_integer, ("articles", "outlets")),
        *map(_text, ("first", "changed")),
        sa.Column("spread", sa.Float, nullable=False),
        *map(_integer, ("flags", "first_day", "last_day")),
    )
    told = "flags", "first_day", "last_day"
    op.create_index("summary_carried", "summary", ["articles", "outlets", "no", *told])
    op.create_index("summary_newest", "summary", ["first", "no", *told])
    op.create_index("summary_changed", "summary", ["changed", "no", *told])
    op.create_index("summary_rooted", "summary", ["spread", "articles", "no", *told])
    op.create_index("summary_flags", "summary", [*told])
    op.create_table("summary_text", _of_claim(), *map(_text, ("record", "text", "wordings")))


def _sides() -> None:
    op.create_table("claim_day", _of_claim(), _integer("day", key=True), sqlite_with_rowid=False)
    op.create_index("claim_day_day", "claim_day", ["day", "no"])
    op.create_table("claim_outlet", _of_claim(), _text("outlet", key=True), sqlite_with_rowid=False)
    op.create_index("claim_outlet_outlet", "claim_outlet", ["outlet", "no"])
    op.create_table(
        "claim_source",
        _of_claim(),
        _text("source", key=True),
        _text("side", key=True),
        _text("appearance", key=True),
        _text("kind"),
        sa.Column("root", sa.Boolean, nullable=False),
        *map(_text, ("at", "name", "record")),
    )
    op.create_index("claim_source_source", "claim_source", ["source", "at", "no"])


def _sources() -> None:
    op.create_table(
        "source",
        _text("key", key=True),
        *map(_text, ("name", "sought", "kind")),
        *map(_integer, ("claims", "against")),
        *map(_text, ("first", "last")),
    )
    op.create_index("source_claims", "source", ["claims"])
    op.create_index("source_last", "source", ["last"])
    op.create_index("source_name", "source", ["name"])


def _outlets() -> None:
    op.create_table("made", _version(), *map(_text, ("outlet", "alias", "name")), *map(_integer, _MADE_OF))
    op.create_index("made_outlet", "made", ["outlet"])
    op.create_index("made_alias", "made", ["alias"])
    op.create_table(
        "relied",
        _version(),
        _text("on", key=True),
        _text("how", key=True),
        *map(_text, ("outlet", "name")),
        _integer("count"),
    )
    op.create_index("relied_outlet", "relied", ["outlet", "on"])
    op.create_index("relied_on", "relied", ["on"])
    op.create_table(
        "outlet",
        _text("key", key=True),
        _text("name"),
        *map(_integer, ("articles", "claims", *_MADE_OF, "relied_on")),
    )
    op.create_index("outlet_articles", "outlet", ["articles"])


def _of_claim() -> sa.Column[int]:
    where = sa.ForeignKey("summary.no", ondelete="CASCADE")
    return sa.Column("no", sa.Integer, where, primary_key=True, nullable=False)


def _version() -> sa.Column[int]:
    where = sa.ForeignKey("version.no", ondelete="CASCADE")
    return sa.Column("version", sa.Integer, where, primary_key=True, nullable=False)


def _text(name: str, *, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=key, nullable=False)


def _integer(name: str, *, key: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=key, nullable=False, autoincrement=False)
