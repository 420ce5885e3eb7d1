"""Firsthand's own finder, in this process."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bench.data import Record
from firsthand import pipeline
from firsthand.model import Article, Derivation


def found(records: Iterable[Record]) -> list[Derivation]:
    """What it finds in a generated set, given as lines of JSON."""
    return copies_among(map(article, records))


def copies_among(articles: Iterable[Article]) -> list[Derivation]:
    """What it finds among articles, as `firsthand copies` does."""
    return [one for one in pipeline.copies_among(articles) if isinstance(one, Derivation)]


def article(record: Record) -> Article:
    """One line of a generated set as an article."""
    published = datetime.fromisoformat(record["published"]) if "published" in record else None
    return Article(
        record["id"], record["text"], title=record.get("title"), outlet=record.get("outlet"), published=published
    )
