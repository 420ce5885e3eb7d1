"""An add that is killed at any moment, and several processes at one library."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from firsthand.library import Library, schema
from tests.library.given import TEXT, many

COUNT = 1_000
KILLS = 10
TABLES = ("article", "version", "original", "piece", "known_as", "change", "placed")
"""Each has one row for an article of one version and little text."""


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of 1,000 articles, each with a word that no other has, and with bytes that do not pack well."""
    rng, path = random.Random(4), tmp_path_factory.mktemp("news") / "news.jsonl"
    with path.open("w") as file:
        for n in range(COUNT):
            row = {"id": f"n{n}", "text": f"{TEXT} Word{n}x.", "outlet": "Post", "more": rng.randbytes(2_000).hex()}
            file.write(json.dumps(row) + "\n")
    return path


def adding(library: Path, *inputs: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "firsthand", "add", "--library", str(library), *map(str, inputs)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def begun(process: subprocess.Popen[bytes], library: Path) -> None:
    """Wait until it writes."""
    log = library.with_name(library.name + "-wal")
    while process.poll() is None and not (log.exists() and log.stat().st_size):
        time.sleep(0.001)


def whole(path: Path) -> int:
    """How many articles there are, each with all that belongs to it."""
    with Library.open(path) as library, library.reading() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        sums = {name: select(func.count()).select_from(getattr(schema, name)) for name in TABLES}
        count = {name: connection.execute(asked).scalar_one() for name, asked in sums.items()}
        assert len(set(count.values())) == 1, count
        indexed = connection.execute(text("SELECT count(*) FROM words WHERE words MATCH 'bridge'")).scalar()
        assert indexed == count["version"]
        sizes = connection.execute(select(schema.original.c.sha256, schema.original.c.size)).all()
    with Library.open(path) as library:
        for digest, size in random.Random(0).sample(sizes, min(100, len(sizes))):
            assert len(b"".join(library.original(digest))) == size  # which checks the digest too
    return count["version"]


def test_a_killed_add_leaves_only_whole_articles_and_the_next_one_finishes(news: Path, tmp_path: Path) -> None:
    rng, path, counts = random.Random(), tmp_path / "0.db", [0]
    for kill in range(KILLS):
        process = adding(path, news)
        begun(process, path)
        time.sleep(rng.uniform(0, 0.15))
        process.kill()
        process.communicate(timeout=60)
        counts.append(whole(path))
        assert counts[-1] >= counts[-2]
        if counts[-1] == COUNT:  # done before its end came: another one, from the beginning
            path, counts = tmp_path / f"{kill + 1}.db", [0]
    output, errors = adding(path, news).communicate(timeout=60)
    assert errors == b""
    assert whole(path) == COUNT
    assert f"{path} has {COUNT:,} in all".encode() in output
    with Library.open(path) as library:
        for n in rng.sample(range(COUNT), 20):
            assert [hit.entry.id for hit in library.search(f"word{n}x")] == [library.resolve(f"n{n}")]


def test_one_adds_while_another_searches(news: Path, tmp_path: Path) -> None:
    path, counts = tmp_path / "l.db", [0]
    Library.open(path, create=True).__exit__(None, None, None)
    process = adding(path, news)
    with Library.open(path) as library:
        while process.poll() is None:
            with library.reading() as connection:
                held = connection.execute(select(func.count()).select_from(schema.version)).scalar_one()
                found = connection.execute(text("SELECT count(*) FROM words WHERE words MATCH 'bridge'")).scalar_one()
            assert held == found
            counts.append(held)
            hits = library.search("mayor bridge", limit=5)
            assert len(hits) == 5 or not held
            for hit in hits:
                assert "bridge" in library.article(hit.entry.id).article.text
        assert library.count() == COUNT
    assert counts == sorted(counts)
    assert process.communicate() == (f"{COUNT:,} added\n{path} has {COUNT:,} in all\n".encode(), b"")


def test_several_add_the_same_at_once(news: Path, tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    racing = [adding(path, news) for _ in range(2)]
    done = [process.communicate(timeout=120) for process in racing]
    assert [errors for _, errors in done] == [b""] * 2
    assert whole(path) == COUNT
    added = [int(word.replace(",", "")) for output, _ in done for word, what in _counts(output) if what == "added"]
    assert sum(added) == COUNT


def _counts(output: bytes) -> list[tuple[str, str]]:
    parts = output.decode().splitlines()[0].split(", ")
    return [tuple(part.split(" ", 1)) for part in parts]  # type: ignore[misc]


def test_an_interrupted_add_says_what_is_there(news: Path, tmp_path: Path) -> None:
    import signal

    path = tmp_path / "l.db"
    process = adding(path, news)
    begun(process, path)
    time.sleep(0.1)
    with suppress(ProcessLookupError):
        process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    if process.returncode:  # it may have been done already
        assert process.returncode == 130
        assert errors.startswith(b"firsthand: interrupted; ") and errors.endswith(b"; run it again to add the rest\n")
        assert output == b""
    whole(path)


def test_a_stream_that_nobody_reads_to_its_end_hinders_no_writer(tmp_path: Path) -> None:
    with Library.open(tmp_path / "l.db", create=True) as library:
        library.add(many(100))
        stream = library.articles()
        next(stream)
        library.add(many(200))
        assert len(list(stream)) == 99
        assert library.count() == 200
