"""Which article has its wording from which: found once, kept, and kept right as articles come and go.

Each newest version is compared with those that share wording with it, and its direct parents are kept. When an article
comes in between, those later ones that now have wording from it choose their parents again; when one goes, those that
had wording from it do.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, or_, select, update

from firsthand.library import queries, related, sqlite, waiting
from firsthand.library.fingerprints import Sketcher
from firsthand.library.packing import squeezed, unsqueezed
from firsthand.library.related import Related
from firsthand.library.schema import article, compared, derivation, version
from firsthand.library.sqlite import each
from firsthand.model import Article, Derivation

Judge = Callable[[Article, Sequence[Article], Collection[int]], Iterable[Derivation]]
"""An article, those that may share wording with it, fingerprints of boilerplate -> what has its wording from what."""


def compare(connection: Connection, number: int, sketcher: Sketcher, judge: Judge) -> None:
    """Find the parents of a newest version, by its `no`, and those of the later ones that it comes in between of."""
    found = _compared(connection, number, sketcher, judge)
    _hand_on(connection, found)
    children = _current(connection, {one.later for one in found})
    for child, seen in children.items():
        if child != number and seen < number:
            _hand_on(connection, _compared(connection, child, sketcher, judge))


def forget(connection: Connection, identity: str) -> None:
    """Before an article goes: what has its wording from it is to be compared again."""
    own = _versions(identity)
    from_it = or_(derivation.c.earlier.in_(own), derivation.c.origin == identity)
    later = connection.execute(select(derivation.c.later).where(from_it, derivation.c.later.not_in(own)))
    waiting.compare(connection, set(later.scalars()))


def of(connection: Connection, identities: Collection[str]) -> dict[str, list[Derivation]]:
    """What each of these articles has its wording from, by their ids; without ties to articles that are gone."""
    rows = sqlite.rows(connection, _RECORDS, ids=list(identities))
    found = [replace(unsqueezed(Derivation, record), origin=origin) for record, origin in rows]
    ties = {tie for one in found for tie in one.ties}
    here = {identity for (identity,) in sqlite.rows(connection, _HERE, ids=list(ties))} if ties else set()
    by_article: dict[str, list[Derivation]] = {identity: [] for identity in identities}
    for one in found:
        by_article[one.later].append(replace(one, ties=tuple(tie for tie in one.ties if tie in here)))
    return by_article


def _compared(connection: Connection, number: int, sketcher: Sketcher, judge: Judge) -> list[Derivation]:
    """All that was found of a version and others. Its parents are kept."""
    ((_, stored),) = queries.newest(connection, [number])
    own = stored.article
    others = related.candidates(connection, own.text, sketcher, but=own.id)
    candidates = [_timed(one, others.fetched.get(one.id)) for one in others.articles]
    found = [*judge(_timed(own, stored.fetched), candidates, others.boilerplate)]
    _keep(connection, number, own.id, [one for one in found if _is_kept(one, own.id)], others)
    return found


def _hand_on(connection: Connection, found: Sequence[Derivation]) -> None:
    """What was known first from an article that turns out to have it from another is known first from where that is."""
    known = {one.later: one.origin for one in sorted(found, key=lambda one: one.share)}
    changed = [{"before": later, "now": origin} for later, origin in known.items() if later != origin]
    sqlite.change(connection, _ORIGINS, changed)


def _is_kept(one: Derivation, identity: str) -> bool:
    """Whether it is a row of this article's: it is the later one, or nothing tells which is."""
    return one.later == identity or one.direction == "undetermined"


def _keep(connection: Connection, number: int, identity: str, found: Sequence[Derivation], others: Related) -> None:
    """Keep what was found, in place of what was there of the article as the later one."""
    own = _versions(identity)
    undetermined = derivation.c.undetermined & derivation.c.earlier.in_(own)
    connection.execute(delete(derivation).where(or_(derivation.c.later.in_(own), undetermined)))
    numbers = _numbers(connection, others) | {identity: number}
    rows = [
        {
            "later": numbers[one.later],
            "earlier": numbers[one.earlier],
            "undetermined": one.direction == "undetermined",
            "origin": one.origin,
            "record": squeezed(one),
        }
        for one in found
    ]
    # What the other article's own comparison told apart, with those that it shares wording with, stays told apart.
    touching = select(derivation.c.later, derivation.c.earlier)
    touching = touching.where(or_(derivation.c.later.in_(own), derivation.c.earlier.in_(own)))
    there = {frozenset((row.later, row.earlier)) for row in connection.execute(touching)}
    rows = [row for row in rows if not (row["undetermined"] and {row["later"], row["earlier"]} in there)]
    once = {(row["later"], row["earlier"]): row for row in rows}  # whatever the judge says twice
    if once:
        connection.execute(insert(derivation), [*once.values()])
    connection.execute(delete(compared).where(compared.c.version.in_(own)))
    seen = connection.execute(select(func.max(version.c.no))).scalar_one()
    connection.execute(insert(compared), {"version": number, "seen": seen})
    waiting.done(connection, "to_compare", [number])


def _numbers(connection: Connection, others: Related) -> dict[str, int]:
    """The `no` of the versions that were compared, by the articles' ids."""
    joined = version.join(article, version.c.article == article.c.no)
    columns = article.c.id, version.c.number, version.c.no
    rows = connection.execute(select(*columns).select_from(joined).where(article.c.id.in_(others.versions)))
    return {row.id: row.no for row in rows if row.number == others.versions[row.id]}


def _versions(identity: str) -> Select[tuple[int]]:
    return select(version.c.no).join(article, version.c.article == article.c.no).where(article.c.id == identity)


def _current(connection: Connection, identities: Collection[str]) -> dict[int, int]:
    """The newest versions of articles that were compared, by their `no`, and what there was then."""
    newest = (version.c.article == article.c.no) & (version.c.number == article.c.current)
    joined = article.join(version, newest).join(compared, compared.c.version == version.c.no)
    asked = select(version.c.no, compared.c.seen).select_from(joined).where(article.c.id.in_(identities))
    return {row.no: row.seen for row in connection.execute(asked)}


def _timed(found: Article, fetched: datetime | None) -> Article:
    """With the time when it was fetched, where it does not say when it was published."""
    return found if found.published else replace(found, published=fetched)


_ORIGINS = update(derivation).where(derivation.c.origin == bindparam("before")).values(origin=bindparam("now"))
_HERE = select(article.c.id).where(article.c.id.in_(select(each("ids").c.value)))
_RECORDS = (
    select(derivation.c.record, derivation.c.origin)
    .join(version, version.c.no == derivation.c.later)
    .join(article, article.c.no == version.c.article)
    .where(article.c.id.in_(select(each("ids").c.value)))
    .order_by(derivation.c.later, derivation.c.earlier)
)
