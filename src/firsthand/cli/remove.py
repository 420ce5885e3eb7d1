"""The action of `firsthand remove`."""

from __future__ import annotations

import argparse

from firsthand.cli.agreeing import agreed
from firsthand.cli.library import opened
from firsthand.cli.main import complain
from firsthand.cli.output import Output
from firsthand.library.records import Stored
from firsthand.share.plain import one_line
from firsthand.share.titles import by_text, title_of


def run(asked: argparse.Namespace) -> int:
    """Remove what is asked for, after a question; 1 if it is not answered by yes. Raises FirsthandError."""
    with opened(asked) as library, Output(None, keep_encoding=True) as output:
        wanted = {(found := library.article(name)).article.id: found for name in asked.ids}
        output.write_all(f"{_told(version)}\n" for version in wanted.values())
        if not (asked.yes or _agreed(len(wanted))):
            complain("nothing was removed")
            return 1
        from firsthand import upkeep  # not before there is something to remove: it takes a while to load

        for identity in wanted:
            upkeep.remove(library, identity)
        output.write(f"{len(wanted):,} removed\n")
    return 0


def _told(version: Stored) -> str:
    more = f" ({version.versions} versions)" if version.versions > 1 else ""
    outlet = f", {one_line(version.article.outlet)}" if version.article.outlet else ""
    return f"{version.article.id}  {title_of(by_text(version.article)).shown}{outlet}{more}"


def _agreed(count: int) -> bool:
    """Whether somebody says yes. Raises LibraryError where nobody can be asked."""
    what = "this article" if count == 1 else f"these {count:,} articles"
    return agreed(f"Remove {what}, with all versions and original bytes?")
