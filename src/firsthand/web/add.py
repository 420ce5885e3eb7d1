"""Pages: what is handed in, and how far it has got."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool

from firsthand.library import Library, batches, news, submissions
from firsthand.library.batches import Batch, Came, Counts, Part
from firsthand.library.submissions import Item
from firsthand.model import Article, Summary
from firsthand.share.titles import by_text, title_of
from firsthand.web import handing, worker
from firsthand.web.access import Analyst, Opened, Person, Reader
from firsthand.web.bodies import form_of
from firsthand.web.exports import csv_answer
from firsthand.web.pages import page
from firsthand.web.visits import visit_of

router = APIRouter()

RECENT = 20
"""Batches that the page shows."""

SIZE = 50
"""Things of a batch on one page."""

STREAMS = 24
"""Pages that may be told of progress at one time; others look by themselves."""

EVERY, HEARTBEAT, LASTS = 0.4, 15.0, 600.0
"""Seconds: how often it is looked whether there is something to tell; after how many it is said that there is not,
so that nobody between closes the connection; after how many the browser has to ask anew."""

COLUMNS = ("handed_in", "kind", "state", "cause", "article", "action", "claims_joined", "claims_founded")

FIELDS = ("pasted", "title", "outlet", "url", "published")
"""Of the form, which keeps what was given where something is wrong."""

Place = Annotated[int, Query(ge=1, le=10**6)]
Number = Annotated[int | None, Query(ge=0, lt=2**62)]


@router.get("/add")
def show(request: Request, library: Opened, asking: Reader) -> Response:
    """The form, and what was handed in lately."""
    if asking.may("analyst"):
        worker.poke(request.app.state.options)  # so that it is there when the form is sent
    return _form(request, library, asking)


@router.post("/add")
async def add(request: Request, library: Opened, asking: Analyst) -> Response:
    """Write down what is handed in; only then is it confirmed."""
    form = await form_of(request)
    try:
        items = await run_in_threadpool(handing.of_form, form)
    except HTTPException as error:
        given = {name: handing.field(form, name) for name in FIELDS}
        return await run_in_threadpool(
            _form, request, library, asking, error.status_code, wrong=str(error.detail), given=given
        )
    name = await run_in_threadpool(hand_in, request, library, asking, items)
    return RedirectResponse(f"/add/{name}", 303)


def hand_in(request: Request, library: Library, asking: Person, items: Sequence[Item]) -> str:
    """Write it down, and let the worker know; the batch's id. Raises LibraryError."""
    with library.writing() as connection:
        name = submissions.hand_in(connection, asking.name, items)
    worker.poke(request.app.state.options)
    return name


@router.post("/add/{name}/again")
def again(request: Request, library: Opened, asking: Analyst, name: str, number: Number = None) -> Response:
    """Try again what failed, or one of it."""
    _known(library, name)
    with library.writing() as connection:
        submissions.try_again(connection, asking.name, name, number)
    worker.poke(request.app.state.options)
    return RedirectResponse(f"/add/{name}", 303)


@router.get("/add/{name}.json")
def as_json(library: Opened, _: Reader, name: str) -> dict[str, Any]:
    """All of a batch, for other programs."""
    from firsthand.web.api.add import record

    found, parts, _claims = look(library, name, 1, handing.MOST_ITEMS)
    return record(found, parts).model_dump(mode="json")


@router.get("/add/{name}.csv")
def as_csv(library: Opened, _: Reader, name: str) -> Response:
    """All of a batch, for a spreadsheet: a line for each article."""
    _found, parts, _claims = look(library, name, 1, handing.MOST_ITEMS)
    return csv_answer(f"added-{name}", COLUMNS, _lines(parts))


def _lines(parts: Sequence[Part]) -> Iterator[tuple[object, ...]]:
    for part in parts:
        said = part.name, part.kind, part.state
        for came in part.came:
            yield *said, came.problem, came.article, came.action, *_joined(came)
        if not part.came:
            yield *said, part.cause, "", "", None, None


def _joined(came: Came) -> tuple[int | None, int | None]:
    """How many claims an article joined, and how many it founded; None until that is worked out."""
    if came.joined is None:
        return None, None
    founded = sum(not one.before for one in came.joined)
    return len(came.joined) - founded, founded


@router.get("/add/{name}")
def batch(request: Request, library: Opened, asking: Reader, name: str, place: Place = 1) -> Response:
    """How far a batch has got."""
    found, parts, claims = look(library, name, place, SIZE)
    trouble = "" if found.counts.finished else worker.trouble(request.app.state.options)
    more = found.counts.parts > place * SIZE
    return page(
        request,
        "batch.html.jinja",
        asking,
        batch=found,
        parts=parts,
        claims=claims,
        trouble=trouble,
        place=place,
        more=more,
        progress=progress(found.counts),
        called=called,
    )


