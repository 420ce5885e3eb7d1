"""What sees to it that there is a worker, and the worker's own ends: idle, locked out, without a library."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from firsthand.library import Library, submissions, watches
from firsthand.library.schema_submissions import submission
from firsthand.library.submissions import Item
from firsthand.web import worker
from firsthand.web.options import Options
from firsthand.web.working import BROKEN, BUSY, Signals, Working, alone, main
from tests.web.working import PRIVATE


@pytest.fixture
def path(tmp_path: Path) -> Path:
    Library.open(tmp_path / "library", create=True).__exit__(None, None, None)
    return tmp_path / "library"


def until(so: Callable[[], Any], seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while not so() and time.monotonic() < end:
        time.sleep(0.01)
    return bool(so())


def test_a_worker_with_nothing_to_do_ends(path: Path) -> None:
    with Library.open(path) as library:
        began = time.monotonic()
        Working(library, PRIVATE, Signals()).run(idle=0.05)
    assert time.monotonic() - began < 5


def test_what_was_begun_before_is_gone_on_with(path: Path) -> None:
    with Library.open(path) as library:
        with library.writing() as connection:
            submissions.hand_in(connection, "Ann", [Item("file", "a.jpg", content=[b"\xff\xd8\xff"])])
            assert submissions.take(connection, 1)
        Working(library, PRIVATE, Signals()).run(idle=0.05)
        with library.reading() as connection:
            assert not submissions.is_waiting(connection)


def test_only_while_it_works_a_try_is_taken_back(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen, signals = list[int](), Signals()

    def parted() -> bool:
        signals.part()
        with library.reading() as connection:
            seen.append(connection.execute(select(submission.c.tries)).scalar_one())
        return signals.wake.set() or False

    with Library.open(path) as library:
        with library.writing() as connection:
            submissions.hand_in(connection, "Ann", [Item("file", "a", content=[b"a"])])
            connection.execute(update(submission).values(state="working", tries=2))
        monkeypatch.setattr(submissions, "release", lambda connection: None)
        working = Working(library, PRIVATE, signals)
        parted()  # what was worked on by a process that is gone
        monkeypatch.setattr(working, "step", lambda: len(seen) == 1 and parted())
        working.run(idle=0.01)
        parted()  # what another process may be working on
    assert seen == [2, 1, 1]


def test_one_works_on_a_library(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setattr("firsthand.web.working._listen", lambda _: None)
    with alone(path) as first, alone(path) as second:
        assert (first, second) == (True, False)
        assert main(str(path), json.dumps({})) == BUSY
    with alone(path) as third:
        assert third


def test_what_is_wrong_with_a_library_is_told_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setattr("firsthand.web.working._listen", lambda _: None)
    assert main(str(tmp_path / "none"), json.dumps({})) == BROKEN
    assert capsys.readouterr().out.count("\n") == 1
    Library.open(tmp_path / "library", create=True).__exit__(None, None, None)
    (tmp_path / "library-worker").mkdir()  # which cannot be opened to be written
    assert main(str(tmp_path / "library"), json.dumps({})) == BROKEN
    assert "library-worker" in capsys.readouterr().out


def test_a_worker_ends_when_its_input_does(path: Path) -> None:
    command = [sys.executable, "-m", "firsthand.web.working", str(path), json.dumps({})]
    process = subprocess.Popen(command, stdin=subprocess.PIPE)
    assert process.stdin
    process.stdin.close()
    assert process.wait(30) == 0


class Played:
    """A process that is played, not run."""

    def __init__(self, status: int | None, said: bytes = b"") -> None:
        self.returncode, self.pid, self.told = status, 1, list[bytes]()
        self.stdin, self.stdout, self._said = self, self, said

    def poll(self) -> int | None:
        return self.returncode

    def write(self, said: bytes) -> None:
        self.told.append(said)

    def read(self) -> bytes:
        return self._said

    def communicate(self) -> None: ...

    def close(self) -> None:
        self.returncode = 0

    def wait(self, _: float = 0) -> None: ...


@pytest.fixture
def played(path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[worker.Worker, list[Played]]:
    """A worker whose processes are played: those that were started, in order."""
    started = list[Played]()

    def start(*_: Any, **__: Any) -> Played:
        started.append(Played(None))
        return started[-1]

    monkeypatch.setattr(worker.subprocess, "Popen", start)
    return worker.Worker(Options(path)), started


def test_it_is_started_with_the_server_and_then_when_it_is_needed(played: Any, path: Path) -> None:
    one, started = played
    one._look()
    assert len(started) == 1 and started[0].told == []
    started[0].returncode = 0
    one._look()
    one._look()
    assert len(started) == 1 and one.process is None
    with Library.open(path) as library, library.writing() as connection:
        watches.begin(connection, "Ann", "https://x.example/", 60)
    one._look()
    assert len(started) == 2


def test_it_is_told_that_there_is_something_to_do(played: Any) -> None:
    one, started = played
    one._look()
    one.poke()
    one._look()
    one._look()
    assert started[0].told == [b"\n"]
    started[0].returncode = 0
    one.poke()
    one._look()
    assert len(started) == 2 and started[1].told == [b"\n"]


def test_one_that_dies_is_started_again_ever_later_and_it_is_told(played: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    one, started = played
    clock = [1000.0]
    monkeypatch.setattr(worker.time, "monotonic", lambda: clock[0])
    waited = []
    for _ in range(8):
        one._look()
        started[-1].returncode, started[-1]._said = 1, b"library: the disk is full\n"
        one._look()
        assert "the disk is full" in one.trouble
        waited.append(one._not_before - clock[0])
        clock[0] = one._not_before
    assert waited == [1, 2, 4, 8, 16, 32, 60, 60]
    one._look()
    clock[0] += worker.LIVED + 1
    started[-1].returncode = -9
    one._look()
    assert one._not_before - clock[0] == worker.FIRST and "ended with -9" in one.trouble


def test_where_another_servers_works_it_waits(played: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    one, started = played
    one._look()
    started[0].returncode = BUSY
    one._look()
    one._look()
    assert (len(started), one.trouble) == (1, "")


def test_it_is_found_by_its_library_and_forgotten(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker.subprocess, "Popen", lambda *_, **__: Played(None))
    options = Options(path)
    assert "firsthand serve" in worker.trouble(options)
    worker.poke(options)  # nobody is there, and nobody minds
    with worker.working(options):
        assert worker.trouble(options) == ""
        assert until(lambda: worker._running[path.absolute()].process)
    assert not worker._running
    assert not any(thread.name == "worker" and thread.is_alive() for thread in threading.enumerate())
