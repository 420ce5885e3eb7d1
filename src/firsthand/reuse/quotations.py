"""Which words are quotations, between marks or as posts: several reporters may have them, so they prove no copying."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from firsthand.reuse.kernels import kernel
from firsthand.reuse.letters import (
    APOSTROPHE,
    AT,
    DASH,
    LETTER,
    NEWLINE,
    OPENING,
    SINGLE_OPENING,
    SPACE,
    STRAIGHT,
)

QUOTED = 1
PARAGRAPH = 4

LONGEST = 150
"""Words that a quotation has at most where only its paragraph ends it, or a single mark does: a longer one is a mark
too many. Chosen by eye, on PolNeAR's train half."""

POST, NAME = 80, 8
"""Words of a social network's post, and of the name before its author's handle, at most: a post of 280 characters has
some 50. Set by thought."""

CLOSED = -1


@kernel
def mark_quotations(
    codes: NDArray[np.uint32], starts: NDArray[np.int32], ends: NDArray[np.int32], flags: NDArray[np.uint8], count: int
) -> None:
    """Set `QUOTED` in the flags of words between marks. `codes` are the text's; `count` is how many words there are.

    Marks of all kinds open and close one another, for texts mix them. What no mark closes ends with its paragraph, as
    speech over several paragraphs is printed.
    """
    double, single = CLOSED, CLOSED
    for k in range(count + 1):
        low, high = ends[k - 1] if k else 0, starts[k] if k < count else len(codes)
        if high == low + 1 and codes[low] == SPACE:
            continue  # most words
        for i in range(low, high):
            if STRAIGHT <= codes[i] < APOSTROPHE:
                double = _double(codes, i, double, k, flags)
            elif APOSTROPHE <= codes[i] < LETTER and double == CLOSED:
                single = _single(codes, i, single, k, flags)
            elif codes[i] == NEWLINE and k < count and flags[k] & PARAGRAPH:
                _mark(flags, double, k, LONGEST)
                double, single = CLOSED, CLOSED
    _mark(flags, double, count, LONGEST)


@kernel
def mark_posts(codes: NDArray[np.uint32], starts: NDArray[np.int32], flags: NDArray[np.uint8], count: int) -> None:
    """Set `QUOTED` in the flags of posts: a paragraph, and under it a line such as "— Ilva Renn (@renn) April 8"."""
    before, here, signed = 0, 0, False
    for k in range(1, count):
        if flags[k] & PARAGRAPH:
            before, here, signed = here, k, False
        if codes[starts[k] - 1] == AT and here and k - here <= NAME and _dashed(codes, starts[here]):
            _mark(flags, before, k, POST + NAME)
            signed = True
        if signed:
            flags[k] |= QUOTED


@kernel
def _dashed(codes: NDArray[np.uint32], i: int) -> bool:
    """Whether a dash stands before the word that begins at `i`."""
    while i > 0 and codes[i - 1] == SPACE:
        i -= 1
    return i > 0 and codes[i - 1] == DASH


@kernel
def _double(codes: NDArray[np.uint32], i: int, opened: int, k: int, flags: NDArray[np.uint8]) -> int:
    """The word that a quotation is open from, after the double mark at `i`, which stands before word `k`."""
    begins = _before_word(codes, i) and not _after_word(codes, i)
    if opened == CLOSED:
        return k if begins or codes[i] == OPENING else CLOSED
    if begins and _after_space(codes, i):
        return k if codes[i] == STRAIGHT else opened
    _mark(flags, opened, k, len(flags))
    return CLOSED


@kernel
def _single(codes: NDArray[np.uint32], i: int, opened: int, k: int, flags: NDArray[np.uint8]) -> int:
    """As `_double`, of a single mark, which may be an apostrophe."""
    if opened == CLOSED or codes[i] == SINGLE_OPENING:
        return k if _before_word(codes, i) and not _after_word(codes, i) else opened
    if _before_word(codes, i) or _after_space(codes, i):
        return opened
    _mark(flags, opened, k, LONGEST)
    return CLOSED


@kernel
def _mark(flags: NDArray[np.uint8], low: int, high: int, longest: int) -> None:
    if low != CLOSED and high - low <= longest:
        for k in range(low, high):
            flags[k] |= QUOTED


@kernel
def _before_word(codes: NDArray[np.uint32], i: int) -> bool:
    """Whether a word, or a mark and a word, follow at once."""
    if i + 1 < len(codes) and STRAIGHT <= codes[i + 1] < LETTER:
        i += 1
    return i + 1 < len(codes) and codes[i + 1] >= LETTER


@kernel
def _after_word(codes: NDArray[np.uint32], i: int) -> bool:
    return i > 0 and codes[i - 1] >= LETTER


@kernel
def _after_space(codes: NDArray[np.uint32], i: int) -> bool:
    return i == 0 or codes[i - 1] <= NEWLINE
