"""The index of wording: which versions have fingerprints in common with a text.

An entry of the index is a fingerprint and a place. Places number the versions in the order of their times, so that the
earliest and the latest that have a fingerprint are the two ends of its entries: reading those alone keeps the cost of a
story with ten thousand copies at that of one with ten, and no wording is dropped because it is frequent. Of a
fingerprint its lower 32 bits are kept: among 40 million, two in a hundred meet another by chance, which costs one
comparison of texts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, bindparam, delete, func, insert, literal, select, union_all
from sqlalchemy.sql import CompoundSelect

from firsthand.library import sqlite
from firsthand.library.schema import fingerprint, placed, version

Sketch = NDArray[np.int64]
"""Fingerprints of one text, as `firsthand.reuse.sketch` gives them."""

ENDS = 8
"""How many of the earliest and of the latest versions with a fingerprint are looked at. In a story of 3,000 copies, each
made of another with 2% of its words changed, the one it was made of was among the candidates for 99.4%, and with 4 for
99.2%; PolNeAR train, 23 November 2026."""

HEAVIEST, EARLIEST = 56, 8
"""Candidates: those that share the most, where what few share counts for more, and the first of all. In that story 32
held the one it was made of for 96%, 64 for 99.4%; the earliest are there for the story's source."""

MOST_A_MINUTE = 2**21
"""Places of one minute; a version of a minute that is full takes one of the next."""

_LAST = 2**63 - 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_Entries = Mapping[int, set[int]]


def add(connection: Connection, number: int, sketch: Sketch) -> None:
    """Put a version, by its `no`, into the index. Nothing happens where it is there already."""
    if _place(connection, number) is not None:
        return
    place = _free(connection, _minute(connection, number))
    connection.execute(insert(placed), {"place": place, "version": number})
    rows = [{"hash": one, "place": place} for one in _kept(sketch)]
    if rows:
        connection.execute(insert(fingerprint), rows)


def remove(connection: Connection, number: int, sketch: Sketch) -> None:
    """Take a version, by its `no`, out of the index, before the version goes. `sketch` must be the one it has there."""
    place = _place(connection, number)
    if place is None:
        return
    here = (fingerprint.c.place == place) & (fingerprint.c.hash == bindparam("one"))
    rows = [{"one": one} for one in _kept(sketch)]
    if rows:
        connection.execute(delete(fingerprint).where(here), rows)
    connection.execute(delete(placed).where(placed.c.place == place))


def candidates(connection: Connection, sketch: Sketch) -> list[int]:
    """The versions, by their `no`, that a text with this sketch is to be compared with; those that share most first.

    At most `HEAVIEST` + `EARLIEST`. The text's own version is among them where it is in the index.
    """
    entries = _ends(connection, sketch)
    weight: Counter[int] = Counter()
    for places in entries.values():
        for place in places:
            weight[place] += 1 / len(places)  # type: ignore[assignment]
    heaviest = sorted(weight, key=lambda place: (-weight[place], place))[:HEAVIEST]
    return _versions(connection, dict.fromkeys([*heaviest, *sorted(weight)[:EARLIEST]]))


def sharing(connection: Connection, sketch: Sketch, most: int) -> list[int]:
    """All versions that share a fingerprint, however many, but no more than `most`; those that share most first."""
    wanted = sqlite.each("hashes")
    shared = func.count().label("shared")
    asked = (
        select(placed.c.version)
        .select_from(wanted.join(fingerprint, fingerprint.c.hash == wanted.c.value))
        .join(placed, placed.c.place == fingerprint.c.place)
        .group_by(placed.c.place)
        .order_by(shared.desc(), placed.c.place)
        .limit(bindparam("most"))
    )
    return list(connection.execute(asked, {"hashes": sqlite.array(_kept(sketch)), "most": most}).scalars())


def _kept(sketch: Sketch) -> list[int]:
    """The lower 32 bits of each fingerprint, as a signed number, each once, in order."""
    numbers: list[int] = np.unique(np.asarray(sketch, np.int64).astype(np.int32)).tolist()
    return numbers


def _ends(connection: Connection, sketch: Sketch) -> _Entries:
    """The places at both ends of each fingerprint's entries."""
    found: dict[int, set[int]] = defaultdict(set)
    for one, place in connection.execute(_ends_query(), {"hashes": sqlite.array(_kept(sketch))}):
        found[one].add(place)
    return found


@cache
def _ends_query() -> CompoundSelect[tuple[int, int]]:
    return union_all(_end_query(latest=False), _end_query(latest=True))


def _end_query(*, latest: bool) -> Select[tuple[int, int]]:
    """The first `ENDS` entries of each fingerprint, all where there are fewer; or the last, none where there are."""
    wanted, inner = sqlite.each("hashes"), fingerprint.alias()
    order = inner.c.place.desc() if latest else inner.c.place
    bound = select(inner.c.place).where(inner.c.hash == wanted.c.value).order_by(order).limit(1).offset(ENDS - 1)
    last = bound.correlate(wanted).scalar_subquery()
    within = fingerprint.c.place >= last if latest else fingerprint.c.place <= func.coalesce(last, literal(_LAST))
    joined = wanted.join(fingerprint, (fingerprint.c.hash == wanted.c.value) & within)
    return select(fingerprint.c.hash, fingerprint.c.place).select_from(joined)


def _versions(connection: Connection, places: Iterable[int]) -> list[int]:
    """The versions at these places, in this order."""
    asked, order = select(placed.c.place, placed.c.version), list(places)
    by_place = dict(connection.execute(asked.where(placed.c.place.in_(order))).tuples().all())
    return [by_place[place] for place in order if place in by_place]


def _place(connection: Connection, number: int) -> int | None:
    return connection.execute(select(placed.c.place).where(placed.c.version == number)).scalar()


def _minute(connection: Connection, number: int) -> int:
    """When a version was published, else fetched, else added, in minutes since 1970."""
    known = func.coalesce(version.c.published, version.c.fetched, version.c.added)
    text = connection.execute(select(known).where(version.c.no == number)).scalar_one()
    moment = datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() // 60)


def _free(connection: Connection, minute: int) -> int:
    """A place for one more version of that minute."""
    first = minute * MOST_A_MINUTE
    here = placed.c.place.between(first, first + MOST_A_MINUTE - 1)
    last = connection.execute(select(placed.c.place).where(here).order_by(placed.c.place.desc()).limit(1)).scalar()
    if last is None:
        return first
    return last + 1 if last + 1 < first + MOST_A_MINUTE else _free(connection, minute + 1)
