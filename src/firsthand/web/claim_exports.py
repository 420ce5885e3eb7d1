"""A claim as files: as JSON, its statements as a table, and a report to be printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from firsthand.library import Library
from firsthand.library.judgements import Judgement, judgements
from firsthand.share.page import web_address
from firsthand.share.trace_words import heading, shortened
from firsthand.share.wording import ARROW, certainty_words, quoted
from firsthand.web.access import Opened, Reader
from firsthand.web.claim_cards import cards, told
from firsthand.web.claim_found import Found
from firsthand.web.claim_hand import known
from firsthand.web.claim_history import judged, turns
from firsthand.web.claim_record import EXCERPT, record
from firsthand.web.claim_wording import happened, steps_told
from firsthand.web.exports import csv_answer
from firsthand.web.pages import page

router = APIRouter()

MOST_STEPS = 40
"""Steps of hardening that a report tells; the JSON has all."""

COLUMNS = (
    *("statement", "article", "outlet", "published", "title", "address", "role", "source", "through", "words"),
    *("stance", "certainty", "least", "most", "evidence", "corrects"),
)


@router.get("/claims/{name}.json")
def claim_json(library: Opened, asking: Reader, name: str) -> Response:
    """All that the page shows."""
    one = known(library, name)
    return JSONResponse(record(one, written(library, one)))


@router.get("/claims/{name}.csv")
def claim_csv(library: Opened, asking: Reader, name: str) -> Response:
    """Its statements, a line for each, in order of time."""
    one = known(library, name)
    return csv_answer(f"claim-{one.claim.id}", COLUMNS, _rows(one))


@router.get("/claims/{name}/report")
def report(request: Request, library: Opened, asking: Reader, name: str) -> Response:
    """A report to be printed, with full credit and short excerpts."""
    one = known(library, name)
    return page(request, "claim_report.html.jinja", asking, **_reported(one, written(library, one)))


def written(library: Library, one: Found) -> list[Judgement]:
    """What people concluded on it."""
    with library.reading() as connection:
        return judgements(connection, one.claim.id)


def _reported(one: Found, several: list[Judgement]) -> dict[str, Any]:
    steps, more = steps_told(one, MOST_STEPS)
    return {
        "found": one,
        "claim": one.claim,
        "provenance": one.provenance,
        "sentences": list(heading(one.provenance)),
        "cards": cards(one),
        "happened": happened(one),
        "steps": steps,
        "more_steps": more,
        "judged": judged(several, one.claim.id),
        "turns": turns(one.history, one.claim.id),
        "articles": [_credited(one, identity) for identity in dict.fromkeys(a.article for a in one.claim.appearances)],
        "quoted": quoted,
        "cut": lambda text: shortened(text, EXCERPT),
    }


def _credited(one: Found, identity: str) -> dict[str, Any]:
    """An article with full credit."""
    article = one.known.get(identity)
    byline, url = (article.byline, web_address(article.url)) if article else (None, None)
    return {"told": told(one, identity), "byline": byline or "", "url": url}


def _rows(one: Found) -> Iterator[tuple[object, ...]]:
    for said in one.claim.appearances:
        article, certainty = one.known.get(said.article), said.certainty
        yield (
            said.id,
            said.article,
            said.outlet,
            said.published,
            article.title if article else None,
            web_address(article.url) if article else None,
            said.role,
            said.who.name if said.who else None,
            ARROW.join(link.name for link in said.chain),
            shortened(said.text, EXCERPT),
            said.stance,
            certainty_words(certainty) if certainty else None,
            certainty.least if certainty else None,
            certainty.most if certainty else None,
            said.evidence.value if said.evidence else None,
            said.corrects,
        )
