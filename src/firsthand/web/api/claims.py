"""The API: claims."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, Field

from firsthand.errors import LibraryError
from firsthand.library import summaries
from firsthand.library.slugs import outlet_key, source_key
from firsthand.library.summaries import Found, Listed
from firsthand.model import EvidenceValue, RootKind
from firsthand.share.plain import one_line
from firsthand.web.access import Opened, Reader
from firsthand.web.claim_filters import Filtered

router = APIRouter()

SIZE = 50
"""Claims of a page."""


class RootOfClaim(BaseModel):
    """A root, and how many articles rest on it."""

    name: str
    kind: RootKind
    articles: int
    first_hand: bool | None = Field(description="null where it could not be looked for")
    source: str | None = Field(description="key of /sources/{key}; null of an outlet, and of nobody")


class DayOfClaim(BaseModel):
    """How many articles told of a claim on a day, in UTC."""

    day: date
    articles: int


class ClaimInList(BaseModel):
    """A claim, as a list tells it. `articles` and `outlets` support it; 0 outlets where none is known."""

    id: str
    text: str
    articles: int
    outlets: int
    roots_least: int
    roots_most: int
    roots: list[RootOfClaim] = Field(description="those on which most articles rest")
    more_roots: int
    unmeasured: bool = Field(description="all of it lies with outlets of which nothing is here")
    denied_by: list[str]
    doubted_by: list[str]
    evidence: EvidenceValue
    hardened: int = Field(description="places where the wording became surer than what it rests on")
    first_report: datetime | None
    first_article: str | None
    first_outlet: str | None
    first_outlet_key: str | None
    last_report: datetime | None
    days: list[DayOfClaim]
    undated_articles: int
    changed: datetime = Field(description="when what is told here changed last")


class ClaimList(BaseModel):
    """A page of claims. `stale` is how many are still to be brought up to date."""

    claims: list[ClaimInList]
    page: int
    more: bool
    count: int
    counted: bool = Field(description="false where there are more than `count`")
    stale: int


@router.get("/claims", responses={422: {"description": "What is asked for cannot be understood"}})
def claims(library: Opened, _: Reader, asked: Filtered) -> ClaimList:
    """Claims, with the filters and the order of the page."""
    with library.reading() as connection:
        try:
            found = summaries.claims(connection, asked.wanted(connection), asked.sort, asked.page, SIZE)
        except LibraryError as error:
            raise HTTPException(422, one_line(str(error))) from None
    return claim_list(found, [claim_of(one) for one in found.claims], asked.page, more=found.more)


def claim_list(found: Found, told: Sequence[ClaimInList], page: int, *, more: bool) -> ClaimList:
    """These claims, with what is known of all."""
    return ClaimList(
        claims=list(told), page=page, more=more, count=found.count, counted=found.counted, stale=found.stale
    )


def claim_of(listed: Listed) -> ClaimInList:
    """A claim as programs get it."""
    found = listed.summary
    nobody = ("outlet's own", "outlet not here")
    return ClaimInList(
        id=found.claim,
        text=one_line(found.text),
        articles=found.articles,
        outlets=found.outlets,
        roots_least=found.least,
        roots_most=found.most,
        roots=[
            RootOfClaim(
                name=one_line(mark.name),
                kind=mark.kind,
                articles=mark.articles,
                first_hand=mark.first_hand,
                source=None if mark.kind in nobody else source_key(mark.name),
            )
            for mark in found.roots
        ],
        more_roots=found.others,
        unmeasured=found.unmeasured,
        denied_by=[one_line(name) for name in found.denied_by],
        doubted_by=[one_line(name) for name in found.doubted_by],
        evidence=found.evidence,
        hardened=found.hardened,
        first_report=found.first,
        first_article=found.article,
        first_outlet=found.outlet,
        first_outlet_key=outlet_key(found.outlet) if found.outlet else None,
        last_report=found.last,
        days=[DayOfClaim(day=date.fromordinal(day), articles=count) for day, count in found.days],
        undated_articles=found.undated,
        changed=listed.changed,
    )
