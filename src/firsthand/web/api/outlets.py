"""The API: outlets, of what their text is made, and whom they rely on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel, BeforeValidator, Field

from firsthand.library import outlets
from firsthand.library.outlets import Listed, OutletSort, ReliedOn
from firsthand.library.summaries import Connection
from firsthand.share.plain import one_line
from firsthand.web.access import Opened, Reader
from firsthand.web.claim_filters import PageNumber, Text, maybe

router = APIRouter()

SIZE = 50
"""Outlets of a page."""

MOST_RELIED = 100
"""Outlets that are told of each way of relying."""

MOST_CLAIMS = 20
"""Claims of an outlet that are told; `/claims?outlet=` has all."""

Sort = Annotated[OutletSort | None, BeforeValidator(maybe), Query()]


class OutletInList(BaseModel):
    """An outlet. Of one without articles here all is unmeasured, and null."""

    key: str
    name: str
    articles: int
    claims: int
    relied_on_by: int = Field(description="articles of others that copy it, credit it or cite it")
    characters: int | None = Field(description="of all its articles, the newest version of each")
    own: int | None = Field(description="characters like nothing earlier of another outlet here")
    copied_with_credit: int | None = Field(description="characters; all of an article credited to an agency as a whole")
    copied_without_credit: int | None
    shared_not_known_who_was_first: int | None
    attributions: int | None
    to_named: int | None
    to_unnamed: int | None
    to_nobody_in_particular: int | None


class OutletList(BaseModel):
    """A page of outlets."""

    outlets: list[OutletInList]
    page: int
    more: bool
    count: int


class Reliance(BaseModel):
    """One outlet that relies on another: in how many articles, and how."""

    key: str
    name: str
    articles: int
    copied_in: int
    credited_in: int
    cited_in: int
    characters_copied: int


class ClaimOfOutlet(BaseModel):
    """A claim that an outlet told of."""

    id: str
    text: str
    articles: int


class OutletTold(BaseModel):
    """An outlet, whom it relies on, who relies on it, and the claims that it told of which most articles carry."""

    outlet: OutletInList
    relies_on: list[Reliance]
    relied_on_by: list[Reliance]
    claims: list[ClaimOfOutlet]


@router.get("/outlets")
def listed(library: Opened, _: Reader, q: Text = None, sort: Sort = None, page: PageNumber = None) -> OutletList:
    """Outlets, those with most articles first."""
    with library.reading() as connection:
        found, count = outlets.outlets(connection, q or "", sort or "articles", page or 1, SIZE)
    return outlet_list(found, count, page or 1, more=count > SIZE * (page or 1))


@router.get("/outlets/{key}", responses={404: {"description": "There is no such outlet"}})
def told(library: Opened, _: Reader, key: str) -> OutletTold:
    """An outlet."""
    with library.reading() as connection:
        return outlet_told(connection, one(connection, key))


def one(connection: Connection, key: str) -> Listed:
    """The outlet with this key. Raises HTTPException 404."""
    found = outlets.one(connection, key)
    if found is None:
        raise HTTPException(404, "No outlet has this key: nothing of it is here any more, or it never was.")
    return found


def outlet_list(found: Sequence[Listed], count: int, page: int, *, more: bool) -> OutletList:
    """These outlets, with how many there are."""
    return OutletList(outlets=[outlet_of(each) for each in found], page=page, more=more, count=count)


def outlet_told(connection: Connection, found: Listed) -> OutletTold:
    """All that is told of an outlet."""
    return OutletTold(
        outlet=outlet_of(found),
        relies_on=[_reliance(each) for each in outlets.relies_on(connection, found.key, MOST_RELIED)],
        relied_on_by=[_reliance(each) for each in outlets.relied_on_by(connection, found.key, MOST_RELIED)],
        claims=[
            ClaimOfOutlet(id=each.claim, text=one_line(each.text), articles=each.articles)
            for each in outlets.claims(connection, found.key, MOST_CLAIMS)
        ],
    )


def outlet_of(found: Listed) -> OutletInList:
    """An outlet as programs get it."""
    measured = found.articles > 0
    return OutletInList(
        key=found.key,
        name=one_line(found.name),
        articles=found.articles,
        claims=found.claims,
        relied_on_by=found.relied_on,
        characters=found.size if measured else None,
        own=found.own if measured else None,
        copied_with_credit=found.credited if measured else None,
        copied_without_credit=found.copied if measured else None,
        shared_not_known_who_was_first=found.open if measured else None,
        attributions=found.attributions if measured else None,
        to_named=found.named if measured else None,
        to_unnamed=found.unnamed if measured else None,
        to_nobody_in_particular=found.nobody if measured else None,
    )


def _reliance(found: ReliedOn) -> Reliance:
    return Reliance(
        key=found.key,
        name=one_line(found.name),
        articles=found.articles,
        copied_in=found.how.get("copied", 0),
        credited_in=found.how.get("credited", 0),
        cited_in=found.how.get("cited", 0),
        characters_copied=found.letters,
    )
