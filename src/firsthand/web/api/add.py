"""The API: handing in, and how far that has got."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from firsthand.library import Library, batches
from firsthand.library.batches import Batch, Part, Step
from firsthand.library.submissions import Item, Kind, State
from firsthand.web import add as pages
from firsthand.web import handing
from firsthand.web.access import Analyst, Opened, Reader
from firsthand.web.bodies import form_of

router = APIRouter()


class Given(BaseModel):
    """One thing to hand in: the text of an article with what is known of it, or an address to be fetched."""

    text: str | None = Field(None, max_length=handing.MOST_CHARACTERS)
    url: str | None = Field(None, max_length=handing.LONGEST, description="of a text: where it was published")
    title: str | None = Field(None, max_length=handing.LONGEST)
    outlet: str | None = Field(None, max_length=handing.LONGEST)
    published: str | None = Field(None, max_length=100, description="ISO 8601; without a zone it is taken for UTC")


class HandIn(BaseModel):
    """What is handed in at one time."""

    items: list[Given] = Field(min_length=1, max_length=handing.MOST_ITEMS)


class ClaimJoined(BaseModel):
    """A claim that an article joined, or founded: then 0 articles carried it before. Roots: at least, at most."""

    claim: str
    articles_before: int
    articles: int
    roots_before: tuple[int, int] | None = Field(description="null where it is new, or was not worked out")
    roots: tuple[int, int] | None


class ArticleFound(BaseModel):
    """What became of an article. `step` is what is to be done with it next; `claims` null until all is."""

    action: str
    article: str | None
    title: str | None
    origin: str | None
    step: Step
    problem: str | None
    claims: list[ClaimJoined] | None


class PartOfBatch(BaseModel):
    """One thing that was handed in. `articles` has the first of those that were found in it."""

    number: int
    kind: Kind
    name: str
    state: State
    cause: str | None
    bytes: int
    found: int
    articles: list[ArticleFound]


class BatchInList(BaseModel):
    """What was handed in at one time. `finished`: nothing more will come of it by itself."""

    id: str
    at: datetime
    who: str
    watch: str | None
    finished: bool
    progress: str
    parts: int
    added: int
    already_there: int
    failed: int


class BatchRecord(BatchInList):
    """As in the list, with all that was handed in."""

    items: list[PartOfBatch]


_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["items"],
                    "properties": {
                        "items": {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": handing.MOST_ITEMS,
                            "items": Given.model_json_schema(),
                        }
                    },
                }
            },
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "pasted": {"type": "string", "description": "a text, or addresses, one on each line"},
                        **{name: {"type": "string"} for name in ("title", "outlet", "url", "published")},
                        "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
                    },
                }
            },
        },
    }
}


@router.post("/add", status_code=201, openapi_extra=_BODY)
async def hand_in(request: Request, library: Opened, asking: Analyst) -> BatchRecord:
    """Hand in texts, addresses or files: as JSON, or files as a form. What is answered is written down for good."""
    items = await _items(request)
    name = await run_in_threadpool(pages.hand_in, request, library, asking, items)
    return await run_in_threadpool(_record, library, name)


@router.get("/add")
def recent(library: Opened, _: Reader, limit: Annotated[int, Query(ge=1, le=200)] = 20) -> list[BatchInList]:
    """What was handed in lately, the last first."""
    with library.reading() as connection:
        found = batches.recent(connection, limit)
    return [BatchInList(**_listed(one)) for one in found]


@router.get("/add/{batch}", responses={404: {"description": "Nothing was handed in under this id."}})
def show(library: Opened, _: Reader, batch: str) -> BatchRecord:
    """How far a batch has got."""
    return _record(library, batch)


def record(found: Batch, parts: Sequence[Part]) -> BatchRecord:
    """A batch, as JSON."""
    return BatchRecord(**_listed(found), items=[_part(one) for one in parts])


def _record(library: Library, name: str) -> BatchRecord:
    found, parts, _ = pages.look(library, name, 1, handing.MOST_ITEMS)
    return record(found, parts)


async def _items(request: Request) -> list[Item]:
    """Raises HTTPException 413, 415, 422."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await run_in_threadpool(handing.of_form, await form_of(request))
    if kind != "application/json":
        raise HTTPException(415, "This takes application/json or multipart/form-data.")
    return await run_in_threadpool(_of_json, await request.body())


def _of_json(body: bytes) -> list[Item]:
    """Raises HTTPException 413, 422."""
    try:
        given = HandIn.model_validate(json.loads(body))
    except (ValidationError, ValueError, RecursionError) as error:
        raise HTTPException(422, _wrong(error)) from None
    return handing.checked([one for item in given.items for one in _item(item)])


def _item(given: Given) -> list[Item]:
    if given.text and given.text.strip():
        told = handing.told_of(given.title, given.outlet, given.url, given.published)
        return [handing.text_item(given.text, told)]
    return [handing.of_address(given.url)] if given.url else []


def _wrong(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return "The body is no JSON."
    first = error.errors()[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"


def _listed(found: Batch) -> dict[str, Any]:
    counts = found.counts
    return {
        "id": found.id,
        "at": found.at,
        "who": found.who,
        "watch": found.watch,
        "finished": counts.finished,
        "progress": pages.words(counts),
        "parts": counts.parts,
        "added": counts.added,
        "already_there": counts.there,
        "failed": max(counts.broken, counts.failed),
    }


def _part(one: Part) -> PartOfBatch:
    return PartOfBatch(
        number=one.number,
        kind=one.kind,
        name=one.name,
        state=one.state,
        cause=one.cause or None,
        bytes=one.size,
        found=one.count,
        articles=[_article(came) for came in one.came],
    )


def _article(came: batches.Came) -> ArticleFound:
    joined = None if came.joined is None else [_joined(one) for one in came.joined]
    said = {name: getattr(came, name) or None for name in ("article", "origin", "problem")}
    title = pages.called(came) if came.article else None
    return ArticleFound(action=came.action, title=title, step=came.step, claims=joined, **said)


def _joined(one: Any) -> ClaimJoined:
    before, after = one.roots or (None, None)
    return ClaimJoined(
        claim=one.claim, articles_before=one.before, articles=one.after, roots_before=before, roots=after
    )
