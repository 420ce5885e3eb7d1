"""By what an article is known again, and the id that it gets."""

from __future__ import annotations

import hashlib
import json
import re
from urllib.parse import unquote_plus, urlsplit

from firsthand.model import Article

ID_LENGTH = 16
"""Hexadecimal digits of an id, as ingest makes them of content: 64 bits."""

TRACKING = re.compile(r"utm_\w+|fbclid|gclid|msclkid|mc_[ce]id", re.IGNORECASE)
"""Parameters of an address that say who sent a reader there, not what is there."""

_OURS = re.compile(rf"[0-9a-f]{{{ID_LENGTH}}}")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def is_ours(name: str) -> bool:
    """Whether it looks like an id that Firsthand makes."""
    return _OURS.fullmatch(name) is not None


def own_id(article: Article) -> str | None:
    """The id that the input gave; None where Firsthand made it."""
    return None if is_ours(article.id) or not article.id else article.id


def library_id(article: Article, digest: str) -> str:
    """The id of a new article whose text has the SHA-256 `digest`: the same wherever and whenever it is added.

    An id that Firsthand made stays: it derives from content already, and an export brings it back. Another is made
    one with the content, for two outlets may both have an article "1".
    """
    if is_ours(article.id):
        return article.id
    published = article.published.isoformat() if article.published else None
    return _hash(article.id, article.url, article.outlet, article.title, published, digest)[:ID_LENGTH]


def keys(article: Article, source: str | None) -> tuple[str, ...]:
    """What another version of the article would share, best first: its address; its own id, with its outlet or file.

    `source` is the path or URL of the input that holds it, None where it has none (standard input).
    """
    own, place = own_id(article), (article.outlet or "").casefold() or source
    found = address_key(article.url), _hash("id", place, own) if own and place else None
    return tuple(key for key in found if key)


def address_key(url: str | None) -> str | None:
    """The key that an address gives; None for one that leads to no article."""
    address = address_of(url)
    return _hash("url", address) if address else None


def address_of(url: str | None) -> str | None:
    """An address in the form in which two that lead to one article are equal; None for one that leads to none.

    That is without scheme, fragment and tracking, the host in lower case. The front page of a site changes its
    article every hour, so it is no article's address.
    """
    try:
        parts = urlsplit((url or "").strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    path, query = parts.path or "/", _without_tracking(parts.query)
    if parts.scheme not in _DEFAULT_PORTS or not host or (path == "/" and not query):
        return None
    shown = f":{port}" if port not in (None, _DEFAULT_PORTS[parts.scheme]) else ""
    return f"{host}{shown}{path}{'?' if query else ''}{query}"


def _without_tracking(query: str) -> str:
    """The query as it stands, but for the fields that track."""
    names = ((field, unquote_plus(field.partition("=")[0])) for field in query.split("&"))
    return "&".join(field for field, name in names if not TRACKING.fullmatch(name))


def _hash(*parts: str | None) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[: 2 * ID_LENGTH]
