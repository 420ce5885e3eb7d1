"""What a page shows, as a file for other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain

from starlette.responses import StreamingResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet would work out, instead of showing it: an article could have it fetch things."""

_ROWS = 200


def csv_answer(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> StreamingResponse:
    """A CSV file to be kept, as `name`.csv: UTF-8 with what tells Excel so, a line for each row, RFC 4180.

    The first rows are made before anything is answered, so that what cannot be asked for is told as an error.
    """
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    lines = _lines(head, rows)
    whole = chain((next(lines),), lines)
    return StreamingResponse(whole, media_type="text/csv; charset=utf-8", headers=headers)


def cell(value: object) -> str:
    """What stands in a cell: nothing for None, ISO 8601 for a time; an apostrophe before what would be a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return str(value)
    text = value.isoformat() if isinstance(value, datetime) else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    written = io.StringIO("\ufeff")
    written.seek(0, io.SEEK_END)
    writer = csv.writer(written)
    writer.writerow(head)
    for number, row in enumerate(rows, start=1):
        writer.writerow(map(cell, row))
        if not number % _ROWS:
            yield _taken(written)
    yield _taken(written)


def _taken(written: io.StringIO) -> bytes:
    text = written.getvalue()
    written.seek(0)
    written.truncate()
    return text.encode("utf-8", "backslashreplace")
