"""The action of `firsthand media check`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from firsthand.checking import Asked, check, unread
from firsthand.cli import media_writers
from firsthand.cli.library import opened, place
from firsthand.cli.main import complain
from firsthand.cli.media_progress import prepared, telling
from firsthand.cli.options import settings
from firsthand.cli.output import Output
from firsthand.cli.overwriting import refuse_to_overwrite
from firsthand.errors import InputError, LibraryError
from firsthand.library import Library, media_notes
from firsthand.library.claims import claims_of
from firsthand.library.log import user
from firsthand.media.credentials import anchors
from firsthand.model import Claimed, MediaReport


def run(asked: argparse.Namespace) -> int:
    """Check the files; 1 if one of them failed. Raises FirsthandError, BrokenPipeError."""
    refuse_to_overwrite(asked.files, asked.output, "a file to be checked")
    if asked.trust:
        anchors(asked.trust)
    failed: list[str] = []
    with ExitStack() as stack:
        library = stack.enter_context(opened(asked)) if _wants_library(asked) else None
        claimed = _claimed(asked, library)
        if library:
            prepared(library)
        reports = _reports(asked, library, claimed, failed)
        with Output(asked.output, keep_encoding=asked.format == "text") as output:
            media_writers.write(reports, asked.format, output)
    return 1 if failed else 0


def _wants_library(asked: argparse.Namespace) -> bool:
    """Whether there is one, or one is named; else a file is compared with nothing."""
    named = settings(asked).library is not None or asked.claim is not None
    return named or os.path.exists(place(asked))  # noqa: PTH110 - Path.exists raises an error for a name too long


def _claimed(asked: argparse.Namespace, library: Library | None) -> Claimed:
    """What is claimed, with the claim's whole id. Raises LibraryError where the library has no such claim."""
    if library is None or asked.claim is None:
        return Claimed(asked.claimed_time, asked.claimed_place)
    with claims_of(library) as known:
        claim = known.named(asked.claim)
    if claim is None:
        raise LibraryError(f"{asked.claim}: no claim has this id; `firsthand claims` shows them")
    return Claimed(asked.claimed_time, asked.claimed_place, claim)


def _reports(
    asked: argparse.Namespace, library: Library | None, claimed: Claimed, failed: list[str]
) -> Iterator[MediaReport]:
    """What is found in each file, as it is found; a file that cannot be opened is told, and the others go on."""
    for name in asked.files:
        stills = asked.format == "html" or claimed.claim is not None
        wanted = Asked(claimed, outlet=asked.outlet, trust=asked.trust, stills=stills)
        try:
            with telling(name) as told:
                report = check(library, Path(name), wanted, told)
        except InputError as error:
            failed.append(name)
            complain(str(error))
            continue
        if cause := unread(report):
            failed.append(name)
            complain(f"{name}: {cause}")
        if library and claimed.claim:
            _keep(library, report, claimed.claim)
        yield report


def _keep(library: Library, report: MediaReport, claim: str) -> None:
    """Tie the file to the claim, and keep what was found."""
    with library.writing() as connection:
        media_notes.tie(connection, report.file.sha256, "claim", claim, user())
        media_notes.keep_report(connection, report, user())
