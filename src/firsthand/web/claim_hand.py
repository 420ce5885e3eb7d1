"""Pages that merge a claim with another, split statements off, choose its words: with a reason, and written down."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from firsthand.deciding import Asked, What, decide
from firsthand.errors import LibraryError, OvertakenError
from firsthand.library import Library
from firsthand.share.plain import one_line
from firsthand.share.trace_words import carried, independent, shortened
from firsthand.share.wording import quoted
from firsthand.web.access import Analyst, Opened, Person
from firsthand.web.claim_found import Found, found
from firsthand.web.pages import page

router = APIRouter()

MOST_STATEMENTS = 2_000
"""Statements that a form may send: those of a claim of some 700 articles."""

Because = Annotated[str, Form(max_length=2_000)]
Seen = Annotated[str, Form(max_length=16)]
Name = Annotated[str, Form(max_length=1_000)]
Names = Annotated[list[str], Form(max_length=MOST_STATEMENTS)]


@router.get("/claims/{name}/merge")
def merging(request: Request, library: Opened, asking: Analyst, name: str, other: str = "") -> Response:
    """Asks for the other claim; then shows both, and asks for the reason."""
    one = known(library, name)
    try:
        two = _other(library, one, other) if other else None
    except LibraryError as error:
        return _page(request, asking, "merge", one, 422, notice=f"{error}.", two=None)
    return _page(request, asking, "merge", one, two=two)


@router.post("/claims/{name}/merge")
def merge(
    request: Request,
    library: Opened,
    asking: Analyst,
    name: str,
    other: Name = "",
    because: Because = "",
    seen: Seen = "",
    seen_other: Seen = "",
) -> Response:
    """Merges both."""
    one = known(library, name)
    try:
        two = _other(library, one, other)
    except LibraryError as error:
        return _page(request, asking, "merge", one, 422, notice=f"{error}.", two=None)
    asked = Asked("merge", [one.claim.id, two.claim.id], because, asking.name, {name: seen, two.claim.id: seen_other})
    return _done(request, library, asking, asked, two=two)


@router.get("/claims/{name}/split")
def splitting(request: Request, library: Opened, asking: Analyst, name: str) -> Response:
    """Asks which statements are not of the claim."""
    return _page(request, asking, "split", known(library, name), chosen=())


@router.post("/claims/{name}/split")
def split(
    request: Request,
    library: Opened,
    asking: Analyst,
    name: str,
    statement: Names = [],  # noqa: B006
    because: Because = "",
    seen: Seen = "",
) -> Response:
    """Splits them off."""
    asked = Asked("split", statement, because, asking.name, {name: seen})
    return _done(request, library, asking, asked, chosen=tuple(statement))


@router.get("/claims/{name}/pin")
def pinning(request: Request, library: Opened, asking: Analyst, name: str) -> Response:
    """Asks whose words are to be the claim's."""
    one = known(library, name)
    return _page(request, asking, "pin", one, chosen=(one.claim.clearest,))


@router.post("/claims/{name}/pin")
def pin(
    request: Request,
    library: Opened,
    asking: Analyst,
    name: str,
    statement: Name = "",
    because: Because = "",
    seen: Seen = "",
) -> Response:
    """Chooses them."""
    asked = Asked("pin", [statement], because, asking.name, {name: seen})
    return _done(request, library, asking, asked, chosen=(statement,))


def known(library: Library, name: str) -> Found:
    """The claim with this id. Raises HTTPException 404."""
    one = found(library, name)
    if not isinstance(one, Found):
        raise HTTPException(404, "No claim has this id now.")
    return one


def _other(library: Library, one: Found, name: str) -> Found:
    """The claim to be merged with. Raises LibraryError."""
    two = found(library, name.strip())
    if not isinstance(two, Found):
        raise LibraryError(f"{one_line(name)}: no claim has this id")
    if two.claim.id == one.claim.id:
        raise LibraryError(f"{one_line(name)}: is this claim; name another")
    return two


def _done(request: Request, library: Library, asking: Person, asked: Asked, **shown: Any) -> Response:
    """Decides, and leads to what came of it; or shows the form again, with what was wrong."""
    name = request.path_params["name"]
    try:
        _complete(asked)
        check_own(known(library, name), asked)
        came = decide(library, asked)
    except LibraryError as error:
        status = 409 if isinstance(error, OvertakenError) else 422
        one = known(library, name)
        return _page(request, asking, asked.what, one, status, notice=f"{error}.", because=asked.because, **shown)
    here = next((one.claim.id for one in came if one.claim.id == name), came[0].claim.id)
    others = [("other", one.claim.id) for one in came if one.claim.id != here]
    return RedirectResponse(f"/claims/{quote(here, safe='')}?{urlencode([('did', asked.what), *others])}", 303)


def _complete(asked: Asked) -> None:
    """Raises LibraryError."""
    if not [name for name in asked.names if name]:
        raise LibraryError("no statement was chosen")
    if not asked.because.strip():
        raise LibraryError("a decision needs a reason")


def check_own(one: Found, asked: Asked) -> None:
    """Raises OvertakenError where a statement is another claim's, or nobody's."""
    own = {said.id for said in one.claim.appearances}
    for name in asked.names if asked.what != "merge" else ():
        if name not in own:
            raise OvertakenError(f"{one_line(name)}: is no statement of this claim now")


_TITLES: dict[What, str] = {
    "merge": "Merge with another claim",
    "split": "Split statements off",
    "pin": "Choose its words",
}


def _page(
    request: Request, asking: Person, what: What, one: Found, status: int = 200, because: str = "", **shown: Any
) -> Response:
    given = {"notice": "", "two": None, "chosen": (), **shown}
    return page(
        request,
        "claim_hand.html.jinja",
        asking,
        status,
        what=what,
        title=_TITLES[what],
        one=one,
        because=because,
        quoted=lambda text: quoted(one_line(text)),
        shortened=shortened,
        carried=carried,
        independent=independent,
        statements=one.claim.appearances,
        **given,
    )
