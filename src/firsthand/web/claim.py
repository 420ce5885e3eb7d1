"""The page of a claim: what it rests on, how it spread and was worded, what people concluded and decided."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse

from firsthand.errors import LibraryError
from firsthand.library import Library
from firsthand.library.judgements import MOST_RESTS, judgements, parts
from firsthand.model import RootMark, Summary
from firsthand.provenance.summing import SHOWN
from firsthand.share.claims import roots as range_of_roots
from firsthand.share.plain import one_line
from firsthand.share.trace_bundles import EVERY, bundled
from firsthand.share.trace_graph import LETTER, Drawing, drawing
from firsthand.share.trace_quotes import telling
from firsthand.share.trace_words import CREDIBILITY, carried, correcting, independent, several, shortened
from firsthand.share.wording import EVIDENCE, STEPS, quoted
from firsthand.web import claim_exports, claim_hand, media_ties
from firsthand.web.access import Analyst, Opened, Reader
from firsthand.web.claim_cards import Card, cards, href, others
from firsthand.web.claim_found import Found, Gone, found
from firsthand.web.claim_hand import known
from firsthand.web.claim_history import judged, turns
from firsthand.web.claim_judging import OWN, Draft, offered, stands, write
from firsthand.web.claim_wording import happened, steps_told, wordings
from firsthand.web.pages import page
from firsthand.web.plants import MARKS, OPEN, meadow

router = APIRouter()
router.include_router(claim_exports.router)
router.include_router(claim_hand.router)

FEW_CARDS, FEW_REASONS, FEW_WORDINGS, FEW_STEPS, FEW_ROWS, FEW_BESIDE = 6, 6, 8, 6, 12, 5
"""Roots, reasons of their range, ways of wording it, steps of hardening, articles of a root, claims beside it that are
shown at once; more are a click away."""

MOST_WORDINGS = 60
"""Ways of wording it that the page has; of more it says how many, and its table has all."""

FEW_TURNS = 10
"""Things that became of a claim that are shown at once."""

DID = {"merge": "The claims are one now.", "split": "The statements were split off.", "pin": "The words were chosen."}
"""What the page says after a decision."""

MOST_OPEN = 60
"""Bundles that may be drawn apart one by one."""

MOST_LETTERS = 20_000
"""Of a field of the form; how long a judgement may be, the library says."""

Text = Annotated[str, Form(max_length=MOST_LETTERS)]
Rests = Annotated[list[str], Form(max_length=MOST_RESTS)]
Open = Annotated[list[str], Query(max_length=MOST_OPEN)]


@router.get("/claims/{name}")
def claim(request: Request, library: Opened, asking: Reader, name: str, open: Open = []) -> Response:  # noqa: B006
    """The page."""
    one = found(library, name)
    if one is None:
        raise HTTPException(404, "No claim has, or had, this id.")
    if isinstance(one, Gone):
        return page(request, "claim_gone.html.jinja", asking, 410, gone=one, **told(library, one))
    if one.claim.id != name:
        return RedirectResponse(f"/claims/{one.claim.id}?{urlencode({'asked': name})}", 303)
    return page(request, "claim.html.jinja", asking, **shown(one, open), **told(library, one))


@router.post("/claims/{name}/judgements")
def judge(
    request: Request,
    library: Opened,
    asking: Analyst,
    name: str,
    conclusion: Text = "",
    reasons: Text = "",
    rating: Text = "",
    own: Text = "",
    rests: Rests = [],  # noqa: B006
) -> Response:
    """Writes a judgement down."""
    one, draft = known(library, name), Draft(conclusion, reasons, rating, own, tuple(rests))
    try:
        number = write(library, one, asking.name, draft)
    except LibraryError as error:
        more = {**told(library, one), "draft": draft, "wrong": f"{error}."}
        return page(request, "claim.html.jinja", asking, 422, **shown(one, []), **more)
    return RedirectResponse(f"/claims/{one.claim.id}#judgement-{number}", 303)


def told(library: Library, one: Found | Gone) -> dict[str, Any]:
    """What people made of a claim, and the form in which they may go on."""
    name = one.claim.id if isinstance(one, Found) else one.id
    with library.reading() as connection:
        several = judgements(connection, name)
        files = media_ties.files(connection, "claim", parts(connection, name))
    return {
        "judged": judged(several, name),
        "files": files,
        "turns": turns(one.history, name),
        "offered": offered(one) if isinstance(one, Found) else (),
        "draft": Draft(),
        "wrong": "",
        "OWN": OWN,
        "FEW_TURNS": FEW_TURNS,
    }


def shown(one: Found, opened: list[str]) -> dict[str, Any]:
    """What the page shows of a claim."""
    roots = cards(one)
    steps, more_steps = steps_told(one, FEW_STEPS)
    worded, more_wordings = wordings(one, MOST_WORDINGS)
    return {
        "found": one,
        "claim": one.claim,
        "provenance": one.provenance,
        "carried": carried(one.provenance),
        "resting": stands(one.provenance),
        "independent": independent(one.provenance),
        "digit": CREDIBILITY[one.provenance.credibility],
        "evidence": EVIDENCE[one.provenance.evidence],
        "cards": roots,
        "others": others(one, roots),
        "wordings": worded,
        "more_wordings": more_wordings,
        "happened": happened(one),
        "steps": steps,
        "more_steps": more_steps,
        "meadow": meadow(_summary(one)),
        "drawn": drawn(one, opened),
        "hrefs": {article: _href(one, article) for article in {a.article for a in one.claim.appearances}},
        "keys": _keys(roots),
        "range_words": range_of_roots(one.provenance).replace("-", " to "),
        "opened": opened,
        "opening": lambda article: _opening(one.claim.id, [*opened, article]),
        **_CONSTANTS,
    }


_CONSTANTS = {
    "FEW_CARDS": FEW_CARDS,
    "FEW_REASONS": FEW_REASONS,
    "FEW_WORDINGS": FEW_WORDINGS,
    "FEW_ROWS": FEW_ROWS,
    "FEW_BESIDE": FEW_BESIDE,
    "DID": DID,
    "STEPS": STEPS,
    "CREDIBILITY": CREDIBILITY,
    "EVERY": EVERY,
    "LETTER": LETTER,
    "TITLES": {"support": "Root", "denies": "Denial", "doubts": "Doubt"},
    "quoted": lambda text: quoted(one_line(text)),
    "several": several,
    "shortened": shortened,
    "range_of": range,
    "MARKS": MARKS,
    "OPEN": OPEN,
}


def drawn(one: Found, opened: list[str]) -> Drawing:
    """The drawing, with what is not opened bundled."""
    return drawing(one.provenance, one.names, bundled(one.provenance, opened))


def _summary(one: Found) -> Summary:
    """As much of the claim's summary as is drawn."""
    found, corrected = one.provenance, correcting(one.provenance)
    marks = [RootMark(root.name, root.kind, len(set(root.articles) - corrected)) for root in found.roots]
    carrying = {article for root in found.roots for article in root.articles} - corrected
    counted, shown = found.corroboration, tuple(marks[:SHOWN])
    return Summary(
        *(one.claim.id, one.claim.text, len(carrying), 0, counted.least, counted.most, found.evidence),
        roots=shown,
        others=len(marks) - len(shown),
    )


def _href(one: Found, article: str) -> str:
    """Where a mark leads to: what the article says of the claim, best told."""
    return href(telling(one.names.stated(article), ()))


def _opening(claim: str, opened: list[str]) -> str:
    """The address of the page with these bundles drawn apart."""
    return f"/claims/{quote(claim, safe='')}?{urlencode([('open', article) for article in opened])}#graph"


def _keys(roots: tuple[Card, ...]) -> dict[tuple[str, str], str]:
    """What the page calls each root, by its id and what it does to the claim."""
    return {(card.id, card.side): card.key for card in roots}
