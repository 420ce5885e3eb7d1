"""The action of `firsthand list`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from itertools import chain

from firsthand.cli.library import filter_of, listed, opened, title
from firsthand.cli.main import complain
from firsthand.cli.output import Output
from firsthand.cli.shape import cut, width_of
from firsthand.library.records import Entry
from firsthand.share.lines import line
from firsthand.share.plain import one_line

ON_A_SCREEN = 100
"""Articles that a terminal is given when no number is asked for: more would push the newest out of sight."""

COLUMNS = 16, 10, 20
"""Of the id, the day, the outlet's name; the title has the rest."""


def run(asked: argparse.Namespace) -> int:
    """List what is asked for. Raises FirsthandError, BrokenPipeError."""
    table, wanted = asked.format == "table", filter_of(asked)
    with opened(asked) as library, Output(asked.output, keep_encoding=table) as output:
        limit = asked.limit or (ON_A_SCREEN if table and output.is_terminal else None)
        entries = library.articles(wanted, limit)
        lines = _rows(entries, width_of(output)) if table else (line(listed(entry)) for entry in entries)
        output.write_all(lines)
        count = library.count(wanted) if limit and limit != asked.limit else 0
    if limit and count > limit:
        complain(f"these are the {limit} newest of {count:,}; --limit gives more")
    return 0


def _rows(entries: Iterable[Entry], width: int | None) -> Iterator[str]:
    rows = map(_row, entries)
    first = next(rows, None)
    if first:
        for row in chain((("id", "published", "outlet", "title"), first), rows):
            yield _line(row, width)


def _row(entry: Entry) -> tuple[str, str, str, str]:
    published = entry.published.date().isoformat() if entry.published else ""
    versions = f" ({entry.versions} versions)" if entry.versions > 1 else ""
    return entry.id, published, one_line(entry.outlet or ""), title(entry) + versions


def _line(row: tuple[str, ...], width: int | None) -> str:
    """In columns; the title is cut only where the screen ends."""
    cells = [cut(cell, size, fill=True) for cell, size in zip(row, COLUMNS, strict=False)]
    used = sum(COLUMNS) + 2 * len(COLUMNS)
    return "  ".join((*cells, cut(row[-1], max(width - used, 8)) if width else row[-1])) + "\n"
