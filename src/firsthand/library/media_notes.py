"""What people have to do with media files: reports that were kept, ties to claims and articles, answers to questions.

Rows are only ever added. A file is known by its SHA-256, and need not be in the archive.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, func, select

from firsthand.errors import LibraryError
from firsthand.library import sqlite
from firsthand.library.actions import log_action
from firsthand.library.incoming import writable
from firsthand.library.media import now
from firsthand.library.packing import squeezed, unsqueezed
from firsthand.library.schema_media import media_answer, media_report, media_tie
from firsthand.model import Answer, MediaReport

Subject = Literal["claim", "article"]
"""What a file can be tied to."""

LONGEST_ANSWER = 4_000
"""Characters of an answer: a page."""


@dataclass(frozen=True, slots=True)
class KeptReport:
    """A report that was kept, without what it says: its `number`, who asked for it and when, of which file."""

    number: int
    at: str
    who: str
    sha256: str
    name: str


@dataclass(frozen=True, slots=True)
class MediaTie:
    """That somebody said that a file belongs to a claim or an article, by its id."""

    at: str
    who: str
    sha256: str
    kind: Subject
    subject: str


def keep_report(connection: Connection, report: MediaReport, who: str) -> int:
    """Keep a report; its number. who: `Person.name`, or the operating system's user."""
    file = report.file
    row = {"at": now(), "who": writable(who) or "", "sha256": file.sha256, "name": writable(file.name) or ""}
    log_action(connection, who, "media checked", file.sha256, file.name)
    return sqlite.put(connection, media_report, {**row, "report": squeezed(report)})


def report(connection: Connection, number: int) -> MediaReport:
    """The report with this number. Raises LibraryError where there is none, or it cannot be read."""
    found = connection.execute(select(media_report.c.report).where(media_report.c.no == number)).scalar_one_or_none()
    if found is None:
        raise LibraryError(f"{number}: no report has this number")
    try:
        return unsqueezed(MediaReport, found)
    except (zlib.error, json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError, ValueError):
        raise LibraryError(f"the report {number} cannot be read: it is damaged, or of a newer Firsthand") from None


def reports(connection: Connection, sha256: str | None = None, limit: int | None = None) -> list[KeptReport]:
    """The reports that were kept, of one file or of all, newest first."""
    columns = (media_report.c[name] for name in ("no", "at", "who", "sha256", "name"))
    asked = select(*columns).order_by(media_report.c.no.desc()).limit(limit)
    if sha256 is not None:
        asked = asked.where(media_report.c.sha256 == sha256)
    return [KeptReport(*row) for row in connection.execute(asked)]


def tie(connection: Connection, sha256: str, kind: Subject, subject: str, who: str, *, tied: bool = True) -> bool:
    """Tie a file to a claim or an article, by its id, or undo that; whether that changed anything.

    That the claim or the article is there is the caller's to see to.
    """
    now_tied = any(one.subject == subject and one.kind == kind for one in ties(connection, sha256))
    if now_tied == tied:
        return False
    row = {"at": now(), "who": writable(who) or "", "sha256": sha256, "kind": kind, "subject": subject, "tied": tied}
    sqlite.put(connection, media_tie, row)
    log_action(connection, who, f"media {'tied' if tied else 'untied'}", subject, f"{kind}; SHA-256 {sha256}")
    return True


def ties(connection: Connection, sha256: str) -> list[MediaTie]:
    """To what a file is tied, oldest first."""
    return _standing(connection.execute(_latest().where(media_tie.c.sha256 == sha256)).all())


def tied_to(connection: Connection, kind: Subject, subjects: Collection[str]) -> list[MediaTie]:
    """The files that are tied to any of these claims or articles, oldest first."""
    asked = _latest().where(media_tie.c.kind == kind, media_tie.c.subject.in_(subjects))
    return _standing(connection.execute(asked).all())


def answer(connection: Connection, sha256: str, question: str, words: str, who: str) -> None:
    """Write down what a person answers to a question of the checklist. Raises LibraryError where it is nothing."""
    said = (writable(words) or "").strip()
    if not said:
        raise LibraryError("an answer needs words")
    if len(said) > LONGEST_ANSWER:
        raise LibraryError(f"an answer: longer than {LONGEST_ANSWER:,} characters")
    row = {"at": now(), "who": writable(who) or "", "sha256": sha256, "question": question, "words": said}
    sqlite.put(connection, media_answer, row)
    log_action(connection, who, "media judged", sha256, f"{question}: {said}")


def answers(connection: Connection, sha256: str) -> list[Answer]:
    """Every answer about a file, oldest first; a later one by the same person stands in place of an earlier one."""
    asked = select(media_answer).where(media_answer.c.sha256 == sha256).order_by(media_answer.c.no)
    return [Answer(row.question, row.words, row.who, row.at) for row in connection.execute(asked)]


def standing(several: Sequence[Answer]) -> tuple[Answer, ...]:
    """Of answers, oldest first, those in whose place no later one by the same person stands."""
    return tuple({(one.question, one.who): one for one in several}.values())


def _latest() -> Select[Any]:
    """What was said last of each file and what it may be tied to."""
    later = media_tie.alias()
    same = (getattr(later.c, name) == getattr(media_tie.c, name) for name in ("sha256", "kind", "subject"))
    last = select(func.max(later.c.no)).where(*same).scalar_subquery()
    return select(media_tie).where(media_tie.c.no == last).order_by(media_tie.c.no)


def _standing(rows: Sequence[Row[Any]]) -> list[MediaTie]:
    return [MediaTie(row.at, row.who, row.sha256, row.kind, row.subject) for row in rows if row.tied]
