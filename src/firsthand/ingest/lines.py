"""JSON Lines -> Articles to be compared: of each line only what that takes, and quickly, for there may be a million."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from functools import lru_cache
from pathlib import Path

from firsthand.config import Settings
from firsthand.errors import InputError
from firsthand.ingest import rows
from firsthand.ingest.document import in_words
from firsthand.ingest.failures import failed
from firsthand.ingest.inputs import STANDARD_INPUT
from firsthand.ingest.tables import fault
from firsthand.model import Article, Failure


def lines(name: str, settings: Settings) -> Iterator[Article | Failure]:
    """One article for each line of a file, or of standard input ("-"); what cannot be read is a Failure that names it.

    Its `published` is when it was fetched, where it says no other time. An id that was there before is a Failure.
    """
    known: set[str] = set()
    try:
        with nullcontext(sys.stdin.buffer) if name == STANDARD_INPUT else Path(name).open("rb") as stream:
            for number, line in enumerate(stream, 1):
                if not line.isspace():
                    yield _told_apart(_article(line, f"{name}:{number}", settings), known)
    except OSError as error:
        yield failed(name, error)


def _told_apart(item: Article | Failure, known: set[str]) -> Article | Failure:
    if isinstance(item, Failure):
        return item
    if item.id in known:
        return Failure(item.origin or "", f"is left out: its id {item.id[:80]!r} is that of a line before")
    known.add(item.id)
    return item


def _article(line: bytes, origin: str, settings: Settings) -> Article | Failure:
    if len(line) > settings.max_bytes:
        return Failure(origin, f"is longer than the limit of {in_words(settings.max_bytes)} a line")
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            return Failure(origin, "is not a JSON object")
        return rows.bare(row, _fields(tuple(row)), origin)
    except UnicodeDecodeError:
        return Failure(origin, "is not UTF-8")
    except InputError as error:
        return Failure(error.origin, error.cause)
    except (ValueError, RecursionError) as error:
        return Failure(origin, f"is not JSON: {fault(error)}")


@lru_cache(maxsize=256)
def _fields(names: tuple[str, ...]) -> rows.Columns:
    return rows.columns(names)
