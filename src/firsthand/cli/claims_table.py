"""Claims as a table for people: in columns where there is room, else a claim a paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from firsthand.cli.shape import WIDEST, Paper
from firsthand.share.claims import Row

NARROW = 100
"""Columns below which a claim is a paragraph: seven columns leave it too little room. Chosen by eye."""

NUMBERS = ("articles", "outlets", "roots")
COLUMNS = ("claim", *NUMBERS, "denied by", "evidence", "first report")


def drawn(rows: Sequence[Row], count: int, stream: TextIO) -> Iterator[str]:
    """The table at the width of the stream's screen; `count` is how many claims there are in all."""
    paper = Paper(stream)
    console = Console(file=paper, highlight=False, markup=False, emoji=False)
    console.width = min(console.width, WIDEST)
    for part in _parts(rows, count, console.width):
        console.print(part)
        yield "\n".join(line.rstrip() for line in paper.take().split("\n"))


def _parts(rows: Sequence[Row], count: int, width: int) -> Iterator[RenderableType]:
    if not rows:
        yield Text("No claims were found.", style="dim")
        return
    if width < NARROW:
        for one in rows:
            yield _paragraph(one)
    else:
        yield _table(rows)
    yield Text(_summary(len(rows), count), style="dim")


def _summary(shown: int, count: int) -> str:
    claims = "claim" if count == 1 else "claims"
    if shown == count:
        return f"{count:,} {claims}. `firsthand trace CLAIM` shows what one rests on."
    return f"The {shown:,} most-carried of {count:,} {claims}; --limit N shows more."


def _table(rows: Sequence[Row]) -> Table:
    table = Table(
        box=box.HORIZONTALS, show_edge=False, header_style="dim", border_style="dim", leading=1, pad_edge=False
    )
    for name in COLUMNS:
        table.add_column(
            name,
            justify="right" if name in NUMBERS else "left",
            ratio=4 if name == "claim" else None,
            max_width=18 if name in ("denied by", "first report") else None,
            overflow="fold",
        )
    for one in rows:
        claim = Text(one.claim).append(f"\n{one.id}", style="dim")
        cells = (str(one.articles), str(one.outlets or ""), one.roots, one.denied_by, one.evidence, one.first)
        table.add_row(claim, *map(Text, cells))
    return table


def _paragraph(one: Row) -> Group:
    facts = Text(" · ".join((*_facts(one), one.id)), style="dim")
    return Group(Text(one.claim, style="bold"), Padding(facts, (0, 0, 1, 2)))


def _facts(one: Row) -> Iterator[str]:
    outlets = (_count(one.outlets, "outlet"),) if one.outlets else ()
    yield ", ".join((_count(one.articles, "article"), *outlets, _count_of(one.roots)))
    if one.denied_by:
        yield f"denied by {one.denied_by}"
    if one.evidence:
        yield f"evidence: {one.evidence}"
    if one.first:
        yield f"first {one.first}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _count_of(roots: str) -> str:
    return "1 root" if roots == "1" else f"{roots} roots"
