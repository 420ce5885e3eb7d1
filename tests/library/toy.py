"""Readings of invented articles, and something that groups their statements, as simple as can be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np

from firsthand.library import Library
from firsthand.library.shelf import Shelf
from firsthand.library.upkeep import Upkeep
from firsthand.model import (
    DIMENSIONS,
    STATED_AS_FACT,
    Appearance,
    Article,
    Attribution,
    Certainty,
    Change,
    Derivation,
    Marks,
    Node,
    Odds,
    Reading,
    Source,
    Told,
)
from tests.library.given import article, original


def vector(words: str) -> bytes:
    """A vector that the words alone decide."""
    seed = int.from_bytes(hashlib.sha256(words.encode()).digest()[:8])
    found = np.random.default_rng(seed).normal(size=DIMENSIONS)
    return bytes(np.round(found / np.linalg.norm(found) * 127).astype(np.int8).tobytes())


def key(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def marks(found: Article) -> Marks:
    """Every sentence is a statement of its first word."""
    spans, start = [], 0
    for sentence in found.text.split(". "):
        spans.append((start, start + len(sentence)))
        start += len(sentence) + 2
    certain = Certainty(STATED_AS_FACT, STATED_AS_FACT)
    attributions = tuple(
        Attribution(
            ((start, start + 3),), ((start, start),), ((start, end),), 0.5, Source("Ann", "person"), (), certain
        )
        for start, end in spans
    )
    vectors = (vector(found.text), *(vector(found.text[start:end]) for start, end in spans))
    return Marks(attributions, (), (), vectors)


def told(reading: Reading) -> list[Told]:
    """The statements of a reading, each in the same words once."""
    found = {}
    for one, meant in zip(reading.attributions, reading.vectors[1:], strict=True):
        (start, end) = one.content[0]
        words, identity = reading.article.text[start:end], reading.article.id
        there = Appearance(f"{identity}@{start}-{end}", identity, one.content, words, "attributed", "asserts", one.who)
        found[words] = Told(there, words, meant, reading.vectors[0], key(words))
    return list(found.values())


class Toy:
    """Statements of the same words are a node, each node is a claim."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf, self.changes = shelf, list[Change]()

    def add(self, one: Told) -> None:
        if self.shelf.told(one.appearance.id):
            self.remove(one.appearance.id)
        near = self.shelf.near(one.vector, 3)
        self.shelf.put(one)
        if self.shelf.node(one.key) is None:
            self.shelf.keep(Node(one.key, one.appearance.id, one, one.key, f"c{one.key}"))
            self.changes.append(Change("made", f"c{one.key}"))
            for other in near:
                self.shelf.tie(one.key, other, Odds(0.25, 0.5, 0.125))

    def remove(self, appearance: str) -> None:
        one = self.shelf.told(appearance)
        assert one
        self.shelf.take(appearance)
        node, left = self.shelf.node(one.key), list(self.shelf.of_node(one.key))
        assert node
        if not left:
            self.shelf.drop(one.key)
            self.changes.append(Change("ended", node.claim))
        elif node.head.appearance.id == appearance:
            self.shelf.keep(Node(one.key, left[0].appearance.id, left[0], one.key, node.claim))


def regroup(shelf: Shelf, gone: Sequence[str], reading: Reading | None) -> Iterable[Change]:
    toy, new = Toy(shelf), told(reading) if reading else []
    for one in new:
        toy.add(one)
    for appearance in set(gone) - {one.appearance.id for one in new}:
        toy.remove(appearance)
    return toy.changes


def nothing(*_: object) -> Iterable[Derivation]:
    return ()


def sketch(text: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(sorted({int(key(word), 16) >> 1 for word in text.split()}), np.int64)


def put(library: Library, texts: Sequence[str]) -> list[str]:
    """Add an article for each text, at an address of its own; their ids."""
    pairs = [(article(text, url=f"https://x.example/{key(text)}"), original(text.encode())) for text in texts]
    return [outcome.id for outcome in library.add(pairs, sketch)]  # type: ignore[union-attr]


def caught_up(library: Library, upkeep: Upkeep | None = None) -> Upkeep:
    """Everything is read, compared, joined."""
    upkeep = upkeep or Upkeep(library)
    upkeep.use("toy 1", "toy 1")
    upkeep.keep("toy 1", {number: marks(found) for number, found in upkeep.unread()})
    for steps in (upkeep.compare(sketch, nothing), upkeep.join(regroup)):
        assert [step.failures for step in steps if step.failures] == []
    return upkeep
