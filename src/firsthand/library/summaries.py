"""Lists of claims, as they were summed up: filtered, sorted, a page at a time. No request reads all claims' records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Select, exists, func, select

from firsthand.library import search, sqlite, sqlite_stale, summing
from firsthand.library.packing import unpacked
from firsthand.library.schema_summaries import claim_day, claim_outlet, claim_source, summary, summary_text
from firsthand.library.slugs import outlet_key, source_key
from firsthand.library.summing_claims import DENIED, HARDENED, KIND_FLAGS, NOT_SHOWN, UNMEASURED
from firsthand.model import RootKind, Summary

__all__ = ["ClaimFilter", "Connection", "Found", "Listed", "Sort", "claims", "each", "outlet_key", "source_key"]

Sort = Literal["carried", "newest", "rooted", "changed"]
"""carried: by most articles first; newest: by the latest first report; rooted: by the fewest roots for each article;
changed: by what changed last."""

MOST_COUNTED = 1_000
"""Claims that are counted where not all are wanted; of more it is only said that there are."""

MOST_MATCHED = 20_000
"""Claims that are looked at which have the words looked for: those that came last."""

_SORTS: dict[Sort, tuple[ColumnElement[Any], ...]] = {
    "carried": (summary.c.articles.desc(), summary.c.outlets.desc(), summary.c.no.desc()),
    "newest": (summary.c.first.desc(), summary.c.no.desc()),
    "rooted": (summary.c.spread.desc(), summary.c.articles.desc(), summary.c.no.desc()),
    "changed": (summary.c.changed.desc(), summary.c.no.desc()),
}


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are wanted; all that is given must be so.

    `words` must be in the claim, in any of its wordings. `since` and `until`: an article told of it on one of these
    days (UTC, both included). `outlet` and `source` are keys: this outlet told of it, this source said something on it.
    `kind`: a root is of this kind; "unmeasured" is where there are only outlets of which nothing is here. `denied`:
    somebody denies it; `not_shown`: no article shows evidence, or tells of an eyewitness; `hardened`: its wording
    became surer on the way.
    """

    words: str = ""
    since: date | None = None
    until: date | None = None
    outlet: str | None = None
    source: str | None = None
    kind: RootKind | Literal["unmeasured"] | None = None
    denied: bool = False
    not_shown: bool = False
    hardened: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A claim in a list, and when what is told of it changed last."""

    summary: Summary
    changed: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """A page of claims: `count` is how many there are, or MOST_COUNTED where `counted` is false and there are more.

    `more`: whether there is another page. `stale`: how many claims are still to be brought up to date.
    """

    claims: tuple[Listed, ...]
    count: int
    counted: bool
    more: bool
    stale: int


def claims(connection: Connection, wanted: ClaimFilter, sort: Sort, page: int, size: int) -> Found:
    """A page of claims, from 1. Raises LibraryError where the words are none."""
    conditions = _conditions(wanted)
    numbers = _numbers(connection, conditions, sort, size + 1, (page - 1) * size)
    count = _count(connection, conditions)
    return Found(
        tuple(_listed(connection, numbers[:size])),
        min(count, MOST_COUNTED) if conditions else count,
        not conditions or count <= MOST_COUNTED,
        len(numbers) > size,
        summing.waiting(connection, "claim"),
    )


def nothing(connection: Connection) -> bool:
    """Whether there is no claim at all."""
    return connection.execute(select(summary.c.no).limit(1)).scalar() is None


def each(connection: Connection, wanted: ClaimFilter, sort: Sort, most: int) -> Iterator[Listed]:
    """The first of the claims, up to so many, read in parts."""
    numbers = _numbers(connection, _conditions(wanted), sort, most, 0)
    for start in range(0, len(numbers), 100):
        yield from _listed(connection, numbers[start : start + 100])


def of_numbers(connection: Connection, numbers: list[int]) -> dict[int, Summary]:
    """What lists show of claims, by their numbers in `summary`."""
    rows = sqlite.rows(connection, _RECORDS, numbers=numbers)
    return {no: unpacked(Summary, record) for no, record, _ in rows}


def _conditions(wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    found = [summary.c.flags.op("&")(flag) != 0 for flag in _flags(wanted)]
    if wanted.since or wanted.until:
        found += _in_time(wanted.since, wanted.until)
    if wanted.outlet:
        found.append(summary.c.no.in_(select(claim_outlet.c.no).where(claim_outlet.c.outlet == wanted.outlet)))
    if wanted.source:
        found.append(summary.c.no.in_(select(claim_source.c.no).where(claim_source.c.source == wanted.source)))
    if wanted.words:
        query = sqlite.query_of(search.terms(wanted.words))
        found.append(summary.c.no.in_(sqlite_stale.matching(query, MOST_MATCHED)))
    return found


def _flags(wanted: ClaimFilter) -> Iterator[int]:
    if wanted.kind:
        yield UNMEASURED if wanted.kind == "unmeasured" else KIND_FLAGS[wanted.kind]
    so = {DENIED: wanted.denied, NOT_SHOWN: wanted.not_shown, HARDENED: wanted.hardened}
    yield from (flag for flag, is_wanted in so.items() if is_wanted)


def _in_time(since: date | None, until: date | None) -> Iterator[ColumnElement[bool]]:
    """The first two let most rows be passed over without a look at their days."""
    first, last = (since or date.min).toordinal(), (until or date.max).toordinal()
    yield summary.c.last_day >= first
    yield summary.c.first_day <= last
    day = (claim_day.c.no == summary.c.no) & claim_day.c.day.between(first, last)
    yield exists(select(claim_day.c.no).where(day).correlate(summary))


def _numbers(
    connection: Connection, conditions: list[ColumnElement[bool]], sort: Sort, limit: int, offset: int
) -> list[int]:
    asked = select(summary.c.no).where(*conditions).order_by(*_SORTS[sort]).limit(limit).offset(offset)
    return list(connection.execute(asked).scalars())


def _count(connection: Connection, conditions: list[ColumnElement[bool]]) -> int:
    if not conditions:
        return connection.execute(select(func.count()).select_from(summary)).scalar_one()
    some = select(summary.c.no).where(*conditions).limit(MOST_COUNTED + 1).subquery()
    return connection.execute(select(func.count()).select_from(some)).scalar_one()


def _listed(connection: Connection, numbers: list[int]) -> Iterator[Listed]:
    """The claims with these numbers, in this order."""
    rows = {no: (record, changed) for no, record, changed in sqlite.rows(connection, _RECORDS, numbers=numbers)}
    for no in numbers:
        record, changed = rows[no]
        yield Listed(unpacked(Summary, record), datetime.fromisoformat(changed))


_RECORDS: Select[Any] = (
    select(summary.c.no, summary_text.c.record, summary.c.changed)
    .join(summary_text, summary_text.c.no == summary.c.no)
    .where(summary.c.no.in_(select(sqlite.each("numbers").c.value)))
)
