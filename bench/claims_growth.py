"""What one more article costs as a library of claims grows: python -m bench.claims_growth [STATEMENTS] [PLOT].

The library's own tables, in a temporary folder. Articles are generated, as if read: stories that some eight articles
tell within days, each with some seventeen statements, the same in other words, or now and then with another number or
denied. At 10,000 statements and at some sizes up to STATEMENTS (default: 300,000), articles are added one by one and
timed: finding what they have from others, joining their statements to claims, until it is on the disk. Those between
are written to the same tables as they were generated: statements of one fact are one claim, each tied to as many of its
story as there may be ties. Writes bench/out/claims-growth.json, and PLOT as SVG. Times are the processor's, unless
called wall: others may be at work on the machine.
"""

from __future__ import annotations

import hashlib
import io
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from bench.library import VOCABULARY
from bench.plot import Line, plot
from bench.readers import OUT
from firsthand.claims import NEIGHBOURS
from firsthand.ingest import Original
from firsthand.library import Library, waiting
from firsthand.library.records import Outcome
from firsthand.library.shelf import Remembered, Shelf
from firsthand.library.upkeep import Upkeep
from firsthand.library.vectors import Neighbours
from firsthand.model import (
    DIMENSIONS,
    STATED_AS_FACT,
    Appearance,
    Article,
    Attribution,
    Certainty,
    Marks,
    Node,
    Odds,
    Source,
    Stance,
    Statement,
    Told,
)
from firsthand.reuse import sketch
from firsthand.upkeep import judged, regroup

SIZES = 10_000, 30_000, 60_000, 100_000, 150_000, 200_000, 250_000, 300_000
SAMPLE, WARMING = 60, 10
BATCH = 200
FIRST = datetime(2030, 1, 1, tzinfo=UTC)

FACTS, TOLD = 30, 17
"""Statements of a story, and of one article of it: the mean of Helsinki's."""

OPEN, NEW = 40, 1 / 8
"""Stories that are told at one time, and how many of the articles begin one."""

SAME_WORDS, DENIED, OTHER_NUMBER = 0.3, 0.03, 0.05
TOPIC, NOISE = 0.5, 0.3
"""How near the vectors of one story lie, and how far those of one statement in other words."""


