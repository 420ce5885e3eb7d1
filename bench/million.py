"""One new article against a library of a million: python -m bench.million.

The library's own tables, in a temporary folder: generated articles with generated fingerprints, a story in 10,000 of
them, and PolNeAR's articles as they are. New articles are PolNeAR's, changed; every tenth is one more of the story.
Timed is of each: the candidates with their texts and the boilerplate, what is derived from what, and its addition with
original, full text and fingerprints, until it is on the disk. The generated ones are in no full text and have no
addresses or originals: those parts of an addition are as in a small library.
"""

from __future__ import annotations

import io
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import cycle, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.data import ROOT, MissingData, read_jsonl, shared
from firsthand.ingest import Original
from firsthand.library import Library
from firsthand.library.fingerprints import MOST_A_MINUTE
from firsthand.model import Article
from firsthand.reuse import derivations, sketch

ARTICLES = 1_000_000
FINGERPRINTS = 40
"""Of a generated article: the most that one of 600 words has."""

STORY = 10_000
NEW, WARMING = 500, 100
PAUSE = 0.02
"""Seconds between two questions of the other process: fifty a second, so that it does not take half of the machine."""

ROOM = 4 * 2**30
"""Bytes that must be free in the temporary folder."""

SPAN = 1_051_200
"""Minutes over which the articles were published: two years."""

BEGAN = datetime(2029, 1, 1, tzinfo=UTC)
PARTS = "candidates", "derivations", "addition"
_FIELDS = "no, article, number, original, added, origin, outlet, published, links, media, digest, text"

Figures = dict[str, dict[str, float]]


def figures(articles: int = ARTICLES) -> Figures:
    """Milliseconds at p50 and p95 of each part, of all, and of another process that reads meanwhile; bytes an article.

    Builds the library and removes it again. Raises MissingData, OSError where there is no room.
    """
    with tempfile.TemporaryDirectory(prefix="firsthand-million-") as folder:
        if shutil.disk_usage(folder).free < ROOM:
            raise OSError(f"{folder}: the library of a million needs {ROOM / 2**30:.0f} GiB")
        path = Path(folder) / "library.db"
        size = build(path, articles)
        return measured(path) | {"bytes an article": {"fingerprints": size / articles}}


def report(found: Figures) -> Iterator[str]:
    """The figures, a line each."""
    for name, values in found.items():
        yield f"{name:<28}" + "  ".join(f"{key} {value:,.2f}" for key, value in values.items())


