"""How much of what one statement says the other says too, word by word, in like words: "killed", "slain"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from firsthand.claims.background import PLACES, meaning
from firsthand.claims.facts import Facts

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Flags = NDArray[np.bool_]
Hashes = NDArray[np.int64]

UNLIKE = 0.5
"""Cosine of two words below which the one says nothing of the other: of "killed" and "slain" it is 0.6."""

NAMES = (
    "said of the less said", "said of the more said", "unsaid of the less", "unsaid of the more",
    "least said word of the one", "least said word of both", "weightiest unsaid of the one",
    "weightiest unsaid of both", "unsaid alike",
)  # fmt: skip
"""The columns of `aligned`."""


class Meanings(NamedTuple):
    """The words of a statement: vectors [W, PLACES], stems [W] as hashes, weights [W]. W is 1 at least.

    worth: the weights as they are, 0 for no word; named [W]: which are names; pairs [P + 1]: the pairs of words that
    stand one behind the other, each once, and a 0.
    """

    vectors: Floats
    stems: Hashes
    weights: Floats
    worth: Doubles
    named: Flags
    pairs: Hashes


class Others(NamedTuple):
    """The words of N statements one behind the other, where each one's words and pairs begin, [N] each.

    same [W, all words]: which of them are the same as which of the one's that they are compared with.
    """

    words: Meanings
    starts: Hashes
    pairs: Hashes
    same: Flags


class Overlap(NamedTuple):
    """The words that a statement shares with each of N others.

    Each [N]: the weight of those shared, the weightiest not shared of the one and of the other, how many names and
    pairs of words they share.
    """

    weight: Doubles
    rarest: Doubles
    rarest_other: Doubles
    names: Doubles
    pairs: Doubles


def hashed(stem: str) -> int:
    """A stem as a number of 32 bits."""
    return crc32(stem.encode("utf-8", "replace"))


def meanings(some: Facts) -> Meanings:
    """The words of a statement, for aligning."""
    worth = np.array(list(some.weights.values()) or [0.0])
    stems = [hashed(stem) for stem in some.weights] or [0]
    order = [hashed(stem) for stem in some.order]
    pairs = {a << 31 ^ b for a, b in pairwise(order)}
    return Meanings(
        np.array([meaning(stem) for stem in some.weights] or [np.zeros(PLACES, np.float32)], np.float32),
        np.array(stems, np.int64),
        worth.astype(np.float32) + np.float32(0.1),
        worth,
        np.array([stem in some.names for stem in some.weights] or [False]),
        np.array([*pairs, 0], np.int64),
    )


def beside(left: Meanings, rights: Sequence[Meanings]) -> Others:
    """The words of N others, to be compared with those of one statement."""
    joined = [np.concatenate(column) for column in zip(*rights, strict=True)]
    starts, pairs = _starts([right.stems for right in rights]), _starts([right.pairs for right in rights])
    return Others(Meanings(*joined), starts, pairs, left.stems[:, None] == joined[1])


def overlapping(left: Meanings, others: Others) -> Overlap:
    """What one statement shares with each of the others, word by word."""
    words, starts, of_pairs, same = others
    theirs, worth = same.any(0), words.worth
    named = same[left.named].any(0) & words.named
    ours = np.logical_or.reduceat(same, starts, axis=1)
    common = (left.pairs[:-1, None] == words.pairs).any(0)
    return Overlap(
        np.add.reduceat(theirs * worth, starts),
        (~ours * left.worth[:, None]).max(0),
        np.maximum.reduceat(~theirs * worth, starts),
        np.add.reduceat(named, starts, dtype=np.float64),
        np.add.reduceat(common, of_pairs, dtype=np.float64),
    )


def _starts(parts: Sequence[Hashes]) -> Hashes:
    """Where each part begins when they stand one behind the other."""
    return np.array([0, *accumulate(map(len, parts[:-1]))], np.int64)


def aligned(left: Meanings, others: Others) -> list[Floats]:
    """Nine of [N]: see `NAMES`; the same from either side."""
    starts, vectors, weights = others.starts, others.words.vectors, others.words.weights
    likeness = left.vectors @ vectors.T
    likeness[others.same] = 1.0
    ours = np.maximum.reduceat(likeness, starts, axis=1).T  # [N, W]
    theirs = likeness.max(axis=0)  # [all words of the others]
    own, its = _told(ours, left.weights), _of_others(theirs, weights, starts)
    lacks = (ours < UNLIKE) * left.weights @ left.vectors
    missing = np.add.reduceat(((theirs < UNLIKE) * weights)[:, None] * vectors, starts)
    norms = np.linalg.norm(lacks, axis=1) * np.linalg.norm(missing, axis=1)
    alike = (lacks * missing).sum(1) / np.maximum(norms, 1e-3)
    low, high = np.minimum(own, its), np.maximum(own, its)
    return [low[0], high[0], low[1], high[1], low[2], high[2], high[3], low[3], alike]


def _told(said: Floats, weights: Floats) -> Floats:
    """[4, N]: share said, share unsaid, the least said word, the weightiest unsaid; of rows [N, W], weights [W]."""
    total = weights.sum()
    return np.stack(
        [
            (said * weights).sum(1) / total,
            ((said < UNLIKE) * weights).sum(1) / total,
            said.min(1),
            ((1 - said) * weights).max(1),
        ]
    )


def _of_others(said: Floats, weights: Floats, starts: NDArray[np.int64]) -> Floats:
    """As `_told`, of words that stand one statement behind the other."""
    total = np.add.reduceat(weights, starts)
    return np.stack(
        [
            np.add.reduceat(said * weights, starts) / total,
            np.add.reduceat((said < UNLIKE) * weights, starts) / total,
            np.minimum.reduceat(said, starts),
            np.maximum.reduceat((1 - said) * weights, starts),
        ]
    )
