"""The index of wording: which versions have fingerprints in common with a text.

An entry of the index is a fingerprint and a place. Places number the versions in the order of their times, so that the
earliest and the latest that have a fingerprint are the two ends of its entries: reading those alone keeps the cost of a
story with ten thousand copies at that of one with ten, and no wording is dropped because it is frequent. Of a
fingerprint its lower 32 bits are kept: among 40 million, one in a hundred meets another by chance, which costs a
comparison of texts.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    Connection,
    Select,
    TableValuedAlias,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    union_all,
)
from sqlalchemy.sql import CompoundSelect

from firsthand.library.schema import fingerprint, placed, version

Sketch = NDArray[np.int64]
"""Fingerprints of one text, as `firsthand.reuse.sketch` gives them."""

Sketcher = Callable[[str], Sketch]
"""Gives the fingerprints of a text."""

ENDS = 8
"""How many of the earliest and of the latest versions with a fingerprint are looked at. Of 3,000 copies of one story,
each made of another with 2% of its words changed, 99.4% had the one they were made of among their candidates (PolNeAR
train, 23 November 2026)."""

HEAVIEST, EARLIEST = 56, 8
"""Candidates: those that share the most, where what few share counts for more, and the first of all. With 32 in
all it were 96% of those copies; the earliest are there for the story's source."""

STANDING, MOSTLY = 4, 0.75
"""What is boilerplate: so many articles of one outlet have it, and those are so large a part of all that have it. As in
`firsthand.reuse.boilerplate`."""

MOST_ALIKE = 1 / 2
"""How much of a text an article may share that counts as another of an outlet: beyond it, it is the story again."""

MOST_A_MINUTE = 2**21
"""Places of one minute; a version of a minute that is full takes one of the next."""

_LAST = 2**63 - 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_Entries = Mapping[int, set[int]]
"""The places found for each fingerprint."""


def add(connection: Connection, sketches: Mapping[int, Sketch]) -> None:
    """Put versions, by their `no`, into the index; those that are there already stay as they are."""
    asked = select(placed.c.version).where(placed.c.version.in_(list(sketches)))
    new = sketches.keys() - set(connection.execute(asked).scalars())
    entries: list[tuple[int, int]] = []
    for number, minute in sorted(_minutes(connection, new).items()):
        place = _free(connection, minute)
        connection.execute(insert(placed), {"place": place, "version": number})
        entries += ((one, place) for one in _kept(sketches[number]))
    if entries:  # in the order of the file's pages: in a batch, neighbours are written once
        connection.execute(insert(fingerprint), [{"hash": one, "place": place} for one, place in sorted(entries)])


def remove(connection: Connection, numbers: Collection[int]) -> None:
    """Take versions, by their `no`, out of the index, before they go.

    Reads all of the index, some seconds for a million articles: it would take a fifth more on the disk to know where
    the entries of a version stand, and what is removed must be gone whatever sketch it was indexed with.
    """
    places = select(placed.c.place).where(placed.c.version.in_(numbers))
    connection.execute(delete(fingerprint).where(fingerprint.c.place.in_(places)))
    connection.execute(delete(placed).where(placed.c.version.in_(numbers)))


def candidates(connection: Connection, sketch: Sketch) -> list[int]:
    """The versions, by their `no`, that a text with this sketch is to be compared with; those that share most first.

    At most `HEAVIEST` + `EARLIEST`. The text's own version is among them where it is in the index.
    """
    weight: dict[int, float] = defaultdict(float)
    for places in _ends(connection, _kept(sketch)).values():
        for place in places:
            weight[place] += 1 / len(places)
    heaviest = sorted(weight, key=lambda place: (-weight[place], place))[:HEAVIEST]
    return _versions(connection, dict.fromkeys([*heaviest, *sorted(weight)[:EARLIEST]]))


def sharing(connection: Connection, sketch: Sketch, most: int) -> list[int]:
    """All versions that share a fingerprint, no more than `most`; those that share most first."""
    wanted = _each()
    asked = (
        select(placed.c.version)
        .select_from(wanted.join(fingerprint, fingerprint.c.hash == wanted.c.value))
        .join(placed, placed.c.place == fingerprint.c.place)
        .group_by(placed.c.place)
        .order_by(func.count().desc(), placed.c.place)
        .limit(most)
    )
    return list(connection.execute(asked, {"hashes": json.dumps(_kept(sketch))}).scalars())


