"""The API: sources, and what each has said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel, BeforeValidator, Field

from firsthand.library import sources
from firsthand.library.sources import Listed, Said, SourceSort
from firsthand.library.summaries import Connection
from firsthand.model import Side, SourceKind
from firsthand.share.plain import one_line
from firsthand.web.access import Opened, Reader
from firsthand.web.claim_filters import PageNumber, Text, maybe

router = APIRouter()

SIZE = 50
"""Sources, or statements, of a page."""

KindOfSource = Annotated[
    SourceKind | Literal["named"] | None,
    BeforeValidator(maybe),
    Query(description='named: persons, bodies and documents; "unnamed" and "class" are ways of describing people'),
]
Sort = Annotated[SourceSort | None, BeforeValidator(maybe), Query()]
OnSide = Annotated[Side | None, BeforeValidator(maybe), Query()]


LOOKED_AT = 200
"""Statements, the latest, by which it is told how a source is named and described, and by which outlets."""

MOST_NAMES = 12
"""Ways of writing a name that are told."""


class SourceInList(BaseModel):
    """A source. One that is not `named` is a description: whoever was described so, which may be many people."""

    key: str
    name: str
    kind: SourceKind
    named: bool
    claims: int = Field(description="on which it is told to have said something")
    against: int = Field(description="of those, on which it denies or doubts")
    first: datetime | None
    last: datetime | None


class SourceList(BaseModel):
    """A page of sources."""

    sources: list[SourceInList]
    page: int
    more: bool
    count: int


class SaidOnClaim(BaseModel):
    """What a source said on a claim. `root`: nothing lies further behind it here; else it is only named on the way."""

    claim: str
    text: str
    side: Side
    root: bool
    name: str
    position: str | None
    anonymity: str | None = Field(description="why it is not named, as the text says it")
    at: datetime | None = Field(description="of the first article that tells it")
    article: str
    appearance: str
    outlet: str | None
    articles: int
    outlets: list[str]


class SourceTold(BaseModel):
    """A source, with a page of what it said, the latest first."""

    source: SourceInList
    names: list[str] = Field(description="ways in which its name is written, of the latest statements")
    may_be: list[SourceInList] = Field(description="others of that name, who may be the same, or not")
    said: list[SaidOnClaim]
    page: int
    more: bool
    count: int


@router.get("/sources")
def listed(
    library: Opened, _: Reader, q: Text = None, kind: KindOfSource = None, sort: Sort = None, page: PageNumber = None
) -> SourceList:
    """Sources, those that said something on most claims first."""
    with library.reading() as connection:
        found, count = sources.sources(connection, q or "", kind, sort or "claims", page or 1, SIZE)
    return source_list(found, count, page or 1, more=count > SIZE * (page or 1))


@router.get("/sources/{key}", responses={404: {"description": "There is no such source"}})
def told(library: Opened, _: Reader, key: str, side: OnSide = None, page: PageNumber = None) -> SourceTold:
    """What a source has said."""
    with library.reading() as connection:
        return source_told(connection, key, side, page or 1, SIZE)


def source_list(found: Sequence[Listed], count: int, page: int, *, more: bool) -> SourceList:
    """These sources, with how many there are."""
    return SourceList(sources=[source_of(one) for one in found], page=page, more=more, count=count)


def source_told(connection: Connection, key: str, side: str | None, page: int, size: int) -> SourceTold:
    """A page of what a source said. Raises HTTPException 404."""
    found = sources.one(connection, key)
    if found is None:
        raise HTTPException(404, "No source has this key: nothing that it said is here any more, or it never was.")
    said, count = sources.said(connection, key, side, page, size)
    return SourceTold(
        source=source_of(found),
        names=_names(connection, found),
        may_be=[source_of(one) for one in sources.alike(connection, found)],
        said=[_said(one) for one in said],
        page=page,
        more=count > size * page,
        count=count,
    )


def _names(connection: Connection, found: Listed) -> list[str]:
    """Its name, then other ways of writing it, the one used most first."""
    told = Counter(one_line(name) for one in sources.latest(connection, found.key, LOOKED_AT) for name in one.names)
    return list(dict.fromkeys([one_line(found.name), *(name for name, _ in told.most_common(MOST_NAMES))]))


def source_of(found: Listed) -> SourceInList:
    """A source as programs get it."""
    return SourceInList(
        key=found.key,
        name=one_line(found.name),
        kind=found.kind,
        named=found.named,
        claims=found.claims,
        against=found.against,
        first=datetime.fromisoformat(found.first) if found.first else None,
        last=datetime.fromisoformat(found.last) if found.last else None,
    )


def _said(one: Said) -> SaidOnClaim:
    saying, claim = one.saying, one.claim
    return SaidOnClaim(
        claim=claim.claim,
        text=one_line(claim.text),
        side=saying.side,
        root=saying.root,
        name=one_line(saying.name),
        position=one_line(saying.position) if saying.position else None,
        anonymity=one_line(saying.anonymity) if saying.anonymity else None,
        at=saying.at,
        article=saying.article,
        appearance=saying.appearance,
        outlet=saying.outlet,
        articles=saying.articles,
        outlets=list(saying.outlets),
    )
