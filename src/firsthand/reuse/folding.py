"""A text as folded words: what is compared, with where each stands.

Case, accents, punctuation, quotation marks, dashes and the space between words count for nothing. A word is a run of
letters and digits; in scripts without spaces it is one character. Words are numbers: 32 bits of their hash.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firsthand.reuse.kernels import kernel
from firsthand.reuse.letters import (
    ALONE,
    APOSTROPHE,
    CLOSING,
    JOIN,
    LETTER,
    NEWLINE,
    SINGLE_CLOSING,
    SPACE,
    STOP,
    STRAIGHT,
    codes,
    encode,
)
from firsthand.reuse.quotations import PARAGRAPH, mark_posts, mark_quotations

SENTENCE, COMMON, GAP = 2, 8, 16
"""Flags of a word, beside QUOTED and PARAGRAPH: first of a sentence; in its outlet's boilerplate; first after some."""

_SEED, _PRIME = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xFF51AFD7ED558CCD)
_HALF, _TOP = np.uint64(32), np.uint64(56)


@dataclass(frozen=True, slots=True)
class Folded:
    """The words of one text, all columns of one length.

    words: the hash of each. starts, ends: its characters [start, end) in the text. flags: QUOTED, PARAGRAPH, SENTENCE,
    COMMON. faces: eight bits of how it is written, with case and the marks after it, which tell copies of one wording
    apart.
    """

    words: NDArray[np.uint32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    flags: NDArray[np.uint8]
    faces: NDArray[np.uint8]


def fold(text: str) -> Folded:
    """The words of `text`. Every text folds: one without letters has none."""
    points = points_of(text)
    words, starts, ends, flags, faces = columns = empty(len(points))
    n = fold_into(points, codes(), *columns)
    return Folded(words[:n].copy(), starts[:n].copy(), ends[:n].copy(), flags[:n].copy(), faces[:n].copy())


def points_of(text: str) -> NDArray[np.uint32]:
    """The code points of `text`; halves of surrogate pairs as they are."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


Columns = tuple[
    NDArray[np.uint32], NDArray[np.int32], NDArray[np.int32], NDArray[np.uint8], NDArray[np.uint8]
]  # fmt: skip
"""Those of `Folded`, in its order."""


def empty(size: int) -> Columns:
    """Columns for so many words."""
    return (
        np.empty(size, np.uint32),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.uint8),
        np.empty(size, np.uint8),
    )


@kernel
def fold_into(
    points: NDArray[np.uint32],
    table: NDArray[np.uint32],
    words: NDArray[np.uint32],
    starts: NDArray[np.int32],
    ends: NDArray[np.int32],
    flags: NDArray[np.uint8],
    faces: NDArray[np.uint8],
) -> int:
    """Write the words of a text into columns that have room for one a character; how many there are."""
    found = encode(points, table)
    count = _split(points, found, words, starts, ends, faces)
    for k in range(count):
        flags[k] = _breaks(found, ends[k - 1], starts[k]) if k else SENTENCE | PARAGRAPH
    mark_quotations(found, starts, ends, flags, count)
    mark_posts(found, starts, flags, count)
    return count


@kernel
def _split(
    points: NDArray[np.uint32],
    found: NDArray[np.uint32],
    words: NDArray[np.uint32],
    starts: NDArray[np.int32],
    ends: NDArray[np.int32],
    faces: NDArray[np.uint8],
) -> int:
    """Where the words stand, and what they are; how many there are."""
    count, i, face = 0, 0, _SEED
    while i < len(found):
        if found[i] < LETTER:
            face = (face ^ np.uint64(points[i])) * _PRIME if found[i] > NEWLINE else face
            i += 1
            continue
        if count:
            faces[count - 1] = face >> _TOP
        start, i = i, _end(found, i)
        words[count], face = _hashes(points, found, start, i)
        starts[count], ends[count] = start, i
        count += 1
    if count:
        faces[count - 1] = face >> _TOP
    return count


@kernel
def _end(found: NDArray[np.uint32], i: int) -> int:
    """Where the word ends that begins at `i`."""
    if found[i] & ALONE:
        i += 1
    else:
        while (i < len(found) and LETTER <= found[i] < ALONE) or _inner(found, i):
            i += 1
    while i < len(found) and found[i] == JOIN:
        i += 1
    return i


@kernel
def _inner(found: NDArray[np.uint32], i: int) -> bool:
    """Whether the mark at `i`, after a letter, is part of the word: "don't"."""
    if i + 1 >= len(found) or not LETTER <= found[i + 1] < ALONE:
        return False
    return bool(found[i] == JOIN or found[i] == APOSTROPHE or found[i] == SINGLE_CLOSING)


@kernel
def _hashes(points: NDArray[np.uint32], found: NDArray[np.uint32], start: int, end: int) -> tuple[np.uint32, np.uint64]:
    """Of a word's letters, and, to go on with, of how they are written."""
    word, face = _SEED, _SEED
    for i in range(start, end):
        face = (face ^ np.uint64(points[i])) * _PRIME
        if found[i] >= LETTER:
            word = (word ^ np.uint64(found[i])) * _PRIME
    return np.uint32((word ^ (word >> _HALF)) * _PRIME >> _HALF), face


@kernel
def _breaks(found: NDArray[np.uint32], low: int, high: int) -> int:
    """What begins after the marks between two words: a sentence, a paragraph, or nothing (0)."""
    if high == low + 1 and found[low] == SPACE:
        return 0
    stop, space, lines = False, False, 0
    for i in range(low, high):
        stop |= found[i] == STOP or STRAIGHT <= found[i] <= CLOSING
        space |= found[i] == SPACE
        lines += found[i] == NEWLINE
    if lines > 1 or (lines and stop):
        return SENTENCE | PARAGRAPH
    return SENTENCE if stop and space and not _letter_alone(found, low) else 0


@kernel
def _letter_alone(found: NDArray[np.uint32], end: int) -> bool:
    """Whether the word that ends there is a single letter, as in "U.S."."""
    return end < 2 or found[end - 2] < LETTER
