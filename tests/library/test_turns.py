"""Who writes many transactions, one after the other, does not keep others from writing."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from firsthand.errors import LibraryError
from firsthand.library import Library, sqlite

COUNT, LENGTH = 40, 0.1


def test_whoever_waits_has_a_turn_between_two_transactions(tmp_path: Path) -> None:
    done, begun = list[int](), threading.Event()

    def write() -> None:
        with Library.open(tmp_path / "l.db") as library:
            for number in range(COUNT):
                with library.writing():
                    begun.set()
                    time.sleep(LENGTH)
                done.append(number)
                sqlite.give_way()

    with Library.open(tmp_path / "l.db", create=True) as library:
        writer = threading.Thread(target=write)
        writer.start()
        begun.wait(20)
        with library.writing():
            assert len(done) < COUNT // 2
        writer.join()


def test_it_is_said_when_there_was_no_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        Library.open(tmp_path / "l.db", create=True) as library,
        Library.open(tmp_path / "l.db") as other,
        library.writing(),
    ):
        monkeypatch.setattr(sqlite, "PATIENCE", 0.1)
        with pytest.raises(LibraryError, match="is being written by another process"), other.writing():
            pass
    monkeypatch.undo()
    with Library.open(tmp_path / "l.db") as library, library.writing() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 1000 * sqlite.PATIENCE