def boilerplate(connection: Connection, sketch: Sketch) -> frozenset[int]:
    """The fingerprints of a text that are some outlet's boilerplate: in several of its articles that differ else."""
    kept = _kept(sketch)
    entries = _ends(connection, kept)
    shared = Counter(place for places in entries.values() for place in places)
    differing = [place for place, count in shared.items() if count <= MOST_ALIKE * len(kept)]
    outlets = _outlets(connection, differing)
    found = {
        one for one, places in entries.items() if _is_standing(outlets[place] for place in places & outlets.keys())
    }
    return frozenset(one for one in np.asarray(sketch).tolist() if _signed(one) in found)


def _is_standing(printed: Iterable[tuple[str, int]]) -> bool:
    """Whether enough articles of one outlet have printed it, given as (outlet, article)."""
    articles = Counter(outlet for outlet, _ in set(printed))
    return max(articles.values(), default=0) >= max(STANDING, MOSTLY * articles.total())


def _outlets(connection: Connection, places: Iterable[int]) -> dict[int, tuple[str, int]]:
    """The outlet and the article of the version at each place; of one without, an outlet of its own."""
    asked = select(placed.c.place, version.c.outlet, version.c.article).join(version, version.c.no == placed.c.version)
    rows = connection.execute(asked.where(placed.c.place.in_(list(places))))
    return {place: (outlet.casefold() if outlet else f"\n{article}", article) for place, outlet, article in rows}


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


def _kept(sketch: Sketch) -> list[int]:
    """What the index keeps of each fingerprint, each once, in order."""
    return sorted({_signed(one) for one in np.asarray(sketch).tolist()})


def _signed(one: int) -> int:
    """The lower 32 bits of a fingerprint, as a signed number, which takes four bytes in the file."""
    return (one + 2**31) % 2**32 - 2**31


def _ends(connection: Connection, hashes: list[int]) -> _Entries:
    """The places at both ends of each fingerprint's entries."""
    found: dict[int, set[int]] = defaultdict(set)
    for row in connection.execute(_ends_query(), {"hashes": json.dumps(hashes)}):
        found[row[0]].add(row[1])
    return found


@cache
def _ends_query() -> CompoundSelect[Any]:
    return union_all(_end_query(latest=False), _end_query(latest=True))


def _end_query(*, latest: bool) -> Select[tuple[int, int]]:
    """The first `ENDS` entries of each fingerprint, all where there are fewer; or the last, none where there are."""
    wanted, inner = _each(), fingerprint.alias()
    order = inner.c.place.desc() if latest else inner.c.place
    bound = select(inner.c.place).where(inner.c.hash == wanted.c.value).order_by(order).limit(1).offset(ENDS - 1)
    last = bound.correlate(wanted).scalar_subquery()
    within = fingerprint.c.place >= last if latest else fingerprint.c.place <= func.coalesce(last, literal(_LAST))
    joined = wanted.join(fingerprint, (fingerprint.c.hash == wanted.c.value) & within)
    return select(fingerprint.c.hash, fingerprint.c.place).select_from(joined)


def _each() -> TableValuedAlias:
    """The fingerprints that are asked for, given as the JSON array `hashes`: one query for all of them."""
    return func.json_each(bindparam("hashes")).table_valued("value")


def _versions(connection: Connection, places: Iterable[int]) -> list[int]:
    """The versions at these places, in this order."""
    asked, order = select(placed.c.place, placed.c.version), list(places)
    by_place = {row[0]: row[1] for row in connection.execute(asked.where(placed.c.place.in_(order)))}
    return [by_place[place] for place in order if place in by_place]


def _minutes(connection: Connection, numbers: Iterable[int]) -> dict[int, int]:
    """When versions, by their `no`, were published, else fetched, else added, in minutes since 1970."""
    known = func.coalesce(version.c.published, version.c.fetched, version.c.added)
    rows = connection.execute(select(version.c.no, known).where(version.c.no.in_(list(numbers))))
    return {row[0]: _minute(datetime.fromisoformat(row[1])) for row in rows}


def _minute(moment: datetime) -> int:
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - _EPOCH) // timedelta(minutes=1)


def _free(connection: Connection, minute: int) -> int:
    """A place for one more version of that minute."""
    first = minute * MOST_A_MINUTE
    here = placed.c.place.between(first, first + MOST_A_MINUTE - 1)
    last = connection.execute(select(placed.c.place).where(here).order_by(placed.c.place.desc()).limit(1)).scalar()
    if last is None:
        return first
    return last + 1 if last + 1 < first + MOST_A_MINUTE else _free(connection, minute + 1)
