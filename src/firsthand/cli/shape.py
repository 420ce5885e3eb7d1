"""Text in the columns and lines of a screen."""

from __future__ import annotations

import io
import shutil
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from rich.cells import cell_len, set_cell_size

from firsthand.cli.output import Output

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

WIDEST = 120
"""Columns beyond which lines become too long to read."""

UNBROKEN = 1_000_000
"""Columns of what goes to a file or another program: more than any line has."""


class Paper(io.StringIO):
    """Looks to rich like the stream that the table is for, and keeps what is drawn, since only `Output` writes."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The stream's own: rich draws its lines by it."""
        return self._stream.encoding

    def isatty(self) -> bool:
        """Whether the stream is a terminal."""
        return self._stream.isatty()

    def take(self) -> str:
        """What was drawn since it was taken last."""
        drawn = self.getvalue()
        self.seek(0)
        self.truncate()
        return drawn


def console_on(paper: Paper) -> Console:
    """Draws on paper, as wide as the screen; what is printed through `print_on` may need more."""
    from rich.console import Console

    console = Console(file=paper, highlight=False, markup=False, emoji=False)
    console.width = min(console.width, WIDEST)
    return console


def print_on(console: Console, part: RenderableType) -> None:
    """Print with no word broken; away from a screen, no line either. Rich fills its lines, so they are no wider."""
    from rich.measure import Measurement

    screen = console.width
    needed = Measurement.get(console, console.options.update(width=UNBROKEN), part)
    console.width = max(screen, needed.minimum) if console.file.isatty() else needed.maximum
    console.print(part)
    console.width = screen


def width_of(output: Output) -> int | None:
    """Columns of the screen; None where the output goes elsewhere, and nothing is to be cut."""
    return shutil.get_terminal_size().columns if output.is_terminal else None


def cut(text: str, width: int, *, fill: bool = False) -> str:
    """`text` in `width` columns at most, or exactly if `fill`; what is cut off ends in "…"."""
    if cell_len(text) > width:
        text = set_cell_size(text, width - 1).rstrip() + "…"
    return set_cell_size(text, width) if fill else text


def wrapped(text: str, width: int | None) -> Iterator[str]:
    """The lines of a text, broken between words where the screen ends."""
    for line in text.split("\n"):
        if width and cell_len(line) > min(width, WIDEST):
            yield from textwrap.wrap(line, min(width, WIDEST), break_on_hyphens=False)
        else:
            yield line
