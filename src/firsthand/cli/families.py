"""Copies among the articles of a file as a table for people: a family for each origin, the largest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from firsthand.cli.shape import Paper, console_on, print_on
from firsthand.model import Article, Derivation
from firsthand.share import lineage
from firsthand.share.plain import one_line
from firsthand.share.titles import by_text, title_of

if TYPE_CHECKING:
    from firsthand.reuse import SharedQuotation

TOLD = {"time": "times", "credit": "wire credit", "containment": "what each holds", "undetermined": "not known"}
"""What told which of two came first, in a column."""

Known = dict[str, Article]


def families(
    found: Iterable[Derivation | SharedQuotation], articles: Sequence[Article], stream: TextIO
) -> Iterator[str]:
    """The table, family by family, at the width of the stream's screen; then the quotations, if there are any."""
    known, copied, quoted = {article.id: article for article in articles}, defaultdict(list), []
    for one in found:
        if isinstance(one, Derivation):
            copied[one.origin].append(one)
        else:
            quoted.append(one)
    paper = Paper(stream)
    console = console_on(paper)
    for part in _parts(copied, quoted, known):
        print_on(console, part)
        yield "\n".join(line.rstrip() for line in paper.take().split("\n"))


def _parts(
    copied: dict[str, list[Derivation]], quoted: Sequence[SharedQuotation], known: Known
) -> Iterator[RenderableType]:
    for origin, members in sorted(copied.items(), key=lambda family: -len(family[1])):
        yield Group(*_family(known[origin], members, known))
    if quoted:
        yield Group(Text("The same quotation, and nothing else", style="bold"), _quotations(quoted, known), Text(""))
    yield Text(_summary(copied, len(known)), style="dim")


def _summary(copied: dict[str, list[Derivation]], articles: int) -> str:
    later = {one.later for members in copied.values() for one in members}
    if not later:
        return f"{articles:,} articles; none has wording from another that is more than a quotation or boilerplate."
    have, origins = "has" if len(later) == 1 else "have", "origin" if len(copied) == 1 else "origins"
    return f"{articles:,} articles; {len(later):,} {have} wording from another, of {len(copied):,} {origins}."


def _family(origin: Article, members: Sequence[Derivation], known: Known) -> Iterator[RenderableType]:
    yield Text(title_of(by_text(origin)).shown, style="bold")
    yield Text(" · ".join(_facts(origin)), style="dim")
    headings = "article", "outlet", "kind", "share", "from", "first told by"
    table = _table([_cells(one, known) for one in members], headings, 1, 12)
    table.columns[headings.index("share")].justify = "right"
    yield Padding(table, (0, 0, 1, 2))


def _table(rows: Sequence[tuple[str, ...]], headings: Sequence[str], wraps: int, least: int) -> Table:
    """Only one column, the `wraps`th, is made narrow where the screen is, down to `least`."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False, show_header=any(headings))
    for place, cells in enumerate(zip(headings, *rows, strict=True)):
        longest = max(map(cell_len, cells))
        wanted = min(longest, least) if place == wraps else longest
        table.add_column(headings[place], overflow="fold", no_wrap=place != wraps, min_width=wanted)
    for row in rows:
        table.add_row(*row)
    return table


def _facts(article: Article) -> Iterator[str]:
    yield one_line(article.id)
    if article.outlet:
        yield one_line(article.outlet)
    if article.published:
        yield lineage.moment(article.published)


def _cells(one: Derivation, known: Known) -> tuple[str, ...]:
    ties = f" or {len(one.ties)} more" if one.ties else ""
    outlet = one_line(known[one.later].outlet or "")
    source = f"{one_line(one.earlier)}{ties}"
    return one_line(one.later), outlet, one.kind, lineage.share_words(one), source, TOLD[one.direction]


def _quotations(quoted: Sequence[SharedQuotation], known: Known) -> Padding:
    rows = [(one_line(one.earlier), one_line(one.later), _words(one, known)) for one in quoted]
    return Padding(_table(rows, ("", "", ""), 2, 24), (0, 0, 0, 2))


def _words(one: SharedQuotation, known: Known) -> str:
    start, end = one.passages[0].later
    return one_line(known[one.later].text[start:end])
