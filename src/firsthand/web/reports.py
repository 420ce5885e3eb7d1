"""One article as files: its reading as JSON and as a table, its versions as JSON, and a report to be printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from firsthand.library import Library
from firsthand.library.showing import Shown
from firsthand.model import Attribution, Reading
from firsthand.share.lines import encoded
from firsthand.share.plain import words_of
from firsthand.share.records import contract, contract_line
from firsthand.share.wording import ARROW, certainty_words
from firsthand.web.access import Opened, Reader
from firsthand.web.article import claims, head, words
from firsthand.web.exports import csv_answer
from firsthand.web.lists import time
from firsthand.web.lookups import Number, stored, whole
from firsthand.web.notes import Note, notes
from firsthand.web.pages import page
from firsthand.web.versions import editions

router = APIRouter()

EXCERPT = 200
"""Characters of an article that a report quotes in one place: enough to know the words, not to do without the article.
The project's rule is 300 at most."""

MOST_FINDINGS = 200
"""Findings of a report; the table has all."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a report: a note, and the words that it is about."""

    note: Note
    words: str


@router.get("/articles/{name}.json")
def article_json(opened: Opened, asking: Reader, name: str, version: Number = None) -> Response:
    """The reading, as a line of `firsthand read -f jsonl`; null where nobody has read it."""
    return reading_answer(whole(opened, name, version))


@router.get("/articles/{name}.csv")
def article_csv(opened: Opened, asking: Reader, name: str, version: Number = None) -> Response:
    """Who says what, a line for each attribution."""
    shown = whole(opened, name, version)
    found = shown.read.marks.attributions if shown.read else ()
    ids = {one.span: one.claim for one in shown.carried}
    rows = (_row(number, one, shown.stored.article.text, ids) for number, one in enumerate(found, start=1))
    return csv_answer(f"article-{shown.stored.article.id}", COLUMNS, rows)


@router.get("/articles/{name}/versions.json")
def versions_json(opened: Opened, asking: Reader, name: str) -> Response:
    """The versions, without their texts."""
    _, newest = stored(opened, name)
    return JSONResponse(editions_record(opened, newest.article.id))


@router.get("/articles/{name}/report")
def report(request: Request, opened: Opened, asking: Reader, name: str, version: Number = None) -> Response:
    """A report to be printed: what was found, with credit, and the article's own words as far as they are needed."""
    shown = whole(opened, name, version)
    beside = list(notes(shown).values())
    return page(
        request,
        "article_report.html.jinja",
        asking,
        shown=shown,
        head=head(shown),
        findings=[Finding(note, _words(shown, note)) for note in beside[:MOST_FINDINGS]],
        left_out=max(0, len(beside) - MOST_FINDINGS),
        claims=claims(shown),
        cut=cut,
        **words(),
    )


def reading_answer(shown: Shown) -> Response:
    """The contract of a reading; of what was not read the article alone, and null for what is not known."""
    found, read = shown.stored.article, shown.read
    if read is None:
        unknown = dict.fromkeys(("attributions", "wire_credits", "statements", "model"))
        lines = iter([encoded(contract(Reading(found, (), "")) | unknown) + "\n"])
    else:
        marks = read.marks
        lines = contract_line(Reading(found, marks.attributions, read.model, (), marks.credits, marks.statements))
    return StreamingResponse((line.encode("utf-8", "replace") for line in lines), media_type="application/json")


def editions_record(opened: Library, identity: str) -> list[dict[str, Any]]:
    """The versions as JSON, oldest first."""
    return [
        {
            "version": one.number,
            "added": time(one.added),
            "by": one.who,
            "published": time(one.published),
            "modified": time(one.modified),
            "title": one.title,
            "origin": one.origin,
            "sha256": one.sha256,
            "size": one.size,
            "media_type": one.media_type,
            "characters": one.characters,
        }
        for one in editions(opened, identity)
    ]


def cut(text: str, most: int = EXCERPT) -> str:
    """The beginning of some words, to the end of a word."""
    return text if len(text) <= most else f"{text[: most - 2].rpartition(' ')[0] or text[: most - 2]} …"


COLUMNS = (
    *("number", "start", "source", "kind", "position", "why_unnamed", "through", "cue", "content", "stance"),
    *("certainty", "least", "most", "evidence", "claim", "score"),
)


def _row(number: int, one: Attribution, text: str, ids: dict[tuple[int, int], str]) -> tuple[object, ...]:
    who, certainty, content = one.who, one.certainty, one.innermost.content
    return (
        number,
        (content or one.cue)[0][0],
        who.name if who else words_of(text, one.source),
        who.kind if who else None,
        who.position if who else None,
        who.anonymity if who else None,
        ARROW.join(link.name for link in one.chain),
        words_of(text, one.cue),
        words_of(text, one.content),
        one.stance.value if one.stance else None,
        certainty_words(certainty) if certainty else None,
        certainty.least if certainty else None,
        certainty.most if certainty else None,
        one.evidence.value if one.evidence else None,
        ids.get((content[0][0], content[-1][1])) if content else None,
        round(one.score, 4),
    )


def _words(shown: Shown, note: Note) -> str:
    return cut(words_of(shown.stored.article.text, note.spans))
