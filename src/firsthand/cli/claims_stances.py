"""The action of `firsthand claims --stances`: for each line of a file, how its headline stands to its claim."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path

from firsthand import pipeline
from firsthand.cli.output import Output
from firsthand.cli.overwriting import refuse_to_overwrite
from firsthand.errors import InputError

FIELDS = ("claim_text", "headline")


def run(asked: argparse.Namespace) -> int:
    """A stance for each line, in their order; nothing where one cannot be read. Raises FirsthandError."""
    refuse_to_overwrite([asked.stances], asked.output)
    with Output(asked.output) as output:
        pairs = list(_pairs(asked.stances))
        output.write_all(f"{stance}\n" for stance in pipeline.stances(pairs))
    return 0


def _pairs(name: str) -> Iterator[tuple[str, str]]:
    """The claims and headlines of a file of JSON Lines, or of standard input ("-"); empty lines are passed over."""
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as lines:
            yield from _told(name, lines)
    except (OSError, ValueError) as error:
        cause = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(name, f"it cannot be read ({cause})") from error


def _told(name: str, lines: Iterable[bytes]) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _pair(f"{name}, line {number}", line)


def _pair(origin: str, line: bytes) -> tuple[str, str]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(origin, "it is not JSON") from error
    if not isinstance(found, dict) or not all(isinstance(found.get(field), str) for field in FIELDS):
        raise InputError(origin, "it needs claim_text and headline, both texts")
    return found["claim_text"], found["headline"]
