"""The action of `firsthand decide`: what a person decides on claims, which no machine undoes."""

from __future__ import annotations

import argparse

from firsthand.cli.library import opened
from firsthand.cli.output import Output
from firsthand.deciding import Asked, Came, decide
from firsthand.library.log import user
from firsthand.share.plain import one_line


def run(asked: argparse.Namespace) -> int:
    """Decide what is asked for, and say what came of it. Raises LibraryError."""
    with opened(asked) as library:
        came = decide(library, Asked(asked.what, asked.names, asked.because, user()))
        with Output(None, keep_encoding=True) as output:
            output.write_all(map(_said, came))
    return 0


def _said(came: Came) -> str:
    claim = came.claim
    count = len({one.article for one in claim.appearances})
    pinned = ", pinned" if claim.pinned else ""
    line = f"{claim.id}  {count:,} article{'s' if count > 1 else ''}{pinned}: “{one_line(claim.text)}”\n"
    return f"{line}  also took in statements of {', '.join(came.took)}\n" if came.took else line
