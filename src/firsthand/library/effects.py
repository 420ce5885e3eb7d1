"""What new articles did to the claims: which they joined or founded, and which roots came with them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, select, update

from firsthand.library import sqlite
from firsthand.library.incoming import moment, writable
from firsthand.library.schema import article, node, statement, version, waiting
from firsthand.library.schema_submissions import effect, news

MOST_CLAIMS = 50
"""Claims that are told of one article. Those of Helsinki have 11 in the middle, 60 at most."""

Range = tuple[int, int]
"""How many independent roots there are, at least and at most."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A claim that an article joined, or founded: then `before` is 0.

    before, after: how many articles carried it, and carry it now. roots: how many independent roots it had, and has;
    None where that was not worked out.
    """

    claim: str
    before: int
    after: int
    roots: tuple[Range, Range] | None = None


@dataclass(frozen=True, slots=True)
class NewRoot:
    """A root that a claim has from an article that came to it."""

    claim: str
    article: str
    root: str
    kind: str


def expect(connection: Connection) -> None:
    """Write down of what waits to be joined that its effect is to be told."""
    there = select(effect.c.version)
    found = select(waiting.c.version).where(waiting.c.to_join, waiting.c.version.not_in(there))
    rows = [{"version": number, "cause": ""} for number in connection.execute(found).scalars()]
    sqlite.put_all(connection, effect, rows)


def failed(connection: Connection, origin: str, cause: str) -> None:
    """Write down why the articles from this origin, of those that wait, could not be read, compared or joined."""
    waits = select(version.c.no).join(waiting, waiting.c.version == version.c.no)
    of = waits.where(version.c.origin == (writable(origin) or ""))
    connection.execute(update(effect).where(effect.c.version.in_(of)).values(cause=writable(cause) or ""))


def pending(connection: Connection, most: int) -> dict[int, str]:
    """The versions that are joined and whose effect is not told yet, by their `no`, with their articles' ids."""
    waits = select(waiting.c.version).where(waiting.c.to_join)
    asked = (
        select(effect.c.version, article.c.id)
        .join(version, version.c.no == effect.c.version)
        .join(article, article.c.no == version.c.article)
        .where(effect.c.told.is_(None), effect.c.version.not_in(waits))
        .order_by(effect.c.version)
    )
    return {row.version: row.id for row in connection.execute(asked.limit(most))}


def are_pending(connection: Connection) -> bool:
    """Whether something is joined of which it is not told yet what that did."""
    return bool(pending(connection, 1))


def carried_by(connection: Connection, number: int) -> dict[str, set[str]]:
    """The claims that a version, by its `no`, has statements of, each with the ids of all articles that carry it."""
    found = defaultdict[str, set[str]](set)
    for claim, identity in sqlite.rows(connection, _CARRIED, number=number):
        found[claim].add(identity)
    return found


def keep(connection: Connection, told: Mapping[int, Sequence[Joined]], roots: Iterable[NewRoot]) -> None:
    """Write down what versions, by their `no`, did."""
    rows = [{"of": number, "now": json.dumps([_row(one) for one in joined])} for number, joined in told.items()]
    sqlite.change(connection, _KEPT, rows)
    at = moment(datetime.now(UTC))
    fresh = [{"at": at, **{name: writable(value) or "" for name, value in asdict(one).items()}} for one in roots]
    sqlite.put_all(connection, news, fresh)


def read(written: str | None) -> tuple[Joined, ...] | None:
    """What was written down by `keep`; None where nothing was."""
    if written is None:
        return None
    return tuple(Joined(claim, before, after, _roots(roots)) for claim, before, after, roots in json.loads(written))


def _row(one: Joined) -> list[object]:
    return [one.claim, one.before, one.after, one.roots]


def _roots(found: list[list[int]] | None) -> tuple[Range, Range] | None:
    return ((found[0][0], found[0][1]), (found[1][0], found[1][1])) if found else None


_KEPT = update(effect).where(effect.c.version == bindparam("of")).values(told=bindparam("now"), cause="")
_OWN = (
    select(node.c.claim)
    .join(statement, statement.c.node == node.c.key)
    .where(statement.c.version == bindparam("number"))
    .order_by(statement.c.no)
    .limit(MOST_CLAIMS)
)
_CARRIED = (
    select(node.c.claim, article.c.id)
    .distinct()
    .select_from(node)
    .join(statement, statement.c.node == node.c.key)
    .join(version, version.c.no == statement.c.version)
    .join(article, article.c.no == version.c.article)
    .where(node.c.claim.in_(_OWN))
)
