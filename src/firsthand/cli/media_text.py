"""A report on a media file as text for people, at any width: the most telling findings first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from firsthand.cli.shape import Paper, console_on, cut, print_on
from firsthand.model import Finding, MediaReport
from firsthand.share.media_matches import bounded
from firsthand.share.media_words import STANDINGS, UNREAD_NEXT, clock, is_unread, more_matches, size
from firsthand.share.plain import one_line

FACTS, LONGEST = 3, 110
"""Facts of a finding that are shown below it, and columns of each; json and html have all. A choice."""

LABEL = 11
"""Columns of the longest name of a check."""

WITH_FACTS = ("at odds", "notable")

NO_VERDICT = "What this means, a person judges."


class Texts:
    """Draws reports for one stream: with colour and at its width where it is a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._paper = Paper(stream)
        self._console = console_on(self._paper)
        self._first = True

    def render(self, report: MediaReport) -> str:
        """The report, ready to be written; after the first with an empty line above."""
        for part in _parts(report):
            print_on(self._console, part)
        before, self._first = "" if self._first else "\n", False
        return before + "\n".join(line.rstrip() for line in self._paper.take().split("\n"))


def _parts(report: MediaReport) -> Iterator[RenderableType]:
    yield Text(one_line(report.file.name), style="bold")
    yield Text(" · ".join(_facts(report)), style="dim")
    if said := _claimed(report):
        yield Text(f"claimed: {said}")
    yield from _findings(report)
    yield Text(f"\n{UNREAD_NEXT if is_unread(report) else f'{_compared(report)} {NO_VERDICT}'}", style="dim")


def _findings(report: MediaReport) -> Iterator[RenderableType]:
    shown, left = bounded(report)
    for standing, heading in STANDINGS.items():
        if found := [one for one in shown.findings if one.standing == standing]:
            yield Text(f"\n{heading}", style="bold")
            yield Padding(_table(found), (0, 0, 0, 2))
    if left:
        yield Text(f"\n… {more_matches(left)}: --format json")


def _facts(report: MediaReport) -> Iterator[str]:
    found = report.metadata
    if found:
        yield one_line(found.container)
    if found and found.duration:
        yield clock(found.duration)
    yield size(report.file.size)
    yield f"SHA-256 {report.file.sha256[:16]}"


def _claimed(report: MediaReport) -> str:
    said = report.claimed
    claim = f"claim {said.claim}" if said.claim else None
    return ", ".join(one_line(part) for part in (said.time, said.place, claim) if part)


def _table(findings: Sequence[Finding]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True, style="bright_blue", min_width=LABEL)
    table.add_column(overflow="fold")
    for one in findings:
        table.add_row(one.check, Text(one_line(one.says)))
        if told := _told(one):
            table.add_row("", Text(told, style="dim"))
    return table


def _told(finding: Finding) -> str:
    """On what it rests, where a person should look at it."""
    if finding.standing not in WITH_FACTS:
        return ""
    facts = [f"{one_line(name)}: {one_line(value)}" for name, value in finding.facts]
    new = [fact for fact in facts if fact.partition(": ")[2] not in one_line(finding.says)]
    return " · ".join(cut(fact, LONGEST) for fact in new[:FACTS])


def _compared(report: MediaReport) -> str:
    count = report.compared
    files = f"{count:,} file{'' if count == 1 else 's'}"
    return f"Compared with {files} of the archive." if count else "Compared with no other file."
