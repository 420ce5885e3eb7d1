"""The pictures, videos and recordings that a page shows with its article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from firsthand.ingest.about import web_address
from firsthand.ingest.flow import beginning, plain
from firsthand.model import MediaLink

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SMALLEST = 100
"""Pixels of width or height below which a picture is an icon, an avatar or a tracking pixel."""

MOST = 200
"""Media of one article; a page with more shows a catalogue."""

MOST_SOURCES = 10
"""Sources of one video, and captions of one figure, that are looked at."""

LONGEST_CAPTION = 2_000
LONGEST_NAME = 200
"""Characters of a caption, and of a class or an id, that count."""

PLAYERS = (
    "youtube.com",
    "youtube-nocookie.com",
    "youtu.be",
    "vimeo.com",
    "dailymotion.com",
    "rumble.com",
    "brightcove.net",
    "jwplayer.com",
    "jwplatform.com",
    "twitch.tv",
    "tiktok.com",
    "streamable.com",
    "rutube.ru",
    "bitchute.com",
)
"""Hosts whose frames are videos."""

SOURCES = ("src", "data-src", "data-lazy-src", "data-original")
PICTURE_TAGS = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image")
VIDEO_TAGS = ("og:video", "og:video:url", "og:video:secure_url")

_FURNITURE = re.compile(
    r"related|teaser|promo|recommend|most-?(?:read|popular)|sidebar|advert|sponsor|comment|avatar|author|logo|newsletter|share|social",
    re.IGNORECASE,
)
_OUTSIDE = frozenset(("nav", "aside", "footer", "form"))


def media(tree: HtmlElement, article: Mapping[str, Any], base: str | None) -> tuple[MediaLink, ...]:
    """What the page shows with its article, each address once, with its caption where one is found.

    `article` is the page's own schema.org description, `base` the address that others are relative to.
    """
    found: dict[str, MediaLink] = {}
    for url, kind, caption in chain(_shown(tree), _described(article), _tagged(tree)):
        address = web_address(base, url)
        if address and (address not in found or not found[address].caption):
            found[address] = MediaLink(address, kind, (caption or "")[:LONGEST_CAPTION].rstrip() or None)
        if len(found) == MOST:
            break
    return tuple(found.values())


def _shown(tree: HtmlElement) -> Iterator[tuple[str | None, str, str | None]]:
    root = next(tree.iter("article"), None)
    if root is None:
        root = next(tree.iter("main"), tree)
    known: dict[HtmlElement, bool] = {}
    figure_caption = cache(_figure_caption)  # a figure with thousands of pictures is looked at once
    for element in root.iter("img", "video", "audio", "iframe"):
        if not _aside(element, root, known):
            yield from ((url, kind, _caption(element, figure_caption)) for url, kind in _addresses(element))


def _addresses(element: HtmlElement) -> Iterator[tuple[str | None, str]]:
    own = _largest(element.get("srcset") or element.get("data-srcset")) or next(
        filter(None, map(element.get, SOURCES)), None
    )
    if element.tag == "img":
        if not _tiny(element) and own and not own.lower().partition("?")[0].endswith(".svg"):
            yield own, "image"
    elif element.tag == "iframe":
        if _plays(own):
            yield own, "video"
    else:
        kind = str(element.tag)
        yield from (
            (url, kind)
            for url in (own, *(source.get("src") for source in islice(element.iter("source"), MOST_SOURCES)))
            if url
        )
        if element.get("poster"):
            yield element.get("poster"), "image"


def _described(article: Mapping[str, Any]) -> Iterator[tuple[str | None, str, str | None]]:
    for key, kind in (("image", "image"), ("video", "video"), ("audio", "audio")):
        value = article.get(key)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, str):
                yield item, kind, None
            elif isinstance(item, dict):
                yield _first(item, ("contentUrl", "url", "embedUrl")), kind, _first(item, ("caption", "name"))


def _tagged(tree: HtmlElement) -> Iterator[tuple[str | None, str, str | None]]:
    for tag in tree.iter("meta"):
        name = (tag.get("property") or tag.get("name") or "").lower()
        if name in PICTURE_TAGS or name in VIDEO_TAGS:
            yield tag.get("content"), "image" if name in PICTURE_TAGS else "video", None


def _aside(element: HtmlElement, root: HtmlElement, known: dict[HtmlElement, bool]) -> bool:
    """Whether an element stands in a part of the page that belongs to other articles or to the site.

    `known` keeps what was found about the elements around it: each is looked at once.
    """
    passed, aside = [], False
    for ancestor in element.iterancestors():
        if ancestor is root or ancestor in known:
            aside = known.get(ancestor, False)
            break
        passed.append(ancestor)
        if aside := _is_furniture(ancestor):
            break
    known.update(dict.fromkeys(passed, aside))
    return aside


def _is_furniture(element: HtmlElement) -> bool:
    names = ((element.get(name) or "")[:LONGEST_NAME] for name in ("class", "id"))
    return element.tag in _OUTSIDE or _FURNITURE.search(" ".join(names)) is not None


def _caption(element: HtmlElement, figure_caption: Callable[[HtmlElement], str | None]) -> str | None:
    figure = next(element.iterancestors("figure"), None)
    own = (element.get("alt") or element.get("title") or "")[: 2 * LONGEST_CAPTION]
    return (figure_caption(figure) if figure is not None else None) or plain(own) or None


def _figure_caption(figure: HtmlElement) -> str | None:
    captions = islice(figure.iter("figcaption"), MOST_SOURCES)
    return next(filter(None, (beginning(caption, LONGEST_CAPTION) for caption in captions)), None)


def _tiny(element: HtmlElement) -> bool:
    return any(
        size.isascii() and size.isdigit() and int(size[:6]) < SMALLEST
        for size in map(element.get, ("width", "height"))
        if size
    )


def _plays(url: str | None) -> bool:
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return False
    return any(host == player or host.endswith("." + player) for player in PLAYERS)


def _largest(srcset: str | None) -> str | None:
    """The widest picture that a srcset offers."""
    offers = [offer.split() for offer in re.split(r",\s+", srcset or "") if offer.strip()]
    return max(offers, key=_width, default=[None])[0]


def _width(offer: list[str]) -> float:
    number = offer[1][:-1] if len(offer) > 1 else ""
    return float(number) if re.fullmatch(r"\d{1,6}(?:\.\d{1,3})?", number) else 0.0


def _first(item: Mapping[str, Any], keys: Iterable[str]) -> str | None:
    return next((value for value in map(item.get, keys) if isinstance(value, str) and value), None)
