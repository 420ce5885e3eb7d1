"""A reading as a table for people, at any width."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TextIO

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from firsthand.model import Attribution, Reading, Spans
from firsthand.pipeline import language_name
from firsthand.share.marks import ROLES
from firsthand.share.plain import plain, words_of
from firsthand.share.titles import STANDARD_INPUT, origin_of, title_of

WIDEST = 120
"""Columns beyond which lines become too long to read."""

NO_SOURCE = "(no source named)"


class _Paper(io.StringIO):
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


class Tables:
    """Draws readings for one stream: with colour and at its width where it is a terminal."""

    def __init__(self, stream: TextIO, *, offsets: bool = False) -> None:
        self._paper = _Paper(stream)
        self._console = Console(file=self._paper, highlight=False, markup=False, emoji=False)
        self._console.width = min(self._console.width, WIDEST)
        self._offsets = offsets
        self._first = True

    def render(self, reading: Reading) -> str:
        """The reading, ready to be written; after the first with an empty line above."""
        self._console.print(Group(*self._parts(reading)))
        before, self._first = "" if self._first else "\n", False
        return before + "\n".join(line.rstrip() for line in self._paper.take().split("\n"))

    def _parts(self, reading: Reading) -> Iterator[RenderableType]:
        title, origin = title_of(reading.article), origin_of(reading.article)
        yield Text(title.shown, style="italic" if title.guessed else "bold")
        yield Text(" · ".join(_facts(reading)), style="dim")
        if reading.article.origin not in (None, STANDARD_INPUT) and title.text != origin:
            yield Text(origin, style="dim", overflow="fold")
        for warning in reading.warnings:
            yield Text(f"Warning: {plain(warning)}", style="yellow")
        if reading.attributions:
            yield Padding(self._table(reading), (1, 0, 0, 0))

    def _table(self, reading: Reading) -> Table:
        table = Table(
            box=box.HORIZONTALS, show_edge=False, header_style="dim", border_style="dim", leading=1, pad_edge=False
        )
        rows = [tuple(self._row(reading.article.text, attribution)) for attribution in reading.attributions]
        for role, width in zip(ROLES, self._widths(rows), strict=True):
            table.add_column(role, max_width=width, overflow="fold")
        for row in rows:
            table.add_row(*row)
        return table

    def _widths(self, rows: Sequence[Sequence[Text]]) -> tuple[int, int, None]:
        """A quarter for the source, a seventh for the cue, within bounds; more where a word needs it; then the rest."""
        width = self._console.width
        source, cue, _ = (max(_longest_word(cell) for cell in column) for column in zip(*rows, strict=True))
        return (
            max(min(max(width // 4, 10), 28), min(source, width // 3)),
            max(min(max(width // 7, 8), 16), min(cue, width // 4)),
            None,
        )

    def _row(self, text: str, attribution: Attribution) -> Iterator[Text]:
        yield (
            self._cell(text, attribution.source, "bold cyan")
            if attribution.source
            else Text(NO_SOURCE, style="dim italic")
        )
        yield self._cell(text, attribution.cue, "yellow")
        yield self._cell(text, attribution.content, "")

    def _cell(self, text: str, spans: Spans, style: str) -> Text:
        cell = Text(words_of(text, spans), style=style)
        if self._offsets and spans:
            cell.append("\n" + " ".join(f"{start}:{end}" for start, end in spans), style="not bold dim default")
        return cell


def _longest_word(cell: Text) -> int:
    return max(map(cell_len, cell.plain.split()), default=0)


def _facts(reading: Reading) -> Iterator[str]:
    article, count = reading.article, len(reading.attributions)
    if article.outlet:
        yield plain(article.outlet)
    if article.published:
        yield f"{article.published.day} {article.published:%B %Y}"
    if article.language:
        yield plain(language_name(article.language).rpartition(" (")[0])
    yield f"{count or 'no'} attribution{'' if count == 1 else 's'}"
