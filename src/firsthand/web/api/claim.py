"""The API: one claim, what it rests on, judgements on it, and what is decided by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path

from firsthand import deciding
from firsthand.deciding import Asked
from firsthand.errors import LibraryError, OvertakenError
from firsthand.library import Library
from firsthand.library.judgements import Judgement, judgements, standing
from firsthand.web.access import Analyst, Opened, Reader
from firsthand.web.api import claim_models as models
from firsthand.web.claim_found import Found, Gone, found
from firsthand.web.claim_hand import check_own
from firsthand.web.claim_judging import Draft, write
from firsthand.web.claim_record import judgement, record

router = APIRouter()

Name = Annotated[
    str, Path(description="a claim's id, or the beginning of one; of one that was merged too", max_length=100)
]
_MISSING: dict[int | str, dict[str, Any]] = {
    404: {"description": "No claim has, or had, this id."},
    410: {"description": "Nothing is left of this claim."},
}
_WRITING: dict[int | str, dict[str, Any]] = {
    **_MISSING,
    409: {"description": "The claim is not as it was seen: somebody else changed it meanwhile."},
    422: {"description": "This cannot be done; the answer says why."},
}


@router.get("/claims/{name}", responses=_MISSING)
def claim(library: Opened, asking: Reader, name: Name) -> models.Claim:
    """A claim with all that its page shows."""
    one = _known(library, name)
    return models.Claim.model_validate(record(one, _written(library, one.claim.id)))


@router.get("/claims/{name}/judgements", responses=_MISSING)
def written(library: Opened, asking: Reader, name: Name) -> list[models.Judgement]:
    """What people concluded on it, oldest first."""
    return _judgements(_written(library, _known(library, name).claim.id))


@router.post("/claims/{name}/judgements", status_code=201, responses=_WRITING)
def judge(library: Opened, asking: Analyst, name: Name, wanted: models.NewJudgement) -> models.Judgement:
    """Writes a judgement down. It is never changed; a later one by the same person supersedes it."""
    one = _known(library, name)
    rating = ("", "") if not wanted.rating.strip() else ("own", wanted.rating)
    draft = Draft(wanted.conclusion, wanted.reasons, *rating, tuple(wanted.rests_on))
    try:
        number = write(library, one, asking.name, draft)
    except LibraryError as error:
        raise HTTPException(422, str(error)) from None
    return next(made for made in _judgements(_written(library, one.claim.id)) if made.number == number)


@router.post("/claims/{name}/merge", responses=_WRITING)
def merge(library: Opened, asking: Analyst, name: Name, wanted: models.Merge) -> list[models.Came]:
    """Merges the claim with another."""
    one, two = _known(library, name).claim.id, _known(library, wanted.other).claim.id
    seen = {claim: given for claim, given in ((one, wanted.seen), (two, wanted.seen_other)) if given}
    return _decided(library, Asked("merge", [one, two], wanted.because, asking.name, seen))


@router.post("/claims/{name}/split", responses=_WRITING)
def split(library: Opened, asking: Analyst, name: Name, wanted: models.Split) -> list[models.Came]:
    """Splits statements off: they are a claim of their own, the first of the answer."""
    one = _known(library, name)
    return _decided(library, Asked("split", wanted.statements, wanted.because, asking.name, _seen(one, wanted)), one)


@router.post("/claims/{name}/pin", responses=_WRITING)
def pin(library: Opened, asking: Analyst, name: Name, wanted: models.Pin) -> list[models.Came]:
    """Chooses the claim's words."""
    one = _known(library, name)
    return _decided(library, Asked("pin", [wanted.statement], wanted.because, asking.name, _seen(one, wanted)), one)


def _known(library: Library, name: str) -> Found:
    try:
        one = found(library, name)
    except LibraryError as error:
        raise HTTPException(404, str(error)) from None
    if isinstance(one, Gone):
        raise HTTPException(410, f"Nothing is left of {one.id}.")
    if one is None:
        raise HTTPException(404, "No claim has, or had, this id.")
    return one


def _seen(one: Found, wanted: models.Because) -> dict[str, str]:
    return {one.claim.id: wanted.seen} if wanted.seen else {}


def _decided(library: Library, asked: Asked, one: Found | None = None) -> list[models.Came]:
    """Decides; the claims that came of it. Raises HTTPException 409 and 422."""
    try:
        if one:
            check_own(one, asked)
        came = deciding.decide(library, asked)
    except LibraryError as error:
        raise HTTPException(409 if isinstance(error, OvertakenError) else 422, str(error)) from None
    return [_came(made) for made in came]


def _came(made: deciding.Came) -> models.Came:
    articles = len({one.article for one in made.claim.appearances})
    claim = made.claim
    return models.Came(id=claim.id, text=claim.text, articles=articles, pinned=claim.pinned, took_from=list(made.took))


def _written(library: Library, claim: str) -> list[Judgement]:
    with library.reading() as connection:
        return judgements(connection, claim)


def _judgements(several: Sequence[Judgement]) -> list[models.Judgement]:
    stand = standing(several)
    return [models.Judgement.model_validate(judgement(one, stand)) for one in several]
