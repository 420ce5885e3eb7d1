"""The action of `firsthand claims`: of articles here, of a library in `claims_library`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence

from firsthand import pipeline
from firsthand.cli import claims_leads, claims_stances
from firsthand.cli.claims_options import SHOWN
from firsthand.cli.claims_table import drawn
from firsthand.cli.compiling import compiling_told
from firsthand.cli.main import complain
from firsthand.cli.options import settings
from firsthand.cli.output import Output
from firsthand.cli.overwriting import refuse_to_overwrite
from firsthand.cli.progress import Tally, progress, tally
from firsthand.model import Derivation, Failure, Provenance, Reading
from firsthand.share import claims as shared


def run(asked: argparse.Namespace) -> int:
    """Show what is asked for; 1 if an input failed. Raises FirsthandError, BrokenPipeError."""
    if asked.stances:
        return claims_stances.run(asked)
    if not asked.inputs:
        from firsthand.cli.claims_library import run as kept

        return kept(asked)
    refuse_to_overwrite(asked.inputs, asked.output)
    failures: list[Failure] = []
    with Output(asked.output, keep_encoding=asked.format == "table") as output:
        if asked.leads:
            return claims_leads.run(asked, output)
        with progress(asked.inputs, output) as advance:
            outcomes = pipeline.read_all(asked.inputs, settings(asked), load=pipeline.with_vectors)
            readings = list(_told(advance(outcomes), failures))
        if readings or not failures:
            output.write_all(_shown(asked, readings, output))
    return 1 if failures else 0


def written(asked: argparse.Namespace, found: Iterable[Provenance], count: int, output: Output) -> Iterable[str]:
    """Claims, most-carried first, in the format that is asked for; `count` is how many there are in all."""
    if asked.format == "jsonl":
        return map(shared.line, found)
    return drawn([shared.row(one) for one in found], count, output.stream)


def limit(asked: argparse.Namespace) -> int | None:
    """How many claims to show; None for all."""
    return asked.limit or (SHOWN if asked.format == "table" else None)


def _told(outcomes: Iterable[Reading | Failure], failures: list[Failure]) -> Iterator[Reading]:
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            failures.append(outcome)
            complain(f"{outcome.origin}: {outcome.cause}")
            continue
        for warning in outcome.warnings:
            complain(f"{outcome.article.origin or outcome.article.id}: {warning}")
        yield outcome


def _shown(asked: argparse.Namespace, readings: Sequence[Reading], output: Output) -> Iterable[str]:
    with tally((), "articles joined to claims", len(readings)) as told:
        found = pipeline.claims_among(_counted(readings, told))
    with compiling_told():
        copies = [one for one in pipeline.copies_among(one.article for one in readings) if isinstance(one, Derivation)]
    traced = pipeline.traced(found[: limit(asked)], copies, [one.article for one in readings])
    return written(asked, traced, len(found), output)


def _counted(readings: Sequence[Reading], told: Tally) -> Iterator[Reading]:
    for done, reading in enumerate(readings, 1):
        yield reading
        told(done, 0)
