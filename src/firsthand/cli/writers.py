"""Readings -> an output, in each format, as they come."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from itertools import chain

from firsthand.cli.output import Output
from firsthand.model import Article, Reading
from firsthand.share import records

Writer = Callable[[Iterable[Reading], Output], None]

LONGEST_PAGE = 5_000_000
"""Characters of the longest text that a page is made of. A page of 50 million took 2 GB, and no browser shows it."""

_ARRAY_ITEM = json.JSONEncoder(ensure_ascii=False, allow_nan=False, indent=2)


def refusal(form: str, article: Article) -> str | None:
    """Why an article cannot be written in a format, to be asked before it is read; None where it can."""
    too_long = form == "html" and len(article.text) > LONGEST_PAGE
    return "is too long for a page; use -f jsonl" if too_long else None


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
        output.write_all(records.contract_line(reading))


def _write_json(readings: Iterable[Reading], output: Output) -> None:
    before = "["
    for reading in readings:
        output.write_all(chain((before, "\n"), _ARRAY_ITEM.iterencode(records.everything(reading))))
        before = ","
    output.write("\n]\n" if before == "," else "[]\n")


def _write_page(readings: Iterable[Reading], output: Output) -> None:
    from firsthand.share.page import page

    if found := list(readings):
        output.write_all(page(found))
