"""The API: what is watched, and what is new."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel, Field

from firsthand.errors import LibraryError
from firsthand.library import news, watches
from firsthand.library.news import MOST_COUNTED, News
from firsthand.library.watches import LEAST_MINUTES, MOST_MINUTES, USUAL_MINUTES, Watch
from firsthand.share.plain import one_line
from firsthand.web import handing
from firsthand.web import watch as pages
from firsthand.web.access import Analyst, Opened, Reader

router = APIRouter()

_MISSING: dict[int | str, dict[str, object]] = {404: {"description": "Nothing is watched under this id."}}


class Wanted(BaseModel):
    """An address to be watched: a feed, a sitemap or a page."""

    url: str = Field(max_length=handing.LONGEST)
    minutes: int = Field(USUAL_MINUTES, ge=LEAST_MINUTES, le=MOST_MINUTES, description="between two looks")


class Changed(BaseModel):
    """What is to be otherwise with a watch; what is left out stays."""

    minutes: int | None = Field(None, ge=LEAST_MINUTES, le=MOST_MINUTES)
    paused: bool | None = None
    look: bool = Field(False, description="look at it now")


class Watched(BaseModel):
    """Something that is looked at again and again. `kind` is null until the first look tells."""

    id: str
    url: str
    kind: str | None
    minutes: int
    paused: bool
    who: str
    since: datetime
    last_look: datetime | None
    last_new: datetime | None
    next_look: datetime | None
    result: str | None
    failures: int = Field(description="looks that failed since one went well")
    articles_found: int


class NewClaim(BaseModel):
    """A claim that is new."""

    claim: str
    text: str
    articles: int
    roots_least: int
    roots_most: int


class NewRoot(BaseModel):
    """A root that a claim got from an article."""

    at: datetime
    claim: str
    article: str
    root: str
    kind: str


class WhatIsNew(BaseModel):
    """What is new since `since`; null for somebody who has never said so, then it is of the last days.

    To say that all of this was seen, send `seen_changes` and `seen_roots` to /watch/seen.
    """

    since: datetime | None
    new_claims: int = Field(description=f"counted up to {MOST_COUNTED}")
    new_roots: int
    claims: list[NewClaim] = Field(description="those that most articles carry")
    roots: list[NewRoot] = Field(description="the last ones")
    seen_changes: int
    seen_roots: int


class SeenUpTo(BaseModel):
    """How far somebody has seen what is new."""

    seen_changes: int = Field(ge=0, lt=2**62)
    seen_roots: int = Field(ge=0, lt=2**62)


@router.get("/watch")
def show(library: Opened, _: Reader) -> list[Watched]:
    """What is watched, the newest first."""
    with library.reading() as connection:
        return [record(one) for one in watches.every(connection)]


@router.post("/watch", status_code=201, responses={409: {"description": "It is watched already, or too much is."}})
def begin(request: Request, library: Opened, asking: Analyst, wanted: Wanted) -> Watched:
    """Watch an address from now on."""
    try:
        name = pages.begun(request, library, asking, wanted.url, wanted.minutes)
    except LibraryError as error:
        raise HTTPException(409, one_line(str(error))) from None
    with library.reading() as connection:
        return record(watches.named(connection, name))


@router.get("/watch/news")
def what_is_new(library: Opened, asking: Reader, limit: Annotated[int, Query(ge=1, le=500)] = 50) -> WhatIsNew:
    """New claims and new roots, since one last said to have seen what is new."""
    with library.reading() as connection:
        return news_of(news.told(connection, asking.name, limit))


@router.post("/watch/seen")
def seen(library: Opened, asking: Reader, upto: SeenUpTo) -> WhatIsNew:
    """Say that what is new was seen, up to there; what is new after it."""
    with library.writing() as connection:
        news.seen(connection, asking.name, upto.seen_changes, upto.seen_roots)
    with library.reading() as connection:
        return news_of(news.told(connection, asking.name, 50))


@router.post("/watch/{watch}", responses=_MISSING)
def change(request: Request, library: Opened, asking: Analyst, watch: str, changed: Changed) -> Watched:
    """Look more or less often, pause, resume, look now."""
    with library.writing() as connection:
        pages.known(connection, watch)
        if changed.minutes is not None:
            watches.change(connection, asking.name, watch, changed.minutes)
    acts = [] if changed.paused is None else ["pause" if changed.paused else "resume"]
    for act in (*acts, *(["look"] if changed.look else [])):
        pages.acted(request, library, asking, watch, act)
    with library.reading() as connection:
        return record(pages.known(connection, watch))


@router.delete("/watch/{watch}", status_code=204, responses=_MISSING)
def end(request: Request, library: Opened, asking: Analyst, watch: str) -> None:
    """Watch it no longer; what was found stays."""
    pages.acted(request, library, asking, watch, "remove")


def record(one: Watch) -> Watched:
    """A watch, as JSON."""
    return Watched(
        id=one.id,
        url=one.address,
        kind=one.kind or None,
        minutes=one.minutes,
        paused=one.paused,
        who=one.who,
        since=one.at,
        last_look=one.checked,
        last_new=one.changed,
        next_look=None if one.paused else one.due,
        result=one.result or None,
        failures=one.failures,
        articles_found=one.found,
    )


def news_of(new: News) -> WhatIsNew:
    """What is new, as JSON."""
    return WhatIsNew(
        since=new.since.at,
        new_claims=new.made,
        new_roots=new.grown,
        claims=[
            NewClaim(
                claim=one.claim,
                text=one.text,
                articles=one.articles,
                roots_least=one.least,
                roots_most=one.most,
            )
            for one in new.claims
        ],
        roots=[
            NewRoot(at=one.at, claim=one.claim, article=one.article, root=one.name, kind=one.kind) for one in new.roots
        ],
        seen_changes=new.upto.change,
        seen_roots=new.upto.news,
    )
