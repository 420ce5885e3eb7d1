"""JSON Lines, JSON, CSV and Parquet -> Articles, one a row, read as a stream."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import Any, BinaryIO

from firsthand.config import Settings
from firsthand.errors import InputError
from firsthand.ingest import charset, rows
from firsthand.ingest.document import CHUNK, Document, in_words, seekable, whole
from firsthand.ingest.failures import failed
from firsthand.model import Article, Failure

DELIMITERS = ",\t;|"

SPOOL_LIMIT = 4 * 2**30
"""Bytes of a CSV or Parquet table that may come through a pipe; a file may be of any size."""

BATCH = 64
"""Rows of a Parquet file in memory at once."""


def read_json_lines(document: Document, settings: Settings) -> Iterator[Article | Failure]:
    """One article a line, its text exactly as given. A line that cannot be read is a Failure that names it."""
    number = 0
    for number, line in enumerate(_lines(document.stream, settings.max_bytes), 1):
        if line is None or line.strip():
            yield _row(line, f"{document.origin}:{number}", document, settings)
    if not number:
        raise InputError(document.origin, "is empty")


def read_json(document: Document, settings: Settings) -> Iterator[Article | Failure]:
    """One article from a JSON object, several from an array of them; JSON Lines under the wrong name too."""
    content = whole(document, settings.max_bytes)
    try:
        value = json.loads(content)
    except (ValueError, RecursionError) as error:
        if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" and b"\n" in content.strip():
            yield from _numbered(content.splitlines(), document, settings)
            return
        raise InputError(document.origin, f"is not JSON: {fault(error)}") from None
    if not isinstance(value, list):
        yield _item(value, document.origin, settings)
        return
    for number, item in enumerate(value, 1):
        _keep(document, partial(_json, item), item)
        yield _item(item, f"{document.origin}:{number}", settings)


def read_csv(document: Document, settings: Settings) -> Iterator[Article | Failure]:
    """One article a row of a table with a header line, separated by commas, semicolons, tabs or bars."""
    csv.field_size_limit(max(csv.field_size_limit(), settings.max_bytes))
    stream = seekable(document, SPOOL_LIMIT)
    lines = _text_lines(stream, settings.max_bytes)
    header = next(lines, "")
    if "\0" in header:
        raise InputError(document.origin, "is not a table of text, but binary")
    table = csv.reader(lines, delimiter=_delimiter(header))
    names = next(csv.reader([header], delimiter=_delimiter(header)), [])
    fields = _fields(names, document.origin)
    line = 2
    while (row := _next_row(table, document.origin)) is not None:
        if row:
            named = dict(zip(names, row, strict=False))
            _keep(document, partial(_json, named), named)
            yield _record(names, row, fields, f"{document.origin}:{line}", settings)
        line = table.line_num + 2  # the header is not among the reader's lines, and a row may take several


def _record(
    names: list[str], row: list[str], fields: rows.Columns, origin: str, settings: Settings
) -> Article | Failure:
    """One row of a CSV. One with too many fields was divided where it should not be: its text is not whole."""
    if len(row) > len(names):
        return Failure(origin, "has more fields than the header")
    if any("\0" in value for value in row):
        return Failure(origin, "holds a null character, which no text does")
    return _result(dict(zip(names, row, strict=False)), fields, origin, settings)


def read_parquet(document: Document, settings: Settings) -> Iterator[Article | Failure]:
    """One article a row, a few rows in memory at a time; rows are counted from 1."""
    import pyarrow
    from pyarrow import parquet

    try:
        table = parquet.ParquetFile(seekable(document, SPOOL_LIMIT), pre_buffer=False)
        fields = _fields(table.schema_arrow.names, document.origin)
        wanted = None if document.keep else sorted(set(chain(*fields.values())))
        batches = table.iter_batches(batch_size=BATCH, columns=wanted)
        for number, row in enumerate((row for batch in batches for row in batch.to_pylist()), 1):
            _keep(document, partial(_json, row), row)
            yield _result(row, fields, f"{document.origin}:{number}", settings)
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError) as error:
        raise InputError(document.origin, f"is not a readable Parquet table: {_one_line(error)}") from None


def _lines(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The lines of a stream; None for one longer than `limit`, which is passed over piece by piece."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(CHUNK)
        yield None


def _numbered(lines: Iterable[bytes], document: Document, settings: Settings) -> Iterator[Article | Failure]:
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    return (_row(line, f"{document.origin}:{number}", document, settings) for number, line in numbered)


def _row(line: bytes | None, origin: str, document: Document, settings: Settings) -> Article | Failure:
    if line is None:
        return Failure(origin, f"is longer than the limit of {in_words(settings.max_bytes)} a line")
    try:
        item = json.loads(line)
        _keep(document, partial(bytes, line), item)
        return _item(item, origin, settings)
    except UnicodeDecodeError:
        return Failure(origin, "is not UTF-8")
    except (ValueError, RecursionError) as error:
        return Failure(origin, f"is not JSON: {fault(error)}")


def _keep(document: Document, content: Callable[[], bytes], row: object) -> None:
    """Tell whoever keeps bytes of those of a row, and when it says that it was fetched."""
    if document.keep:
        document.keep(content, fetched=rows.fetched(row) if isinstance(row, dict) else None)


def _item(item: object, origin: str, settings: Settings) -> Article | Failure:
    if not isinstance(item, dict):
        return Failure(origin, "is not a JSON object")
    return _result(item, rows.columns(item), origin, settings)


def _result(row: dict[str, Any], fields: rows.Columns, origin: str, settings: Settings) -> Article | Failure:
    try:
        return rows.article(row, fields, origin, settings)
    except Exception as error:  # one row must not end the reading of the others
        return failed(origin, error)


def _fields(names: list[str], origin: str) -> rows.Columns:
    fields = rows.columns(names)
    if "text" not in fields:
        shown = ", ".join(names[:12]) or "none"
        raise InputError(origin, f'has no column "text" (its columns: {_one_line(shown)})')
    return fields


def _delimiter(header: str) -> str:
    """The separator under which the header has most names that we know, then most names at all."""
    return max(DELIMITERS, key=lambda mark: _known_names(next(csv.reader([header], delimiter=mark), [])))


def _known_names(names: list[str]) -> tuple[int, int]:
    return len(rows.columns(names)), len(names)


def _text_lines(stream: BinaryIO, limit: int) -> Iterator[str]:
    """Decoded lines with their ends as they are, for a quoted field may hold some."""
    reader = io.TextIOWrapper(stream, charset.encoding_of(stream), errors="replace", newline="")
    return iter(lambda: reader.readline(limit), "")


def _next_row(table: Iterator[list[str]], origin: str) -> list[str] | None:
    try:
        return next(table, None)
    except csv.Error as error:
        raise InputError(origin, f"is not a readable table: {_one_line(error)}") from None


def fault(error: Exception) -> str:
    """What is wrong with some JSON, and where in it; the line is named by its origin."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.removesuffix(' at')} at character {error.pos + 1}"
    return "nested too deeply" if isinstance(error, RecursionError) else _one_line(error)


def _json(row: object) -> bytes:
    """A row with its fields: a CSV's says nothing without its header, a Parquet file's has no bytes of its own."""
    return json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "backslashreplace")


def _one_line(cause: object) -> str:
    return " ".join(str(cause).split())[:200]
