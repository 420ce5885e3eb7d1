"""Outlets, as they were summed up: of what their text is made, whom they rely on, whom they leave unnamed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, func, select

from firsthand.library.schema_summaries import claim_outlet, made, outlet, relied, summary
from firsthand.library.slugs import outlet_key
from firsthand.library.summaries import of_numbers
from firsthand.library.summing_outlets import SUMS
from firsthand.model import Reliance, Summary, folded

OutletSort = Literal["articles", "own", "copied", "unnamed", "name"]
"""articles: by most articles first; own: by the largest share of its own; copied: by the largest share copied without
credit; unnamed: by how often those cited are unnamed; name: by the alphabet."""

_SIZE = func.max(outlet.c.size, 1) * 1.0
_CITED = func.max(outlet.c.named + outlet.c.unnamed + outlet.c.nobody, 1) * 1.0
_SORTS: dict[OutletSort, tuple[ColumnElement[Any], ...]] = {
    "articles": (outlet.c.articles.desc(), outlet.c.relied_on.desc()),
    "own": ((outlet.c.articles == 0).asc(), (outlet.c.own / _SIZE).desc()),
    "copied": ((outlet.c.copied / _SIZE).desc(), outlet.c.articles.desc()),
    "unnamed": ((outlet.c.unnamed / _CITED).desc(), outlet.c.articles.desc()),
    "name": (outlet.c.name.collate("NOCASE"),),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """An outlet in a list; the counts are sums of `model.Make`.

    `articles` is 0 of one that others rely on and of which nothing is here: all else of it is unmeasured.
    `relied_on` counts the articles of others that rely on it.
    """

    key: str
    name: str
    articles: int
    claims: int
    size: int
    own: int
    credited: int
    copied: int
    open: int
    named: int
    unnamed: int
    nobody: int
    relied_on: int

    @property
    def attributions(self) -> int:
        """How often it cites somebody, or says that it cites nobody in particular."""
        return self.named + self.unnamed + self.nobody


@dataclass(frozen=True, slots=True)
class ReliedOn:
    """An outlet that one relies on: in how many articles, how, and how many characters of it they copy."""

    key: str
    name: str
    articles: int
    how: Mapping[Reliance, int]
    letters: int


def key_of(connection: Connection, name: str) -> str:
    """The key that a name means, or is; the name's own where none is known."""
    mine = outlet_key(name)
    found = connection.execute(select(outlet.c.key).where(outlet.c.key.in_((name, mine)))).scalars().all()
    return name if name in found else mine if mine in found else usual_key(connection, mine) or mine


def usual_key(connection: Connection, alias: str) -> str | None:
    """The key of an outlet by that of another way of writing its name."""
    return connection.execute(select(made.c.outlet).where(made.c.alias == alias).limit(1)).scalar()


def outlets(connection: Connection, words: str, sort: OutletSort, page: int, size: int) -> tuple[list[Listed], int]:
    """A page of outlets, from 1, with all of the words in their names; how many there are in all."""
    conditions = [func.lower(outlet.c.name).contains(word, autoescape=True) for word in folded(words).split()]
    count = connection.execute(select(func.count()).select_from(outlet).where(*conditions)).scalar_one()
    asked = select(outlet).where(*conditions).order_by(*_SORTS[sort], outlet.c.key)
    return [_listed(row) for row in connection.execute(asked.limit(size).offset((page - 1) * size))], count


def one(connection: Connection, key: str) -> Listed | None:
    """The outlet with this key."""
    row = connection.execute(select(outlet).where(outlet.c.key == key)).one_or_none()
    return _listed(row) if row else None


def relies_on(connection: Connection, key: str, most: int) -> list[ReliedOn]:
    """Whom an outlet relies on, those in most articles first."""
    return _relied(connection, relied.c.outlet == key, relied.c.on, most)


def relied_on_by(connection: Connection, key: str, most: int) -> list[ReliedOn]:
    """Who relies on an outlet, those with most articles first."""
    return _relied(connection, (relied.c.on == key) & (relied.c.outlet != key), relied.c.outlet, most)


def claims(connection: Connection, key: str, most: int) -> list[Summary]:
    """The claims that an outlet told of, which most articles carry first."""
    asked = select(summary.c.no).join(claim_outlet, claim_outlet.c.no == summary.c.no)
    asked = asked.where(claim_outlet.c.outlet == key).order_by(summary.c.articles.desc(), summary.c.no.desc())
    numbers = list(connection.execute(asked.limit(most)).scalars())
    found = of_numbers(connection, numbers)
    return [found[number] for number in numbers]


def often(connection: Connection, most: int) -> list[str]:
    """The names of the outlets with most articles: to choose from."""
    return list(connection.execute(select(outlet.c.name).order_by(*_SORTS["articles"]).limit(most)).scalars())


def _relied(connection: Connection, which: ColumnElement[bool], by: Any, most: int) -> list[ReliedOn]:
    articles = func.count(relied.c.version.distinct())
    first = select(by.label("key"), articles.label("articles")).where(which).group_by(by)
    found = connection.execute(first.order_by(articles.desc(), by).limit(most)).all()
    keys = [row.key for row in found]
    asked = select(by.label("key"), relied.c.how, articles.label("articles"), func.sum(relied.c.count).label("letters"))
    how: dict[str, dict[Reliance, Row[Any]]] = {key: {} for key in keys}
    for row in connection.execute(asked.where(which, by.in_(keys)).group_by(by, relied.c.how)):
        how[row.key][row.how] = row
    names = _names(connection, keys)
    return [_relying(one, names.get(one.key, one.key), how[one.key]) for one in found]


def _relying(one: Row[Any], name: str, how: Mapping[Reliance, Row[Any]]) -> ReliedOn:
    copied = how["copied"].letters if "copied" in how else 0
    return ReliedOn(one.key, name, one.articles, {kind: row.articles for kind, row in how.items()}, copied)


def _names(connection: Connection, keys: list[str]) -> dict[str, str]:
    found = connection.execute(select(outlet.c.key, outlet.c.name).where(outlet.c.key.in_(keys)))
    return {row.key: row.name for row in found}


def _listed(row: Row[Any]) -> Listed:
    sums: dict[str, int] = {name: row._mapping[name] for name in SUMS}
    return Listed(row.key, row.name, row.articles, row.claims, relied_on=row.relied_on, **sums)
