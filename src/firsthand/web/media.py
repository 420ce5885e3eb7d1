"""Pages: media is dropped to be checked, and how far that has got."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from firsthand.library import Library, media, media_checks
from firsthand.library.media_checks import MediaCheck
from firsthand.share.media_words import size
from firsthand.web import media_archive, media_handing, media_lately, media_reports, worker
from firsthand.web.access import Analyst, Opened, Person, Reader
from firsthand.web.bodies import form_of
from firsthand.web.handing import field
from firsthand.web.pages import page

router = APIRouter()

RECENT = 20
"""Checks, and reports, that the page shows."""

SHORT = 300
"""Characters of a claim's id, or its address, that may be asked for."""


@router.get("/media")
def show(request: Request, library: Opened, asking: Reader, claim: str = "") -> Response:
    """The form, what was checked lately, and how much the archive has."""
    return _form(request, library, asking, given={"claim": media_handing.claim_id(claim[:SHORT])})


@router.post("/media")
async def hand_in(request: Request, library: Opened, asking: Analyst) -> Response:
    """Write down a file that is to be checked; only then is it confirmed."""
    await run_in_threadpool(media_handing.check_queue, library)
    form = await form_of(request)
    try:
        name = await run_in_threadpool(media_handing.hand_in, library, asking.name, form)
    except HTTPException as error:
        given = {name: field(form, name) for name in media_handing.FIELDS}
        return await run_in_threadpool(_form, request, library, asking, error.status_code, str(error.detail), given)
    finally:
        await form.close()
    worker.poke(request.app.state.options)
    return RedirectResponse(f"/media/checks/{name}", 303)


@router.get("/media/checks/{name}.json")
def as_json(library: Opened, _: Reader, name: str) -> dict[str, Any]:
    """How far a check has got, for programs and for the page that waits for it."""
    return record(known(library, name))


@router.get("/media/checks/{name}")
def check(request: Request, library: Opened, asking: Reader, name: str) -> Response:
    """How far a check has got; when it is done, its report."""
    one = known(library, name)
    if one.state == "done" and one.report and not one.cause:
        return RedirectResponse(f"/media/reports/{one.report}", 303)
    trouble = worker.trouble(request.app.state.options) if one.state in ("waiting", "working") else ""
    return page(request, "media_check.html.jinja", asking, check=one, words=words(one), trouble=trouble)


@router.post("/media/checks/{name}/again")
def again(request: Request, library: Opened, asking: Analyst, name: str) -> Response:
    """Try again what failed."""
    one = known(library, name)
    if one.state == "failed":
        media_handing.check_queue(library)
        with library.writing() as connection:
            media_checks.again(connection, asking.name, name)
        worker.poke(request.app.state.options)
    return RedirectResponse(f"/media/checks/{name}", 303)


def known(library: Library, name: str) -> MediaCheck:
    """Raises HTTPException 404."""
    with library.reading() as connection:
        found = media_checks.one(connection, name)
    if found is None:
        raise HTTPException(404, "No file was handed in under this address.")
    return found


def words(one: MediaCheck) -> str:
    """How far a check has got, in a few words."""
    if one.state == "working":
        return f"Being read: {one.cause}." if one.cause else "Being read."
    if one.state == "waiting":
        return "Waiting for its turn."
    if one.report is None:
        return f"It could not be checked: {one.cause}."
    return f"Checked; but {one.cause}." if one.cause else "Checked."


def record(one: MediaCheck) -> dict[str, Any]:
    """A check, as JSON."""
    said = {"id": one.id, "at": one.at, "who": one.who, "sha256": one.file.sha256, "name": one.file.name}
    return said | {"state": one.state, "cause": one.cause or None, "report": one.report, "words": words(one)}


def _form(
    request: Request, library: Library, asking: Person, status: int = 200, wrong: str = "", given: Any = None
) -> Response:
    with library.reading() as connection:
        shown = {
            "open": [one for one in media_checks.recent(connection, RECENT) if one.state != "done"],
            "reports": media_lately.lately(connection, RECENT),
            "archived": media.count(connection),
        }
    trouble = worker.trouble(request.app.state.options) if shown["open"] else ""
    most = size(request.app.state.options.settings.max_media).partition(" (")[0]
    given = dict.fromkeys(media_handing.FIELDS, "") | (given or {})
    return page(
        request,
        "media.html.jinja",
        asking,
        status,
        wrong=wrong,
        given=given,
        most=most,
        trouble=trouble,
        words=words,
        **shown,
    )


for part in (media_reports, media_archive):
    router.include_router(part.router)
