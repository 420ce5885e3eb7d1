"""Pages: a report on a media file, what people answer and tie to it, and the report as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from firsthand.errors import LibraryError
from firsthand.library import Library, media, media_checks, media_notes
from firsthand.library.media_checks import HandedIn
from firsthand.media.checklist import ANSWERS, QUESTIONS
from firsthand.model import MediaReport
from firsthand.share.media_page import body, to_ask
from firsthand.share.media_page import page as whole
from firsthand.share.media_words import is_unread
from firsthand.share.plain import one_line
from firsthand.web import media_handing, media_ties, worker
from firsthand.web.access import Analyst, Opened, Reader
from firsthand.web.bodies import form_of
from firsthand.web.frame import POLICY
from firsthand.web.handing import field
from firsthand.web.pages import page

router = APIRouter()

WITH_FRAMES = POLICY.replace("img-src 'self'", "img-src 'self' data:")
"""The policy of a page that holds frames of a file: they stand in the page itself."""

ARCHIVE = "/media/archive/"

Number = Annotated[int, Path(ge=1, lt=2**62)]
Words = Annotated[str, Form(max_length=2_000)]
Kind = Annotated[media_notes.Subject, Form()]
Untie = Annotated[bool, Form()]
Find = Annotated[str, Query(max_length=400)]


@router.get("/media/reports/{number}.json")
def as_json(library: Opened, _: Reader, number: Number) -> dict[str, Any]:
    """The report for other programs, without its frames."""
    return record(known(library, number))


@router.get("/media/reports/{number}/page")
def as_page(library: Opened, _: Reader, number: Number) -> Response:
    """The report as one file that can be sent to somebody and printed."""
    report = known(library, number)
    with library.reading() as connection:
        answers = media_notes.answers(connection, report.file.sha256)
    name = f"firsthand-media-{report.file.sha256[:12]}-{number}.html"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(whole(report, answers, QUESTIONS, ANSWERS), media_type="text/html; charset=utf-8", headers=headers)


@router.get("/media/reports/{number}")
def show(request: Request, library: Opened, asking: Reader, number: Number, find: Find = "") -> Response:
    """The report, with what it is tied to and the checklist."""
    report = known(library, number)
    sha256 = report.file.sha256
    with library.reading() as connection:
        answers = media_notes.answers(connection, sha256)
        last = media_checks.of_report(connection, number)
        shown: dict[str, Any] = {
            "kept": media.kept(connection, sha256),
            "ties": media_ties.ties(connection, sha256),
            "last": last,
        }
        found = media_ties.search(connection, find) if find.strip() else ()
    answer = page(
        request,
        "media_report.html.jinja",
        asking,
        number=number,
        report=report,
        body=body(report, archive=ARCHIVE),
        asked=to_ask(report, QUESTIONS, answers),
        unread=is_unread(report),
        choices=ANSWERS,
        find=find,
        found=found,
        longest=media_notes.LONGEST_ANSWER,
        there=media_handing.place_of(library, sha256) is not None,
        **shown,
    )
    answer.headers["Content-Security-Policy"] = WITH_FRAMES
    return answer


@router.post("/media/reports/{number}/answers")
async def answer(request: Request, library: Opened, asking: Analyst, number: Number) -> Response:
    """Write down what was answered to the questions of the checklist; what was left empty is no answer."""
    form = await form_of(request)
    said = {one.key: _answer(field(form, f"choice-{one.key}"), field(form, f"words-{one.key}")) for one in QUESTIONS}
    await run_in_threadpool(_keep, library, number, said, asking.name)
    return RedirectResponse(f"/media/reports/{number}#checklist", 303)


def _keep(library: Library, number: int, said: Mapping[str, str], who: str) -> None:
    """Keep what was answered, by question. Raises HTTPException 404, 422."""
    sha256 = known(library, number).file.sha256
    try:
        with library.writing() as connection:
            for key, words in said.items():
                if words:
                    media_notes.answer(connection, sha256, key, words, who)
    except LibraryError as error:
        raise HTTPException(422, f"{str(error).capitalize()}.") from None


@router.post("/media/reports/{number}/ties")
def tie(
    library: Opened,
    asking: Analyst,
    number: Number,
    kind: Kind,
    subject: Words = "",
    untie: Untie = False,
) -> Response:
    """Tie the file to a claim or an article, or undo that. Answers 404 where that is not there."""
    sha256 = known(library, number).file.sha256
    with library.writing() as connection:
        if not untie and not media_ties.is_there(connection, kind, subject):
            raise HTTPException(404, f"There is no {kind} with the id “{one_line(subject)[:80]}”.")
        media_notes.tie(connection, sha256, kind, subject, asking.name, tied=not untie)
    return RedirectResponse(f"/media/reports/{number}#ties", 303)


@router.post("/media/reports/{number}/archive")
def archive(
    request: Request, library: Opened, asking: Analyst, number: Number, outlet: Words = "", origin: Words = ""
) -> Response:
    """Add the file to the archive, which the worker does. Answers 410 where its bytes are here no longer."""
    report = known(library, number)
    media_handing.check_queue(library)
    if media_handing.place_of(library, report.file.sha256) is None:
        raise HTTPException(410, "Its bytes are kept no longer; drop the file again to add it to the archive.")
    said = (one_line(outlet)[: media_handing.LONGEST_OUTLET] or None, one_line(origin) or None)
    file = HandedIn(report.file.sha256, report.file.name, report.claimed, *said, adds=True)
    with library.writing() as connection:
        name = media_checks.hand_in(connection, asking.name, file, report=number)
    worker.poke(request.app.state.options)
    return RedirectResponse(f"/media/checks/{name}", 303)


def known(library: Library, number: int) -> MediaReport:
    """Raises HTTPException 404."""
    try:
        with library.reading() as connection:
            return media_notes.report(connection, number)
    except LibraryError as error:
        raise HTTPException(404, f"{str(error).capitalize()}.") from None


def record(report: MediaReport) -> dict[str, Any]:
    """A report, as JSON has it: without the frames, which only the page has."""
    found = asdict(replace(report, pairs=()))
    del found["pairs"]
    return found


def _answer(choice: str, words: str) -> str:
    """What somebody chose, and their words; "" where there is neither."""
    said = words.strip()
    chosen = choice if choice in ANSWERS else ""
    return f"{chosen}: {said}" if chosen and said else chosen or said
