"""What lists show of a source: added up over the claims that it said something on."""

from __future__ import annotations

from sqlalchemy import Connection, case, delete, func, select

from firsthand.library import sqlite
from firsthand.library.schema_summaries import claim_source, source
from firsthand.model import folded

MOST_NAMES = 20
"""Ways of writing a name by which a source is found: those used most."""


def keep(connection: Connection, key: str) -> None:
    """Add up anew what is known of a source."""
    connection.execute(delete(source).where(source.c.key == key))
    rows = claim_source.c
    names = select(rows.name, rows.kind).where(rows.source == key).group_by(rows.name, rows.kind)
    found = connection.execute(names.order_by(func.count().desc(), rows.name).limit(MOST_NAMES)).all()
    if found:
        sums = connection.execute(_SUMS.where(rows.source == key)).one()
        sought = "\n".join(dict.fromkeys(folded(row.name) for row in found))
        named = {"key": key, "name": found[0].name, "kind": found[0].kind, "sought": sought}
        sqlite.put(connection, source, {**named, **sums._mapping})


_AGAINST = case((claim_source.c.side != "asserts", claim_source.c.no))
_SUMS = select(
    func.count(claim_source.c.no.distinct()).label("claims"),
    func.count(_AGAINST.distinct()).label("against"),
    func.coalesce(func.min(func.nullif(claim_source.c.at, "")), "").label("first"),
    func.max(claim_source.c.at).label("last"),
)
