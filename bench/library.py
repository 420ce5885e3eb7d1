"""How fast a library takes articles in, lists them and finds words: `python -m bench.library [COUNT] [WORDS]`.

COUNT articles (default: 100,000) of WORDS words (default: 250) are made of 30,000 words that nobody speaks, the n-th
as frequent as 1/n, as in any language. Times are the processor's, the best of five.
"""

from __future__ import annotations

import io
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from firsthand.ingest import Original
from firsthand.library import Library
from firsthand.library.records import Filter
from firsthand.model import Article
from firsthand.reuse import sketch

BATCH = 200
VOCABULARY = 30_000
FIRST = datetime(2030, 1, 1, tzinfo=UTC)


def main(count: int, words: int) -> None:
    """Fill a library that is thrown away, and print what it took."""
    rng = random.Random(7)
    known = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(2, 10))) for _ in range(VOCABULARY)]
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "l.db", create=True) as library:
        sketch(" ".join(known[:50]))  # compiles
        for name, with_sketch in (("without sketches", False), ("with sketches", True)):
            made = articles(rng, known, count if with_sketch else min(count, 5_000), words, name)
            print(f"add, {name}: {filled(library, made, with_sketch=with_sketch):,.0f} articles a CPU-second")
        print(f"{library.count():,} articles, {library.path.stat().st_size / library.count():,.0f} bytes each")
        for asked, ask in questions(library, known).items():
            print(f"{asked}: {best(ask):.1f} ms")


def articles(
    rng: random.Random, known: list[str], count: int, words: int, place: str
) -> Iterator[list[tuple[Article, Original]]]:
    """Batches of articles of 50 outlets, one a minute."""
    weights = [1 / (n + 1) for n in range(len(known))]
    for start in range(0, count, BATCH):
        yield [article(n, rng.choices(known, weights, k=words), place) for n in range(start, min(start + BATCH, count))]


def article(n: int, words: list[str], place: str) -> tuple[Article, Original]:
    """One article with its bytes."""
    text, url = " ".join(words), f"https://post.example/{place}/{n}"
    made = Article("", text, " ".join(words[:8]), f"Outlet {n % 50}", published=FIRST + timedelta(minutes=n), url=url)
    content = text.encode()
    return made, Original(io.BytesIO(content), len(content), "text/plain", url, url)


def filled(library: Library, batches: Iterator[list[tuple[Article, Original]]], *, with_sketch: bool) -> float:
    """Articles that are added in a second of the processor's time, without the time that making them takes."""
    count, spent = 0, 0.0
    for batch in batches:
        began = time.process_time()
        library.add(batch, sketch if with_sketch else None)
        spent += time.process_time() - began
        count += len(batch)
    return count / spent


def questions(library: Library, known: list[str]) -> dict[str, Callable[[], object]]:
    """What is asked of the library, by what it is called."""
    return {
        "the newest 100": lambda: list(library.articles(limit=100)),
        "the newest 100 of one outlet": lambda: list(library.articles(Filter("outlet 7"), 100)),
        "the newest 100 of an outlet that is not there": lambda: list(library.articles(Filter("nobody"), 100)),
        "search a rare word": lambda: library.search(known[20_000]),
        "search a word of many articles": lambda: library.search(known[100]),
        "search a word of all articles": lambda: library.search(known[0]),
        "search a phrase of such words": lambda: library.search(f'"{known[0]} {known[1]}"'),
        "search such a word in one outlet": lambda: library.search(known[0], Filter("outlet 7")),
    }


def best(ask: Callable[[], object]) -> float:
    """Milliseconds of the processor's time, of five times: others may be at work on the machine."""
    times = []
    for _ in range(5):
        began = time.process_time()
        ask()
        times.append(1000 * (time.process_time() - began))
    return min(times)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:3]), *(100_000, 250)[len(sys.argv[1:3]) :])