@router.get("/add/{name}/events")
async def events(request: Request, library: Opened, _: Reader, name: str) -> Response:
    """Tells, as server-sent events, whenever something has come of a batch, until nothing more will."""
    await run_in_threadpool(_known, library, name)
    streams: set[object] = request.app.state.__dict__.setdefault("streams", set())
    if len(streams) >= STREAMS:
        raise HTTPException(503, "Too many pages are being told of progress; load this one anew to see more.")
    last = request.headers.get("last-event-id", "")
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    told = _told(streams, library, name, last, partial(_may_stay, request, library))
    return StreamingResponse(told, media_type="text/event-stream", headers=headers)


def _may_stay(request: Request, library: Library) -> bool:
    """Whether who asked may still look: a stream would else tell on when they are signed out or locked."""
    found, _ = visit_of(request, library, request.app.state.options)
    return found.person is not None


async def _told(
    streams: set[object], library: Library, name: str, last: str, may_stay: Callable[[], bool]
) -> AsyncIterator[str]:
    this, clock = object(), asyncio.get_running_loop().time
    began = spoke = looked = clock()
    streams.add(this)
    try:
        while clock() - began < LASTS:
            if clock() - looked > HEARTBEAT:
                looked = clock()
                if not await run_in_threadpool(may_stay):
                    return  # the browser asks anew, and is led to the login, which is no stream
            counts = await run_in_threadpool(_counts, library, name)
            if counts is None or counts.finished:
                yield "event: done\ndata: {}\n\n"
                return
            if (mark := _mark(counts)) != last:
                last, spoke = mark, clock()
                yield f"id: {mark}\ndata: {json.dumps(progress(counts))}\n\n"
            elif clock() - spoke > HEARTBEAT:
                spoke = clock()
                yield ": nothing new\n\n"
            await asyncio.sleep(EVERY)
    finally:
        streams.discard(this)


def progress(counts: Counts) -> dict[str, object]:
    """How far it is: `done` of `all` steps, and in words."""
    steps = counts.parts + 4 * (counts.added + counts.there)
    left = counts.open + 4 * counts.to_read + 3 * counts.to_compare + 2 * counts.to_join + counts.to_trace
    return {"done": steps - left, "all": steps, "words": words(counts)}


def words(counts: Counts) -> str:
    """How far a batch has got, in a sentence."""
    found = [f"{counts.parts - counts.open:,} of {counts.parts:,} taken in"] if counts.open else []
    steps = (
        (counts.to_read, "to be read"),
        (counts.to_compare, "to be compared with others"),
        (counts.to_join, "to be joined to claims"),
        (counts.to_trace, "whose claims are being traced"),
    )
    found += [f"{count:,} article{'s' if count > 1 else ''} {what}" for count, what in steps if count]
    if found:
        return "; ".join(found)
    done = ((counts.added, "added"), (counts.there, "there already"), (counts.broken or counts.failed, "failed"))
    return ", ".join(f"{count:,} {what}" for count, what in done if count) or "nothing was found in it"


def called(came: Came) -> str:
    """What an article is called, on one line: without title or headline, how its text begins."""
    return title_of(by_text(Article(came.article, came.beginning, came.title))).shown


def look(library: Library, name: str, place: int, size: int) -> tuple[Batch, list[Part], dict[str, Summary]]:
    """A batch, some of its things, and the claims that these joined. Raises HTTPException 404."""
    with library.reading() as connection:
        found = batches.one(connection, name)
        if found is None:
            raise HTTPException(404, "Nothing was handed in under this address.")
        parts = batches.parts(connection, name, (place - 1) * size, size)
        joined = {one.claim for part in parts for came in part.came for one in came.joined or ()}
        return found, parts, news.named(connection, joined)


def _form(
    request: Request, library: Library, asking: Person, status: int = 200, wrong: str = "", given: Any = None
) -> Response:
    with library.reading() as connection:
        recent = batches.recent(connection, RECENT)
    trouble = "" if all(one.counts.finished for one in recent) else worker.trouble(request.app.state.options)
    shown = {
        "recent": recent,
        "words": words,
        "wrong": wrong,
        "given": given or dict.fromkeys(FIELDS, ""),
        "trouble": trouble,
    }
    return page(request, "add.html.jinja", asking, status, **shown, limits=handing)


def _known(library: Library, name: str) -> None:
    if _counts(library, name) is None:
        raise HTTPException(404, "Nothing was handed in under this address.")


def _counts(library: Library, name: str) -> Counts | None:
    with library.reading() as connection:
        found = batches.one(connection, name)
    return found.counts if found else None


def _mark(counts: Counts) -> str:
    """What differs whenever something has come of a batch: a stream that is taken up again knows by it."""
    return "-".join(str(getattr(counts, name)) for name in Counts.__slots__)
