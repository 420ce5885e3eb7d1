"""The action of `firsthand media remove`."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

from firsthand.cli.agreeing import agreed
from firsthand.cli.library import opened
from firsthand.cli.main import complain
from firsthand.cli.output import Output
from firsthand.errors import LibraryError
from firsthand.library import Library, media, media_removing
from firsthand.library.log import user
from firsthand.library.media_removing import Resting
from firsthand.model import KeptMedia
from firsthand.share.plain import one_line
from firsthand.share.trace_words import count, several

SHORT = 16
"""Digits of a SHA-256 that are shown."""

Wanted = Mapping[str, tuple[KeptMedia, Resting]]


def run(asked: argparse.Namespace) -> int:
    """Remove what is asked for, after a question; 1 if it is not answered by yes. Raises FirsthandError."""
    with opened(asked) as library, Output(None, keep_encoding=True) as output:
        wanted = _wanted(library, asked.ids)
        output.write_all(f"{_told(*found)}\n" for found in wanted.values())
        if not (asked.yes or _agreed(wanted)):
            complain("nothing was removed")
            return 1
        for sha256 in wanted:
            with library.writing() as connection:
                media_removing.remove(connection, library.path, sha256, user(), asked.why)
        stays = any(not one.is_nothing for _, one in wanted.values())
        output.write(f"{len(wanted):,} removed{'; what rests on it stays' if stays else ''}\n")
    return 0


def _wanted(library: Library, names: Sequence[str]) -> Wanted:
    """The files by their SHA-256, with what rests on each. Raises LibraryError."""
    with library.reading() as connection:
        found = {sha256: media.kept(connection, sha256) for name in names if (sha256 := media.named(connection, name))}
        media_removing.refuse_waiting(connection, found)  # before any is removed
        return {sha256: (one, media_removing.resting(connection, sha256)) for sha256, one in found.items() if one}


def _told(kept: KeptMedia, resting: Resting) -> str:
    outlet = f", {one_line(kept.outlet)}" if kept.outlet else ""
    rests = "" if resting.is_nothing else f": {_rests(resting)}"
    return f"{kept.file.sha256[:SHORT]}  {one_line(kept.file.name)}{outlet}{rests}"


def _rests(resting: Resting) -> str:
    nouns = (("report", " on it"), ("report", " on other files"), ("answer", ""), ("tie", ""))
    numbers = resting.reports, resting.others, resting.answers, resting.ties
    said = [f"{count(number, noun)}{of}" for number, (noun, of) in zip(numbers, nouns, strict=True) if number]
    return f"needed by {several(said)}"


def _agreed(wanted: Wanted) -> bool:
    """Whether somebody says yes. Raises LibraryError where something rests on a file, or nobody can be asked."""
    for sha256, (_, resting) in wanted.items():
        if not resting.is_nothing:
            rests = f"{sha256[:SHORT]}: {_rests(resting)}"
            raise LibraryError(f"{rests}; nothing was removed, --yes removes it all the same")
    what = "this file" if len(wanted) == 1 else f"these {len(wanted):,} files"
    return agreed(f"Remove {what}, with the original bytes?")
