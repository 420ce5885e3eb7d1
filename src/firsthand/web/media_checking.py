"""What the worker does with media that was handed in: one file at a time, beside all else that it does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from firsthand.checking import Indexes
from firsthand.errors import InputError, LibraryError
from firsthand.library import Library, media_checks, media_notes
from firsthand.library.media_checks import MediaCheck
from firsthand.model import MediaReport
from firsthand.web.media_handing import place_of

ROOM = 256 * 2**20
"""Bytes of prints of which indexes are kept from one check to the next. In memory those of the deep stage take as much,
pictures three, sounds six times as much (8,000 to 24,000 prints of short clips). A choice: what a server can spare."""

GONE = "its bytes are gone: hand it in again"


class MediaChecks:
    """Files are checked in a thread: what reads them is a process of its own each time, and may take minutes."""

    def __init__(self, library: Library, wake: threading.Event) -> None:
        self._library, self._wake = library, wake
        self._pool = ThreadPoolExecutor(1, "media")
        self._current: Future[None] | None = None
        self._indexes = Indexes(library, ROOM)

    @property
    def underway(self) -> int:
        """How many files are being checked."""
        return int(self._current is not None and not self._current.done())

    def release(self) -> None:
        """See to what a process that is gone has left."""
        with self._library.writing() as connection:
            media_checks.release(connection)
            needed = media_checks.waiting_files(connection)
        media_checks.sweep(self._library.path, needed)

    def begin(self) -> bool:
        """Begin to check what waits longest, unless one is being checked; whether it was. Raises LibraryError."""
        if self.underway:
            return False
        current, self._current = self._current, None
        if current:
            current.result()
        with self._library.reading() as connection:
            if not media_checks.is_waiting(connection):
                return False
        with self._library.writing() as connection:
            one = media_checks.take(connection)
        if one:
            self._current = self._pool.submit(check, self._library, one, self._indexes)
            self._current.add_done_callback(lambda _: self._wake.set())
        return one is not None


def check(library: Library, one: MediaCheck, indexes: Indexes) -> None:
    """Check it, and keep the report, or why there is none. Raises LibraryError."""
    report: MediaReport | None = None
    try:
        report, cause = _done(library, one, indexes)
    except LibraryError:
        raise
    except InputError as error:
        cause = error.cause
    except Exception as error:  # what nobody has foreseen in one must not end all the others
        cause = f"cannot be checked: {type(error).__name__}, which is new to us"
    with library.writing() as connection:
        number = media_notes.keep_report(connection, report, one.who) if report else one.report
        media_checks.finish(connection, one.id, number, cause)


def _done(library: Library, one: MediaCheck, indexes: Indexes) -> tuple[MediaReport | None, str]:
    """The report, unless there is one, and what could not be done besides. Raises InputError."""
    from firsthand.checking import Asked, catch_up
    from firsthand.checking import check as checked

    def told(stage: str) -> None:
        with library.writing() as connection:
            media_checks.tell(connection, one.id, stage)

    path, file, report = place_of(library, one.file.sha256), one.file, None
    if path is None:
        return None, GONE
    if one.report is None:
        told("the archive is prepared")
        for _ in catch_up(library):
            pass
        report = checked(library, path, Asked(file.claimed, file.name, file.outlet), told, indexes)
    return report, _added(library, one, path, told) if file.adds else ""


def _added(library: Library, one: MediaCheck, path: Path, told: Callable[[str], None]) -> str:
    """Add its file to the archive; "", or why that could not be done."""
    from firsthand.checking import add

    file = one.file
    try:
        said = {"outlet": file.outlet, "origin": file.origin}
        add(library, path, one.who, name=file.name, **said, claimed=file.claimed, told=told)
    except InputError as error:
        return f"it was not added to the archive: {error.cause}"
    return ""
