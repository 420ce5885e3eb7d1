"""A whole set: worlds of articles, shuffled, under ids that tell nothing, and the truth about them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.data import Record, write_jsonl
from bench.lineage import originals
from bench.lineage.truth import Truth, record, truths
from bench.lineage.world import WORLD, Made, World


@dataclass(frozen=True, slots=True)
class Set:
    """Articles as lines of JSON (id, text, outlet, title, published where it is known) and what is true of them."""

    articles: tuple[Record, ...]
    truths: tuple[Truth, ...]


def generate(articles: int, seed: str) -> Set:
    """So many articles; the same for the same number and seed. Raises MissingData without the shared folder."""
    records, known = [], []
    for number, size in _sizes(articles):
        lines, of_them = _world(seed, number, size, with_truth=True)
        records += lines
        known += of_them
    order = random.Random(f"{seed}/order").sample(range(len(records)), len(records))
    return Set(tuple(records[at] for at in order), tuple(known[at] for at in order))


def write(articles: int, seed: str, path: Path, truth: Path) -> None:
    """Generate into two JSON Lines files."""
    made = generate(articles, seed)
    write_jsonl(path, made.articles)
    write_jsonl(truth, map(record, made.truths))


def write_many(articles: int, seed: str, path: Path) -> None:
    """So many articles without the truth, to measure speed on: much quicker than `write`.

    The finished articles of world 0, and again with their words exchanged, each time for others.
    """
    sizes = _sizes(articles)
    first, _ = _world(seed, 0, max(size for _, size in sizes), with_truth=False)
    write_jsonl(path, (line for number, size in sizes for line in _exchanged(first[:size], number, seed)))


def _exchanged(records: Sequence[Record], number: int, seed: str) -> Iterator[Record]:
    other = originals.exchange(number, seed) if number else str
    for one in records:
        texts = {name: other(one[name]) for name in ("text", "title") if name in one}
        yield one | texts | {"id": f"L{number:02}{one['id'][3:]}", "outlet": f"{one['outlet']} {number}"}


def _sizes(articles: int) -> list[tuple[int, int]]:
    """The worlds to make, by number, and how many articles each has."""
    worlds = -(-articles // WORLD)
    return [(at, articles * (at + 1) // worlds - articles * at // worlds) for at in range(worlds)]


def _world(seed: str, number: int, size: int, with_truth: bool) -> tuple[list[Record], list[Truth]]:
    """A world's articles in an order that tells nothing, and what is true of them."""
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
