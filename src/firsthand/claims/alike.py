"""Articles -> how much alike each two are: the odds that they are mainly about the same claim.

A logistic regression over `FEATURES`, taught and measured by training/heads_leads.py.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from math import exp, log, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from firsthand.claims.background import RAREST, weight
from firsthand.claims.wording import STOP, stem, words
from firsthand.errors import ModelError

Floats = NDArray[np.float64]

FILE = "leads.json"
LEAD, BEGINNING = 500, 1500
"""Characters of an article that are its lead, and its beginning."""

CHUNKS, CHUNK_LEAST, CHUNK_MOST = 3, 60, 150
"""Stretches at the beginning that get a vector of their own; words of each, whole paragraphs."""
PARAGRAPH = 6
"""Words of the shortest paragraph that is no mere caption or menu."""

ARTICLES = 840
"""Articles that the table of words was counted in, see `background`."""

FLOOR, CEILING = -12.0, 8.0
"""Log odds are cut there, so that no single pair decides for a group."""

FEATURES = (
    "wholes", "beginnings", "leads", "lead in whole, more", "lead in whole, less", "beginning in whole", "names",
    "names of wholes", "no names", "shared of the shorter", "shared of both", "vectors", "chunks, best",
    "first chunks", "first chunk, best", "chunks, mean of the best",
)  # fmt: skip
"""What is compared, in the order of the columns: cosines, but for the two shares of what words are worth."""

SPACES = ("whole", "beginning", "lead", "names", "names of the whole", "no names", "worth")


class Written(NamedTuple):
    """An article to compare; `vectors` [1 + CHUNKS, DIMENSIONS] of its beginning and chunks, zero without one."""

    id: str
    text: str
    vectors: NDArray[np.int8]


def chunks(text: str) -> list[str]:
    """The stretches at a text's beginning whose vectors are compared; "" for those that it has not."""
    found: list[str] = []
    held: list[str] = []
    for paragraph in (line.split() for line in text.split("\n")):
        held += paragraph if len(paragraph) >= PARAGRAPH else []
        if len(held) >= CHUNK_LEAST:
            found.append(" ".join(held[:CHUNK_MOST]))
            held = []
    found.append(" ".join(held))
    return [*found, *[""] * CHUNKS][:CHUNKS]


def compared(articles: Sequence[Written]) -> Iterator[Floats]:
    """For each article [N, F]: what is compared of it and each of the N, itself included. Costs N squared in all."""
    spaces = [_Space(column) for column in zip(*_vectors(articles), strict=True)]
    chunked = _units(articles)
    worth = spaces[-1].norms
    for n in range(len(articles)):
        yield np.stack([*_of_words(spaces, worth, n), *_of_vectors(chunked, n)], axis=1)


def log_odds(articles: Sequence[Written]) -> Floats:
    """[N, N], symmetric: of each two articles, from `FLOOR` to `CEILING`. Raises ModelError."""
    weights, bias = _model()
    rows = [values @ weights + bias for values in compared(articles)]
    return np.clip(np.array(rows).reshape(len(articles), len(articles)), FLOOR, CEILING)


@cache
def _model() -> tuple[Floats, float]:
    path = resources.files(__package__) / "model" / FILE
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return np.array([found["weights"][name] for name in FEATURES]), float(found["bias"])
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{path}: the model of lead claims is missing or damaged ({error}); reinstall") from error


class _Space:
    """Sparse vectors of N articles, kept by word: one is multiplied with all in time for its own words alone."""

    def __init__(self, vectors: Sequence[Mapping[str, float]]) -> None:
        self.vectors, self.norms = vectors, np.array([sum(v * v for v in one.values()) for one in vectors])
        places: dict[str, list[tuple[int, float]]] = {}
        for n, one in enumerate(vectors):
            for word, value in one.items():
                places.setdefault(word, []).append((n, value))
        self._places = {
            word: (np.array([n for n, _ in held]), np.array([v for _, v in held])) for word, held in places.items()
        }

    def products(self, vector: Mapping[str, float]) -> Floats:
        """[N]: with each article's."""
        found = np.zeros(len(self.vectors))
        for word, value in vector.items():
            if word in self._places:
                places, values = self._places[word]
                found[places] += value * values
        return found


