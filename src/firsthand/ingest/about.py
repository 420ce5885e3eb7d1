"""What a page says about itself: headline, outlet, byline, times, language, address."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from firsthand.ingest.flow import beginning, paragraphs, plain
from firsthand.ingest.furniture import byline_stamp, same
from firsthand.ingest.times import moment

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Document as Metadata

PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "pubdate",
    "publishdate",
    "publish-date",
    "date",
)
MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified", "lastmod")
"""Names under which pages give their times in <meta>, most trusted first."""

LARGEST_BLOCK = 2**20
"""Characters of JSON-LD that are parsed; a larger block is no description of one article."""

DEEPEST = 6
"""Levels of JSON-LD below which no article is looked for."""

MOST_HEADINGS = 20
"""Elements <h1> among which the headline is looked for."""

LONGEST_LINE = 1_000
"""Characters of a headline or a time; what is longer is neither."""

_ARTICLE = re.compile(r"Article$|Report$|BlogPosting$|LiveBlogPosting$|^NewsArticle|Review$")
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class About:
    """What a page says about itself; None where it says nothing, or nothing that can be true."""

    title: str | None
    outlet: str | None
    byline: str | None
    published: datetime | None
    modified: datetime | None
    language: str | None
    url: str | None
    article: Mapping[str, Any]
    """The page's own description as a schema.org article; empty where it has none."""


def about(tree: HtmlElement, url: str | None) -> About:
    """What the page says about itself. `url` is where it was read from."""
    metadata, article, tags = _metadata(tree, url), _described(tree), _meta_tags(tree)
    title = _title(tree, _string(article.get("headline")) or tags.get("og:title"), metadata.title)
    return About(
        title=title,
        outlet=_outlet(article, tags, metadata),
        byline=_names(article.get("author")) or _byline(metadata.author),
        published=_time(
            (_string(article.get("datePublished")), *map(tags.get, PUBLISHED), _visible(tree, "datePublished")),
            lambda: byline_stamp(paragraphs(tree), title) or moment(metadata.date),
        ),
        modified=_time(
            (_string(article.get("dateModified")), *map(tags.get, MODIFIED), _visible(tree, "dateModified")),
            lambda: None,
        ),
        language=_language(tree),
        url=_canonical(tree, tags, url),
        article=article,
    )


def web_address(base: str | None, href: str | None) -> str | None:
    """The absolute http(s) address that `href` leads to from `base`; None for anything else (javascript:, mailto:)."""
    try:
        address = urljoin(base or "", (href or "").strip().replace(" ", "%20"))
        parts = urlsplit(address)
    except ValueError:
        return None
    safe = parts.scheme in ("http", "https") and parts.netloc and "@" not in parts.netloc
    return address if safe and address.isprintable() else None


def _metadata(tree: HtmlElement, url: str | None) -> Metadata:
    from trafilatura import extract_metadata

    return extract_metadata(tree, default_url=url, date_config={"original_date": True, "extensive_search": False})


def _described(tree: HtmlElement) -> Mapping[str, Any]:
    """The first schema.org article among the page's JSON-LD."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "") and len(script.text or "") <= LARGEST_BLOCK:
            try:
                value = json.loads((script.text or "").strip().rstrip(";"), strict=False)
            except (ValueError, RecursionError):
                continue
            if found := next(_articles(value, DEEPEST), None):
                return found
    return {}


def _articles(value: object, depth: int) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, dict) and any(_ARTICLE.search(kind) for kind in _strings(value.get("@type"))):
        yield value
    inner: Iterable[object] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in inner if depth else ():
        yield from _articles(item, depth - 1)


def _meta_tags(tree: HtmlElement) -> dict[str, str]:
    """Name or property -> content, the first of each."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        content = plain(tag.get("content") or "")
        for key in (tag.get("property"), tag.get("name"), tag.get("itemprop")):
            if key and content:
                found.setdefault(key.strip().lower(), content)
    return found


def _title(tree: HtmlElement, declared: str | None, guessed: str | None) -> str | None:
    """The headline as a reader sees it: the <h1> that says what the page declares, else what it declares."""
    first = islice(tree.iter("h1"), MOST_HEADINGS)
    shown = [text for text in (beginning(h1, LONGEST_LINE) for h1 in first) if text]
    named = plain(declared or "") or plain(guessed or "")
    if not named:
        return shown[0] if shown else None
    alike = [text for text in shown if same(text, named) or _shared(text, named) >= 0.5]
    return alike[0] if alike else named


def _shared(one: str, other: str) -> float:
    """Share of the longer line's words that both have."""
    words, others = (set(_WORDS.findall(text.casefold())) for text in (one, other))
    return len(words & others) / max(len(words), len(others), 1)


def _outlet(article: Mapping[str, Any], tags: Mapping[str, str], metadata: Metadata) -> str | None:
    return tags.get("og:site_name") or _names(article.get("publisher")) or plain(metadata.sitename or "") or None


def _byline(author: str | None) -> str | None:
    return ", ".join(plain(name) for name in (author or "").split(";") if plain(name)) or None


def _time(said: Sequence[str | None], guess: Callable[[], datetime | None]) -> datetime | None:
    """The first possible time among those the page declares; a guess only where it declares none."""
    return next(filter(None, map(moment, said)), None) if any(said) else guess()


def _visible(tree: HtmlElement, itemprop: str) -> str | None:
    """The time of an element marked in microdata, or, for the publication, of the page's first <time>."""
    for element in tree.iter("time", "span", "div", "p"):
        if itemprop in (element.get("itemprop") or "").split():
            return element.get("datetime") or element.get("content") or beginning(element, LONGEST_LINE)
    first = next(tree.iter("time"), None) if itemprop == "datePublished" else None
    return first.get("datetime") if first is not None else None


def _language(tree: HtmlElement) -> str | None:
    declared = (tree.get("lang") or "").strip().replace("_", "-").partition("-")[0].lower()
    return declared if declared.isascii() and declared.isalpha() and len(declared) in (2, 3) else None


def _canonical(tree: HtmlElement, tags: Mapping[str, str], url: str | None) -> str | None:
    links = (link.get("href") for link in tree.iter("link") if (link.get("rel") or "").strip().lower() == "canonical")
    return web_address(url, next(links, None)) or web_address(url, tags.get("og:url")) or web_address(url, url)


def _string(value: object) -> str | None:
    return next(iter(_strings(value)), None)


def _strings(value: object) -> list[str]:
    if isinstance(value, list):
        return [text for item in value for text in _strings(item)]
    return [html.unescape(value)] if isinstance(value, str) else []


def _names(value: object) -> str | None:
    """The names of people or organisations, given as strings, objects or lists of them; an address is no name."""
    items = value if isinstance(value, list) else [value]
    named = (_string(item.get("name")) if isinstance(item, dict) else _string(item) for item in items)
    return ", ".join(dict.fromkeys(plain(name) for name in named if name and plain(name) and "://" not in name)) or None
