"""Pages: what is watched, and what is new since one last looked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse

from firsthand.errors import LibraryError
from firsthand.library import Library, batches, news, watches
from firsthand.library.news import News
from firsthand.library.watches import LEAST_MINUTES, MOST_MINUTES, USUAL_MINUTES, Watch
from firsthand.web import add, handing, worker
from firsthand.web.access import Analyst, Opened, Person, Reader
from firsthand.web.exports import csv_answer
from firsthand.web.pages import page
from firsthand.web.refusals import refuse

router = APIRouter()

EVERY = (
    (15, "15 minutes"),
    (30, "half hour"),
    (60, "hour"),
    (180, "3 hours"),
    (360, "6 hours"),
    (1440, "day"),
    (10080, "week"),
)
"""Between two looks, as one may choose."""

TOLD = 30
"""New claims, and new roots, that are told; the rest is counted."""

FIRST = 10
"""New claims that are shown at once, those that most articles carry; the others are a click away."""

RECENT = 10
"""Batches that watches found, which the page shows."""

COLUMNS = (
    *("address", "kind", "every_minutes", "paused", "last_look", "result", "next_look", "articles_found"),
    *("last_new", "watched_by", "since"),
)

Minutes = Annotated[int, Form(ge=LEAST_MINUTES, le=MOST_MINUTES)]
Number = Annotated[int, Form(ge=0, lt=2**62)]


@router.get("/watch")
def show(request: Request, library: Opened, asking: Reader, url: Annotated[str, Query()] = "") -> Response:
    """The page; with an address that is to be watched, the form is filled in."""
    return _page(request, library, asking, address=url)


@router.post("/watch")
def begin(
    request: Request,
    library: Opened,
    asking: Analyst,
    url: Annotated[str, Form()] = "",
    minutes: Minutes = USUAL_MINUTES,
) -> Response:
    """Watch an address from now on."""
    try:
        begun(request, library, asking, url, minutes)
    except (HTTPException, LibraryError) as error:
        wrong = str(error.detail) if isinstance(error, HTTPException) else f"{error}."
        return _page(request, library, asking, 422, url, wrong)
    return RedirectResponse("/watch", 303)


@router.post("/watch/seen")
def seen(library: Opened, asking: Reader, change: Number, new: Number) -> Response:
    """All that was new when the page was made has been seen."""
    with library.writing() as connection:
        news.seen(connection, asking.name, change, new)
    return RedirectResponse("/watch", 303)


@router.post("/watch/{name}/{act}")
def change(request: Request, library: Opened, asking: Analyst, name: str, act: str) -> Response:
    """Pause a watch, resume it, look now, or end it."""
    acted(request, library, asking, name, act)
    return RedirectResponse("/watch", 303)


@router.post("/watch/{name}")
def set_minutes(library: Opened, asking: Analyst, name: str, minutes: Minutes) -> Response:
    """Look more or less often."""
    with library.writing() as connection:
        known(connection, name)
        watches.change(connection, asking.name, name, minutes)
    return RedirectResponse("/watch", 303)


@router.get("/watch.json")
def as_json(library: Opened, asking: Reader) -> dict[str, Any]:
    """What is watched and what is new, for other programs."""
    from firsthand.web.api.watch import news_of, record

    with library.reading() as connection:
        found, new = watches.every(connection), news.told(connection, asking.name, TOLD)
    told = {"watches": [record(one).model_dump(mode="json") for one in found]}
    return {**told, "news": news_of(new).model_dump(mode="json")}


@router.get("/watch.csv")
def as_csv(library: Opened, _: Reader) -> Response:
    """What is watched, for a spreadsheet."""
    with library.reading() as connection:
        found = watches.every(connection)
    return csv_answer("watched", COLUMNS, map(_line, found))


def begun(request: Request, library: Library, asking: Person, address: str, minutes: int) -> str:
    """Watch an address from now on; the watch's id. Raises HTTPException 422, LibraryError."""
    found = handing.of_address(address.strip()).name
    refuse(found, request.app.state.options.settings)
    with library.writing() as connection:
        name = watches.begin(connection, asking.name, found, minutes)
    worker.poke(request.app.state.options)
    return name


def acted(request: Request, library: Library, asking: Person, name: str, act: str) -> None:
    """Pause a watch, resume it, look now, or end it. Raises HTTPException 404."""
    with library.writing() as connection:
        known(connection, name)
        if act in ("pause", "resume"):
            watches.pause(connection, asking.name, name, paused=act == "pause")
        elif act == "look":
            watches.look_now(connection, asking.name, name)
        elif act == "remove":
            watches.end(connection, asking.name, name)
        else:
            raise HTTPException(404)
    worker.poke(request.app.state.options)


def known(connection: Any, name: str) -> Watch:
    """The watch with this id. Raises HTTPException 404."""
    try:
        return watches.named(connection, name)
    except LibraryError:
        raise HTTPException(404, "Nothing is watched under this address; perhaps it was removed.") from None


def _page(
    request: Request, library: Library, asking: Person, status: int = 200, address: str = "", wrong: str = ""
) -> Response:
    with library.reading() as connection:
        found, new = watches.every(connection), news.told(connection, asking.name, TOLD)
        recent = batches.recent(connection, RECENT, by_watch=True)
        known = {one.claim: one for one in new.claims}
        known |= news.named(connection, {one.claim for one in new.roots} - known.keys())
    trouble = worker.trouble(request.app.state.options) if any(not one.paused for one in found) else ""
    return page(
        request,
        "watch.html.jinja",
        asking,
        status,
        watches=found,
        new=new,
        known=known,
        recent=recent,
        address=address,
        wrong=wrong,
        trouble=trouble,
        every=every,
        ago=ago,
        words=add.words,
        what_is_new=what_is_new(new),
        **_CONSTANTS,
    )


_CONSTANTS: dict[str, Any] = {"EVERY": EVERY, "USUAL": USUAL_MINUTES, "FIRST": FIRST, "LONGEST": handing.LONGEST}


def what_is_new(new: News) -> str:
    """How much is new, in words."""
    counts = ((new.made, "claim"), (new.grown, "root"))
    many = [f"{_more(count)} new {what}{'s' if count > 1 else ''}" for count, what in counts if count]
    return " and ".join(many) or "nothing new"


def _more(count: int) -> str:
    return f"{'at least ' if count >= news.MOST_COUNTED else ''}{count:,}"


def every(minutes: int) -> str:
    """How often, in words."""
    return next((f"every {words}" for number, words in EVERY if number == minutes), f"every {minutes:,} minutes")


def ago(when: datetime, now: datetime | None = None) -> str:
    """How long ago, or in how long, roughly."""
    seconds = ((now or datetime.now(UTC)) - when).total_seconds()
    many, unit = _rounded(abs(seconds))
    said = f"{many} {unit}{'s' if many != 1 else ''}"
    if not many:
        return "a moment ago" if seconds > 0 else "in a moment"
    return f"{said} ago" if seconds > 0 else f"in {said}"


def _rounded(seconds: float) -> tuple[int, str]:
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            return round(seconds / size), unit
    return 0, "minute"


def _line(one: Watch) -> tuple[object, ...]:
    look = (one.checked, one.result, None if one.paused else one.due)
    return (one.address, one.kind, one.minutes, one.paused, *look, one.found, one.changed, one.who, one.at)
