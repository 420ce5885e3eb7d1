"""The action of `firsthand copies`: of a file of articles here, of an article of the library in `copies_of`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from firsthand import pipeline
from firsthand.cli.compiling import compiling_told
from firsthand.cli.main import complain
from firsthand.cli.options import settings
from firsthand.cli.output import Output
from firsthand.cli.overwriting import refuse_to_overwrite
from firsthand.cli.progress import progress
from firsthand.ingest.lines import lines
from firsthand.model import Alignment, Article, Derivation, Failure
from firsthand.share import lineage
from firsthand.share.lines import line

if TYPE_CHECKING:
    from firsthand.reuse import SharedQuotation

BATCH = 256
"""Lines that are written at one time."""


def run(asked: argparse.Namespace) -> int:
    """Show what is asked; 1 if an input failed. Raises FirsthandError, BrokenPipeError."""
    if asked.is_file:
        return _of_file(asked)
    from firsthand.cli import copies_of

    return copies_of.run(asked, asked.input)


def _of_file(asked: argparse.Namespace) -> int:
    refuse_to_overwrite([asked.input], asked.output)
    failures: list[Failure] = []
    with Output(asked.output, keep_encoding=asked.format == "table") as output:
        with progress([asked.input], output) as advance:
            articles = list(_told(advance(lines(asked.input, settings(asked))), failures))
        if failures and not articles:
            return 1
        with compiling_told():
            found = pipeline.copies_among(articles)
            wanted = found if asked.all else (one for one in found if isinstance(one, Derivation))
            output.write_all(_lines(wanted) if asked.format == "jsonl" else _table(wanted, articles, output))
    return 1 if failures else 0


def _told(items: Iterable[Article | Failure], failures: list[Failure]) -> Iterator[Article]:
    for item in items:
        if isinstance(item, Article):
            yield item
        else:
            failures.append(item)
            complain(f"{item.origin}: {item.cause}")


def _lines(found: Iterable[Derivation | SharedQuotation]) -> Iterator[str]:
    return (line(record(one)) for one in found)


def record(found: Derivation | SharedQuotation) -> dict[str, object]:
    """A line of JSON; offsets count characters of the two texts."""
    if isinstance(found, Derivation):
        return lineage.record(found)
    return {
        "earlier": found.earlier,
        "later": found.later,
        "kind": "quotation",
        "passages": list(map(_passage, found.passages)),
    }


def _passage(passage: Alignment) -> dict[str, list[int]]:
    return {"earlier": list(passage.earlier), "later": list(passage.later)}


def _table(found: Iterable[Derivation | SharedQuotation], articles: Sequence[Article], output: Output) -> Iterator[str]:
    from firsthand.cli.families import families

    return families(found, articles, output.stream)
