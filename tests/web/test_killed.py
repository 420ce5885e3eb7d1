"""A server and its worker, killed at any moment: what was confirmed is added, once; nobody is left behind."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select, text

from firsthand.config import Settings
from firsthand.library import Library, schema, submissions
from firsthand.library.schema_submissions import batch, outcome, submission
from firsthand.library.submissions import Item

KILLS = 4
HOST = "127.0.0.1"


class Served:
    """`firsthand serve` in a process of its own, and a browser before it."""

    def __init__(self, path: Path) -> None:
        self.path, self.port = path, free_port()
        command = [sys.executable, "-m", "firsthand", "serve", "--library", str(path), "--port", str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.client = httpx.Client(base_url=f"http://{HOST}:{self.port}", timeout=20, trust_env=False)
        assert until(self.answers, 30), self.process.communicate()

    def answers(self) -> bool:
        with suppress(httpx.TransportError):
            return self.client.get("/account").status_code == 200
        return False

    def add(self, words: str) -> str | None:
        """Hand in a text; the batch's id, None where it was not confirmed."""
        with suppress(httpx.TransportError, AttributeError):
            page = self.client.get("/add").text
            csrf = re.search(r'name="csrf" value="([^"]+)"', page)[1]  # type: ignore[index]
            answer = self.client.post("/add", data={"csrf": csrf, "pasted": words})
            assert answer.status_code == 303
            return str(answer.headers["location"]).removeprefix("/add/")
        return None

    def worker(self) -> int | None:
        """The number of the worker's process."""
        return next(iter(children(self.process.pid, "firsthand.web.working")), None)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()
        self.client.close()


def free_port() -> int:
    with socket.create_server((HOST, 0)) as found:
        return int(found.getsockname()[1])


def until(so: Callable[[], Any], seconds: float) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := so():
            return found
        time.sleep(0.02)
    return None


def children(parent: int, named: str) -> Iterator[int]:
    """The processes that a process started, whose command has this in it."""
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):
            after = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(after[1]) == parent and after[0] != "Z" and named in (entry / "cmdline").read_text():
                yield int(entry.name)


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def served(ferry: Path) -> Iterator[Callable[[], Served]]:
    if not Path("/proc/self/stat").exists():
        pytest.skip("there is no /proc here to find processes in")
    all_of_them: list[Served] = []

    def start() -> Served:
        all_of_them.append(Served(ferry))
        return all_of_them[-1]

    yield start
    for one in all_of_them:
        if one.process.poll() is None:
            one.kill()


def added(path: Path) -> dict[str, list[str]]:
    """The articles that came of each batch."""
    with Library.open(path) as library, library.reading() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
        asked = (
            select(batch.c.id, outcome.c.article)
            .select_from(batch.join(submission, submission.c.batch == batch.c.no))
            .outerjoin(outcome, outcome.c.submission == submission.c.no)
        )
        found: dict[str, list[str]] = {}
        for name, article in connection.execute(asked):
            found.setdefault(name, []).extend([article] if article else [])
        return found


def causes(path: Path) -> list[str]:
    """Why something was not added."""
    with Library.open(path) as library, library.reading() as connection:
        return list(connection.execute(select(submission.c.cause).where(submission.c.cause != "")).scalars())


def is_done(path: Path) -> bool:
    with Library.open(path) as library, library.reading() as connection:
        return not submissions.is_waiting(connection)


def is_joined(path: Path) -> bool:
    with Library.open(path) as library, library.reading() as connection:
        left = connection.execute(select(func.count()).select_from(schema.waiting)).scalar_one()
    return is_done(path) and not left


def test_a_server_that_is_killed_during_adds_loses_nothing_that_was_confirmed(
    served: Callable[[], Served], ferry: Path
) -> None:
    rng, confirmed, count = random.Random(), dict[str, str](), 0
    for _ in range(KILLS):
        one = served()
        timer = threading.Timer(rng.uniform(0.1, 1.5), one.process.kill)
        timer.start()
        while one.process.poll() is None:
            words = f"Minister {count} said on Tuesday that bridge {count} would stay shut."
            count += 1
            if name := one.add(words):
                confirmed[name] = words
        timer.join()
    last = served()
    assert until(lambda: is_done(ferry), 240)
    assert causes(ferry) == []
    found = added(ferry)
    assert confirmed and confirmed.keys() <= found.keys()
    with Library.open(ferry) as library:
        for name, words in confirmed.items():
            (article,) = found[name]
            assert library.article(article).article.text == words
        articles = [article for one in found.values() for article in one]
        assert len(articles) == len(set(articles)) == library.count() - 18
    last.kill()


def test_a_worker_ends_with_its_server_however_that_ends(served: Callable[[], Served]) -> None:
    one = served()
    worker = until(one.worker, 60)
    assert worker
    one.process.kill()
    one.process.communicate()
    assert until(lambda: not is_alive(worker), 10)


def test_what_is_worked_on_when_its_server_ends_is_not_blamed_for_that(ferry: Path) -> None:
    rows = "\n".join(f'{{"text": "Minister {n} said that bridge {n} would stay shut."}}' for n in range(50_000))
    with Library.open(ferry) as library, library.writing() as connection:
        submissions.hand_in(connection, "Ann", [Item("file", "all.jsonl", content=[rows.encode()])])
    command = [sys.executable, "-m", "firsthand.web.working", str(ferry), json.dumps(asdict(Settings()))]
    for _ in range(submissions.MOST_TRIES + 1):
        worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert until(lambda: being_worked_on(ferry), 60)
        assert worker.communicate(timeout=60) == (b"", None) and worker.returncode == 0
        with Library.open(ferry) as library, library.writing() as connection:
            assert being_worked_on(ferry) and connection.execute(select(submission.c.tries)).scalars().all() == [0]
            submissions.release(connection)


def being_worked_on(path: Path) -> bool:
    with Library.open(path) as library, library.reading() as connection:
        return connection.execute(select(submission.c.state)).scalars().all() == ["working"]


def test_a_worker_that_is_killed_is_started_again_and_doubles_nothing(
    served: Callable[[], Served], ferry: Path
) -> None:
    one, rng = served(), random.Random()
    rows = "\n".join(
        f'{{"id": "n{n}", "text": "Minister {n} said that bridge {n} would stay shut."}}' for n in range(400)
    )
    with Library.open(ferry) as library, library.writing() as connection:
        name = submissions.hand_in(connection, "Ann", [Item("file", "all.jsonl", content=[rows.encode()])])
    one.add("The mayor said the mill would open.")
    for _ in range(2):
        worker = until(one.worker, 60)
        assert worker
        time.sleep(rng.uniform(0, 0.6))
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
        assert until(lambda gone=worker: not is_alive(gone), 10)
    assert until(lambda: is_done(ferry), 240)
    articles = added(ferry)[name]
    assert len(articles) == len(set(articles)) == 400
    with Library.open(ferry) as library, library.reading() as connection:
        assert library.count() == 18 + 401
        versions = select(schema.version.c.article, func.count()).group_by(schema.version.c.article)
        assert {many for _, many in connection.execute(versions)} == {1}


def test_two_servers_share_a_library_and_one_works_on_it(served: Callable[[], Served], ferry: Path) -> None:
    one, other = served(), served()
    names = [server.add(f"Minister {n} said that mill {n} was open.") for n, server in enumerate((one, other) * 5)]
    assert all(names)
    assert until(lambda: is_joined(ferry), 240)
    found = added(ferry)
    assert all(len(found[name]) == 1 for name in names if name)
