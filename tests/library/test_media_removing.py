"""A file is taken out of the archive: what goes, what stays, and what stops it."""

from __future__ import annotations

from pathlib import Path

import pytest

from firsthand.errors import LibraryError
from firsthand.library import Library, media, media_checks, media_files, media_removing
from firsthand.library.media_checks import HandedIn
from firsthand.library.media_removing import Resting
from firsthand.model import Claimed
from tests.library.given_media import WHO, added, kept_file

FLOOD = b"a flood"


def remove(library: Library, sha256: str) -> None:
    with library.writing() as connection:
        media_removing.remove(connection, library.path, sha256, WHO, "they asked for it")


def waiting(library: Library, sha256: str) -> Path:
    """The bytes of a file that was handed in on the page, which wait to be checked."""
    place = media_checks.folder_of(library.path) / sha256
    place.parent.mkdir()
    place.write_bytes(FLOOD)
    with library.writing() as connection:
        media_checks.hand_in(connection, WHO, HandedIn(sha256, "flood.mp4", Claimed()))
    return place


def test_its_bytes_its_row_and_its_prints_go_and_who_added_it_stays(library: Library) -> None:
    sha256, other = added(library), added(library, b"another", "other.mp4")
    place = kept_file(library, FLOOD)
    with library.writing() as connection:
        for name in (sha256, other):
            media.record(connection, name, "pictures", "pictures 1", b"print")
    remove(library, sha256)
    assert not place.exists() and kept_file(library, b"another").exists()
    with library.reading() as connection:
        assert media.kept(connection, sha256) is None and media.count(connection) == 1
        assert [name for name, _ in media.prints(connection, "pictures", "pictures 1")] == [other]
        log = connection.exec_driver_sql("SELECT name FROM media_added WHERE sha256 = ?", (sha256,))
        assert log.scalars().all() == ["flood.mp4"]
    assert added(library) == sha256 and kept_file(library, FLOOD).exists()


def test_what_waits_to_be_checked_is_left(library: Library) -> None:
    sha256 = added(library)
    place = waiting(library, sha256)
    with pytest.raises(LibraryError, match="it waits to be checked"):
        remove(library, sha256)
    with library.writing() as connection:
        one = media_checks.take(connection)
        assert one
        media_checks.finish(connection, one.id, 1)
    remove(library, sha256)
    assert not place.exists()


def test_where_the_bytes_cannot_be_removed_the_row_stays(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    sha256 = added(library)

    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuse)
        with pytest.raises(LibraryError, match="cannot be removed: Permission denied"):
            remove(library, sha256)
    with library.reading() as connection:
        assert media.kept(connection, sha256)


def test_bytes_that_are_gone_already_stop_nothing(library: Library) -> None:
    sha256 = added(library)
    kept_file(library, FLOOD).unlink()
    remove(library, sha256)
    with pytest.raises(LibraryError, match="the archive has no file with this"):
        remove(library, sha256)
    with pytest.raises(LibraryError, match="is gone"):
        media_files.path_of(library.path, sha256)


def test_on_a_file_that_was_only_added_nothing_rests(library: Library) -> None:
    sha256 = added(library)
    with library.reading() as connection:
        assert media_removing.resting(connection, sha256) == Resting() and Resting().is_nothing
