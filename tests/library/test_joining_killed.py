"""Catching up with claims that is killed at any moment, and two processes that do it at once."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select, text

from firsthand.library import Library, schema
from firsthand.library.upkeep import Upkeep
from firsthand.library.waiting import Waiting
from tests.library.test_killed import begun
from tests.library.test_vectors import right
from tests.library.toy import key, put

COUNT, KILLS = 150, 10
TEXTS = [f"Ann says number {n}. Bo says number {n % 10}" for n in range(COUNT)]
WORDS = [*(f"Ann says number {n}" for n in range(COUNT)), *(f"Bo says number {n}" for n in range(10))]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Library.open(tmp_path / "l.db", create=True) as library:
        put(library, TEXTS)
    return tmp_path / "l.db"


def joining(path: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.library.joining", str(path)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def whole(path: Path) -> int:
    """How many articles are joined, each with all that belongs to it and nothing twice."""
    with Library.open(path) as library, library.reading() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        joined = set(connection.execute(select(schema.joined.c.version)).scalars())
        waiting = set(connection.execute(select(schema.waiting.c.version)).scalars())
        assert not joined & waiting and len(joined | waiting) == COUNT
        rows = connection.execute(select(schema.statement.c.id, schema.statement.c.node)).all()
        nodes = set(connection.execute(select(schema.node.c.key)).scalars())
        heads = set(connection.execute(select(schema.head.c.node)).scalars())
        assert len(rows) == 2 * len(joined)
        assert {row.node for row in rows} == nodes == heads
        ties = {(row.one, row.other) for row in connection.execute(select(schema.tie))}
        assert ties == {(b, a) for a, b in ties} and {a for a, _ in ties} <= nodes
        made = connection.execute(select(schema.claim_change.c.claim)).scalars().all()
        assert len(made) == len(set(made)) == len(nodes)
    return len(joined)


def test_a_killed_catch_up_leaves_what_is_whole_and_the_next_one_finishes(path: Path) -> None:
    rng, counts = random.Random(), [0]
    shutil.copy(path, path.with_name("new.db"))
    for kill in range(KILLS):
        process = joining(path)
        begun(process, path)
        time.sleep(rng.uniform(0, 1.2))
        process.kill()
        process.communicate(timeout=60)
        counts.append(whole(path))
        assert counts[-1] >= counts[-2]
        if counts[-1] == COUNT:  # done before its end came: another one, from the beginning
            path, counts = path.with_name(f"{kill}.db"), [0]
            shutil.copy(path.with_name("new.db"), path)
    assert joining(path).communicate(timeout=120) == (b"", b"")
    assert whole(path) == COUNT
    with Library.open(path) as library:
        assert Upkeep(library).waiting() == Waiting(0, 0, 0)
    assert right(path, WORDS)


def test_two_that_catch_up_at_once_double_nothing(path: Path) -> None:
    racing = [joining(path), joining(path)]
    assert [process.communicate(timeout=120) for process in racing] == [(b"", b"")] * 2
    assert whole(path) == COUNT
    assert right(path, WORDS)
    with Library.open(path) as library, library.reading() as connection:
        of = select(schema.statement.c.id).where(
            schema.statement.c.node == int.from_bytes(bytes.fromhex(key(WORDS[-1])), signed=True)
        )
        assert len(connection.execute(of).all()) == COUNT // 10
