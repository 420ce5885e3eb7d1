"""One version of an article with all that the library knows of it: what was read, copied and claimed in it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, or_, select

from firsthand.errors import LibraryError
from firsthand.library import naming, queries, summaries
from firsthand.library.packing import built, unsqueezed
from firsthand.library.records import Entry, Stored
from firsthand.library.schema import article, derivation, node, original, reading, statement, version, waiting
from firsthand.library.schema import change as log
from firsthand.library.schema_summaries import outlet, source, summary
from firsthand.model import Derivation, Marks, Span, Summary

MOST_RELATED = 200
"""Articles that are told to have wording from one, or it from them; how many there are is told besides."""

LONGEST_READ = 2**21
"""Bytes of a reading, compressed, beyond which it is not unpacked to be shown: some 30 MB of JSON, of an article with
tens of thousands of attributions. A reading of 18,000 has 0.06 to 0.5 MB, and takes a tenth of a second to parse."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a model read in a part of a text: those that touch it.

    `numbers` are those of the attributions among all of the text, `total` is how many those are.
    """

    marks: Marks
    numbers: tuple[int, ...]
    total: int
    model: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Related:
    """What one article and another have from each other; `version` is the number of the other's that was compared."""

    derivation: Derivation
    other: Entry
    version: int


@dataclass(frozen=True, slots=True)
class Carried:
    """A statement of an article: where it stands, its claim's id, and what lists show of the claim.

    `summary` is None where that is not worked out yet.
    """

    span: Span
    claim: str
    summary: Summary | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A version, by its `no` in the library, and what is known of it.

    `read` is None where no model has read it, or where it is too long to be shown, which `too_long` tells. `awaits`
    names what is still to be done: "to_read", "to_compare", "to_join". `earlier` are articles that it has wording from,
    `later` such as have wording from it, `either` those of which nothing tells; `related` is how many they are in all.
    """

    no: int
    stored: Stored
    read: Read | None
    too_long: bool
    awaits: frozenset[str]
    earlier: tuple[Related, ...]
    later: tuple[Related, ...]
    either: tuple[Related, ...]
    related: int
    carried: tuple[Carried, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """A version in a list: its number, when it was added and by whom, what it was made from; `size` in bytes."""

    number: int
    added: datetime
    who: str
    published: datetime | None
    modified: datetime | None
    title: str | None
    origin: str
    sha256: str
    size: int
    media_type: str
    characters: int


def shown(connection: Connection, name: str, number: int | None = None) -> tuple[int, Stored]:
    """A version and its `no`: the newest, or the one with this number. Raises LibraryError where it is not there."""
    identity = naming.resolve(connection, name)
    stored = queries.one(connection, identity, number)
    if stored is None:
        raise LibraryError(f"{identity}: has no version {number}")
    return no_of(connection, identity, stored.number), stored


def no_of(connection: Connection, identity: str, number: int) -> int:
    """The `no` of a version."""
    asked = select(version.c.no).join(article, article.c.no == version.c.article)
    found: int = connection.execute(asked.where(article.c.id == identity, version.c.number == number)).scalar_one()
    return found


def known(connection: Connection, no: int, stored: Stored, within: Span) -> Shown:
    """All that is known of a version; of its reading what touches a part of its text."""
    found = connection.execute(select(*_READING).where(reading.c.version == no)).one_or_none()
    too_long = bool(found and found.size > LONGEST_READ)
    related, count = _related(connection, no)
    sides: dict[str, list[Related]] = {"earlier": [], "later": [], "either": []}
    for one in related:
        sides[_side(one.derivation, stored.article.id)].append(one)
    return Shown(
        no=no,
        stored=stored,
        read=None if found is None or too_long else _read(connection, no, found, within),
        too_long=too_long,
        awaits=awaits(connection, no),
        **{side: tuple(members) for side, members in sides.items()},
        related=count,
        carried=_carried(connection, no),
    )


def awaits(connection: Connection, no: int) -> frozenset[str]:
    """What is still to be done with a version."""
    row = connection.execute(select(waiting).where(waiting.c.version == no)).one_or_none()
    return frozenset(step for step in ("to_read", "to_compare", "to_join") if row is not None and getattr(row, step))


def between(connection: Connection, one: int, other: int) -> Derivation | None:
    """What is known of two versions, by their `no`, whichever came first."""
    pair = or_(
        and_(derivation.c.earlier == one, derivation.c.later == other),
        and_(derivation.c.earlier == other, derivation.c.later == one),
    )
    row = connection.execute(select(derivation.c.record).where(pair).order_by(derivation.c.undetermined)).first()
    return unsqueezed(Derivation, row.record) if row else None


def called(connection: Connection, identities: Collection[str]) -> dict[str, Entry]:
    """The articles with these ids that are there, to be named."""
    numbers = connection.execute(select(article.c.no).where(article.c.id.in_(identities))).scalars().all()
    found = map(queries.entry, connection.execute(queries.short_of(numbers)))
    return {entry.id: entry for entry in found}


def sources(connection: Connection, keys: Collection[str]) -> frozenset[str]:
    """Those of these keys of which there is a source that said something that is claimed."""
    return frozenset(connection.execute(select(source.c.key).where(source.c.key.in_(keys))).scalars())


def outlets(connection: Connection, keys: Collection[str]) -> frozenset[str]:
    """Those of these keys of which an outlet is summed up."""
    return frozenset(connection.execute(select(outlet.c.key).where(outlet.c.key.in_(keys))).scalars())


def editions(connection: Connection, identity: str) -> list[Edition]:
    """All versions of an article, oldest first."""
    asked = select(*_EDITION).select_from(_EDITIONS).where(article.c.id == identity)
    return [_edition(row) for row in connection.execute(asked.order_by(version.c.number))]


def _read(connection: Connection, no: int, found: Any, within: Span) -> Read:
    """Parsed as a whole, which is quick; made into records only as far as it is asked for, which is not."""
    packed = connection.execute(select(reading.c.marks).where(reading.c.version == no)).scalar_one()
    value = json.loads(zlib.decompress(packed).decode(errors="surrogatepass"))
    every: list[Any] = value.get("attributions", [])
    numbers = [number for number, one in enumerate(every) if _touches(_extent(one), within)]
    own = [one for one in value.get("statements", []) if _touches(one["span"], within)]
    part = value | {"attributions": [every[number] for number in numbers], "statements": own}
    at = datetime.fromisoformat(found.at)
    return Read(built(Marks, part), tuple(numbers), len(every), found.model, at)


def _extent(one: Any) -> Sequence[int]:
    """Where an attribution stands: by its cue, which is where its note stands too."""
    places = one.get("cue") or one.get("content") or one.get("source")
    return places[0] if places else (0, 0)


def _touches(span: Sequence[int], within: Span) -> bool:
    return within[0] <= span[0] < within[1]


def _side(found: Derivation, identity: str) -> str:
    if found.direction == "undetermined":
        return "either"
    return "earlier" if found.later == identity else "later"


def _related(connection: Connection, no: int) -> tuple[list[Related], int]:
    """Those that share most first, and how many there are in all."""
    touching = or_(derivation.c.later == no, derivation.c.earlier == no)
    count = connection.execute(select(func.count()).select_from(derivation).where(touching)).scalar_one()
    asked = select(derivation).where(touching).order_by(derivation.c.later != no).limit(MOST_RELATED)
    rows = connection.execute(asked).all()
    others = queries.of_versions(connection, [row.earlier if row.later == no else row.later for row in rows])
    found = [(row.earlier if row.later == no else row.later, unsqueezed(Derivation, row.record)) for row in rows]
    related = [Related(one, *others[other]) for other, one in found if other in others]
    return sorted(related, key=lambda one: -one.derivation.share), count


def _carried(connection: Connection, no: int) -> tuple[Carried, ...]:
    """Statements in the order of their places. The last part of an appearance's id says which."""
    joined = statement.join(node, node.c.key == statement.c.node)
    joined = joined.outerjoin(summary, summary.c.claim == node.c.claim)
    columns = statement.c.id, node.c.claim, summary.c.no
    rows = connection.execute(select(*columns).select_from(joined).where(statement.c.version == no)).all()
    known = summaries.of_numbers(connection, [*{row.no for row in rows if row.no is not None}])
    made = [Carried(_span(row.id), row.claim, known.get(row.no)) for row in rows]
    return tuple(sorted(made, key=lambda one: one.span))


def _span(appearance: str) -> Span:
    start, _, end = appearance.rpartition("@")[2].partition("-")
    return int(start), int(end)


def _edition(row: Row[Any]) -> Edition:
    times = {name: _time(getattr(row, name)) for name in ("published", "modified")}
    return Edition(
        number=row.number,
        added=datetime.fromisoformat(row.added),
        who=row.who or "",
        **times,
        title=row.title,
        origin=row.origin,
        sha256=row.sha256,
        size=row.size,
        media_type=row.media_type,
        characters=row.characters,
    )


def _time(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


_READING = reading.c.model, reading.c.at, func.length(reading.c.marks).label("size")
_WHO: Select[Any] = (
    select(log.c.who)
    .where(log.c.id == article.c.id, log.c.number == version.c.number, log.c.action != "removed")
    .order_by(log.c.no.desc())
    .limit(1)
)
_EDITION = (
    *(version.c[name] for name in ("number", "added", "published", "modified", "title", "origin")),
    *(original.c[name] for name in ("sha256", "size", "media_type")),
    func.length(version.c.text).label("characters"),
    _WHO.scalar_subquery().label("who"),
)
_EDITIONS = article.join(version, version.c.article == article.c.no).join(original, original.c.no == version.c.original)
