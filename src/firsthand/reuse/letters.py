"""What each character is to the comparison of wording: a letter and which, a mark, or nothing."""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

from firsthand.reuse.kernels import kernel

TABLED = 0x3000
"""Characters below this are looked up; above it stand few scripts, told by range."""

SPACE, NEWLINE, OTHER, STOP, JOIN = 0, 1, 2, 3, 4
"""A space; the end of a line; a mark without meaning here; the end of a sentence; what counts for nothing in a word."""

AT, DASH = 5, 6
"""The sign of a handle, "@renn"; hyphens and dashes."""

STRAIGHT, OPENING, CLOSING = 7, 8, 9
"""Double quotation marks."""

APOSTROPHE, SINGLE_OPENING, SINGLE_CLOSING = 10, 11, 12
"""Single quotation marks; the first and the last may be apostrophes."""

LETTER = 32
"""From here on a code is a letter or a digit, folded: no case, no accent, one form of each digit."""

ALONE = 1 << 24
"""Set in a letter that is a word by itself, in scripts that put no spaces between words."""

_MARKS = {
    "\n": NEWLINE, "\v": NEWLINE, "\f": NEWLINE, "\x85": NEWLINE, "\u2028": NEWLINE, "\u2029": NEWLINE,
    "@": AT, "-": DASH, "\u2010": DASH, "\u2011": DASH, "–": DASH, "—": DASH, "―": DASH,
    ".": STOP, "!": STOP, "?": STOP, "…": STOP,
    '"': STRAIGHT, "“": OPENING, "„": OPENING, "‟": OPENING, "«": OPENING, "”": CLOSING, "»": CLOSING,
    "'": APOSTROPHE, "`": APOSTROPHE, "‘": SINGLE_OPENING, "‹": SINGLE_OPENING, "‚": SINGLE_OPENING,
    "’": SINGLE_CLOSING, "›": SINGLE_CLOSING,
    "\u00ad": JOIN, "\u200b": JOIN, "\u200c": JOIN, "\u200d": JOIN, "\u2060": JOIN,
}  # fmt: skip

_UNSPACED = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF))
"""Thai and Lao, Burmese, Khmer: words without spaces between them."""


@cache
def codes() -> NDArray[np.uint32]:
    """The code of every character below `TABLED`."""
    return np.fromiter((_code(chr(point)) for point in range(TABLED)), np.uint32, TABLED)


def _code(character: str) -> int:
    if character in _MARKS:
        return _MARKS[character]
    if character.isspace():
        return SPACE
    category = unicodedata.category(character)
    if category[0] == "M":
        return JOIN
    if category[0] not in "LN":
        return OTHER
    folded = _base(character)
    return folded | ALONE if any(low <= ord(character) <= high for low, high in _UNSPACED) else folded


def _base(character: str) -> int:
    """The letter without case and accent, the digit as ASCII has it."""
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return ord(str(digit))
    first = unicodedata.normalize("NFKD", character.casefold())[:1]
    return max(ord(first), LETTER)


@kernel
def encode(points: NDArray[np.uint32], table: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The codes of a text's characters."""
    found = np.empty(len(points), np.uint32)
    for i in range(len(points)):
        found[i] = code_of(points[i], table)
    return found


@kernel
def code_of(point: int, table: NDArray[np.uint32]) -> int:
    """The code of any character, by its code point."""
    if point < TABLED:
        return int(table[point])
    if point < 0xA000:
        return _east_asian(point)
    if 0xFF01 <= point <= 0xFF5E:
        return int(table[point - 0xFEE0])  # the wide forms of ASCII
    if 0xD800 <= point <= 0xF8FF or point == 0xFEFF or 0xFE00 <= point <= 0xFE0F:
        return JOIN if point >= 0xFE00 else OTHER  # half a pair and private use; signs that show nothing
    if 0xF900 <= point <= 0xFAFF or 0x20000 <= point <= 0x3FFFF:
        return point | ALONE
    return OTHER if point >= 0x1F000 or 0xFE10 <= point <= 0xFE6F else point


@kernel
def _east_asian(point: int) -> int:
    if point == 0x3000:
        return SPACE
    if point == 0x3002:
        return STOP
    if point == 0x300C or point == 0x300E:
        return OPENING
    if point == 0x300D or point == 0x300F:
        return CLOSING
    return point | ALONE if point >= 0x3040 or point == 0x3005 else OTHER
