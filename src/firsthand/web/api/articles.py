"""The API: articles, what was read in them, what they have from one another."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query, Response
from fastapi.responses import PlainTextResponse

from firsthand.library.showing import Related, Shown
from firsthand.model import Reading
from firsthand.share.lineage import record as derivation_record
from firsthand.share.records import contract
from firsthand.web import compare, originals
from firsthand.web.access import Opened, Reader
from firsthand.web.api import article_models as models
from firsthand.web.articles import entry, listing
from firsthand.web.asked import LONGEST, MOST_PAGES, Sort, asked
from firsthand.web.lookups import Number, stored, whole
from firsthand.web.reports import editions_record

router = APIRouter()

Name = Annotated[str, Path(description="an id, the beginning of one, or an address", max_length=2_000)]
Words = Annotated[str, Query(max_length=LONGEST)]
_MISSING: dict[int | str, dict[str, Any]] = {404: {"description": "The library has no such article."}}


@router.get("/articles", responses={422: {"description": "The words, or a parameter, cannot be understood."}})
def articles(
    opened: Opened,
    asking: Reader,
    q: Annotated[Words, Query(description="words; in quotation marks they must stand together, * goes on")] = "",
    outlet: Annotated[Words, Query(description="a part of the outlet's name")] = "",
    since: date | None = None,
    until: Annotated[date | None, Query(description="the last day, included")] = None,
    sort: Sort | None = None,
    page: Annotated[int, Query(ge=1, le=MOST_PAGES)] = 1,
) -> models.Listing:
    """The articles, 50 a page; those that hold all of the words, if there are any."""
    days = {name: day.isoformat() for name, day in (("since", since), ("until", until)) if day}
    found = listing(opened, asked({"q": q, "outlet": outlet, "sort": sort or "", "page": str(page), **days}))
    if found.wrong:
        raise HTTPException(422, " ".join(found.wrong))
    lines = [models.Line.model_validate(entry(line)) for line in found.lines]
    return models.Listing(articles=lines, page=page, total=found.total, more=found.more)


@router.get("/articles/{name}", responses=_MISSING)
def article(opened: Opened, asking: Reader, name: Name, version: Number = None) -> models.Article:
    """An article with its text and what was read in it: the newest version, or the one with this number."""
    return models.Article.model_validate(_article(whole(opened, name, version)))


@router.get("/articles/{name}/versions", responses=_MISSING)
def versions(opened: Opened, asking: Reader, name: Name) -> list[models.Version]:
    """The versions of an article, oldest first."""
    _, newest = stored(opened, name)
    return [models.Version.model_validate(one) for one in editions_record(opened, newest.article.id)]


@router.get("/articles/{name}/text", responses=_MISSING, response_class=PlainTextResponse)
def text(opened: Opened, asking: Reader, name: Name, version: Number = None) -> Response:
    """The text, exactly: what every offset counts in, by characters (Unicode code points)."""
    return originals.text(opened, asking, name, version)


@router.get("/articles/{name}/derivations", responses=_MISSING)
def derivations(opened: Opened, asking: Reader, name: Name, version: Number = None) -> models.Derivations:
    """What an article has wording from, and what has wording from it; of very many those that share most."""
    shown = whole(opened, name, version)
    sides = {side: _derivations(getattr(shown, side)) for side in ("earlier", "later", "either")}
    return models.Derivations(**sides, total=shown.related, compared="to_compare" not in shown.awaits)


@router.get("/compare", responses=_MISSING)
def comparison(
    opened: Opened, asking: Reader, a: compare.Named, b: compare.Named, more: bool = False
) -> models.Comparison:
    """What two articles share; `more` has worked out what the library does not keep: ask again until `looked`."""
    found = compare.found(opened, (a, None), (b, None), start=more, patience=compare.PATIENCE)
    return models.Comparison.model_validate(compare.record(found))


_TOLD = ("text", "articles", "outlets", "least", "most")


def _article(shown: Shown) -> dict[str, Any]:
    found, kept = shown.stored.article, shown.stored
    read = shown.read and shown.read.marks
    reading = (
        read
        and shown.read
        and contract(Reading(found, read.attributions, shown.read.model, (), read.credits, read.statements))
    )
    names = ("id", "title", "outlet", "byline", "published", "modified", "language", "url", "text")
    return {
        **{name: getattr(found, name) for name in names},
        **{name: getattr(kept, name) for name in ("versions", "added", "fetched", "sha256", "size", "media_type")},
        "version": kept.number,
        "awaits": sorted(shown.awaits),
        "reading": reading,
        "too_long": shown.too_long,
        "claims": [
            {"span": one.span, "claim": one.claim} | {name: getattr(one.summary, name, None) for name in _TOLD}
            for one in shown.carried
        ],
    }


def _derivations(found: tuple[Related, ...]) -> list[models.Derivation]:
    return [models.Derivation.model_validate(derivation_record(one.derivation)) for one in found]
