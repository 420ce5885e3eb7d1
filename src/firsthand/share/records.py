"""Readings as plain dictionaries, ready for JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from firsthand.model import Attribution, Reading


def contract(reading: Reading) -> dict[str, Any]:
    """One line of `--format jsonl`: exactly these keys, which other programs rely on.

    Spans are [start, end) in characters (code points) of "text"; "published" is ISO 8601 or None.
    """
    article = reading.article
    return {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "published": _time(article.published),
        "language": article.language,
        "text": article.text,
        "attributions": [_attribution(attribution) for attribution in reading.attributions],
        "model": reading.model,
    }


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


def _attribution(attribution: Attribution) -> dict[str, Any]:
    return {
        "source": [list(span) for span in attribution.source],
        "cue": [list(span) for span in attribution.cue],
        "content": [list(span) for span in attribution.content],
        "score": round(attribution.score, 4),
    }


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
