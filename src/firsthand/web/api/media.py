"""The API: media to be checked, reports, the archive."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from firsthand.library import media
from firsthand.model import KeptMedia
from firsthand.web import media as pages
from firsthand.web import media_handing, worker
from firsthand.web.access import Analyst, Opened, Reader
from firsthand.web.bodies import form_of
from firsthand.web.media_archive import Digest, known
from firsthand.web.media_reports import Number, record
from firsthand.web.media_reports import known as report_of

router = APIRouter()


class CheckRecord(BaseModel):
    """How far a check has got. `report`: the number of its report, null until there is one."""

    id: str
    at: str
    who: str
    sha256: str
    name: str
    state: Literal["waiting", "working", "done", "failed"]
    cause: str | None
    report: int | None
    words: str


class ArchivedFile(BaseModel):
    """A file of the archive."""

    sha256: str
    name: str
    size: int = Field(description="bytes")
    media_type: str
    outlet: str | None
    origin: str | None
    claimed_time: str | None = Field(description="when it is said to be taken")
    claimed_place: str | None
    duration: float | None = Field(description="seconds")
    added: str
    who: str


class Archive(BaseModel):
    """The files of the archive that were added last, and how many it has."""

    count: int
    files: list[ArchivedFile]


_TEXTS = ("time", "place", "claim", "outlet", "origin", "adds")
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        **{name: {"type": "string"} for name in _TEXTS},
                    },
                }
            }
        },
    }
}


@router.post(
    "/media", status_code=201, openapi_extra=_BODY, responses={503: {"description": "Too many files wait already."}}
)
async def hand_in(request: Request, library: Opened, asking: Analyst) -> CheckRecord:
    """Hand in a file to be checked. What is answered is written down for good; its report comes when it is read."""
    if not request.headers.get("content-type", "").strip().casefold().startswith("multipart/form-data"):
        raise HTTPException(415, "This takes multipart/form-data.")
    await run_in_threadpool(media_handing.check_queue, library)
    form = await form_of(request)
    try:
        name = await run_in_threadpool(media_handing.hand_in, library, asking.name, form)
    finally:
        await form.close()
    worker.poke(request.app.state.options)
    return CheckRecord(**pages.record(await run_in_threadpool(pages.known, library, name)))


@router.get("/media/checks/{name}", responses={404: {"description": "No file was handed in under this id."}})
def check(library: Opened, _: Reader, name: str) -> CheckRecord:
    """How far a check has got."""
    return CheckRecord(**pages.record(pages.known(library, name)))


@router.get("/media/reports/{number}", responses={404: {"description": "There is no report with this number."}})
def report(library: Opened, _: Reader, number: Number) -> dict[str, Any]:
    """A report, as `firsthand media check --format json` writes it."""
    return record(report_of(library, number))


@router.get("/media/archive")
def archive(library: Opened, _: Reader, limit: Annotated[int, Query(ge=1, le=500)] = 50) -> Archive:
    """The archive, those first that were added last."""
    with library.reading() as connection:
        files = [_file(one) for one in media.every(connection, limit=limit)]
        return Archive(count=media.count(connection), files=files)


@router.get("/media/archive/{sha256}", responses={404: {"description": "The archive has no such file."}})
def one(library: Opened, _: Reader, sha256: Digest) -> ArchivedFile:
    """A file of the archive."""
    return _file(known(library, sha256))


def _file(kept: KeptMedia) -> ArchivedFile:
    file, found = kept.file, kept.metadata
    return ArchivedFile(
        sha256=file.sha256,
        name=file.name,
        size=file.size,
        media_type=file.media_type,
        outlet=kept.outlet,
        origin=kept.origin,
        claimed_time=kept.claimed.time,
        claimed_place=kept.claimed.place,
        duration=found.duration if found else None,
        added=kept.added,
        who=kept.who,
    )
