"""The action of `firsthand read`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from functools import partial

from firsthand import pipeline
from firsthand.cli.main import complain
from firsthand.cli.options import settings
from firsthand.cli.output import Output
from firsthand.cli.overwriting import refuse_to_overwrite
from firsthand.cli.progress import progress
from firsthand.cli.writers import refusal, writer
from firsthand.model import Failure, Reading


def run(asked: argparse.Namespace) -> int:
    """Read what is asked for and write it; 1 if any input failed. Raises FirsthandError, BrokenPipeError."""
    refuse_to_overwrite(asked.inputs, asked.output)
    failures: list[Failure] = []
    with (
        Output(asked.output, keep_encoding=asked.format == "table") as output,
        progress(asked.inputs, output) as advance,
    ):
        outcomes = advance(pipeline.read_all(asked.inputs, settings(asked), partial(refusal, asked.format)))
        readings = _told(outcomes, failures, warn=bool(asked.output) or asked.format in ("json", "jsonl"))
        writer(asked.format, offsets=asked.offsets)(readings, output)
    return 1 if failures else 0


def _told(outcomes: Iterable[Reading | Failure], failures: list[Failure], *, warn: bool) -> Iterator[Reading]:
    """The readings; what failed is told in its turn and kept; warnings are told where nobody might see them."""
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            failures.append(outcome)
            complain(f"{outcome.origin}: {outcome.cause}")
            continue
        for warning in outcome.warnings if warn else ():
            complain(f"{outcome.article.origin or outcome.article.id}: {warning}")
        yield outcome
