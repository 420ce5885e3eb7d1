"""Feeds and sitemaps as lists of addresses, for whoever follows them; nothing of them is fetched here."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from firsthand.config import Settings
from firsthand.errors import InputError
from firsthand.ingest.about import web_address
from firsthand.ingest.document import from_bytes
from firsthand.ingest.feeds import LARGEST, parsed_feed
from firsthand.ingest.fetch import Fetched
from firsthand.ingest.flow import plain
from firsthand.ingest.kinds import Kind, kind_of
from firsthand.ingest.times import moment
from firsthand.ingest.unpack import unpacked

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST = 50_000
"""Entries of a sitemap: as many as the protocol lets it have (sitemaps.org)."""

LONGEST = 2_000
"""Characters of an address or a title; the protocol's limit for an address is 2,048."""

_ROOTS: Mapping[str, Literal["sitemap", "index"]] = {"urlset": "sitemap", "sitemapindex": "index"}
_HEAD = 8 * 2**10


@dataclass(frozen=True, slots=True)
class Entry:
    """An address in a list, with what the list says of it. Of a sitemap in an index, `published` is its last change."""

    url: str
    published: datetime | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What was fetched: a list of articles, a list of sitemaps ("index"), or a page, which lists nothing."""

    kind: Literal["feed", "sitemap", "index", "page"]
    entries: tuple[Entry, ...] = ()
    outlet: str | None = None


def listing(found: Fetched, settings: Settings) -> Listing:
    """What an address led to. Raises InputError for a feed or sitemap that cannot be read."""
    content = _unzipped(found, settings.max_bytes)
    kind = kind_of("", found.content_type, content[:_HEAD])
    if kind is Kind.FEED:
        return _feed(content, found)
    if content[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and (named := _root(content)):
        return Listing(named, tuple(islice(_entries(content, found), MOST)))
    return Listing("page")


def _unzipped(found: Fetched, limit: int) -> bytes:
    """Sitemaps are often files packed by gzip, which no header tells."""
    packed = found.content[:2] == b"\x1f\x8b"
    return unpacked([found.content], "gzip", found.url, limit) if packed else found.content


def _feed(content: bytes, found: Fetched) -> Listing:
    if len(content) > LARGEST:
        raise InputError(found.url, f"is a feed of more than {LARGEST // 2**20} MB")
    feed = parsed_feed(content, from_bytes(b"", found.url, content_type=found.content_type, url=found.url))
    if not feed.get("version"):
        raise InputError(found.url, "is XML, but no RSS or Atom feed")
    entries = filter(None, (_entry(entry, found.url) for entry in feed.entries))
    return Listing("feed", tuple(entries), _short(feed.feed.get("title")))


def _entry(entry: Mapping[str, Any], base: str) -> Entry | None:
    url, said = _address(base, entry.get("link")), entry.get("published") or entry.get("updated")
    return Entry(url, moment(said), _short(entry.get("title"))) if url else None


def _root(content: bytes) -> Literal["sitemap", "index"] | None:
    """What the first element says that it is."""
    from lxml import etree

    with suppress(etree.LxmlError):
        for _, element in _walked(content, ("start",)):
            return _ROOTS.get(_name(element))
    return None


def _entries(content: bytes, found: Fetched) -> Iterator[Entry]:
    """The entries of a sitemap, or of an index of sitemaps, one at a time in memory."""
    from lxml import etree

    try:
        for _, element in _walked(content, ("end",)):
            if _name(element) in ("url", "sitemap"):
                said = _texts(element)
                news = next((_texts(child) for child in element if _name(child) == "news"), {})
                if url := _address(found.url, said.get("loc")):
                    published = moment(news.get("publication_date")) or moment(said.get("lastmod"))
                    yield Entry(url, published, _short(news.get("title")))
                element.clear()
    except etree.LxmlError:
        raise InputError(found.url, "is a sitemap that is cut off or damaged") from None


def _texts(element: _Element) -> dict[str, str]:
    """What the elements right below one say, by their names."""
    return {_name(child): (child.text or "").strip() for child in element}


def _walked(content: bytes, events: tuple[str, ...]) -> Iterator[tuple[str, _Element]]:
    """Nothing that a hostile file declares is looked up or unfolded."""
    from lxml import etree

    found: Iterator[tuple[str, _Element]] = etree.iterparse(
        io.BytesIO(content),
        events=events,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    return found


def _name(element: _Element) -> str:
    """The name without its namespace, of which sitemaps in the wild have several."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _address(base: str, said: str | None) -> str | None:
    """An address in a list; None where there is none, or none of the web."""
    found = web_address(base, said) if said and said.strip() else None
    return found if found and len(found) <= LONGEST else None


def _short(said: object) -> str | None:
    return plain(str(said or ""))[:LONGEST] or None
