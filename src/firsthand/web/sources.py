"""Sources: who is told to have said something, on how many claims; and what one has said over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from firsthand.library import Library, sources
from firsthand.library.slugs import outlet_key
from firsthand.model import SourceKind
from firsthand.share.lineage import moment
from firsthand.share.plain import one_line
from firsthand.web.access import Opened, Reader
from firsthand.web.api.sources import (
    LOOKED_AT,
    SIZE,
    KindOfSource,
    OnSide,
    SaidOnClaim,
    Sort,
    SourceList,
    SourceTold,
    source_list,
    source_told,
)
from firsthand.web.claim_filters import PageNumber, Text
from firsthand.web.exports import csv_answer
from firsthand.web.lookups import address
from firsthand.web.pages import page as shown
from firsthand.web.plants import of_articles

router = APIRouter()

MOST_EXPORTED = 5_000
"""Sources, or statements, of a file."""

OFTEN, AS_OFTEN = 6, 0.2
"""Positions, reasons and outlets that are told, and the least of how often one is, beside the one told most: what a
reader mistook once or twice is no description. Set by eye."""

KINDS: dict[SourceKind, str] = {
    "person": "person",
    "body": "body",
    "document": "document",
    "unnamed": "unnamed",
    "class": "class of people",
}
SORTS = {"claims": "most claims", "latest": "latest", "name": "name"}
SIDES = {"asserts": "asserted", "denies": "denied", "doubts": "doubted"}

HEAD = ("key", "name", "kind", "named", "claims", "denied_or_doubted", "first", "last")
SAID_HEAD = ("claim", "text", "side", "root", "named_as", "position", "why_unnamed", "at", "article", "outlet")
SAID_MORE = ("articles", "outlets")

Printed = Annotated[str, Query(alias="print", max_length=10)]


@router.get("/sources")
def listing(
    request: Request,
    library: Opened,
    asking: Reader,
    q: Text = None,
    kind: KindOfSource = None,
    sort: Sort = None,
    page: PageNumber = None,
    printed: Printed = "",
) -> Response:
    """The list."""
    number, asked = page or 1, {"q": q, "kind": kind, "sort": sort}
    with library.reading() as connection:
        found, count = sources.sources(connection, q or "", kind, sort or "claims", number, SIZE)
    return shown(
        request,
        "sources.html.jinja",
        asking,
        found=source_list(found, count, number, more=count > SIZE * number),
        asked={**asked, "sort": sort or "claims"},
        to=lambda path="/sources", **changes: address(path, **{**asked, **changes}),
        start=SIZE * (number - 1) + 1,
        **_around(printed),
    )


def _around(printed: str) -> dict[str, Any]:
    return {"KINDS": KINDS, "SORTS": SORTS, "SIDES": SIDES, "moment": moment, "printed": _printed(printed)}


def _printed(printed: str) -> datetime | None:
    return datetime.now(UTC) if printed else None


@router.get("/sources.json")
def as_json(library: Opened, _: Reader, q: Text = None, kind: KindOfSource = None, sort: Sort = None) -> SourceList:
    """The list for other programs, without pages."""
    with library.reading() as connection:
        found, count = sources.sources(connection, q or "", kind, sort or "claims", 1, MOST_EXPORTED)
    return source_list(found, count, 1, more=count > len(found))


@router.get("/sources.csv")
def as_csv(library: Opened, _: Reader, q: Text = None, kind: KindOfSource = None, sort: Sort = None) -> Response:
    """The list for a spreadsheet."""
    listed = as_json(library, _, q, kind, sort).sources
    rows = ((s.key, s.name, s.kind, s.named, s.claims, s.against, s.first, s.last) for s in listed)
    return csv_answer("sources", HEAD, rows)


@router.get("/sources/{key}.json")
def one_as_json(library: Opened, _: Reader, key: str, side: OnSide = None) -> SourceTold:
    """What a source said, for other programs."""
    with library.reading() as connection:
        return source_told(connection, key, side, 1, MOST_EXPORTED)


@router.get("/sources/{key}.csv")
def one_as_csv(library: Opened, _: Reader, key: str, side: OnSide = None) -> Response:
    """What a source said, for a spreadsheet."""
    told = one_as_json(library, _, key, side)
    return csv_answer(f"source-{told.source.key}", (*SAID_HEAD, *SAID_MORE), _lines(told.said))


def _lines(said: Iterable[SaidOnClaim]) -> Iterator[tuple[object, ...]]:
    for one in said:
        yield (
            *(one.claim, one.text, one.side, one.root, one.name, one.position, one.anonymity, one.at, one.article),
            *(one.outlet, one.articles, "; ".join(one.outlets)),
        )


@router.get("/sources/{key}")
def told(
    request: Request,
    library: Opened,
    asking: Reader,
    key: str,
    side: OnSide = None,
    page: PageNumber = None,
    printed: Printed = "",
) -> Response:
    """What one source said."""
    with library.reading() as connection:
        found = source_told(connection, key, side, page or 1, SIZE)
    own = f"/sources/{key}"
    return shown(
        request,
        "source.html.jinja",
        asking,
        found=found,
        side=side,
        often=_often(library, key),
        to=lambda path=own, **changes: address(path, **{"side": side, **changes}),
        own=own,
        at=_at,
        outlet_key=outlet_key,
        of_articles=of_articles,
        **_around(printed),
    )


def _at(said: SaidOnClaim) -> str:
    """Where an article tells it."""
    place = said.appearance.rpartition("@")[2].partition("-")[0]
    return f"/articles/{said.article}#at-{place}"


def _often(library: Library, key: str) -> dict[str, Sequence[tuple[str, int]]]:
    """How it is described, why it is not named, and by whom it is told, of the latest statements."""
    with library.reading() as connection:
        said = sources.latest(connection, key, LOOKED_AT)
    return {
        "positions": _most(one.position for one in said),
        "reasons": _most(one.anonymity for one in said),
        "outlets": _most(name for one in said for name in one.outlets),
    }


def _most(names: Iterable[str | None]) -> list[tuple[str, int]]:
    found = Counter(one_line(name) for name in names if name).most_common(OFTEN)
    return [(name, count) for name, count in found if count >= AS_OFTEN * found[0][1]]
