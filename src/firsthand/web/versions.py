"""Page: the versions of an article, and what changed from one to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse

from firsthand.library import Library, showing
from firsthand.library.records import Stored
from firsthand.library.showing import Edition
from firsthand.share.changes import Block, Count, blocks, counted
from firsthand.share.titles import by_text, title_of
from firsthand.web.access import Opened, Reader
from firsthand.web.article import words
from firsthand.web.lookups import HIGHEST, address, stored
from firsthand.web.pages import page

router = APIRouter()

LONGEST_COMPARED = 1_000_000
"""Characters of both texts together, beyond which a page does not compare them: it takes a tenth of a second."""

MOST_SHOWN = 60_000
"""Characters of changed stretches on one page."""

AROUND = 1
"""Unchanged paragraphs that are shown before and after what changed."""

MOST_EDITIONS = 200
"""Versions in the list; of more, the newest."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A block as the page shows it: `left_out` unchanged paragraphs stand between the first and the last of these."""

    block: Block
    before: tuple[str, ...]
    after: tuple[str, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed between two versions; `stretches` is None where they are too long to be compared on a page."""

    old: Stored
    new: Stored
    count: Count | None
    stretches: tuple[Stretch, ...] | None
    cut: bool
    record: tuple[tuple[str, str, str], ...]


@router.get("/articles/{name}/versions")
def versions(
    request: Request,
    opened: Opened,
    asking: Reader,
    name: str,
    before: Annotated[int | None, Query(alias="from", ge=1, le=HIGHEST)] = None,
    after: Annotated[int | None, Query(alias="to", ge=1, le=HIGHEST)] = None,
) -> Response:
    """The list, and what changed from the version `from` to the version `to`: the last change, if none is asked for."""
    _, newest = stored(opened, name)
    identity = newest.article.id
    if name != identity:
        return RedirectResponse(address(f"/articles/{identity}/versions", **request.query_params), 303)
    to = after or (before + 1 if before and before < newest.versions else newest.versions)
    since = before or max(1, to - 1)
    return page(
        request,
        "versions.html.jinja",
        asking,
        newest=newest,
        called=title_of(by_text(newest.article)).shown,
        editions=editions(opened, identity)[-MOST_EDITIONS:][::-1],
        found=changed(opened, identity, since, to) if newest.versions > 1 else None,
        **words(),
    )


def editions(opened: Library, identity: str) -> list[Edition]:
    """All versions of an article, oldest first."""
    with opened.reading() as connection:
        return showing.editions(connection, identity)


def changed(opened: Library, identity: str, since: int, to: int) -> Changed:
    """What changed between two versions. Raises HTTPException 404."""
    if since == to:
        raise HTTPException(404, f"{identity}: a version is compared with another; {since} is asked for twice")
    (_, old), (_, new) = (stored(opened, identity, number) for number in (since, to))
    record = tuple(_record(old, new))
    if len(old.article.text) + len(new.article.text) > LONGEST_COMPARED:
        return Changed(old, new, None, None, cut=False, record=record)
    found = [*blocks(old.article.text, new.article.text)]
    shown = [*_shown(found)]
    return Changed(old, new, counted(found), tuple(shown), cut=len(shown) < len(found), record=record)


def _record(old: Stored, new: Stored) -> Iterator[tuple[str, str, str]]:
    """What the record says otherwise: what it is, what it was, what it is now."""
    for name, called in (("title", "title"), ("byline", "byline"), ("outlet", "outlet"), ("url", "address")):
        was, now = getattr(old.article, name), getattr(new.article, name)
        if was != now:
            yield called, was or "none", now or "none"


def _shown(found: Sequence[Block]) -> Iterator[Stretch]:
    """The changed ones with what stands around them; as many as a page holds."""
    room = MOST_SHOWN
    for number, block in enumerate(found):
        before = block.paragraphs[:AROUND] if number else ()
        rest = block.paragraphs[len(before) :]
        after = rest[-AROUND:] if rest and number + 1 < len(found) else ()
        room -= sum(len(text) for _, text in block.runs) + sum(map(len, (*before, *after)))
        if room < 0 and number:
            return
        yield Stretch(_cut(block), before, after, len(rest) - len(after))


def _cut(block: Block) -> Block:
    """A stretch that no page holds ends where the page does."""
    room, runs = MOST_SHOWN, []
    for kind, text in block.runs:
        runs.append((kind, text[:room]))
        room = max(0, room - len(text))
    return Block(tuple(run for run in runs if run[1]), block.paragraphs)