def _of_words(spaces: Sequence[_Space], worth: Floats, n: int) -> Iterator[Floats]:
    whole, beginning, lead, names, all_names, others, shared = spaces
    yield whole.products(whole.vectors[n])
    yield beginning.products(beginning.vectors[n])
    yield lead.products(lead.vectors[n])
    own, theirs = whole.products(lead.vectors[n]), lead.products(whole.vectors[n])
    yield np.maximum(own, theirs)
    yield np.minimum(own, theirs)
    yield (whole.products(beginning.vectors[n]) + beginning.products(whole.vectors[n])) / 2
    for space in (names, all_names, others):
        yield space.products(space.vectors[n])
    both = shared.products(shared.vectors[n])
    yield both / np.maximum(np.minimum(worth, worth[n]), 1e-9)
    yield both / np.maximum(worth + worth[n] - both, 1e-9)


def _of_vectors(units: NDArray[np.float32], n: int) -> Iterator[Floats]:
    yield (units[:, 0] @ units[n, 0]).astype(float)
    pairs = np.einsum("kd,jld->jkl", units[n, 1:], units[:, 1:]).astype(float)
    yield pairs.max((1, 2))
    yield pairs[:, 0, 0]
    yield np.maximum(pairs[:, 0, :].max(1), pairs[:, :, 0].max(1))
    yield (pairs.max(2).mean(1) + pairs.max(1).mean(1)) / 2


def _units(articles: Sequence[Written]) -> NDArray[np.float32]:
    found = np.stack([one.vectors for one in articles]).astype(np.float32)
    lengths = np.linalg.norm(found, axis=-1, keepdims=True)
    units: NDArray[np.float32] = found / np.maximum(lengths, 1.0)
    return units


def _vectors(articles: Sequence[Written]) -> Iterator[list[dict[str, float]]]:
    """For each article its vector in each of `SPACES`: unit ones, but for the last, what each of its words is worth."""
    stems = [[_stems(one.text[:length]) for length in (None, BEGINNING, LEAD)] for one in articles]
    counts = Counter(word for whole, _, _ in stems for word in {word for word, _ in whole})
    worth = {word: _worth(word, count / len(articles)) for word, count in counts.items()}
    for whole, beginning, lead in stems:
        told = [[w for w, _ in whole], [w for w, _ in beginning], [w for w, _ in lead]]
        named = [[w for w, name in some if name] for some in (beginning, whole)]
        rest = [w for w, name in beginning if not name]
        units = [_unit(some, worth) for some in (*told, *named, rest)]
        yield [*units, {word: sqrt(max(_of(worth, word), 0.0)) for word in set(told[1])}]


def _stems(text: str) -> list[tuple[str, bool]]:
    """The words that mean something, and whether each is written with a capital."""
    return [(stem(word), word[0].isupper()) for word in words(text) if word.lower() not in STOP]


def _worth(word: str, share: float) -> float:
    """Minus the log of how common a word is, in the news or in what is compared: the greater of the two shares."""
    return -log(max(exp(RAREST - weight(word)) / ARTICLES, share))


def _of(worth: Mapping[str, float], word: str) -> float:
    """A word that the cut at the end of a beginning has made is in no whole text, and worth nothing."""
    return worth.get(word, 0.0)


def _unit(stems: Collection[str], worth: Mapping[str, float]) -> dict[str, float]:
    found = {word: (1 + log(count)) * _of(worth, word) for word, count in Counter(stems).items()}
    length = sqrt(sum(value * value for value in found.values())) or 1.0
    return {word: value / length for word, value in found.items()}
