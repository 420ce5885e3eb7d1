"""The index of vectors is a cache: right whatever became of its file, as near as comparing all of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from firsthand.library import Library, vectors
from firsthand.library.upkeep import Upkeep
from firsthand.library.vectors import Neighbours
from tests.library.toy import caught_up, key, put, regroup, vector


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a library of fifty heads were one of a hundred thousand."""
    monkeypatch.setattr(vectors, "FEW", 8)
    monkeypatch.setattr(vectors, "AT_ONCE", 16)


def sentences(count: int, start: int = 0) -> list[str]:
    return [f"Ann says number {n}" for n in range(start, start + count)]


def filled(path: Path, count: int = 50) -> Path:
    with Library.open(path, create=True) as library:
        put(library, sentences(count))
        caught_up(library)
    return path


def index_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-vectors")


def nearest(path: Path, words: str, count: int = 5) -> list[int]:
    with Library.open(path) as library, library.reading() as connection:
        neighbours = Neighbours(path)
        neighbours.begin(connection)
        return neighbours.near(connection, vector(words), count)


def exactly(count: int, words: str, known: list[str]) -> list[int]:
    """Keys of the nearest, by comparing all."""
    asked = np.frombuffer(vector(words), np.int8).astype(float)
    found = [
        (float(asked @ (v := np.frombuffer(vector(one), np.int8).astype(float)) / np.linalg.norm(v)), one)
        for one in known
    ]
    return [number(one) for _, one in sorted(found, reverse=True)[:count]]


def number(words: str) -> int:
    return int.from_bytes(bytes.fromhex(key(words)), signed=True)


def right(path: Path, known: list[str]) -> bool:
    return all(nearest(path, words) == exactly(5, words, known) for words in (known[0], known[-1], "something else"))


def test_it_finds_what_comparing_all_finds_with_the_file_and_without(tmp_path: Path) -> None:
    path = filled(tmp_path / "l.db")
    assert index_of(path).exists()
    assert right(path, sentences(50))
    index_of(path).unlink()
    assert right(path, sentences(50))


def truncated(content: bytes) -> bytes:
    return content[: len(content) // 2]


def flipped(content: bytes) -> bytes:
    return content[:1000] + bytes([content[1000] ^ 255]) + content[1001:]


def emptied(_: bytes) -> bytes:
    return b""


def other(_: bytes) -> bytes:
    return b"<p>a page" * 1000


def unended(content: bytes) -> bytes:
    return content[:-8] + b"\xff\xff\xff\x7fFHV1"


def halved(content: bytes) -> bytes:
    """The end is there, half of the rest is not."""
    return content[len(content) // 2 :]


@pytest.mark.parametrize("damage", [truncated, flipped, emptied, other, unended, halved])
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    path = filled(tmp_path / "l.db")
    index_of(path).write_bytes(damage(index_of(path).read_bytes()))
    assert right(path, sentences(50))
    with Library.open(path) as library:
        put(library, sentences(1, 50))
        caught_up(library)
    assert right(path, sentences(51))


def test_a_file_of_another_library_is_not_taken(tmp_path: Path) -> None:
    path, theirs = filled(tmp_path / "l.db"), tmp_path / "other.db"
    with Library.open(theirs, create=True) as library:
        put(library, [f"Bo says {n}" for n in range(50)])
        caught_up(library)
    shutil.copy(index_of(theirs), index_of(path))
    assert right(path, sentences(50))


def test_an_older_library_put_back_beside_a_newer_file(tmp_path: Path) -> None:
    path = filled(tmp_path / "l.db")
    with Library.open(path) as library, library.writing() as connection:
        connection.exec_driver_sql("SELECT 1")
    shutil.copy(path, tmp_path / "before.db")
    with Library.open(path) as library:
        put(library, sentences(50, 50))
        caught_up(library)
    assert right(path, sentences(100))
    shutil.copy(tmp_path / "before.db", path)
    for log in ("-wal", "-shm"):
        path.with_name(path.name + log).unlink(missing_ok=True)
    assert right(path, sentences(50))
    with Library.open(path) as library:
        put(library, sentences(50, 200))
        caught_up(library)
    assert right(path, [*sentences(50), *sentences(50, 200)])


def test_heads_that_are_gone_are_not_found_and_leave_the_index(tmp_path: Path) -> None:
    path = filled(tmp_path / "l.db")
    with Library.open(path) as library:
        upkeep = Upkeep(library)
        for entry in list(library.articles())[:40]:
            upkeep.remove(entry.id, regroup)
        left = sentences(50)[:10]
        assert right(path, left)
        put(library, sentences(20, 100))
        caught_up(library)
        assert right(path, [*left, *sentences(20, 100)])
        neighbours = Neighbours(path)
        with library.reading() as connection:
            neighbours.begin(connection)
        assert neighbours._index is not None and len(neighbours._index) <= 30 / (1 - vectors.DEAD)


def test_what_is_rolled_back_is_forgotten(tmp_path: Path) -> None:
    path = filled(tmp_path / "l.db", 20)
    with Library.open(path) as library:
        upkeep = Upkeep(library)
        put(library, sentences(5, 20))
        caught_up(library, upkeep)
        put(library, ["Ann says number 25. Bo says it too"])

        def broken(*asked: object) -> object:
            regroup(*asked)  # type: ignore[arg-type]
            raise ZeroDivisionError

        upkeep.keep("toy 1", {})
        from tests.library.toy import marks, nothing, sketch

        upkeep.keep("toy 1", {no: marks(found) for no, found in upkeep.unread()})
        list(upkeep.compare(sketch, nothing))
        assert [len(step.failures) for step in upkeep.join(broken)] == [1]  # type: ignore[arg-type]
        with library.reading() as connection:
            upkeep._neighbours.begin(connection)
            words = sentences(25)
            assert upkeep._neighbours.near(connection, vector("Bo says it too"), 5) == exactly(
                5, "Bo says it too", words
            )
        list(upkeep.join(regroup))
    assert right(path, [*sentences(26), "Bo says it too"])


def test_two_see_what_the_other_adds(tmp_path: Path) -> None:
    path = filled(tmp_path / "l.db", 4)
    with Library.open(path) as library, Library.open(path) as another:
        one, two = Upkeep(library), Upkeep(another)
        for n in range(4, 40, 2):
            put(library, sentences(1, n))
            caught_up(library, one)
            put(another, sentences(1, n + 1))
            caught_up(another, two)
        with another.reading() as connection:
            two._neighbours.begin(connection)
            assert two._neighbours.near(connection, vector("x"), 5) == exactly(5, "x", sentences(40))
    assert right(path, sentences(40))


def test_where_no_file_can_be_written_it_does_without(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    index_of(path).mkdir()
    filled(path)
    assert right(path, sentences(50))
    assert [one.name for one in tmp_path.iterdir() if ".db-vectors." in one.name] == []


def test_what_a_killed_process_was_writing_goes_in_the_end(tmp_path: Path) -> None:
    old, new = (index_of(tmp_path / "l.db").with_name(f"l.db-vectors.{n}") for n in (1, 2))
    for left in (old, new):
        left.write_bytes(b"half")
    os.utime(old, (1, 1))
    filled(tmp_path / "l.db")
    assert not old.exists() and new.exists()
