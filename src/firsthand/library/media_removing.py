"""A file out of the archive of media: its bytes, its row, and what was made of it to compare others with.

What people did with it is in logs, which stay: who added it, its reports, ties and answers; who removed it, and why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete

from firsthand.errors import LibraryError
from firsthand.library import media, media_checks, media_files, media_notes, schema_media
from firsthand.library.actions import log_action


@dataclass(frozen=True, slots=True)
class Resting:
    """How much rests on a file.

    `reports` on it, `others`: reports on other files that match it, `answers` of people, `ties` to claims and articles.
    """

    reports: int = 0
    others: int = 0
    answers: int = 0
    ties: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether nothing does."""
        return self == Resting()


def resting(connection: Connection, sha256: str) -> Resting:
    """What rests on a file. It reads every report that was kept."""
    reports = media_notes.reports(connection)
    own = sum(one.sha256 == sha256 for one in reports)
    others = sum(one.sha256 != sha256 and _matches(connection, one.number, sha256) for one in reports)
    answers = media_notes.standing(media_notes.answers(connection, sha256))
    return Resting(own, others, len(answers), len(media_notes.ties(connection, sha256)))


def refuse_waiting(connection: Connection, names: Iterable[str]) -> None:
    """Raises LibraryError where one of these files, by their SHA-256, waits to be checked."""
    waiting = media_checks.waiting_files(connection)
    for sha256 in names:
        if sha256 in waiting:
            what = "it waits to be checked, or to be added again; remove it when that is done"
            raise LibraryError(f"{sha256[:16]}: {what}")


def remove(connection: Connection, library: Path, sha256: str, who: str, why: str) -> None:
    """Remove a file, and log who did and why. Raises LibraryError where it is not there, or waits to be checked.

    The bytes go within the transaction, the last of it: what fails in between leaves a row, by which it can be removed
    again; the other way round, it would leave bytes that nothing names.
    """
    kept = media.kept(connection, sha256)
    if kept is None:
        raise LibraryError(f"{sha256}: the archive has no file with this SHA-256")
    refuse_waiting(connection, (sha256,))
    connection.execute(delete(schema_media.media).where(schema_media.media.c.sha256 == sha256))
    log_action(connection, who, "media removed", sha256, f"{kept.file.name}: {why}")
    for place in (media_checks.folder_of(library) / sha256, media_files.place_of(library, sha256)):
        media_files.forget(place)


def _matches(connection: Connection, number: int, sha256: str) -> bool:
    """Whether a report tells of a match with a file; one that cannot be read tells of nothing any more."""
    try:
        found = media_notes.report(connection, number).findings
    except LibraryError:
        return False
    return any(one.match is not None and one.match.reference == sha256 for one in found)
