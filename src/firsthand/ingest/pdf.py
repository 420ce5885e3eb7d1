"""PDF -> Article: the lines of every page, put together to paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice, pairwise
from statistics import median
from typing import TYPE_CHECKING

from firsthand.config import Settings
from firsthand.errors import InputError
from firsthand.ingest.document import Document, whole
from firsthand.ingest.flow import GAP, plain
from firsthand.ingest.records import finished
from firsthand.ingest.times import moment
from firsthand.model import Article, Failure

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage  # type: ignore[import-untyped]

MOST_PAGES = 2_000

MOST_CHARACTERS = 10**6
"""Characters of a page. Chosen, not measured: a page of a newspaper has some 30,000."""

MOST_PIECES = 100_000
"""Pieces of text of a page; they are counted first, for PDFium takes 6 kB (measured) to set one of 20 characters."""

WIDE_GAP = 1.35
"""Times the usual step from line to line from which a step begins a paragraph.

This and what follows were chosen by reason and tried on pages we drew; no collection of real PDFs was at hand.
"""

SHORT_LINE = 0.8
"""Share of the widest line's width below which a line that ends a sentence ends its paragraph."""

EDGE = 2
"""Lines at the top and at the bottom of a page among which running heads and page numbers are looked for."""

REPEATED = (2, 3)
"""Pages on which a line must stand at the same place at the edge to be a running head: of few pages, of many."""

MANY_PAGES = 6

_HYPHENS = re.compile("[\x02\ufffe\u00ad]\\s*$")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_STAMP = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\.?,?\s+(?:at\s+)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*[ap]\.?m\b\.?)?"
_STAMPED = re.compile(_STAMP, re.IGNORECASE)
_PRINTED = re.compile(
    rf"(?:https?|file)://\S+|\bwww\.\S+|{_STAMP}|^(?:page\s*)?\d{{1,4}}\s*(?:of|/)\s*\d{{1,4}}\s"
    r"|(?<=\s)(?:page\s*)?\d{1,4}\s*(?:of|/)\s*\d{1,4}$",
    re.IGNORECASE,
)
"""What browsers print above and below a page beside its title: its address, the moment, a count of pages."""

