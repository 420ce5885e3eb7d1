"""Page: the articles of the library, listed and searched; and the same as JSON and as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from firsthand.errors import LibraryError
from firsthand.library import Library, browsing
from firsthand.library.browsing import MOST_COUNTED, Noted
from firsthand.library.records import Entry, Found
from firsthand.share.plain import plain
from firsthand.web import article, originals, reports, versions
from firsthand.web.access import Opened, Reader
from firsthand.web.article import outlets, words
from firsthand.web.asked import Asked, asked
from firsthand.web.exports import csv_answer
from firsthand.web.lists import record
from firsthand.web.lookups import address
from firsthand.web.pages import page

router = APIRouter()

IN_A_FILE = 5_000
"""Articles of an export: more are turned over as the list's pages are."""

MOST_FOUND = 500
"""Articles of an export of a search: of each the words around what was found are looked up."""


@dataclass(frozen=True, slots=True)
class Line:
    """An article of the list. `snippet` are the words around what was found, part by part, and whether each is it."""

    entry: Entry
    noted: Noted
    version: int | None = None
    snippet: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list; `more` where another follows.

    `total` is None of a search that finds more than `MOST_COUNTED`.
    """

    asked: Asked
    lines: tuple[Line, ...]
    total: int | None
    more: bool
    wrong: tuple[str, ...]


@router.get("/articles")
def articles(request: Request, opened: Opened, asking: Reader) -> Response:
    """The list."""
    found = listing(opened, asked(request.query_params))
    return page(
        request,
        "articles.html.jinja",
        asking,
        found=found,
        asked=found.asked,
        on_a_page=found.asked.lines,
        most_counted=MOST_COUNTED,
        outlets=outlets(opened, (line.entry.outlet for line in found.lines)),
        to=lambda **changes: address("/articles", **found.asked.query(**changes)),
        file=lambda kind: address(f"/articles.{kind}", **found.asked.query(page=None)),
        **words(),
    )


@router.get("/articles.json")
def articles_json(request: Request, opened: Opened, asking: Reader) -> Response:
    """The list, as the API's."""
    found = listing(opened, asked(request.query_params), whole=True)
    return JSONResponse([entry(line) for line in found.lines])


@router.get("/articles.csv")
def articles_csv(request: Request, opened: Opened, asking: Reader) -> Response:
    """The list, a line for each."""
    lines = (entry(line) for line in listing(opened, asked(request.query_params), whole=True).lines)
    return csv_answer("articles", _COLUMNS, ([line.get(name) for name in _COLUMNS] for line in lines))


def listing(opened: Library, wanted: Asked, *, whole: bool = False) -> Listing:
    """A page of the list, or as much of it as a file holds."""
    if not wanted.q:
        return _listed(opened, wanted, *_reach(wanted, IN_A_FILE if whole else 0))
    try:
        return _searched(opened, wanted, *_reach(wanted, MOST_FOUND if whole else 0))
    except LibraryError as error:
        return Listing(wanted, (), None, more=False, wrong=(*wanted.wrong, f"{str(error).capitalize()}."))


def entry(line: Line) -> dict[str, Any]:
    """An article of the list, as JSON."""
    noted = line.noted
    known = {"read": noted.read, "claims": noted.claims, "kinds": noted.kinds, "followed_by": noted.followed}
    snippet = "".join(part for part, _ in line.snippet) if line.snippet else None
    return record(line.entry) | known | {"version": line.version or line.entry.versions, "snippet": snippet}


_COLUMNS = (
    *("id", "title", "outlet", "published", "language", "url", "added", "versions", "read", "claims", "followed_by"),
    "snippet",
)


def _reach(wanted: Asked, whole: int) -> tuple[int, int]:
    """From which on, and how many."""
    return (0, whole) if whole else ((wanted.page - 1) * wanted.lines, wanted.lines)


def _listed(opened: Library, wanted: Asked, offset: int, limit: int) -> Listing:
    with opened.reading() as connection:
        order = "newest" if wanted.sort == "best" else wanted.sort
        entries = browsing.listed(connection, wanted.filter, order, offset, limit)
        noted = browsing.noted(connection, [one.id for one in entries])
    total = opened.count(wanted.filter)
    lines = tuple(Line(one, noted[one.id]) for one in entries)
    return Listing(wanted, lines, total, more=offset + limit < total, wrong=wanted.wrong)


def _searched(opened: Library, wanted: Asked, offset: int, limit: int) -> Listing:
    with opened.reading() as connection:
        if wanted.sort == "best":
            found = browsing.best(connection, wanted.q, wanted.filter, offset, limit + 1)
        else:
            newest = wanted.sort == "newest"
            found = browsing.by_time(connection, wanted.q, wanted.filter, offset, limit + 1, newest=newest)
        noted = browsing.noted(connection, [one.entry.id for one in found[:limit]])
        total = browsing.counted(connection, wanted.q, wanted.filter)
    lines = tuple(Line(one.entry, noted[one.entry.id], one.number, tuple(_snippet(one))) for one in found[:limit])
    return Listing(wanted, lines, total, more=len(found) > limit, wrong=wanted.wrong)


def _snippet(found: Found) -> Iterator[tuple[str, bool]]:
    end = 0
    for start, stop in found.marks:
        yield plain(found.snippet[end:start]), False
        yield plain(found.snippet[start:stop]), True
        end = stop
    yield plain(found.snippet[end:]), False


for part in (reports, article, versions, originals):  # reports first: their addresses end in .json and .csv
    router.include_router(part.router)
