"""The outlet of an article, and the outlets that its links lead to."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from firsthand.model import Article, Attribution, ChainLink

from . import lexicons
from .bodies import same_body


def outlet_name(article: Article) -> str | None:
    """Who published the article: what it says of itself, else the host of its address."""
    return article.outlet or (host_of(article.url) if article.url else None) or None


def linked(article: Article, attribution: Attribution, known: Sequence[ChainLink]) -> tuple[ChainLink, ...]:
    """The outlet that the cue's link leads to, as a link of the chain; nothing where the chain has it already."""
    for link in article.links:
        if any(link.start < end and start < link.end for start, end in attribution.cue):
            host = host_of(link.url)
            if host and not _platform(host) and not any(same_body(host, other.name) for other in known):
                return (ChainLink(host, "outlet", "link", ((link.start, link.end),)),)
    return ()


def _platform(host: str) -> bool:
    """Whether everybody publishes there: who does is not told by the host."""
    return any(host == name or host.endswith("." + name) for name in lexicons.words("platforms"))


def host_of(url: str) -> str:
    """The host of an address, without "www."; "" where it has none or is no address."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
