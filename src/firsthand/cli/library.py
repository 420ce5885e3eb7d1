"""What the commands of the library share: the library that is asked for, and its articles as JSON."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from firsthand.cli.options import settings
from firsthand.cli.overwriting import refuse_to_overwrite_library
from firsthand.library import Library
from firsthand.library.records import Change, Entry, Filter, Found, Stored
from firsthand.model import Article
from firsthand.share.titles import by_text, title_of


def opened(asked: argparse.Namespace, *, create: bool = False) -> Library:
    """The library that the options or the environment name. Raises LibraryError, OutputError."""
    refuse_to_overwrite_library(place(asked), getattr(asked, "output", None))
    return Library.open(settings(asked).library, create=create)


def place(asked: argparse.Namespace) -> Path:
    """Where that library is, or would be."""
    return Library.place(settings(asked).library)


def filter_of(asked: argparse.Namespace) -> Filter:
    """Which articles are asked for."""
    return Filter(asked.outlet, asked.since, asked.until)


def title(entry: Entry) -> str:
    """What an article is called in a list, on one line: without title or headline, how its text begins."""
    return title_of(by_text(Article(entry.id, entry.beginning, entry.title, origin=entry.origin))).shown


def listed(entry: Entry) -> dict[str, Any]:
    """A line of `list`; "title" is None where the article has none."""
    return {
        "id": entry.id,
        "title": entry.title,
        "outlet": entry.outlet,
        "published": time(entry.published),
        "language": entry.language,
        "url": entry.url,
        "origin": entry.origin,
        "added": time(entry.added),
        "versions": entry.versions,
    }


def found(hit: Found) -> dict[str, Any]:
    """A line of `search`; "marks" are the words that were found, as [start, end) within "snippet"."""
    marks = [list(span) for span in hit.marks]
    number, score = hit.number, round(hit.score, 4)
    return listed(hit.entry) | {"version": number, "score": score, "snippet": hit.snippet, "marks": marks}


def stored(version: Stored) -> dict[str, Any]:
    """A line of `export`, which `add` reads back."""
    article = version.article
    return {
        "id": article.id,
        "text": article.text,
        "title": article.title,
        "outlet": article.outlet,
        "byline": article.byline,
        "published": time(article.published),
        "modified": time(article.modified),
        "language": article.language,
        "url": article.url,
        "version": version.number,
        "versions": version.versions,
        "added": time(version.added),
        "fetched": time(version.fetched),
        "origin": article.origin,
        "own_id": version.own_id,
        "sha256": version.sha256,
        "size": version.size,
        "media_type": version.media_type,
        "links": [{"start": link.start, "end": link.end, "url": link.url} for link in article.links],
        "media": [{"url": media.url, "kind": media.kind, "caption": media.caption} for media in article.media],
    }


def changed(change: Change) -> dict[str, Any]:
    """A row of the log."""
    return {
        "at": time(change.at),
        "who": change.who,
        "action": change.action,
        "version": change.number,
        "sha256": change.sha256,
        "origin": change.origin,
    }


def time(moment: datetime | None) -> str | None:
    """ISO 8601."""
    return moment.isoformat() if moment else None
