"""How much of what one statement says the other says too, word by word, in like words: "killed", "slain"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from firsthand.claims.background import PLACES, meaning
from firsthand.claims.facts import Facts

Floats = NDArray[np.float32]

UNLIKE = 0.5
"""Cosine of two words below which the one says nothing of the other: of "killed" and "slain" it is 0.6."""

NAMES = (
    "said of the less said", "said of the more said", "unsaid of the less", "unsaid of the more",
    "least said word of the one", "least said word of both", "weightiest unsaid of the one",
    "weightiest unsaid of both", "unsaid alike",
)  # fmt: skip
"""The columns of `aligned`."""


class Meanings(NamedTuple):
    """The words of a statement: vectors [W, PLACES], stems [W] as hashes, weights [W]. W is 1 at least."""

    vectors: Floats
    stems: NDArray[np.int64]
    weights: Floats


def meanings(some: Facts) -> Meanings:
    """The words of a statement, for aligning."""
    if not some.weights:
        return Meanings(np.zeros((1, PLACES), np.float32), np.zeros(1, np.int64), np.full(1, 0.1, np.float32))
    return Meanings(
        np.array([meaning(stem) for stem in some.weights], np.float32),
        np.array([crc32(stem.encode("utf-8", "replace")) for stem in some.weights], np.int64),
        np.array(list(some.weights.values()), np.float32) + 0.1,
    )


def aligned(left: Meanings, rights: Sequence[Meanings]) -> Floats:
    """[N, 9]: see `NAMES`; the same from either side."""
    sizes = [len(right.weights) for right in rights]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    vectors = np.concatenate([right.vectors for right in rights])
    likeness = left.vectors @ vectors.T
    likeness[left.stems[:, None] == np.concatenate([right.stems for right in rights])] = 1.0
    ours = np.maximum.reduceat(likeness, starts, axis=1).T  # [N, W]
    theirs = likeness.max(axis=0)  # [all words of the others]
    weights = np.concatenate([right.weights for right in rights])
    own = _told(ours, np.broadcast_to(left.weights, ours.shape))
    others = _of_others(theirs, weights, starts)
    lacks = (ours < UNLIKE) * left.weights @ left.vectors
    missing = np.add.reduceat(((theirs < UNLIKE) * weights)[:, None] * vectors, starts)
    norms = np.linalg.norm(lacks, axis=1) * np.linalg.norm(missing, axis=1)
    alike = (lacks * missing).sum(1) / np.maximum(norms, 1e-3)
    low, high = np.minimum(own, others), np.maximum(own, others)
    columns = [c for n in range(4) for c in ((low[n], high[n]) if n != 3 else (high[n], low[n]))]
    return np.stack([*columns, alike], 1).astype(np.float32)


def _told(said: Floats, weights: Floats) -> Floats:
    """[4, N]: share said, share unsaid, the least said word, the weightiest unsaid; of rows [N, W]."""
    total = weights.sum(1)
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
