"""What lists show of an outlet: of what its articles are made, added up; whom it relies on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, and_, delete, func, or_, select

from firsthand.library import readings, sqlite
from firsthand.library.packing import unsqueezed
from firsthand.library.schema import article, compared, derivation, version
from firsthand.library.schema_summaries import claim_outlet, made, outlet, relied
from firsthand.library.slugs import outlet_key
from firsthand.model import Derivation, Make, Reading

SUMS = ("size", "own", "credited", "copied", "open", "named", "unnamed", "nobody")
"""What is added up of `model.Make`."""


@dataclass(frozen=True, slots=True)
class Material:
    """A newest version, as it was read, with what it shares with others, and the outlets of those, by articles' ids."""

    reading: Reading
    derivations: tuple[Derivation, ...]
    outlets: Mapping[str, str]


def measure(connection: Connection, number: int, make: Callable[[Material], Make]) -> None:
    """Find out of what a version, by its `no`, is made; nothing where it is newest no more, or was not compared."""
    for table in (made, relied):
        connection.execute(delete(table).where(table.c.version == number))
    found = _material(connection, number)
    name = found.reading.article.outlet if found else None
    if found is None or not name:
        return
    told = make(found)
    usual = told.outlet or name
    own = {"outlet": outlet_key(usual), "alias": outlet_key(name), "name": usual}
    sqlite.put(connection, made, {"version": number, **own, **{part: getattr(told, part) for part in SUMS}})
    rows = {(outlet_key(one.name), one.how): one for one in told.relies}
    base = {"version": number, "outlet": own["outlet"]}
    told_of = [{**base, "on": on, "how": how, "name": one.name, "count": one.count} for (on, how), one in rows.items()]
    sqlite.put_all(connection, relied, told_of)


def keep(connection: Connection, key: str) -> None:
    """Add up anew what is known of an outlet."""
    connection.execute(delete(outlet).where(outlet.c.key == key))
    sums = connection.execute(_SUMS.where(made.c.outlet == key)).one()._mapping
    claims = select(func.count()).where(claim_outlet.c.outlet == key)
    by_others = select(func.count(relied.c.version.distinct())).where(relied.c.on == key, relied.c.outlet != key)
    counts = {
        "claims": connection.execute(claims).scalar_one(),
        "relied_on": connection.execute(by_others).scalar_one(),
    }
    name = _name(connection, key)
    if name:
        sqlite.put(connection, outlet, {"key": key, "name": name, **counts, **sums})


def _name(connection: Connection, key: str) -> str | None:
    """What it is called most, by its own articles, else by those that rely on it; None where nothing is left of it."""
    for table, column in ((made, made.c.outlet), (relied, relied.c.on)):
        asked = select(table.c.name).where(column == key).group_by(table.c.name)
        found = connection.execute(asked.order_by(func.count().desc(), table.c.name).limit(1)).scalar()
        if found:
            return str(found)
    return None


_SUMS = select(func.count().label("articles"), *(func.coalesce(func.sum(made.c[name]), 0).label(name) for name in SUMS))


def _material(connection: Connection, number: int) -> Material | None:
    if connection.execute(select(compared.c.version).where(compared.c.version == number)).scalar() is None:
        return None
    found = readings.readings(connection, [number])
    if not found:
        return None
    ((_, reading),) = found
    rows = connection.execute(_shared(number)).all()
    shared = tuple(replace(unsqueezed(Derivation, row.record), origin=row.origin) for row in rows)
    return Material(reading, shared, _outlets(connection, reading.article.id, shared))


def _shared(number: int) -> Any:
    """All in which it is the later one, and those in which nothing tells which is."""
    earlier = and_(derivation.c.earlier == number, derivation.c.undetermined)
    asked = select(derivation.c.record, derivation.c.origin).where(or_(derivation.c.later == number, earlier))
    return asked.order_by(derivation.c.later, derivation.c.earlier)


def _outlets(connection: Connection, own: str, shared: tuple[Derivation, ...]) -> dict[str, str]:
    """The outlets of the articles that it shares wording with, and of those where that is known from."""
    ids = {name for one in shared for name in (one.earlier, one.later, one.origin)} - {own}
    newest = (version.c.article == article.c.no) & (version.c.number == article.c.current)
    asked = select(article.c.id, version.c.outlet).join(version, newest).where(article.c.id.in_(ids))
    return {row.id: row.outlet for row in connection.execute(asked) if row.outlet}
