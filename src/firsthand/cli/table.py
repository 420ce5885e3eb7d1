"""A reading as a table for people, at any width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from firsthand.cli.shape import WIDEST, Paper
from firsthand.model import Attribution, Reading, Spans
from firsthand.pipeline import language_name
from firsthand.share.plain import plain, words_of
from firsthand.share.titles import STANDARD_INPUT, origin_of, title_of
from firsthand.share.wording import ARROW, Part, Wording, agencies, certainty_words, chain, line, wording

NARROW = 60
"""Columns below which an attribution is a paragraph instead of a row: chosen by eye."""

LONGEST_FINDING = 20
"""Columns that "unlikely to likely" takes; few findings take more."""

COLUMNS = "source", "cue", "content"

STYLES = {
    "link": "cyan",
    "source": "bold cyan",
    "nobody": "dim italic",
    "about": "dim",
    "cue": "yellow",
    "finding": "bright_blue",  # not green, not red: no finding is good or bad
    "": "dim",
}


class Tables:
    """Draws readings for one stream: with colour and at its width where it is a terminal."""

    def __init__(self, stream: TextIO, *, offsets: bool = False) -> None:
        self._paper = Paper(stream)
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
        yield from _header(reading)
        if reading.statements:
            yield Text("\nin its own name", style="dim")
            yield _statements(reading)
        if reading.attributions:
            narrow = self._console.width < NARROW
            yield Padding(self._paragraphs(reading) if narrow else self._table(reading), (1, 0, 0, 0))

    def _paragraphs(self, reading: Reading) -> Group:
        said = [self._paragraph(reading.article.text, attribution) for attribution in reading.attributions]
        return Group(*Text("\n\n").join(said).split("\n", allow_blank=True))

    def _paragraph(self, text: str, attribution: Attribution) -> Text:
        worded = wording(attribution, text)
        shown = _styled(line(worded), worded)
        return shown.append_text(self._places(attribution.source + attribution.cue + attribution.content))

    def _table(self, reading: Reading) -> Table:
        table = Table(
            box=box.HORIZONTALS, show_edge=False, header_style="dim", border_style="dim", leading=1, pad_edge=False
        )
        rows = [tuple(self._row(reading.article.text, attribution)) for attribution in reading.attributions]
        for name, width in zip(COLUMNS, self._widths(rows), strict=True):
            table.add_column(name, max_width=width, overflow="fold")
        for row in rows:
            table.add_row(*row)
        return table

    def _widths(self, rows: Sequence[Sequence[Text]]) -> tuple[int, int, None]:
        """Three tenths for the source, a quarter for the cue, within bounds, more if a word needs it; then the rest."""
        width = self._console.width
        source, cue, _ = (max(_longest_word(cell) for cell in column) for column in zip(*rows, strict=True))
        return (
            max(min(max(3 * width // 10, 10), 36), min(source, width // 3)),
            max(min(max(width // 4, 8), LONGEST_FINDING), min(cue, width // 4)),
            None,
        )

    def _row(self, text: str, attribution: Attribution) -> Iterator[Text]:
        worded = wording(attribution, text)
        yield _styled(_one_a_line(chain(worded)), worded).append_text(self._places(attribution.source))
        cue = [_styled([part], worded) for part in (("cue", worded.cue), *_bullets(worded.findings))]
        yield Text("\n").join(cue).append_text(self._places(attribution.cue))
        yield Text(worded.content).append_text(self._places(attribution.content))

    def _places(self, spans: Spans) -> Text:
        asked = self._offsets and spans
        return Text("\n" + " ".join(f"{start}:{end}" for start, end in spans) if asked else "", style="dim")


def _styled(parts: Iterable[Part], worded: Wording) -> Text:
    nobody = not worded.named
    roles = (("nobody" if role == "source" and nobody else role, words) for role, words in parts)
    return Text.assemble(*((words, STYLES.get(role, "")) for role, words in roles))


def _one_a_line(links: Iterable[Part]) -> Iterator[Part]:
    return ((role, f"\n{ARROW.lstrip()}" if words == ARROW else words) for role, words in links)


def _bullets(findings: Sequence[Part]) -> Iterator[Part]:
    """What we say stands out without colour too from what the article says."""
    return ((role, f"· {words}") for role, words in findings)


def _longest_word(cell: Text) -> int:
    return max(map(cell_len, cell.plain.split()), default=0)


def _header(reading: Reading) -> Iterator[Text]:
    title, origin = title_of(reading.article), origin_of(reading.article)
    yield Text(title.shown, style="italic" if title.guessed else "bold")
    yield Text(" · ".join(_facts(reading)), style="dim")
    if reading.article.origin not in (None, STANDARD_INPUT) and title.text != origin:
        yield Text(origin, style="dim", overflow="fold")
    for warning in reading.warnings:
        yield Text(f"Warning: {plain(warning)}", style="yellow")


def _facts(reading: Reading) -> Iterator[str]:
    article, count = reading.article, len(reading.attributions)
    if article.outlet:
        yield plain(article.outlet)
    if reading.credits:
        yield f"credited to {agencies(reading.credits)}"
    if article.published:
        yield f"{article.published.day} {article.published:%B %Y}"
    if article.language:
        yield plain(language_name(article.language).rpartition(" (")[0])
    yield f"{count or 'no'} attribution{'' if count == 1 else 's'}"


def _statements(reading: Reading) -> Table:
    """What the outlet says in its own name, and how surely."""
    table = Table.grid(padding=(0, 2))
    for statement in reading.statements:
        words = words_of(reading.article.text, (statement.span,))
        table.add_row(Text(certainty_words(statement.certainty), style=STYLES["finding"]), words)
    return table
