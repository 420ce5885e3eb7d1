"""Articles about invented places in a library, with what was read in them made by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from firsthand.library import Library, readings, showing
from firsthand.library.records import Outcome
from firsthand.model import Article, Marks, Reading
from tests.library.given import added, article


def add(library: Path, text: str, content: bytes | None = None, **fields: Any) -> str:
    """Add an article; its id."""
    with Library.open(library) as opened:
        return added(opened, article(text, **fields), content).id


def add_original(library: Path, text: str, content: bytes, media_type: str, **fields: Any) -> Outcome:
    """Add an article that was read from these bytes."""
    with Library.open(library) as opened:
        return added(opened, article(text, **fields), content, media_type=media_type, source=None)


def add_read(library: Path, reading: Reading) -> str:
    """Add an article, and what was read in it; its id."""
    with Library.open(library) as opened:
        identity = added(opened, replace(reading.article, id=_id(reading.article))).id
        with opened.writing() as connection:
            no, _ = showing.shown(connection, identity)
            readings.keep(connection, reading.model, {no: _marks(reading)})
    return identity


def _id(found: Article) -> str:
    return found.id.encode("utf-8", "replace").decode()


def _marks(reading: Reading) -> Marks:
    return Marks(reading.attributions, reading.credits, reading.statements)
