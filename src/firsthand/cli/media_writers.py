"""Reports on media files -> an output, in each format, as they come."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from itertools import chain
from typing import Any

from firsthand.cli.output import Output
from firsthand.model import MediaReport
from firsthand.share.lines import line

Writer = Callable[[Iterable[MediaReport], Output], None]

_ARRAY_ITEM = json.JSONEncoder(ensure_ascii=False, allow_nan=False, indent=2)


def write(reports: Iterable[MediaReport], form: str, output: Output) -> None:
    """Write them in one of `media_options.CHECK_FORMATS`."""
    {"text": _texts, "json": _array, "jsonl": _lines, "html": _page}[form](reports, output)


def everything(report: MediaReport) -> dict[str, Any]:
    """A report as JSON has it: its records as objects, without the frames, which only the page has."""
    found = asdict(replace(report, pairs=()))
    del found["pairs"]
    return found


def _texts(reports: Iterable[MediaReport], output: Output) -> None:
    from firsthand.cli.media_text import Texts

    texts = Texts(output.stream)
    for report in reports:
        output.write(texts.render(report))


def _lines(reports: Iterable[MediaReport], output: Output) -> None:
    for report in reports:
        output.write(line(everything(report)))


def _array(reports: Iterable[MediaReport], output: Output) -> None:
    before = "["
    for report in reports:
        output.write_all(chain((before, "\n"), _ARRAY_ITEM.iterencode(everything(report))))
        before = ","
    output.write("\n]\n" if before == "," else "[]\n")


def _page(reports: Iterable[MediaReport], output: Output) -> None:
    from firsthand.media.checklist import ANSWERS, QUESTIONS
    from firsthand.share.media_page import page

    for report in reports:
        output.write(page(report, (), QUESTIONS, ANSWERS))
