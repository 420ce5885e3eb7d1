"""Fingerprints: some of a text's word 5-grams, chosen by their hash alone, so that copies choose the same ones.

Winnowing (Schleimer and others 2003) takes the least hash of each window; an edit nearby changes the choice. Taking
all hashes below a bound does not depend on the neighbours: see docs/decisions/2026-11-23-reuse.md for the figures.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from firsthand.reuse.folding import fold
from firsthand.reuse.kernels import kernel

GRAM = 5
"""Words of a fingerprint."""

SKETCH_RATE = 16
"""One 5-gram in so many stands in the library's index: 37 for an article of 600 words."""

SKETCH_LEAST = 12
"""Fingerprints that a short text has all the same, where it has so many 5-grams: a text of 60 words would have 3."""

RATE, LEAST = 4, 24
"""As the two above, for a set in memory. One in four finds 25% rewrites of 100 words; half of that lost some."""

_BOUND = np.uint64(2**64 // RATE)
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)


def sketch(text: str) -> NDArray[np.int64]:
    """The fingerprints by which the library's index finds `text` and its copies: sorted, each once, int64.

    The least hashes of its word 5-grams, one in `SKETCH_RATE`, at least `SKETCH_LEAST` of them. The hashes depend on
    the words alone and stay the same from version to version of Firsthand (a test holds some).
    """
    grams = np.unique(gram_hashes(fold(text).words))
    return np.sort(grams[: max(SKETCH_LEAST, len(grams) // SKETCH_RATE)].view(np.int64))


@kernel
def chosen(grams: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Those 5-grams of a text by which a set in memory finds it, in the text's order, repetitions and all."""
    bound = _BOUND
    if 0 < len(grams) < RATE * LEAST:
        bound = max(bound, np.sort(grams)[min(LEAST, len(grams)) - 1])
    return grams[grams <= bound]


@kernel
def gram_hashes(words: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """The hash of the 5-gram that begins at each word; none for texts of fewer words."""
    grams = np.empty(max(len(words) - GRAM + 1, 0), np.uint64)
    for i in range(len(grams)):
        grams[i] = gram_hash(words, i)
    return grams


@kernel
def gram_hash(words: NDArray[np.uint32], start: int) -> np.uint64:
    """The hash of the five words from `start`."""
    value = np.uint64(0)
    for k in range(start, start + GRAM):
        value = (value + np.uint64(words[k])) * _FACTOR
        value ^= value >> _HALF
    value *= _MIX
    return value ^ (value >> _HALF)