@dataclass(slots=True)
class Fact:
    """One checkable statement of a story."""

    words: list[str]
    number: int
    vector: np.ndarray[tuple[int], np.dtype[np.float64]]
    nodes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class World:
    """Where articles come from, one a minute."""

    rng: random.Random = field(default_factory=lambda: random.Random(11))
    noise: np.random.Generator = field(default_factory=lambda: np.random.default_rng(11))
    stories: list[list[Fact]] = field(default_factory=list)
    count: int = 0
    known: list[str] = field(default_factory=list)

    def article(self) -> tuple[Article, Original, Marks, list[Fact]]:
        """The next article, with what would be read in it, and the facts that it tells."""
        if not self.stories or self.rng.random() < NEW:
            self.stories = [*self.stories, self._story()][-OPEN:]
        story = self.rng.choice(self.stories)
        facts = self.rng.sample(story, TOLD)
        text, attributions, vectors = "", list[Attribution](), list[bytes]()
        for fact in facts:
            text, attribution = self._sentence(text, fact)
            attributions.append(attribution)
            vectors.append(self._vector(fact.vector))
        url, n = f"https://post.example/{self.count}", self.count
        self.count += 1
        found = Article("", text, None, f"Outlet {n % 97}", published=FIRST + timedelta(minutes=n), url=url)
        opening = self._vector(sum((fact.vector for fact in facts), np.zeros(DIMENSIONS)))
        headline = Statement((0, attributions[0].content[0][1]), Certainty(STATED_AS_FACT, STATED_AS_FACT))
        marks = Marks(tuple(attributions), (), (headline,), (opening, *vectors, vectors[0]))
        content = text.encode()
        return found, Original(io.BytesIO(content), len(content), "text/plain", url, url), marks, facts

    def _story(self) -> list[Fact]:
        topic = self.noise.normal(size=DIMENSIONS)
        return [self._fact(topic) for _ in range(FACTS)]

    def _fact(self, topic: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Fact:
        words = self._words(12)
        names = [self._words(1)[0].title() for _ in range(2)]
        return Fact([*names, *words], self.rng.randint(2, 900), TOPIC * topic + self.noise.normal(size=DIMENSIONS))

    def _words(self, count: int) -> list[str]:
        """Words that nobody speaks, the n-th as frequent as 1/n."""
        if not self.known:
            letters = "abcdefghijklmnopqrstuvwxyz"
            self.known = ["".join(self.rng.choices(letters, k=self.rng.randint(3, 10))) for _ in range(VOCABULARY)]
        return [self.known[int(VOCABULARY ** self.rng.random()) - 1] for _ in range(count)]

    def _sentence(self, text: str, fact: Fact) -> tuple[str, Attribution]:
        words, number = list(fact.words), fact.number
        if self.rng.random() > SAME_WORDS:
            for place in self.rng.sample(range(2, len(words)), 3):
                words[place] = self._words(1)[0]
            number += self.rng.random() < OTHER_NUMBER
        denied = self.rng.random() < DENIED
        source = f"{self.rng.choice('ABDEGIKLMNORST')}{self._words(1)[0]} {self._words(1)[0].title()}"
        start = len(text)
        cue = start + len(source) + 1
        begin = cue + len("denied that " if denied else "said that ")
        content = f"{' '.join(words)} {number} {self._words(1)[0]}"
        made = Attribution(
            ((start, cue - 1),),
            ((cue, begin - 6),),
            ((begin, begin + len(content)),),
            0.9,
            who=Source(source, "person", ((start, cue - 1),)),
            certainty=Certainty(STATED_AS_FACT, STATED_AS_FACT),
            stance=Stance("denies" if denied else "asserts"),
        )
        return f"{text}{source} {'denied' if denied else 'said'} that {content}.\n", made

    def _vector(self, meant: np.ndarray[tuple[int], np.dtype[np.float64]]) -> bytes:
        found = meant / np.linalg.norm(meant) + NOISE * self.noise.normal(size=DIMENSIONS) / DIMENSIONS**0.5
        return bytes(np.round(found / np.linalg.norm(found) * 127).astype(np.int8).tobytes())


class Growth:
    """One library that grows."""

    def __init__(self, library: Library) -> None:
        self.library, self.world, self.upkeep = library, World(), Upkeep(library)
        self.upkeep.use("generated", "generated")
        self.statements = 0

    def added(self) -> None:
        """One article more that is read, and waits for the rest."""
        article, original, marks, _ = self.world.article()
        self.library.add([(article, original)], sketch)
        self.upkeep.keep("generated", {number: marks for number, _ in self.upkeep.unread()})
        self.statements += TOLD + 1

    def written(self, size: int) -> None:
        """Up to so many statements, as they were generated."""
        while self.statements < size:
            made = [self.world.article() for _ in range(BATCH)]
            outcomes = self.library.add([(article, original) for article, original, _, _ in made], sketch)
            with self.library.writing() as connection:
                numbers = waiting.next_ones(connection, "to_read", 0, BATCH)
                for step in ("to_read", "to_compare", "to_join"):
                    waiting.done(connection, step, numbers)
                shelf = Shelf(connection, Neighbours(self.library.path), Remembered())
                for outcome, (article, _, marks, facts) in zip(outcomes, made, strict=True):
                    assert isinstance(outcome, Outcome)
                    self._shelve(shelf, replace(article, id=outcome.id), marks, facts)
                shelf.write()

    def _shelve(self, shelf: Shelf, article: Article, marks: Marks, facts: list[Fact]) -> None:
        """Each statement a node, of the claim of the first of its fact, tied to others of its fact and its story."""
        others = [fact.nodes[0] for fact in facts if fact.nodes]
        for attribution, vector, fact in zip(marks.attributions, marks.vectors[1:], facts, strict=False):
            (start, end) = attribution.content[0]
            name, words = f"{article.id}@{start}-{end}", article.text[start:end]
            key = hashlib.sha256(name.encode()).hexdigest()[:16]
            there = Appearance(
                name, article.id, attribution.content, words, "attributed", "asserts", attribution.who,
                certainty=attribution.certainty, outlet=article.outlet, published=article.published,
            )  # fmt: skip
            told = Told(there, words, vector, marks.vectors[0], key)
            centre = (fact.nodes or [key])[0]
            shelf.put(told)
            shelf.keep(Node(key, f"1 {article.published} {name}", told, centre, f"c{centre[:12]}"))
            alike = fact.nodes[-NEIGHBOURS // 2 :]
            for other in alike:
                shelf.tie(key, other, Odds(0.9, 0.05, 0.03))
            for other in others[: NEIGHBOURS - len(alike)]:
                shelf.tie(key, other, Odds(0.06, 0.1, 0.6))
            fact.nodes.append(key)
            self.statements += 1

    def singly(self) -> Iterator[tuple[float, float, float]]:
        """Milliseconds of one article after the other: to compare it, to join it, and both by the clock on the wall."""
        for number in range(SAMPLE + WARMING):
            self.added()
            marks, began = [time.process_time()], time.perf_counter()
            for steps in (self.upkeep.compare(sketch, judged), self.upkeep.join(regroup)):
                for step in steps:
                    assert not step.failures, step.failures
                marks.append(time.process_time())
            if number >= WARMING:
                wall = time.perf_counter() - began
                yield 1000 * (marks[1] - marks[0]), 1000 * (marks[2] - marks[1]), 1000 * wall

    def opened(self) -> float:
        """Milliseconds until another process could begin: the index's file is looked at, what it lacks is read."""
        other, began = Upkeep(self.library), time.perf_counter()
        tuple(other.settle())
        return 1000 * (time.perf_counter() - began)


Row = dict[str, float]


def grown(most: int) -> Iterator[Row]:
    """A row of figures for each size, as they come."""
    with tempfile.TemporaryDirectory(prefix="firsthand-growth-") as folder:
        path = Path(folder) / "library.db"
        with Library.open(path, create=True) as library:
            growth = Growth(library)
            for size in (one for one in SIZES if one <= most):
                growth.written(size)
                tuple(growth.upkeep.settle())
                times = np.array(list(growth.singly()))
                compare, join, wall = np.percentile(times, 50, axis=0).tolist()
                yield {
                    "statements": growth.statements,
                    "compare, ms an article": compare,
                    "join, ms an article": join,
                    "join, ms a statement": join / (TOLD + 1),
                    "both, p95 ms": float(np.percentile(times[:, 0] + times[:, 1], 95)),
                    "both, wall ms": wall,
                    "open, wall ms": growth.opened(),
                    "library, bytes a statement": path.stat().st_size / growth.statements,
                }


def main() -> None:
    """Measure, print, and write what is asked for."""
    rows = []
    for row in grown(int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[-1]):
        print(", ".join(f"{name} {value:,.1f}" for name, value in row.items()), flush=True)
        rows.append(row)
    OUT.mkdir(exist_ok=True)
    (OUT / "claims-growth.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    if len(sys.argv) > 2:
        sizes = [row["statements"] for row in rows]
        names = {
            "one article, compared and joined: ms": ("compare, ms an article", "join, ms an article"),
            "one of its statements, joined: ms": ("join, ms a statement",),
        }
        lines = [Line(name, sizes, [sum(row[one] for one in of) for row in rows]) for name, of in names.items()]
        Path(sys.argv[2]).write_text(plot(lines, "statements in the library"), encoding="utf-8")


if __name__ == "__main__":
    main()
