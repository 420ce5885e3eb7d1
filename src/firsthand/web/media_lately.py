"""What the list of reports says of each: for which claim the file was checked, and how much was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.errors import LibraryError
from firsthand.library import media_notes, news
from firsthand.library.media_notes import KeptReport
from firsthand.library.summaries import Connection
from firsthand.share.media_words import counted
from firsthand.share.trace_words import shortened

LONGEST = 90
"""Characters of a claim's words: a line."""

REMEMBERED = 1_000
"""Reports of which the few words are kept in memory: each has hundreds of kilobytes of frames, and never changes."""

_told: dict[KeptReport, tuple[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Lately:
    """A report in the list. `claim`: the id of the one that it was for, or ""; `called`: its words, or "" of one gone.

    `found`: how much was found.
    """

    report: KeptReport
    claim: str
    called: str
    found: str


def lately(connection: Connection, most: int) -> list[Lately]:
    """The latest reports, the last first."""
    reports = media_notes.reports(connection, limit=most)
    told = [_of(connection, one) for one in reports]
    called = _called(connection, [claim for claim, _ in told if claim])
    return [Lately(one, claim, called.get(claim, ""), found) for one, (claim, found) in zip(reports, told, strict=True)]


def _of(connection: Connection, kept: KeptReport) -> tuple[str, str]:
    """For which claim a report was, and how much was found; nothing of one that cannot be read."""
    told = _told.get(kept)
    if told is None:
        try:
            report = media_notes.report(connection, kept.number)
        except LibraryError:
            return "", ""
        if len(_told) >= REMEMBERED:  # by another request too: nothing is asked of it twice
            _told.clear()
        told = _told[kept] = report.claimed.claim or "", counted(report)
    return told


def _called(connection: Connection, claims: Sequence[str]) -> dict[str, str]:
    return {name: shortened(one.text, LONGEST) for name, one in news.named(connection, set(claims)).items()}
