"""An article out of a library, with what nothing else needs."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from firsthand.library import derivations, fingerprints, originals, sqlite
from firsthand.library.log import log
from firsthand.library.schema import article, original, version


def remove(connection: Connection, identity: str) -> int:
    """Remove an article, all its versions, and the originals of no other; how many versions there were.

    Its statements must be taken from their claims before: see `upkeep`.
    """
    joined = version.join(article, version.c.article == article.c.no).join(
        original, version.c.original == original.c.no
    )
    columns = version.c.no, version.c.number, version.c.original, version.c.origin, original.c.sha256
    rows = connection.execute(select(*columns).select_from(joined).where(article.c.id == identity)).all()
    sqlite.unindex(connection, [row.no for row in rows])
    fingerprints.remove(connection, [row.no for row in rows])
    derivations.forget(connection, identity)
    connection.execute(delete(article).where(article.c.id == identity))
    originals.forget_unneeded(connection, {row.original for row in rows})
    log(connection, (("removed", identity, row.number, row.sha256, row.origin) for row in rows))
    return len(rows)