def build(path: Path, articles: int) -> float:
    """Make the library; the bytes that its index of wording takes."""
    Library.open(path, create=True).__exit__(None, None, None)
    rng = np.random.default_rng(20261123)
    minutes = np.sort(rng.integers(0, SPAN, articles))
    told = {
        int(place): edited(story(), int(place)) for place in rng.choice(articles, min(STORY, articles // 10), False)
    }
    with sqlite3.connect(path, isolation_level=None) as connection:
        _fill(connection, minutes, told)
        before = path.stat().st_size
        _index(connection, rng, _places(minutes), told)
        return path.stat().st_size - before


def _fill(connection: sqlite3.Connection, minutes: NDArray[np.int64], told: dict[int, str]) -> None:
    for setting in ("journal_mode = off", "synchronous = off", "cache_size = -400000", "foreign_keys = off"):
        connection.execute(f"pragma {setting}").close()
    connection.execute("begin")
    connection.execute("insert into original values (1, 'generated', 0, 'text/plain', '', 'generated')")
    connection.executemany("insert into article values (?, ?, 1, ?, ?)", _articles(minutes))
    fields = f"insert into version ({_FIELDS}) values (?, ?, 1, 1, ?, 'generated', ?, ?, '[]', '[]', '', ?)"
    connection.executemany(fields, _versions(minutes, told))
    connection.execute("commit")


def _articles(minutes: NDArray[np.int64]) -> Iterator[tuple[int, str, str, str]]:
    for number, minute in enumerate(minutes.tolist(), start=1):
        yield number, f"{number:016x}", _moment(minute), f"outlet {number % 997}"


def _versions(minutes: NDArray[np.int64], told: dict[int, str]) -> Iterator[tuple[int, int, str, str, str, str]]:
    for place, minute in enumerate(minutes.tolist()):
        when, outlet = _moment(minute), f"Outlet {(place + 1) % 997}"
        yield place + 1, place + 1, when, outlet, when, told.get(place, "generated")


def _moment(minute: int) -> str:
    return (BEGAN + timedelta(minutes=minute)).isoformat(timespec="milliseconds")


def _places(minutes: NDArray[np.int64]) -> NDArray[np.int64]:
    """As `firsthand.library.fingerprints` would place them."""
    first = np.searchsorted(minutes, minutes)
    since = int(BEGAN.timestamp()) // 60
    return (minutes + since) * MOST_A_MINUTE + np.arange(len(minutes)) - first


def _index(
    connection: sqlite3.Connection, rng: np.random.Generator, places: NDArray[np.int64], told: dict[int, str]
) -> None:
    """Fill the index in the order of its keys, which is many times as fast as in the order of the articles."""
    connection.execute("begin")
    connection.executemany(
        "insert into placed values (?, ?)", ((place, no) for no, place in enumerate(places.tolist(), start=1))
    )
    hashes = rng.integers(-(2**31), 2**31, (len(places), FINGERPRINTS), np.int32)
    for place, text in told.items():
        found = sketch(text).astype(np.int32)[:FINGERPRINTS]
        hashes[place, : len(found)] = found
    for chunk in _sorted(hashes.ravel(), np.repeat(places, FINGERPRINTS)):
        connection.executemany("insert or ignore into fingerprint values (?, ?)", chunk)
    connection.execute("commit")


def _sorted(hashes: NDArray[np.int32], places: NDArray[np.int64]) -> Iterator[Iterator[tuple[int, int]]]:
    order = np.argsort(hashes, kind="stable")  # the places are in order as they come
    for start in range(0, len(order), 1_000_000):
        chosen = order[start : start + 1_000_000]
        yield zip(hashes[chosen].tolist(), places[chosen].tolist(), strict=True)


def measured(path: Path) -> Figures:
    """Time new articles, while another process reads."""
    with Library.open(path) as library:
        _settle(path)
        for text in _texts():
            library.add([incoming(text, BEGAN + timedelta(minutes=len(text)))], sketch)
        reader = subprocess.Popen(
            [sys.executable, "-m", "bench.million", "--read", str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        times = np.array([_one(library, number) for number in range(WARMING + NEW)][WARMING:])
        read = json.loads(reader.communicate(timeout=120)[0])
        removal = _removal(library)
    parts = {name: _percentiles(times[:, column]) for column, name in enumerate(PARTS)}
    return parts | {"all of it": _percentiles(times.sum(1)), "another process reading": read, "removal": removal}


def _settle(path: Path) -> None:
    """As a library is in use, with a log ahead of it."""
    with sqlite3.connect(path) as connection:
        connection.execute("pragma journal_mode = wal")


def _one(library: Library, number: int) -> list[float]:
    """Seconds that each part of one new article took."""
    article, _ = new = incoming(_new(number), BEGAN + timedelta(minutes=SPAN + number))
    marks, sketched = [time.perf_counter()], cache(sketch)  # of one text once, for the question and for the addition
    related = library.candidates(article.text, sketched)
    marks.append(time.perf_counter())
    tuple(derivations(article, related.articles, related.boilerplate))
    marks.append(time.perf_counter())
    library.add([new], sketched)
    marks.append(time.perf_counter())
    return [end - start for start, end in pairwise(marks)]


def _new(number: int) -> str:
    texts = _texts()
    return edited(story() if number % 10 == 0 else texts[number * 7 % len(texts)], number)


def incoming(text: str, when: datetime) -> tuple[Article, Original]:
    """An article that is to be added, at an address of its own; its original is the text itself."""
    url, content = f"https://new.example/{hash(text)}", text.encode()
    original = Original(io.BytesIO(content), len(content), "text/plain", None, url)
    return Article("", text, outlet="The New Post", published=when, url=url), original


def read(path: Path, seconds: float = 8.0) -> dict[str, float]:
    """What another process sees: candidates of known articles, one after the other."""
    with Library.open(path) as library:
        ended, taken = time.monotonic() + seconds, []
        for text in cycle(_texts()):
            began = time.perf_counter()
            library.candidates(text, sketch)
            taken.append(time.perf_counter() - began)
            time.sleep(PAUSE)
            if time.monotonic() > ended:
                break
        return _percentiles(np.array(taken[WARMING // 2 :]))


def _removal(library: Library) -> dict[str, float]:
    found = library.candidates(_texts()[0], sketch).articles[0]
    began = time.perf_counter()
    library.remove(found.id)
    return {"ms": (time.perf_counter() - began) * 1000}


def _percentiles(seconds: NDArray[np.float64]) -> dict[str, float]:
    return {f"p{rank} ms": float(np.percentile(seconds, rank)) * 1000 for rank in (50, 95)}


@cache
def _texts() -> list[str]:
    """PolNeAR's articles. Raises MissingData."""
    return [record["text"] for record in read_jsonl(shared().file("data/polnear/train.jsonl"))]


def story() -> str:
    """The article that is in 10,000 others: the first that has about 600 words."""
    return next(text for text in _texts() if 550 <= len(text.split()) <= 650)


def edited(text: str, seed: int) -> str:
    """A copy in which one word in twenty is another of its words, or gone."""
    rng, words = random.Random(seed), text.split(" ")
    changed = (rng.choice(("", rng.choice(words))) if rng.random() < 0.05 else word for word in words)
    return " ".join(filter(None, changed))


def main() -> int:
    """Measure and print. Returns the exit status."""
    if sys.argv[1:2] == ["--read"]:
        print(json.dumps(read(Path(sys.argv[2]))))
        return 0
    try:
        print(*report(figures(*map(int, sys.argv[1:2]))), sep="\n")
    except (MissingData, OSError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
