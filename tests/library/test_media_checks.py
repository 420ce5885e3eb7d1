"""Media that is handed in on the web page: in which order it is checked, what a kill leaves, what is swept away."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from firsthand.errors import LibraryError
from firsthand.library import Library, media_checks, pending
from firsthand.library.media_checks import HandedIn
from firsthand.model import Claimed

FILE = HandedIn("ab" * 32, "bridge.mp4", Claimed("2031-02-18", "Kestrel Bridge"), "Skarv Post", adds=True)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", create=True) as opened:
        yield opened


def hand_in(library: Library, file: HandedIn = FILE) -> str:
    with library.writing() as connection:
        return media_checks.hand_in(connection, "ann", file)


def state(library: Library, name: str) -> tuple[str, str, int | None]:
    with library.reading() as connection:
        found = media_checks.one(connection, name)
    assert found
    return found.state, found.cause, found.report


def test_what_was_said_of_a_file_is_kept(library: Library) -> None:
    name = hand_in(library)
    with library.reading() as connection:
        found = media_checks.one(connection, name)
        assert found and found.file == FILE and (found.who, found.state) == ("ann", "waiting")
        assert media_checks.recent(connection, 5) == [found]
        assert media_checks.one(connection, "m0") is None and media_checks.of_report(connection, 1) is None
        assert pending.is_asked_for(connection) and media_checks.waiting_files(connection) == {FILE.sha256}


def test_the_one_that_waits_longest_is_checked_first(library: Library) -> None:
    names = [hand_in(library) for _ in range(2)]
    for name in names:
        with library.writing() as connection:
            taken = media_checks.take(connection)
            assert taken and taken.id == name
            media_checks.tell(connection, name, "its pictures")
        assert state(library, name) == ("working", "its pictures", None)
        with library.writing() as connection:
            media_checks.finish(connection, name, report=7)
        assert state(library, name) == ("done", "", 7)
    with library.writing() as connection:
        assert media_checks.take(connection) is None and not media_checks.is_waiting(connection)


def test_what_a_killed_process_left_is_checked_again_but_not_for_ever(library: Library) -> None:
    name = hand_in(library)
    for expected in ("waiting", "failed"):
        with library.writing() as connection:
            assert media_checks.take(connection) and media_checks.is_waiting(connection)
            media_checks.release(connection)
        assert state(library, name)[0] == expected
    with library.writing() as connection:
        media_checks.again(connection, "ann", name)
        with pytest.raises(LibraryError, match="has failed"):
            media_checks.again(connection, "ann", name)
    assert state(library, name) == ("waiting", "", None)


def test_old_bytes_are_swept_away_but_for_those_that_wait(tmp_path: Path) -> None:
    folder = media_checks.folder_of(tmp_path / "library")
    media_checks.sweep(tmp_path / "library", set())
    folder.mkdir()
    for name, age in (("old", 10 * 86_400), ("waits", 10 * 86_400), ("new", 0)):
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (time.time() - age,) * 2)
    media_checks.sweep(tmp_path / "library", {"waits"})
    assert sorted(path.name for path in folder.iterdir()) == ["new", "waits"]