_CLOCK = re.compile(r"\d[:.]\d\d\b")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_JUNK_TITLE = re.compile(r"untitled|microsoft word|\.(?:docx?|indd|pdf|qxd|rtf|odt|pages)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: its text, and where it stands in points from the page's lower left corner."""

    text: str
    left: float
    right: float
    base: float


def read(document: Document, settings: Settings) -> Iterator[Article | Failure]:
    """The one article of a PDF. Raises InputError for one that is locked, damaged, or only pictures of text."""
    content = whole(document, settings.max_bytes)
    pages, title = _contents(content, document.origin, settings)
    text = GAP.join(_paragraphs(_without_edges(pages, title or "")))
    if not text:
        raise InputError(document.origin, "holds no text, only pictures (a scan?)")
    shown = title if title and plain(title).casefold() in plain(text).casefold() else None
    yield finished(Article("", text, shown, url=document.url, origin=document.origin), settings.max_characters)


def _contents(content: bytes, origin: str, settings: Settings) -> tuple[list[list[Line]], str | None]:
    """The lines of every page, and the title that the file gives itself."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        pdf = PdfDocument(content)
        try:
            if len(pdf) > MOST_PAGES:
                raise InputError(origin, f"has more than {MOST_PAGES:,} pages")
            return _pages(pdf, origin, settings), _title(pdf)
        finally:
            pdf.close()
    except PdfiumError as error:
        locked = "password" in str(error).lower()
        cause = "is locked with a password" if locked else "is no PDF, or a damaged one"
        raise InputError(origin, f"the file {cause}") from None


def _title(pdf: PdfDocument) -> str | None:
    title = plain(pdf.get_metadata_value("Title"))
    return title if " " in title and not _JUNK_TITLE.search(title) else None


def _pages(pdf: PdfDocument, origin: str, settings: Settings) -> list[list[Line]]:
    """The lines of every page. Raises InputError above the limits: a small file can unpack to a page of gigabytes."""
    pages, room = [], settings.max_characters
    for number in range(len(pdf)):
        pages.append(_lines(pdf, number, origin))
        room -= sum(len(line.text) for line in pages[-1])
        if room < 0:
            raise InputError(origin, f"is longer than the limit of {settings.max_characters:,} characters")
    return pages


def _lines(pdf: PdfDocument, number: int, origin: str) -> list[Line]:
    with closing(pdf[number]) as page:
        if _has_too_many_pieces(page):
            raise InputError(origin, f"has more than {MOST_PIECES:,} pieces of text on page {number + 1}")
        with closing(page.get_textpage()) as sheet:
            if sheet.count_chars() > MOST_CHARACTERS:
                raise InputError(origin, f"has more than {MOST_CHARACTERS:,} characters on page {number + 1}")
            return list(_placed(sheet, sheet.get_text_range()))


def _has_too_many_pieces(page: PdfPage) -> bool:
    from pypdfium2.raw import FPDF_PAGEOBJ_TEXT  # type: ignore[import-untyped]

    pieces = page.get_objects(filter=[FPDF_PAGEOBJ_TEXT])
    return next(islice(pieces, MOST_PIECES, None), None) is not None


def _placed(sheet: PdfTextPage, text: str) -> Iterator[Line]:
    """The lines with their places. PDFium counts the line ends that it adds, so its indices are those of the text."""
    start, count = 0, sheet.count_chars()
    for line in text.splitlines(keepends=True):
        shown = line.strip()
        first, last = start + len(line) - len(line.lstrip()), start + len(line.rstrip()) - 1
        start += len(line)
        if shown and last < count:
            left, base, _, _ = sheet.get_charbox(first, loose=True)
            yield Line(shown, left, sheet.get_charbox(last, loose=True)[2], base)


def _without_edges(pages: Sequence[Sequence[Line]], title: str) -> list[list[Line]]:
    """The pages without page numbers, what a browser prints, and lines that recur at one place at the edge."""
    edges = [_edges(page) for page in pages]
    heads = Counter(place for edge in edges for place in {_place(line) for line in edge})
    running = REPEATED[len(pages) >= MANY_PAGES]
    return [
        [line for line in page if line not in edge or not _is_print(line, edge, title, heads[_place(line)] >= running)]
        for page, edge in zip(pages, edges, strict=True)
    ]


def _edges(page: Sequence[Line]) -> Mapping[Line, bool]:
    """The lines near a page's top and bottom, wherever the file has them, and whether each is the outermost."""
    bases = sorted({round(line.base) for line in page})
    near, outer = {*bases[:EDGE], *bases[-EDGE:]}, {*bases[:1], *bases[-1:]}
    return {line: round(line.base) in outer for line in page if round(line.base) in near}


def _is_print(line: Line, edge: Mapping[Line, bool], title: str, running: bool) -> bool:
    if running or _PAGE_NUMBER.fullmatch(line.text) or (_CLOCK.search(line.text) and moment(line.text)):
        return True
    rest = _PRINTED.sub(" ", line.text)
    named = plain(rest).strip(" .…|·-–—")
    return rest != line.text and (title.startswith(named) or (edge[line] and _STAMPED.match(line.text) is not None))


def _place(line: Line) -> tuple[str, int]:
    """What recurs from page to page: the words, figures apart, and how high they stand."""
    return _mask(line.text), round(line.base)


def _mask(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _paragraphs(pages: Sequence[Sequence[Line]]) -> Iterator[str]:
    """The lines of all pages as paragraphs; one that goes on over the page's end is one."""
    parts: list[str] = []
    last: Line | None = None
    for page in pages:
        step, width = _step(page), max((line.right - line.left for line in page), default=0.0)
        for line in page:
            if last and parts and _begins(last, line, step, width):
                yield plain("".join(parts))
                parts = []
            parts.append(_joinable(line.text))
            last = line
    if parts:
        yield plain("".join(parts))


def _step(page: Sequence[Line]) -> float:
    """The usual distance from one line to the next, in points."""
    steps = [one.base - other.base for one, other in pairwise(page) if one.base > other.base]
    return median(steps) if steps else 0.0


def _begins(last: Line, line: Line, step: float, width: float) -> bool:
    """Whether a line begins a new paragraph after `last`."""
    ended = _SENTENCE_END.search(last.text) is not None
    if line.base > last.base:  # a new column or page
        return ended
    if step and last.base - line.base > WIDE_GAP * step:
        return True
    return ended and (last.right - last.left < SHORT_LINE * width or line.left > last.left + step / 2)


def _joinable(text: str) -> str:
    """A line to be followed by the next: with a space, or without where a word is divided."""
    return _HYPHENS.sub("", text) if _HYPHENS.search(text) else text + " "
