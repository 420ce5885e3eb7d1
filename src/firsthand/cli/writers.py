"""Readings -> an output, in each format, as they come."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from firsthand.cli.output import Output
from firsthand.model import Reading
from firsthand.share import records

Writer = Callable[[Iterable[Reading], Output], None]

# Valid inside JSON, but line ends to some programs.
_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def writer(form: str, *, offsets: bool) -> Writer:
    """The writer of one of `options.FORMATS`."""
    if form == "table":
        return lambda readings, output: _write_tables(readings, output, offsets=offsets)
    return {"json": _write_json, "jsonl": _write_lines, "html": _write_page}[form]


def _write_tables(readings: Iterable[Reading], output: Output, *, offsets: bool) -> None:
    from firsthand.cli.table import Tables

    tables = Tables(output.stream, offsets=offsets)
    for reading in readings:
        output.write(tables.render(reading))


def _write_lines(readings: Iterable[Reading], output: Output) -> None:
    for reading in readings:
        output.write(_json(records.contract(reading)).translate(_LINE_ENDS) + "\n")


def _write_json(readings: Iterable[Reading], output: Output) -> None:
    before = "["
    for reading in readings:
        output.write(f"{before}\n{_json(records.everything(reading), indent=2)}")
        before = ","
    output.write("\n]\n" if before == "," else "[]\n")


def _write_page(readings: Iterable[Reading], output: Output) -> None:
    from firsthand.share.page import page

    if found := list(readings):
        for part in page(found):
            output.write(part)


def _json(record: dict[str, Any], indent: int | None = None) -> str:
    return json.dumps(record, ensure_ascii=False, allow_nan=False, indent=indent)
