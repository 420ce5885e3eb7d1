"""Articles of a library in lists that are turned over page by page, with what is known of each beside its record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, func, select

from firsthand.library import queries, search, sqlite
from firsthand.library.packing import unsqueezed
from firsthand.library.records import Entry, Filter, Found
from firsthand.library.schema import article, derivation, node, reading, statement, version, waiting
from firsthand.library.sqlite import each
from firsthand.model import Derivation, DerivationKind

Order = Literal["newest", "oldest", "added", "outlet"]
"""Of a list: by when articles were published, added, or by their outlets' names."""

MANY = 1_000
"""Versions that hold the words, from which it is quicker to go through the articles than to sort those that have them.
In a library of 20,000, of a word that all have, it takes 34 ms of processor time where sorting took 86."""

MOST_COUNTED = 1_000
"""Articles that are counted of a search: of more, how many there are takes longer to tell than which are best."""

AT_ONCE = 200
"""Rows that are fetched at one time."""

Sorting = tuple[ColumnElement[Any], ...]

Numbered = tuple[int, int]
"""An article's `no`, and the number of one of its versions."""

_ORDERS: dict[str, Sorting] = {
    "newest": (article.c.dated.desc(), article.c.no.desc()),
    "oldest": (article.c.dated, article.c.no),
    "added": (article.c.no.desc(),),
    "outlet": (func.coalesce(article.c.outlet, "\U0010ffff"), article.c.dated.desc(), article.c.no.desc()),
}


@dataclass(frozen=True, slots=True)
class Noted:
    """What is known of an article in a list.

    `read`: whether a model has read its newest version. `claims`: how many it carries, None where that is not known
    yet. `kinds`: of what it has its wording from, each once; None where it is not compared yet. `followed`: how many
    articles have wording from it, as far as is known.
    """

    read: bool
    claims: int | None
    kinds: tuple[DerivationKind, ...] | None
    followed: int


def listed(connection: Connection, wanted: Filter, order: Order, offset: int, limit: int) -> list[Entry]:
    """So many articles from a place in the list on."""
    numbers = select(article.c.no).where(*queries.conditions(wanted)).order_by(*_ORDERS[order])
    return _entries(connection, connection.execute(numbers.offset(offset).limit(limit)).scalars().all())


def best(connection: Connection, words: str, wanted: Filter, offset: int, limit: int) -> list[Found]:
    """The articles that hold all of the words, best first, from a place on; as `search.search`, which see."""
    return list(search.search(connection, words, wanted, offset + limit, offset))


def by_time(
    connection: Connection, words: str, wanted: Filter, offset: int, limit: int, *, newest: bool = True
) -> list[Found]:
    """As `best`, by when they were published. Of words that very many hold, those that were added last are known."""
    query = sqlite.query_of(search.terms(words))
    held = frozenset(connection.execute(sqlite.holding(query)).scalars())
    ordered = _ORDERS["newest" if newest else "oldest"]
    found = (_walked if len(held) > MANY else _sorted)(connection, held, wanted, ordered)
    numbers = dict(islice(found, offset, offset + limit))
    entries = zip(numbers.values(), _entries(connection, list(numbers)), strict=True)
    return [_found(connection, query, entry, number) for number, entry in entries]


def counted(connection: Connection, words: str, wanted: Filter) -> int | None:
    """How many articles `best` and `by_time` find in all; None for more than `MOST_COUNTED`."""
    query, met = sqlite.query_of(search.terms(words)), queries.conditions(wanted)
    if not met:
        found = sqlite.articles_holding(connection, query, MOST_COUNTED + 1)
    else:
        held = sqlite.holding(query).limit(None).order_by(None).subquery()
        joined = held.join(version, version.c.no == held.c.no).join(article)
        asked = select(article.c.no).select_from(joined).where(*met).distinct().limit(MOST_COUNTED + 1)
        found = connection.execute(select(func.count()).select_from(asked.subquery())).scalar_one()
    return found if found <= MOST_COUNTED else None


