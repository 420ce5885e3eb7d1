"""Readings as plain dictionaries, ready for JSON, and as lines of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from firsthand.model import Article, Attribution, Reading

PART = 2**16
"""Characters of the longest part that a text is cut into."""

# Valid inside JSON, but line ends to some programs.
_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def contract(reading: Reading) -> dict[str, Any]:
    """One line of `--format jsonl`: exactly these keys, which other programs rely on.

    Spans are [start, end) in characters (code points) of "text"; "published" is ISO 8601 or None.
    """
    return {
        **_head(reading.article),
        "text": reading.article.text,
        "attributions": [_attribution(attribution) for attribution in reading.attributions],
        "model": reading.model,
    }


def contract_line(reading: Reading) -> Iterator[str]:
    """`contract` as one line of JSON, in parts: of a long article the line would take many times its size."""
    yield f'{_one_line(_head(reading.article))[:-1]}, "text": "'
    for start in range(0, len(reading.article.text), PART):
        yield _one_line(reading.article.text[start : start + PART])[1:-1]
    yield '", "attributions": ['
    for number, attribution in enumerate(reading.attributions):
        yield (", " if number else "") + _one_line(_attribution(attribution))
    yield f'], "model": {_one_line(reading.model)}}}\n'


def _one_line(value: Any) -> str:
    """JSON of `value` without anything in it that any program takes for the end of a line."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False).translate(_LINE_ENDS)


def everything(reading: Reading) -> dict[str, Any]:
    """One element of `--format json`: the contract, and what else is known of the article."""
    article = reading.article
    return contract(reading) | {
        "byline": article.byline,
        "url": article.url,
        "modified": _time(article.modified),
        "origin": article.origin,
        "links": [{"start": link.start, "end": link.end, "url": link.url} for link in article.links],
        "media": [{"url": media.url, "kind": media.kind, "caption": media.caption} for media in article.media],
        "warnings": list(reading.warnings),
    }


def _head(article: Article) -> dict[str, Any]:
    """What the contract says of an article before its text."""
    return {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "published": _time(article.published),
        "language": article.language,
    }


def _attribution(attribution: Attribution) -> dict[str, Any]:
    return {
        "source": [list(span) for span in attribution.source],
        "cue": [list(span) for span in attribution.cue],
        "content": [list(span) for span in attribution.content],
        "score": round(attribution.score, 4),
    }


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
