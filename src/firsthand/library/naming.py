"""What somebody calls an article -> its id in the library."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import Connection, select

from firsthand.errors import LibraryError
from firsthand.library.incoming import writable
from firsthand.library.keys import ID_LENGTH, address_key
from firsthand.library.queries import changes
from firsthand.library.schema import article, change, known_as, version

MOST_NAMED = 10
"""Articles that are named where a name fits several."""

_PREFIX = re.compile(rf"[0-9a-f]{{1,{ID_LENGTH}}}")


def resolve(connection: Connection, name: str) -> str:
    """The id of the article that is called so: by its id or the beginning of it, its input's id, or its address.

    Raises LibraryError where there is none, or several, which it lists.
    """
    name = writable(name) or ""
    own, beginning = f"were called {name} where they came from", f"have ids that begin with {name}; give more of the id"
    for find, meaning in ((_exactly, ""), (_own, own), (_beginning, beginning)):
        found = find(connection, name)
        if len(found) > 1:
            raise LibraryError(_several(found, meaning))
        if found:
            return found[0]
    raise LibraryError(_none(connection, name))


def _exactly(connection: Connection, name: str) -> Sequence[str]:
    key = address_key(name)
    by_id = connection.execute(select(article.c.id).where(article.c.id == name.lower())).scalars().all()
    if by_id or not key:
        return by_id
    joined = article.join(known_as, known_as.c.article == article.c.no)
    return connection.execute(select(article.c.id).select_from(joined).where(known_as.c.key == key)).scalars().all()


def _own(connection: Connection, name: str) -> Sequence[str]:
    joined = article.join(version, version.c.article == article.c.no)
    found = select(article.c.id).distinct().select_from(joined).where(version.c.own_id == name)
    return connection.execute(found.order_by(article.c.id).limit(MOST_NAMED + 1)).scalars().all()


def _beginning(connection: Connection, name: str) -> Sequence[str]:
    if not _PREFIX.fullmatch(name.lower()):
        return ()
    found = select(article.c.id).where(article.c.id >= name.lower(), article.c.id < f"{name.lower()}g")
    return connection.execute(found.order_by(article.c.id).limit(MOST_NAMED + 1)).scalars().all()


def _several(found: Sequence[str], meaning: str) -> str:
    more = len(found) > MOST_NAMED
    count = f"more than {MOST_NAMED}" if more else str(len(found))
    return f"{count} articles {meaning}: {', '.join(found[:MOST_NAMED])}{', ...' if more else ''}"


def _none(connection: Connection, name: str) -> str:
    """That there is none, and whether there was."""
    last = connection.execute(
        select(change.c.id).where(change.c.id == name.lower(), change.c.action == "removed").limit(1)
    ).scalar()
    if last is None:
        return f"{name}: the library has no such article"
    removed = changes(connection, last)[-1]
    return f"{name}: was removed by {removed.who} on {removed.at:%Y-%m-%d at %H:%M} UTC"
