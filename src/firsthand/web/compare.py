"""Page: two articles side by side, with what they share tinted and numbered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import JSONResponse

from firsthand.library import Library, showing
from firsthand.library.records import Entry, Stored
from firsthand.model import Alignment, Derivation
from firsthand.share.compare import Comparison, Sheet, sheet
from firsthand.share.lineage import ALIGNMENTS, first_words, share_words
from firsthand.share.lineage import record as derivation_record
from firsthand.share.page import has_lines
from firsthand.share.plain import one_line, words_of
from firsthand.share.titles import by_text
from firsthand.web.access import Opened, Reader
from firsthand.web.aligning import Wanted
from firsthand.web.article import words
from firsthand.web.comparisons import Answer, Comparisons
from firsthand.web.exports import csv_answer
from firsthand.web.lookups import Number, address, stored
from firsthand.web.pages import page
from firsthand.web.reports import EXCERPT, cut

router = APIRouter()

Named = Annotated[str, Query(max_length=2_000)]
"""An article: its id, or the beginning of it, or its address."""

PATIENCE = 2.0
"""Seconds that a page which asks for the comparison waits for it; then it is shown without, and says so."""

LONGEST = 150_000
"""Characters of a text that is set as a whole beside another; of longer ones only what they share is shown."""

SAMPLE = 600
"""Characters of a stretch where only what is shared is shown."""

MOST_TIES = 5
"""Ties that are named."""

MOST_STRETCHES = 200
"""Stretches that are shown so, or told in a report."""

_comparisons = Comparisons()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles, `one` the earlier where that is known, and what is known of them.

    `alignments` are all stretches that are known. `looked`: whether quotations and boilerplate were looked for too;
    `answer` is what became of that. `named` are other articles that the derivation speaks of.
    """

    one: Stored
    other: Stored
    derivation: Derivation | None
    kept: bool
    alignments: tuple[Alignment, ...]
    answer: Answer
    named: dict[str, Entry]

    @property
    def looked(self) -> bool:
        """Whether all that they share is known."""
        return self.answer.found is not None

    @property
    def comparison(self) -> Comparison:
        """As it is set."""
        return Comparison(by_text(self.one.article), by_text(self.other.article), self.alignments, self.derivation)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch that two articles share: its number, its kind, where it stands in each, and how it reads there."""

    number: int
    kind: str
    alignment: Alignment
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that was found: what it is, in words, and articles that it names."""

    term: str
    words: str
    articles: tuple[Entry, ...] = ()


@router.get("/compare")
def compare(
    request: Request,
    opened: Opened,
    asking: Reader,
    a: Named = "",
    b: Named = "",
    av: Number = None,
    bv: Number = None,
    more: bool = False,
) -> Response:
    """Two articles, the newest versions or those numbered `av` and `bv`.

    `more` has quotations and boilerplate looked for, and all of it where the library has not compared the two.
    """
    if not (a.strip() and b.strip()):
        return page(request, "compare_choose.html.jinja", asking, a=one_line(a), b=one_line(b))
    pair = found(opened, (a, av), (b, bv), start=more, patience=PATIENCE)
    ids = {"a": pair.one.article.id, "b": pair.other.article.id, **_versions(pair)}
    long = max(len(side.article.text) for side in (pair.one, pair.other)) > LONGEST
    return page(
        request,
        "compare.html.jinja",
        asking,
        pair=pair,
        sheet=None if long else _sheet(pair),
        stretches=stretches(pair, SAMPLE) if long else (),
        facts=tuple(facts(pair)),
        heading=heading(pair),
        asked=more,
        to=lambda path, **changes: address(path, **ids | changes),
        has_lines=has_lines,
        ALIGNMENTS=ALIGNMENTS,
        **words(),
    )


@router.get("/compare/state.json")
def state(
    opened: Opened, asking: Reader, a: Named, b: Named, av: Number = None, bv: Number = None, start: bool = False
) -> dict[str, Any]:
    """How far the comparison of two articles is; a page that waits for it asks, the first time to `start` it."""
    pair = found(opened, (a, av), (b, bv), start=start)
    more = len(pair.alignments) - len(pair.derivation.passages if pair.derivation and pair.kept else ())
    return {"done": pair.answer.done, "problem": pair.answer.problem, "more": more if pair.looked else None}


@router.get("/compare.json")
def compare_json(
    opened: Opened, asking: Reader, a: Named, b: Named, av: Number = None, bv: Number = None, more: bool = False
) -> Response:
    """What is known of two articles, as JSON."""
    return JSONResponse(record(found(opened, (a, av), (b, bv), start=more, patience=PATIENCE)))


@router.get("/compare.csv")
def compare_csv(
    opened: Opened, asking: Reader, a: Named, b: Named, av: Number = None, bv: Number = None, more: bool = False
) -> Response:
    """The stretches that two articles share, a line for each."""
    pair = found(opened, (a, av), (b, bv), start=more, patience=PATIENCE)
    rows = (
        (one.number, one.kind, *one.alignment.earlier, *one.alignment.later, one.one, one.other)
        for one in stretches(pair)
    )
    return csv_answer(f"compare-{pair.one.article.id}-{pair.other.article.id}", COLUMNS, rows)


