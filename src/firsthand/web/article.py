"""Page: one article, with its notes beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from firsthand.library import Library, showing
from firsthand.library.showing import Carried, Shown
from firsthand.library.slugs import outlet_key, source_key
from firsthand.model import Summary
from firsthand.share.lineage import moment, moment_as_given, share_words
from firsthand.share.marks import ALL_ROLES as ROLES
from firsthand.share.page import is_headline, language_tag, media_of, web_address
from firsthand.share.plain import one_line, plain, plain_lines, words_of
from firsthand.share.titles import Title, by_text, origin_of, title_of
from firsthand.share.wording import agencies
from firsthand.web import lists, media_ties
from firsthand.web.access import Opened, Reader
from firsthand.web.lookups import Number, Place, address, known, stored
from firsthand.web.notes import Group, grouped, notes
from firsthand.web.pages import page
from firsthand.web.parts import Part
from firsthand.web.rails import Rail, rails
from firsthand.web.reading_marks import Paragraph, marked

router = APIRouter()

MOST_CLAIMS = 100
"""Claims that the page names; a report of an hour's reading carries more."""

CLAIM_WORDS = 300
"""Characters of a statement that stand for its claim in the list."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with what stands beside it; `is_headline` of the first, where it is what the article is called."""

    paragraph: Paragraph
    notes: tuple[Group, ...]
    rail: Rail | None
    is_headline: bool


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above an article: what it is called, and what its record says of it."""

    title: Title
    outlet: str
    outlet_key: str
    byline: str
    published: datetime | None
    modified: datetime | None
    added: datetime
    url: str | None
    host: str
    language: str | None
    credited: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim that an article carries, in its own words, which begin at `at`."""

    carried: Carried
    words: str
    at: int


@router.get("/articles/{name}")
def article(
    request: Request,
    opened: Opened,
    asking: Reader,
    name: str,
    version: Number = None,
    part: Number = None,
    at: Place = None,
    marks: Literal["on", "off"] = "on",
) -> Response:
    """An article, or of a long one a part: that with this number, or that in which the character `at` stands."""
    shown, here = known(opened, name, version, part or 1, at)
    identity = shown.stored.article.id
    if name != identity:
        return RedirectResponse(address(f"/articles/{identity}", **request.query_params), 303)
    blocks = tuple(_blocks(shown, here))
    asked = {
        "version": version,
        "part": here.number if here.total > 1 else None,
        "marks": None if marks == "on" else marks,
    }
    return page(
        request,
        "article.html.jinja",
        asking,
        shown=shown,
        here=here,
        head=head(shown),
        blocks=blocks,
        sources=_sources(opened, blocks),
        outlets=outlets(opened, [shown.stored.article.outlet]),
        marks=marks,
        old=shown.stored.number < shown.stored.versions,
        origin=origin_of(shown.stored.article),
        versioned=lambda what: address(f"/articles/{identity}{what}", version=version),
        claims=claims(shown),
        media=tuple(media_of(shown.stored.article)),
        files=_files(opened, identity),
        link=lambda **changes: address(f"/articles/{identity}", **asked | changes),
        **words(),
    )


@router.get("/articles/{name}/state.json")
def state(opened: Opened, asking: Reader, name: str) -> dict[str, bool]:
    """What has been done with the newest version of an article: a page that waits for it asks."""
    no, _ = stored(opened, name)
    with opened.reading() as connection:
        awaits = showing.awaits(connection, no)
    return {"read": "to_read" not in awaits, "compared": "to_compare" not in awaits, "joined": "to_join" not in awaits}


def words() -> dict[str, Any]:
    """What the templates of articles call things by."""
    return {
        "moment": moment,
        "moment_as_given": moment_as_given,
        "share_words": share_words,
        "plain": plain_lines,
        "ROLES": ROLES,
        "title": lists.title,
        "name": lists.name,
        "when": lists.when,
        "source_key": source_key,
        "outlet_key": outlet_key,
        "web_address": web_address,
        "language_tag": language_tag,
        "roots": roots,
    }


def head(shown: Shown) -> Head:
    """What stands above an article."""
    found = shown.stored.article
    url, outlet = web_address(found.url), one_line(found.outlet or "")
    credits = shown.read.marks.credits if shown.read else ()
    return Head(
        title=title_of(by_text(found)),
        outlet=outlet,
        outlet_key=outlet_key(found.outlet) if found.outlet else "",
        byline=one_line(found.byline or ""),
        published=found.published,
        modified=found.modified if found.modified != found.published else None,
        added=shown.stored.added,
        url=url,
        host=plain(urlsplit(url).hostname or "") if url else "",
        language=language_tag(found.language),
        credited=agencies(credits),
    )


def roots(claim: Summary) -> str:
    """How many independent roots a claim has: "1 root", "1 to 3 roots", or that it was not measured."""
    if claim.unmeasured:
        return "roots not measured"
    if claim.least == claim.most:
        return f"{claim.least} root{'s' if claim.least != 1 else ''}"
    return f"{claim.least} to {claim.most} roots"


def claims(shown: Shown) -> tuple[Claimed, ...]:
    """The claims of an article, each once, in the order of its text."""
    once: dict[str, Carried] = {}
    for one in shown.carried:
        once.setdefault(one.claim, one)
    return tuple(
        Claimed(one, _cut(words_of(shown.stored.article.text, (one.span,))), one.span[0]) for one in once.values()
    )[:MOST_CLAIMS]


def _files(opened: Library, identity: str) -> list[media_ties.File]:
    with opened.reading() as connection:
        return media_ties.files(connection, "article", [identity])


def outlets(opened: Library, names: Iterable[str | None]) -> frozenset[str]:
    """The keys of outlets that have a page."""
    with opened.reading() as connection:
        return showing.outlets(connection, {outlet_key(name) for name in names if name})


def _sources(opened: Library, blocks: Iterable[Block]) -> frozenset[str]:
    """The keys of sources that the notes name and that have a page."""
    names = {note.name for block in blocks for group in block.notes for note in group.notes}
    with opened.reading() as connection:
        return showing.sources(connection, {source_key(name) for name in names if name})


def _cut(words: str) -> str:
    return words if len(words) <= CLAIM_WORDS else f"{words[:CLAIM_WORDS].rpartition(' ')[0]} …"


def _blocks(shown: Shown, here: Part) -> Iterator[Block]:
    found = shown.stored.article
    paragraphs = tuple(marked(found.text, here, shown.read))
    beside = notes(shown)
    for number, (paragraph, rail) in enumerate(zip(paragraphs, rails(shown, paragraphs), strict=True)):
        own = grouped(beside[key] for key in paragraph.notes if key in beside)
        first = number == 0 and here.number == 1
        yield Block(paragraph, own, rail, first and is_headline(paragraph.bits, title_of(found)))
