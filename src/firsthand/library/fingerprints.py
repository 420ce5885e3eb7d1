"""The index of wording: which versions have fingerprints in common with a text.

An entry of the index is a fingerprint and a place. Places number the versions in the order of their times, so that the
earliest and the latest that have a fingerprint are the two ends of its entries: reading those alone keeps the cost of a
story with ten thousand copies at that of one with ten, and no wording is dropped because it is frequent. Of a
fingerprint its lower 32 bits are kept: among 40 million, one in a hundred meets another by chance, which costs a
comparison of texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, bindparam, delete, exists, func, select

from firsthand.library import sqlite
from firsthand.library.schema import fingerprint, placed, version
from firsthand.library.sqlite import each

Sketch = NDArray[np.int64]
"""Fingerprints of one text, as `firsthand.reuse.sketch` gives them."""

Sketcher = Callable[[str], Sketch]
"""Gives the fingerprints of a text."""

Entries = Mapping[int, set[int]]
"""The places found for each fingerprint, as the index keeps them."""

ENDS = 8
"""How many of the earliest and of the latest versions with a fingerprint are looked at. Of 3,000 copies of one story,
each made of another with 2% of its words changed, 98.0% then have the one they were made of among some 17 candidates,
and all have the story's first (PolNeAR train, 23 November 2026)."""

MOST_A_MINUTE = 2**21
"""Places of one minute; a version of a minute that is full takes one of the next."""

_LAST = 2**63 - 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def add(connection: Connection, sketches: Mapping[int, Sketch]) -> None:
    """Put versions, by their `no`, into the index. They must not be there."""
    entries: list[tuple[int, int]] = []
    for number, minute in sorted(_minutes(connection, sketches)):
        place = _free(connection, minute)
        sqlite.put(connection, placed, {"place": place, "version": number})
        entries += ((one, place) for one in kept(sketches[number]))
    # In the order of the file's pages: in a batch, neighbours are written once.
    sqlite.put_all(connection, fingerprint, [{"hash": one, "place": place} for one, place in sorted(entries)])


def remove(connection: Connection, numbers: Collection[int]) -> None:
    """Take versions, by their `no`, out of the index, before they go.

    Reads all of the index, some seconds for a million articles: it would take a fifth more on the disk to know where
    the entries of a version stand, and what is removed must be gone whatever sketch it was indexed with.
    """
    places = select(placed.c.place).where(placed.c.version.in_(numbers))
    connection.execute(delete(fingerprint).where(fingerprint.c.place.in_(places)))
    connection.execute(delete(placed).where(placed.c.version.in_(numbers)))


def ends(connection: Connection, sketch: Sketch) -> Entries:
    """The places at both ends of each fingerprint's entries: all of them where they are no more than 2 * `ENDS`."""
    found = _places(connection, _end_query(2 * ENDS), kept(sketch))
    full = [one for one, places in found.items() if len(places) == 2 * ENDS]
    if full:
        latest = _places(connection, _end_query(ENDS, latest=True), full)
        found |= {one: {*sorted(found[one])[:ENDS], *latest[one]} for one in full}
    return found


def sharing(connection: Connection, sketch: Sketch, most: int) -> list[int]:
    """The places of all that share a fingerprint, no more than `most`; of those that share most first."""
    return [place for (place,) in sqlite.rows(connection, _sharing_query(), hashes=kept(sketch), most=most)]


def behind(connection: Connection, after: int, most: int) -> list[tuple[int, str]]:
    """Versions that are not in the index, by their `no`, with their texts: the next ones, at most so many."""
    lacks = ~exists().where(placed.c.version == version.c.no)
    asked = select(version.c.no, version.c.text).where(version.c.no > after, lacks).order_by(version.c.no).limit(most)
    return [(row[0], row[1]) for row in connection.execute(asked)]


def how_far_behind(connection: Connection) -> int:
    """How many versions are not in the index."""
    counts = (select(func.count()).select_from(one) for one in (version, placed))
    versions, indexed = (connection.execute(count).scalar_one() for count in counts)
    return versions - indexed


def kept(sketch: Sketch) -> list[int]:
    """What the index keeps of each fingerprint, each once, in order."""
    return sorted({signed(one) for one in sketch.tolist()})


def signed(one: int) -> int:
    """The lower 32 bits of a fingerprint, as a signed number, which takes four bytes in the file."""
    return (one + 2**31) % 2**32 - 2**31


def _places(connection: Connection, query: Select[Any], hashes: list[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for one, place in sqlite.rows(connection, query, hashes=hashes):
        found[one].add(place)
    return found


@cache
def _end_query(most: int, *, latest: bool = False) -> Select[tuple[int, int]]:
    """The first entries of each fingerprint, no more than `most`; or the last, none where there are fewer."""
    wanted, inner = each("hashes"), fingerprint.alias()
    order = inner.c.place.desc() if latest else inner.c.place
    bound = select(inner.c.place).where(inner.c.hash == wanted.c.value).order_by(order).limit(1).offset(most - 1)
    last = bound.correlate(wanted).scalar_subquery()
    within = fingerprint.c.place >= last if latest else fingerprint.c.place <= func.coalesce(last, _LAST)
    joined = wanted.join(fingerprint, (fingerprint.c.hash == wanted.c.value) & within)
    return select(fingerprint.c.hash, fingerprint.c.place).select_from(joined)


@cache
def _sharing_query() -> Select[Any]:
    wanted = each("hashes")
    joined = wanted.join(fingerprint, fingerprint.c.hash == wanted.c.value)
    places = select(fingerprint.c.place).select_from(joined).group_by(fingerprint.c.place)
    return places.order_by(func.count().desc(), fingerprint.c.place).limit(bindparam("most"))


_MINUTES = select(version.c.no, func.coalesce(version.c.published, version.c.fetched, version.c.added)).where(
    version.c.no.in_(select(each("numbers").c.value))
)
_TAKEN = (
    select(placed.c.place)
    .where(placed.c.place.between(bindparam("first"), bindparam("last")))
    .order_by(placed.c.place.desc())
    .limit(1)
)


def _minutes(connection: Connection, numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Versions, by their `no`, and when they were published, else fetched, else added: in minutes since 1970."""
    rows = sqlite.rows(connection, _MINUTES, numbers=list(numbers))
    return [(number, _minute(datetime.fromisoformat(when))) for number, when in rows]


def _minute(moment: datetime) -> int:
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - _EPOCH) // timedelta(minutes=1)


def _free(connection: Connection, minute: int) -> int:
    """A place for one more version of that minute."""
    first = minute * MOST_A_MINUTE
    last = first + MOST_A_MINUTE - 1
    taken = sqlite.rows(connection, _TAKEN, first=first, last=last)
    if not taken:
        return first
    return int(taken[0][0]) + 1 if taken[0][0] < last else _free(connection, minute + 1)
