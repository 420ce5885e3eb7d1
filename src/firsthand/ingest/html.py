"""HTML -> Article: the main text without the page around it, and what the page says of itself."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from firsthand.config import Settings
from firsthand.errors import InputError
from firsthand.ingest import furniture, teasers
from firsthand.ingest.about import About, about, web_address
from firsthand.ingest.charset import decoded
from firsthand.ingest.document import Document, whole
from firsthand.ingest.flow import Paragraph, joined, paragraphs
from firsthand.ingest.media import media
from firsthand.ingest.records import finished
from firsthand.model import Article, Failure, MediaLink

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LEAST_TEXT = 60
"""Characters of body below which a page has no article: an error page, a consent wall. Chosen, not measured."""

MOST_ELEMENTS = 20_000
"""Elements of a page above which it is refused, because trafilatura's time grows faster than their number.

Measured on made pages, by their shape and on a machine with other work: 0.1 s for 1,000, 1 s for 10,000, 2 to 11 s
for 20,000, 138 s for 100,000. How many elements real news pages have was not measured.
"""

MOST_NESTED = 100 * 10**6
"""Characters of a page's text, times the elements around each, above which it is refused: what dates a page reads
the text of every one of them. Measured, 200 million take 14 s; a page of 200 kB, 20 deep, has 4 million."""

DECLARED_IN = 4096
"""Bytes at a page's beginning in which it may declare its encoding (browsers look at 1,024)."""

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})|<\?xml[^>]{0,100}?encoding=[\"']([\w.-]{2,40})",
    re.IGNORECASE,
)
_OURS = re.compile(r"\s*Firsthand\b")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def read(document: Document, settings: Settings) -> Iterator[Article | Failure]:
    """The one article of a page. Raises InputError where it holds none, or is larger than a page can be."""
    content = whole(document, settings.max_bytes)
    if not content.strip():
        raise InputError(document.origin, "is empty")
    page = decoded(content, document.charset or declared_charset(content))
    yield finished(article(page, document.url, document.origin), settings.max_characters)


def article(page: str, url: str | None, origin: str) -> Article:
    """The article of a page of HTML, still without an id. Raises InputError where the page has none."""
    try:
        tree = _article_sized(_of_others(parsed(page), origin), origin)
        base = _base(tree, url)
        said = about(tree, url)
        shown = media(tree, said.article, base)
        resolve_links(tree, base)
        teasers.strip(tree)
        body = _body(tree)
        parts = furniture.without(body, said.title, said.byline)
    except InputError:
        raise
    except Exception as error:  # trafilatura, and what it rests on, raises all sorts of errors on broken pages
        raise InputError(origin, f"cannot be read as HTML ({type(error).__name__})") from error
    if sum(len(part.text) for part in parts) < LEAST_TEXT:
        raise InputError(origin, "no article text found")
    published = said.published or furniture.stamp(body, said.title)
    return _assembled(replace(said, published=published), parts, shown, origin)


def declared_charset(content: bytes) -> str | None:
    """The encoding that a page or an XML document declares at its beginning."""
    found = _CHARSET.search(content[:DECLARED_IN])
    return (found[1] or found[2]).decode("ascii") if found else None


def _assembled(said: About, parts: list[Paragraph], shown: tuple[MediaLink, ...], origin: str) -> Article:
    text, links = joined([Paragraph(said.title), *parts] if said.title else parts)
    return Article(
        id="",
        text=text,
        title=said.title,
        outlet=said.outlet,
        byline=said.byline,
        published=said.published,
        modified=said.modified,
        language=said.language,
        url=said.url,
        links=links,
        media=shown,
        origin=origin,
    )


def parsed(page: str) -> HtmlElement:
    """The tree of a page, however broken; without comments. Raises an lxml or value error where there is none."""
    from lxml import html

    parser = html.HTMLParser(remove_comments=True, remove_pis=True)
    clean = _UNPRINTABLE.sub("", _DECLARATION.sub("", page))
    return html.document_fromstring(clean if clean.strip() else "<html/>", parser=parser)


def _of_others(tree: HtmlElement, origin: str) -> HtmlElement:
    """The tree. Raises InputError where Firsthand wrote the page: it reports what others said already."""
    generators = (
        tag.get("content") or "" for tag in tree.iter("meta") if (tag.get("name") or "").lower() == "generator"
    )
    if any(_OURS.match(generator) for generator in generators):
        raise InputError(origin, "is a page that Firsthand wrote, not an article")
    return tree


def _article_sized(tree: HtmlElement, origin: str) -> HtmlElement:
    """The tree without drawings, which are nothing to read. Raises InputError where it is too large for a page."""
    from lxml import etree

    etree.strip_elements(tree, "svg", "style", with_tail=False)
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        raise InputError(origin, f"has more than {MOST_ELEMENTS:,} elements, too many for a page with one article")
    if _nested_text(tree) > MOST_NESTED:
        raise InputError(origin, "has too much text in too many elements within each other")
    return tree


def _nested_text(tree: HtmlElement) -> int:
    """Characters of text, each counted once for every element that it stands in."""
    from lxml import etree

    depth = total = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        said = element.text if event == "start" else element.tail
        shown = event == "end" or element.tag != "script"
        total += depth * len(said or "") if shown else 0
    return total


def _base(tree: HtmlElement, url: str | None) -> str | None:
    element = next(tree.iter("base"), None)
    return (web_address(url, element.get("href")) if element is not None else None) or url


def resolve_links(tree: HtmlElement, base: str | None) -> None:
    """Make every link an absolute web address; what leads nowhere else (#top, javascript:) becomes no link."""
    for anchor in tree.iter("a"):
        href = anchor.attrib.pop("href", "")
        address = None if href.strip().startswith("#") else web_address(base, href)
        if address and address != base:
            anchor.set("href", address)


def _body(tree: HtmlElement) -> list[Paragraph]:
    found = _trafilatura(tree)
    return paragraphs(found) if found is not None else []


def _trafilatura(tree: HtmlElement) -> HtmlElement | None:
    from trafilatura import bare_extraction

    # Its remarks about pages belong in no output of ours; errors come back as None.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    found = bare_extraction(tree, include_comments=False, include_links=True, include_formatting=False)
    return cast("HtmlElement", getattr(found, "body", None)) if found is not None else None
