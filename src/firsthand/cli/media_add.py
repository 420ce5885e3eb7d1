"""The action of `firsthand media add`."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from firsthand.checking import Added, add
from firsthand.cli.library import opened
from firsthand.cli.main import complain
from firsthand.cli.media_progress import prepared, telling
from firsthand.cli.output import Output
from firsthand.errors import InputError
from firsthand.library import Library, media
from firsthand.library.log import user
from firsthand.model import Claimed
from firsthand.share.plain import one_line, plain

KINDS = ("added", "already there", "failed")

SHORT = 16
"""Digits of a SHA-256 that are shown."""


def run(asked: argparse.Namespace) -> int:
    """Add the files; 1 if one of them failed. Raises LibraryError, BrokenPipeError."""
    counts = Counter[str]()
    with opened(asked, create=True) as library, Output(None, keep_encoding=True) as output:
        prepared(library)
        try:
            for name in asked.files:
                output.write(_add(library, name, asked, counts))
        except KeyboardInterrupt:
            raise KeyboardInterrupt(f"{_summary(counts)}; run it again to add the rest") from None
        with library.reading() as connection:
            output.write(f"{_summary(counts)}; the archive has {media.count(connection):,} in all\n")
    return 1 if counts["failed"] else 0


def _add(library: Library, name: str, asked: argparse.Namespace, counts: Counter[str]) -> str:
    """Add one file, and what is to be said of it; what failed is told at once, and the others go on."""
    try:
        with telling(name) as told:
            claimed = Claimed(asked.claimed_time, asked.claimed_place)
            said = {"outlet": asked.outlet, "origin": asked.origin}
            added = add(library, Path(name), user(), **said, claimed=claimed, told=told)
    except InputError as error:
        counts["failed"] += 1
        complain(str(error))
        return ""
    counts["added" if added.new else "already there"] += 1
    for what, cause in added.causes:
        complain(f"{name}: its {what}: {cause}")
    return _line(added)


def _line(added: Added) -> str:
    what = "added" if added.new else "already there"
    return f"{what:13}  {added.file.sha256[:SHORT]}  {one_line(plain(added.file.name))}\n"


def _summary(counts: Counter[str]) -> str:
    said = ", ".join(f"{counts[kind]:,} {kind}" for kind in KINDS if counts[kind])
    return said or "nothing was added"
