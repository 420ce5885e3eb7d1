"""What is being done with media files, on standard error, where somebody sees it: a video takes its time."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from firsthand.checking import Told, behind, catch_up
from firsthand.cli.progress import tally
from firsthand.errors import LibraryError
from firsthand.library import Library
from firsthand.share.plain import one_line


@contextmanager
def telling(what: str) -> Iterator[Told]:
    """Gives a function that shows what is being done with a file now, and for how long the whole takes."""
    if not sys.stderr.isatty():
        yield lambda stage: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.table import Column

    text = TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True))
    columns = (SpinnerColumn(), text, TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task(one_line(what), total=None)
        yield lambda stage: bar.update(task, description=f"{one_line(what)}: {stage}")


def prepared(library: Library) -> None:
    """Make what the archive lacks for comparing, as after a newer Firsthand came; where it may only be read, as it is.

    It can be stopped at any moment, and goes on from there. What is missing is a finding of the check.
    """
    if count := behind(library):
        with suppress(LibraryError), tally((), "archived files prepared", count) as told:
            for done, _ in enumerate(catch_up(library), 1):
                told(done, 0)
