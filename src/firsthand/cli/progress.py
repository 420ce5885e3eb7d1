"""A progress bar on standard error, where that is a terminal and the results go elsewhere."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from firsthand.cli.output import Output

if TYPE_CHECKING:
    from rich.progress import Progress

Item = TypeVar("Item")

Tally = Callable[[int, int], None]
"""Is told how many articles are done, and how many of them failed."""

_ONE_ARTICLE = {".txt", ".md", ".html", ".htm", ".pdf"}


@contextmanager
def progress(inputs: Sequence[str], output: Output) -> Iterator[Callable[[Iterable[Item]], Iterable[Item]]]:
    """Gives a function that passes items through, and shows how many have passed."""
    if not sys.stderr.isatty() or output.is_terminal:
        yield lambda items: items
        return
    with _bar("articles read") as bar:
        task = bar.add_task("", total=_total(inputs))
        yield lambda items: bar.track(items, task_id=task)


@contextmanager
def tally(inputs: Sequence[str], what: str = "articles", total: int | None = None) -> Iterator[Tally]:
    """Gives a function that shows how many there are done, of `total` where it is known, how fast, how many failed."""
    if not sys.stderr.isatty():
        yield lambda done, failed: None
        return
    with _bar(what, "{task.fields[rate]}", "{task.fields[failed]}") as bar:
        task = bar.add_task("", total=total or _total(inputs), rate="", failed="")
        began = time.monotonic()

        def told(done: int, failed: int) -> None:
            rate = f"{done / max(time.monotonic() - began, 0.001):,.0f} a second"
            bar.update(task, completed=done, rate=rate, failed=f"{failed:,} failed" if failed else "")

        yield told


def _bar(*words: str) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), *map(TextColumn, words), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)


def _total(inputs: Sequence[str]) -> int | None:
    """How many articles there will be, where that can be told without opening anything."""
    return len(inputs) if all(map(_is_one_article, inputs)) else None


def _is_one_article(name: str) -> bool:
    # Path.is_file raises an error for a name that is too long.
    return Path(name).suffix.lower() in _ONE_ARTICLE and os.path.isfile(name)  # noqa: PTH113
