"""A whole set: worlds of articles, shuffled, under ids that tell nothing, and the truth about them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.data import Record, write_jsonl
from bench.lineage import originals
from bench.lineage.truth import Truth, record, truths
from bench.lineage.world import WORLD, Made, World

PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Set:
    """Articles as lines of JSON (id, text, outlet, title, published where it is known) and what is true of them."""

    articles: tuple[Record, ...]
    truths: tuple[Truth, ...]


def generate(articles: int, seed: str) -> Set:
    """So many articles; the same for the same number and seed. Raises MissingData without the shared folder."""
    records, known = [], []
    for lines, of_them in _worlds(articles, seed, with_truth=True):
        records += lines
        known += of_them
    order = random.Random(f"{seed}/order").sample(range(len(records)), len(records))
    return Set(tuple(records[at] for at in order), tuple(known[at] for at in order))


def write(articles: int, seed: str, path: Path, truth: Path | None = None) -> None:
    """Generate into JSON Lines files. Without `truth` it is quicker: two worlds at a time, written as they come."""
    if truth:
        made = generate(articles, seed)
        write_jsonl(path, made.articles)
        write_jsonl(truth, map(record, made.truths))
    else:
        with ProcessPoolExecutor(PROCESSES) as pool:
            worlds = pool.map(partial(_lines, seed), *zip(*_sizes(articles), strict=True))
            write_jsonl(path, (line for lines in worlds for line in lines))


def _worlds(articles: int, seed: str, with_truth: bool) -> Iterator[tuple[list[Record], list[Truth]]]:
    """A world's articles in an order that tells nothing, with what is true of them."""
    return (_world(seed, number, size, with_truth) for number, size in _sizes(articles))


def _sizes(articles: int) -> list[tuple[int, int]]:
    """The worlds to make, by number, and how many articles each has."""
    worlds = -(-articles // WORLD)
    return [(at, articles * (at + 1) // worlds - articles * at // worlds) for at in range(worlds)]


def _lines(seed: str, number: int, size: int) -> list[Record]:
    return _world(seed, number, size, with_truth=False)[0]


def _world(seed: str, number: int, size: int, with_truth: bool) -> tuple[list[Record], list[Truth]]:
    world = World(number, size, seed)
    made = world.fill()
    random.Random(f"{seed}/shuffle/{number}").shuffle(made)
    names = {one.id: f"L{number:02}{at:05}" for at, one in enumerate(made)}
    known = truths(made, names, _related(world)) if with_truth else []
    return [line(one, names[one.id]) for one in made], known


def line(one: Made, name: str) -> Record:
    """The article as a line of JSON."""
    title = next((line for p in one.page.draft if p.role == "headline" for line in p.sentences), None)
    record: Record = {"id": name, "text": one.page.text, "outlet": one.outlet.name}
    if title:
        record["title"] = " ".join(word for word, _ in title.words)
    if one.published:
        record["published"] = one.published.isoformat()
    return record


def _related(world: World) -> list[tuple[str, str]]:
    """Originals of one event, by their ids in the making."""
    ids = {one.number: one.id for one in world.made if one.number is not None}
    return [(ids[a], ids[b]) for a, b in originals.same_event(world.found) if a in ids and b in ids]
