"""Outlets: what share of their text is their own, whom they rely on, how often they leave people unnamed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from firsthand.library import outlets
from firsthand.share.lineage import moment
from firsthand.web.access import Opened, Reader
from firsthand.web.api.outlets import (
    SIZE,
    OutletInList,
    OutletList,
    OutletTold,
    Reliance,
    Sort,
    one,
    outlet_list,
    outlet_told,
)
from firsthand.web.claim_filters import PageNumber, Text
from firsthand.web.exports import csv_answer
from firsthand.web.lookups import address
from firsthand.web.pages import page as shown
from firsthand.web.plants import of_articles
from firsthand.web.shares import PARTS, WIDTH, bar, percent

router = APIRouter()

MOST_EXPORTED = 5_000
"""Outlets of a file."""

SORTS = {
    "articles": "most articles",
    "own": "most of its own",
    "copied": "most copied without credit",
    "unnamed": "most often unnamed people",
    "name": "name",
}

Printed = Annotated[str, Query(alias="print", max_length=10)]


@router.get("/outlets")
def listing(
    request: Request,
    library: Opened,
    asking: Reader,
    q: Text = None,
    sort: Sort = None,
    page: PageNumber = None,
    printed: Printed = "",
) -> Response:
    """The list."""
    number, asked = page or 1, {"q": q, "sort": sort}
    with library.reading() as connection:
        found, count = outlets.outlets(connection, q or "", sort or "articles", number, SIZE)
    return shown(
        request,
        "outlets.html.jinja",
        asking,
        rows=[(each, bar(each)) for each in found],
        count=count,
        number=number,
        more=count > SIZE * number,
        asked={**asked, "sort": sort or "articles"},
        to=lambda path="/outlets", **changes: address(path, **{**asked, **changes}),
        start=SIZE * (number - 1) + 1,
        **_around(printed),
    )


def _around(printed: str) -> dict[str, Any]:
    return {
        "SORTS": SORTS,
        "PARTS": PARTS,
        "WIDTH": WIDTH,
        "moment": moment,
        "percent": percent,
        "of_articles": of_articles,
        "printed": datetime.now(UTC) if printed else None,
    }


@router.get("/outlets.json")
def as_json(library: Opened, _: Reader, q: Text = None, sort: Sort = None) -> OutletList:
    """The list for other programs, without pages."""
    with library.reading() as connection:
        found, count = outlets.outlets(connection, q or "", sort or "articles", 1, MOST_EXPORTED)
    return outlet_list(found, count, 1, more=count > len(found))


@router.get("/outlets.csv")
def as_csv(library: Opened, _: Reader, q: Text = None, sort: Sort = None) -> Response:
    """The list for a spreadsheet."""
    return csv_answer("outlets", list(OutletInList.model_fields), _lines(as_json(library, _, q, sort).outlets))


def _lines(found: Iterable[OutletInList | Reliance]) -> Iterator[tuple[object, ...]]:
    for each in found:
        yield tuple(each.model_dump().values())


@router.get("/outlets/{key}.json")
def one_as_json(library: Opened, _: Reader, key: str) -> OutletTold:
    """An outlet, for other programs."""
    with library.reading() as connection:
        return outlet_told(connection, one(connection, key))


@router.get("/outlets/{key}.csv")
def one_as_csv(library: Opened, _: Reader, key: str) -> Response:
    """Whom an outlet relies on, for a spreadsheet."""
    told = one_as_json(library, _, key)
    return csv_answer(f"outlet-{told.outlet.key}", list(Reliance.model_fields), _lines(told.relies_on))


@router.get("/outlets/{key}")
def told(request: Request, library: Opened, asking: Reader, key: str, printed: Printed = "") -> Response:
    """One outlet. By another way of writing its name, it leads to its usual one."""
    with library.reading() as connection:
        usual = outlets.usual_key(connection, key)
        if usual and usual != key:
            return RedirectResponse(f"/outlets/{usual}", 303)
        found = one(connection, key)
        about = outlet_told(connection, found)
    return shown(
        request,
        "outlet.html.jinja",
        asking,
        outlet=found,
        bar=bar(found),
        about=about,
        to=lambda path, **changes: address(path, **changes),
        **_around(printed),
    )
