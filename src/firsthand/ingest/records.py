"""What a reader found -> Article, with its id and language."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from firsthand.errors import InputError
from firsthand.ingest.language import language_of
from firsthand.model import Article

ID_LENGTH = 16
"""Hexadecimal digits of an id: 64 bits, so that among a hundred million articles a clash is unlikely (1 in 3,700)."""

_PIECE = 2**20


def finished(article: Article, max_characters: int) -> Article:
    """The article with its id, where it has none, and its language as far as the text tells.

    Raises InputError when there is no text, or more than `max_characters`.
    """
    origin = article.origin or ""
    if not article.text or article.text.isspace():
        raise InputError(origin, "is empty")
    if len(article.text) > max_characters:
        raise InputError(origin, f"is longer than the limit of {max_characters:,} characters")
    return replace(
        article, id=article.id or content_id(article), language=language_of(article.text) or article.language
    )


def content_id(article: Article) -> str:
    """An id that derives from the content alone: the text, and what tells two outlets' copies of one text apart."""
    digest = hashlib.sha256()
    for part in (article.url, article.outlet, article.title, _moment(article.published)):
        digest.update((part or "").encode("utf-8", "surrogatepass") + b"\0")
    for start in range(0, len(article.text), _PIECE):
        digest.update(article.text[start : start + _PIECE].encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:ID_LENGTH]


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
