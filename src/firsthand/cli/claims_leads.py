"""The action of `firsthand claims --leads`: which articles are mainly about the same claim."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator

from firsthand import pipeline
from firsthand.cli.main import complain
from firsthand.cli.options import settings
from firsthand.cli.output import Output
from firsthand.cli.progress import progress
from firsthand.model import Article, Failure
from firsthand.share import claims as shared


def run(asked: argparse.Namespace, output: Output) -> int:
    """A line for each article; 1 if an input failed. Nothing is read by the model of attributions for that."""
    from firsthand.ingest import articles

    failures: list[Failure] = []
    with progress(asked.inputs, output) as advance:
        told = pipeline.lead_claims(_told(advance(articles(asked.inputs, settings(asked))), failures))
    if told or not failures:
        output.write_all(shared.lead_line(article, claim) for article, claim in told.items())
    return 1 if failures else 0


def _told(items: Iterable[Article | Failure], failures: list[Failure]) -> Iterator[Article]:
    for item in items:
        if isinstance(item, Article):
            yield item
        else:
            failures.append(item)
            complain(f"{item.origin}: {item.cause}")
