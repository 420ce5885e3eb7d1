"""RSS and Atom -> Articles: entries with their full content where the feed carries it, else with the summary."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from firsthand.config import Settings
from firsthand.errors import InputError
from firsthand.ingest import furniture, teasers
from firsthand.ingest.about import web_address
from firsthand.ingest.document import Document, whole
from firsthand.ingest.failures import failed
from firsthand.ingest.flow import Paragraph, joined, paragraphs, plain
from firsthand.ingest.media import media
from firsthand.ingest.records import finished
from firsthand.ingest.times import moment
from firsthand.model import Article, Failure

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LARGEST = 8 * 2**20
"""Bytes of a feed. Measured on made feeds, feedparser reads 1 MB a second of full articles, 0.18 of tiny entries and
0.09 of tags nested to harm, so that this many take 90 s at worst."""


def read(document: Document, settings: Settings) -> Iterator[Article | Failure]:
    """One article an entry; the links to the pages themselves are not followed. Entries are counted from 1."""
    feed = parsed_feed(whole(document, min(LARGEST, settings.max_bytes)), document)
    if not feed.get("version"):
        raise InputError(document.origin, "is XML, but no RSS or Atom feed")
    if not feed.entries:
        raise InputError(document.origin, "is a feed without entries")
    for number, entry in enumerate(feed.entries, 1):
        yield _result(entry, feed.feed, f"{document.origin}#{number}", settings)


def parsed_feed(content: bytes, document: Document) -> Any:
    """What feedparser makes of a feed. Raises InputError."""
    import feedparser

    logging.getLogger("feedparser").addHandler(logging.NullHandler())
    headers = {"content-location": document.url or ""} | (
        {"content-type": document.content_type} if document.content_type else {}
    )
    try:
        # Scripts in entries are left out where the text is made, and only web addresses become links.
        return feedparser.parse(io.BytesIO(content), response_headers=headers, sanitize_html=False)
    except Exception as error:  # on broken feeds feedparser raises all sorts of errors
        raise InputError(document.origin, f"cannot be read as a feed ({type(error).__name__})") from error


def _result(entry: Mapping[str, Any], feed: Mapping[str, Any], origin: str, settings: Settings) -> Article | Failure:
    try:
        return finished(_article(entry, feed, origin), settings.max_characters)
    except Exception as error:  # one entry must not end the reading of the others
        return failed(origin, error)


def _article(entry: Mapping[str, Any], feed: Mapping[str, Any], origin: str) -> Article:
    title, url = plain(str(entry.get("title") or "")) or None, web_address(None, entry.get("link"))
    byline = plain(str(entry.get("author") or "")) or None
    tree = _tree(_content(entry), url)
    shown = media(tree, {}, url) if tree is not None else ()
    if tree is not None:
        teasers.strip(tree)
    parts = furniture.without(paragraphs(tree), title, byline) if tree is not None else []
    if not parts:
        raise InputError(origin, "is an entry without text")
    text, links = joined([Paragraph(title), *parts] if title else parts)
    outlet = plain(str((entry.get("source") or {}).get("title") or feed.get("title") or "")) or None
    return Article(
        id=str(entry.get("id") or ""),
        text=text,
        title=title,
        outlet=outlet,
        byline=byline,
        published=moment(entry.get("published")),
        # Without the question, feedparser answers with the time of publication.
        modified=moment(entry.get("updated")) if "updated" in entry else None,
        language=(str(feed.get("language") or "").partition("-")[0].lower()) or None,
        url=url,
        links=links,
        media=shown,
        origin=origin,
    )


def _content(entry: Mapping[str, Any]) -> str:
    """The longest of what an entry carries as its content, else its summary."""
    contents = [str(content.get("value") or "") for content in entry.get("content") or ()]
    return max(contents, key=len, default="") or str(entry.get("summary") or "")


def _tree(content: str, url: str | None) -> HtmlElement | None:
    from lxml import etree

    from firsthand.ingest.html import parsed, resolve_links

    if not content.strip():
        return None
    try:
        tree = parsed(f"<body>{content}</body>")
    except (etree.LxmlError, ValueError):
        return None
    resolve_links(tree, url)
    return tree
