"""The list of claims: what most articles carry and how little it rests on, with filters that stand in the address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from markupsafe import Markup

from firsthand.errors import LibraryError
from firsthand.library import Library, outlets, sources, summaries, summing, waiting
from firsthand.library.summaries import Connection, Found, Listed
from firsthand.share.plain import one_line
from firsthand.web.access import Opened, Reader
from firsthand.web.api.claims import ClaimList, claim_list, claim_of
from firsthand.web.claim_filters import SORTS, Asked, Filtered
from firsthand.web.claim_rows import row
from firsthand.web.exports import csv_answer
from firsthand.web.pages import page, rendered
from firsthand.web.plants import KINDS, MARKS, OPEN

router = APIRouter()

SIZE = 50
"""Claims of a page."""

MOST_EXPORTED = 5_000
"""Claims of a file."""

REMEMBERED = 1_000
"""Rows that are kept as they were drawn: 4 to 11 KB each, measured."""

SUGGESTED = 40
"""Outlets, and sources, that a field suggests."""

SORT_WORDS = {
    "carried": "most carried",
    "newest": "newest",
    "rooted": "fewest roots per article",
    "changed": "changed last",
}

HEAD = ("claim", "text", "address", "articles", "outlets", "roots_least", "roots_most", "asserted_by", "denied_by")
MORE = ("doubted_by", "evidence", "hardened", "first_report", "first_outlet", "last_report", "changed")


@router.get("/claims")
def claims(
    request: Request,
    library: Opened,
    asking: Reader,
    asked: Filtered,
    printed: Annotated[str, Query(alias="print", max_length=10)] = "",
) -> Response:
    """The page."""
    notice, found = "", Found((), 0, True, False, 0)
    with library.reading() as connection:
        try:
            found = summaries.claims(connection, asked.wanted(connection), asked.sort, asked.page, SIZE)
        except LibraryError as error:
            notice = f"Nothing was looked for: {one_line(str(error))}."
        shown = _around(connection)
    return page(
        request,
        "claims.html.jinja",
        asking,
        asked=asked,
        found=found,
        rows=[_row(one) for one in found.claims],
        notice=notice,
        filters=list(asked.filters()),
        printed=datetime.now(UTC) if printed else None,
        **shown,
        **_CONSTANTS,
    )


@lru_cache(maxsize=REMEMBERED)
def _row(one: Listed) -> Markup:
    """A claim's row. Drawing one takes a millisecond, and the same few are asked for again and again."""
    return Markup(rendered("claims_row.html.jinja", one=row(one), range_of=range, **_DRAWN))


_DRAWN: dict[str, Any] = {"KINDS": KINDS, "MARKS": MARKS, "OPEN": OPEN}
_CONSTANTS: dict[str, Any] = {"SORTS": SORTS, "SORT_WORDS": SORT_WORDS, "SIZE": SIZE, **_DRAWN}


def _around(connection: Connection) -> dict[str, Any]:
    """What fields suggest, and what is still to be done."""
    left = waiting.counted(connection)
    return {
        "outlets": outlets.often(connection, SUGGESTED),
        "sources": sources.often(connection, SUGGESTED),
        "left": max(left.to_read, left.to_join),
        "stale": summing.waiting(connection, "claim"),
        "empty": summaries.nothing(connection),
    }


@router.get("/claims.json")
def as_json(library: Opened, _: Reader, asked: Filtered) -> ClaimList:
    """The list for other programs, without pages."""
    with library.reading() as connection:
        wanted = asked.wanted(connection)
        found = summaries.claims(connection, wanted, asked.sort, 1, 1)
        listed = list(summaries.each(connection, wanted, asked.sort, MOST_EXPORTED))
    return claim_list(found, [claim_of(one) for one in listed], 1, more=found.count > len(listed))


@router.get("/claims.csv")
def as_csv(library: Opened, _: Reader, asked: Filtered) -> Response:
    """The list for a spreadsheet."""
    return csv_answer("claims", (*HEAD, *MORE), _lines(library, asked))


def _lines(library: Library, asked: Asked) -> Iterator[tuple[object, ...]]:
    with library.reading() as connection:
        for one in summaries.each(connection, asked.wanted(connection), asked.sort, MOST_EXPORTED):
            yield _line(one)


def _line(one: Listed) -> tuple[object, ...]:
    found = one.summary
    names = "; ".join(one_line(mark.name) for mark in found.roots)
    against = ["; ".join(map(one_line, part)) for part in (found.denied_by, found.doubted_by)]
    return (
        *(found.claim, one_line(found.text), f"/claims/{found.claim}", found.articles, found.outlets),
        *(found.least, found.most, names, *against, found.evidence, found.hardened),
        *(found.first, found.outlet, found.last, one.changed),
    )