@router.get("/compare/report")
def report(
    request: Request,
    opened: Opened,
    asking: Reader,
    a: Named,
    b: Named,
    av: Number = None,
    bv: Number = None,
    more: bool = False,
) -> Response:
    """A report of a comparison, to be printed."""
    pair = found(opened, (a, av), (b, bv), start=more, patience=PATIENCE)
    return page(
        request,
        "compare_report.html.jinja",
        asking,
        pair=pair,
        stretches=stretches(pair),
        facts=tuple(facts(pair)),
        heading=heading(pair),
        ALIGNMENTS=ALIGNMENTS,
        MOST=MOST_STRETCHES,
        **words(),
    )


COLUMNS = ("number", "kind", "a_start", "a_end", "b_start", "b_end", "a_words", "b_words")


def found(
    opened: Library, a: tuple[str, int | None], b: tuple[str, int | None], *, start: bool, patience: float = 0.0
) -> Pair:
    """Two articles and what is known of them. Raises HTTPException 404, 422 for one article twice."""
    (one_no, one), (other_no, other) = stored(opened, *a), stored(opened, *b)
    if one.article.id == other.article.id:
        raise HTTPException(422, "An article is compared with another one; its versions have a page of their own.")
    with opened.reading() as connection:
        kept = showing.between(connection, one_no, other_no)
    answer = _asked(Wanted(str(opened.path), *_sorted(one, other), kept), start=start, patience=patience)
    derivation = answer.found.derivation if answer.found else kept
    alignments = answer.found.alignments if answer.found else kept.passages if kept else ()
    if derivation and derivation.earlier != one.article.id:
        one, other = other, one
    if derivation is None and one.article.id > other.article.id:  # as they were sorted for being compared
        alignments = tuple(replace(found, earlier=found.later, later=found.earlier) for found in alignments)
    return Pair(one, other, derivation, kept is not None, alignments, answer, _named(opened, derivation))


def _sorted(one: Stored, other: Stored) -> tuple[str, int, str, int]:
    """Two versions in one order, whichever was asked for first: they are compared once."""
    first, second = sorted((side.article.id, side.number) for side in (one, other))
    return (*first, *second)


def _asked(wanted: Wanted, *, start: bool, patience: float) -> Answer:
    return _comparisons.ask(wanted, patience) if start else _comparisons.known(wanted)


def _named(opened: Library, derivation: Derivation | None) -> dict[str, Entry]:
    """The articles that a derivation names besides the two."""
    if derivation is None:
        return {}
    with opened.reading() as connection:
        return showing.called(connection, [derivation.origin, *derivation.ties[:MOST_TIES]])


def heading(pair: Pair) -> str:
    """What was found, in a line."""
    derivation = pair.derivation
    if derivation:
        which = "other" if derivation.direction == "undetermined" else "later"
        return (
            f"{derivation.kind.capitalize()}: {share_words(derivation)} of the {which} article’s own words are shared"
        )
    if not pair.looked:
        return "Not compared yet"
    if not pair.alignments:
        return "They share no wording"
    if all(found.kind == "quotation" for found in pair.alignments):
        return "They share a quotation, and no more"
    return "They share some wording, too little to say that one has it from the other"


def facts(pair: Pair) -> Iterator[Fact]:
    """What was found of the derivation, in words."""
    found = pair.derivation
    if found is None:
        return
    yield Fact("came first", first_words(found, pair.one.article, pair.other.article))
    yield Fact("why", one_line(found.reason))
    if not pair.kept:
        yield Fact("known from", "these two texts alone; the library keeps whom each has it from most directly")
    if found.origin != found.earlier and found.origin in pair.named:
        yield Fact("known first from", "", (pair.named[found.origin],))
    if ties := tuple(pair.named[tie] for tie in found.ties[:MOST_TIES] if tie in pair.named):
        more = f"and {len(found.ties) - MOST_TIES:,} more" if len(found.ties) > MOST_TIES else ""
        yield Fact("or as well from", more, ties)


def stretches(pair: Pair, most: int = EXCERPT) -> tuple[Stretch, ...]:
    """The stretches in the order of the later text, as the page numbers them; of each the first characters."""
    ordered = sorted(pair.alignments, key=lambda found: (found.later, found.earlier))[:MOST_STRETCHES]
    one, other = pair.one.article.text, pair.other.article.text
    return tuple(
        Stretch(
            number,
            found.kind,
            found,
            cut(words_of(one, (found.earlier,)), most),
            cut(words_of(other, (found.later,)), most),
        )
        for number, found in enumerate(ordered, start=1)
    )


def record(pair: Pair) -> dict[str, Any]:
    """A comparison as JSON; offsets count characters of the two texts. "looked" is whether all stretches are known."""
    return {
        "a": pair.one.article.id,
        "a_version": pair.one.number,
        "b": pair.other.article.id,
        "b_version": pair.other.number,
        "looked": pair.looked,
        "problem": pair.answer.problem,
        "derivation": derivation_record(pair.derivation) if pair.derivation else None,
        "stretches": [
            {"kind": found.kind, "a": list(found.earlier), "b": list(found.later)}
            for found in sorted(pair.alignments, key=lambda found: (found.later, found.earlier))
        ],
    }


def _sheet(pair: Pair) -> Sheet:
    fetched = {side.article.id: side.fetched for side in (pair.one, pair.other) if side.fetched}
    return sheet(1, pair.comparison, {}, fetched)


def _versions(pair: Pair) -> dict[str, int | None]:
    """What an address says of versions that are not the newest."""
    sides = {"av": pair.one, "bv": pair.other}
    return {name: side.number if side.number != side.versions else None for name, side in sides.items()}