def _sorted(connection: Connection, held: Collection[int], wanted: Filter, ordered: Sorting) -> Iterator[Numbered]:
    """The articles that have these versions, in order, each with the last of them."""
    newest = func.max(version.c.number)
    asked = select(article.c.no, newest).select_from(version.join(article, article.c.no == version.c.article))
    asked = asked.where(version.c.no.in_(held), *queries.conditions(wanted)).group_by(article.c.no)
    yield from ((row[0], row[1]) for row in connection.execute(asked.order_by(*ordered)))


def _walked(connection: Connection, held: Collection[int], wanted: Filter, ordered: Sorting) -> Iterator[Numbered]:
    """As `_sorted`, by going through the articles in order: where many have such versions, the first are soon met."""
    asked = select(article.c.no, version.c.number, version.c.no).join(version, version.c.article == article.c.no)
    asked = asked.where(*queries.conditions(wanted)).order_by(*ordered, version.c.number.desc())
    last = None
    for no, number, key in connection.execute(asked, execution_options={"yield_per": AT_ONCE}):
        if key in held and no != last:
            last = no
            yield no, number


def noted(connection: Connection, identities: Collection[str]) -> dict[str, Noted]:
    """What is known of articles, by their ids."""
    ids, asked = list(identities), (_READ, _CLAIMS, _PARENTS, _CHILDREN, _TO_COMPARE, _TO_JOIN)
    read, claims, parents, children, to_compare, to_join = (
        _grouped(sqlite.rows(connection, one, ids=ids)) for one in asked
    )
    return {
        one: Noted(
            read=one in read,
            claims=None if one in to_join else claims.get(one, [0])[0],
            kinds=None if one in to_compare else _kinds(parents.get(one, ())),
            followed=children.get(one, [0])[0],
        )
        for one in ids
    }


def _kinds(records: Iterable[bytes]) -> tuple[DerivationKind, ...]:
    return tuple(dict.fromkeys(unsqueezed(Derivation, record).kind for record in records))


def _entries(connection: Connection, numbers: Collection[int]) -> list[Entry]:
    """The articles with these `no`, in their order."""
    rows = {row.no: row for row in connection.execute(queries.short_of(numbers))}
    return [queries.entry(rows[no]) for no in numbers]


def _found(connection: Connection, query: str, entry: Entry, number: int) -> Found:
    held = select(version.c.no).join(article, article.c.no == version.c.article)
    no = connection.execute(held.where(article.c.id == entry.id, version.c.number == number)).scalar_one()
    snippet, marks = search.marked(sqlite.snippet(connection, query, no))
    return Found(entry, number, 0.0, snippet, marks)


def _grouped(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = {}
    for identity, value in rows:
        groups.setdefault(identity, []).append(value)
    return groups


_NEWEST = (version.c.article == article.c.no) & (version.c.number == article.c.current)
_ASKED = article.c.id.in_(select(each("ids").c.value))
_READ = (
    select(article.c.id, reading.c.version)
    .join(version, _NEWEST)
    .join(reading, reading.c.version == version.c.no)
    .where(_ASKED)
)
_CLAIMS = (
    select(article.c.id, func.count(node.c.claim.distinct()))
    .join(version, version.c.article == article.c.no)
    .join(statement, statement.c.version == version.c.no)
    .join(node, node.c.key == statement.c.node)
    .where(_ASKED)
    .group_by(article.c.id)
)
_WAITING = select(article.c.id, waiting.c.version).join(version, _NEWEST)
_WAITING = _WAITING.join(waiting, waiting.c.version == version.c.no).where(_ASKED)
_TO_COMPARE, _TO_JOIN = _WAITING.where(waiting.c.to_compare), _WAITING.where(waiting.c.to_join)
_PARENTS = (
    select(article.c.id, derivation.c.record)
    .join(version, _NEWEST)
    .join(derivation, derivation.c.later == version.c.no)
    .where(_ASKED, ~derivation.c.undetermined)
)
_CHILDREN = (
    select(article.c.id, func.count(derivation.c.later.distinct()))
    .join(version, version.c.article == article.c.no)
    .join(derivation, derivation.c.earlier == version.c.no)
    .where(_ASKED, ~derivation.c.undetermined)
    .group_by(article.c.id)
)
