"""The action of `firsthand media list`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from firsthand.checking.matched import earliest
from firsthand.cli.library import opened
from firsthand.cli.main import complain
from firsthand.cli.output import Output
from firsthand.cli.shape import cut, width_of
from firsthand.library import media
from firsthand.model import KeptMedia
from firsthand.share.lines import line
from firsthand.share.media_words import clock
from firsthand.share.plain import one_line

COLUMNS = (16, 16, 16, 16, 9, 16, 12)
"""Of the SHA-256, the outlet, the first date, the claimed time, the length, when it was added, by whom;
the name has the rest."""

HEADINGS = ("sha-256", "outlet", "own first date", "claimed time", "length", "added", "by", "name")


def run(asked: argparse.Namespace) -> int:
    """List what is asked for. Raises FirsthandError, BrokenPipeError."""
    table = asked.format == "table"
    with opened(asked) as library, library.reading() as connection:
        files = media.every(connection, asked.outlet)
        first = next(files, None)
        with Output(asked.output, keep_encoding=table) as output:
            found = chain((first,) if first else (), files)
            output.write_all(_rows(found, width_of(output)) if table else _values(map(listed, found), asked.format))
    if first is None:
        complain(_none(asked.outlet))
    return 0


def _none(outlet: str | None) -> str:
    """That there is nothing to list, and what to do."""
    if outlet is None:
        return "the archive has no file yet; `firsthand media add` puts files in it"
    return f"no file of the archive is of “{one_line(outlet)}”; `firsthand media list` shows all, with their outlets"


def listed(kept: KeptMedia) -> dict[str, Any]:
    """A file of the archive; "dated" is the first date that its own record gives of when it was made."""
    first, found = earliest(kept), kept.metadata
    return {
        "sha256": kept.file.sha256,
        "name": kept.file.name,
        "size": kept.file.size,
        "media_type": kept.file.media_type,
        "outlet": kept.outlet,
        "origin": kept.origin,
        "dated": first.date.at if first else None,
        "claimed_time": kept.claimed.time,
        "claimed_place": kept.claimed.place,
        "duration": found.duration if found else None,
        "container": found.container if found else None,
        "added": kept.added,
        "who": kept.who,
    }


def _values(values: Iterable[dict[str, Any]], form: str) -> Iterator[str]:
    if form == "jsonl":
        yield from map(line, values)
    else:
        yield json.dumps(list(values), ensure_ascii=False, indent=2) + "\n"


def _rows(files: Iterable[KeptMedia], width: int | None) -> Iterator[str]:
    rows = map(_row, files)
    first = next(rows, None)
    if first:
        for row in chain((HEADINGS, first), rows):
            yield _line(row, width)


def _row(kept: KeptMedia) -> tuple[str, ...]:
    said = listed(kept)
    length = clock(said["duration"]) if said["duration"] else ""
    dated, claimed, added = (_minute(at) for at in (said["dated"], kept.claimed.time, kept.added))
    texts = (kept.outlet or "", dated, claimed, length, added, kept.who, kept.file.name)
    return (kept.file.sha256[: COLUMNS[0]], *map(one_line, texts))


def _minute(at: str | None) -> str:
    return (at or "")[:16].replace("T", " ")


def _line(row: tuple[str, ...], width: int | None) -> str:
    """In columns; the name is cut only where the screen ends."""
    cells = [cut(cell, size, fill=True) for cell, size in zip(row, COLUMNS, strict=False)]
    used = sum(COLUMNS) + 2 * len(COLUMNS)
    return "  ".join((*cells, cut(row[-1], max(width - used, 8)) if width else row[-1])) + "\n"
