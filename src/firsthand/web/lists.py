"""What lists of articles say of each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from firsthand.library.records import Entry
from firsthand.model import Article
from firsthand.share.lineage import moment
from firsthand.share.plain import one_line
from firsthand.share.titles import by_text, title_of


def title(entry: Entry) -> str:
    """What an article is called in a list, on one line: without title or headline, how its text begins."""
    return title_of(by_text(Article(entry.id, entry.beginning, entry.title, origin=entry.origin))).shown


def name(entry: Entry) -> str:
    """What an article is called where there is little room: its outlet, else its title."""
    return one_line(entry.outlet) if entry.outlet else title(entry)


def when(entry: Entry) -> str:
    """When it was published; "" where that is not known."""
    return moment(entry.published) if entry.published else ""


def record(entry: Entry) -> dict[str, Any]:
    """An article's record, as JSON; "title" is None where the article has none."""
    return {
        "id": entry.id,
        "title": entry.title,
        "called": title(entry),
        "outlet": entry.outlet,
        "published": time(entry.published),
        "language": entry.language,
        "url": entry.url,
        "origin": entry.origin,
        "added": time(entry.added),
        "versions": entry.versions,
    }


def time(moment: datetime | None) -> str | None:
    """ISO 8601."""
    return moment.isoformat() if moment else None
