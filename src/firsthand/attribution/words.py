"""A stretch of text as words, their word pieces, and what an uncased encoder cannot see of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import combining

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ints = NDArray[np.int64]

CASES = 6
"""Classes of letter case: lower, Title, UPPER, miXed, digits, other signs."""
QUOTES = 3
"""Classes of quotation: outside, inside, the mark itself."""
PLACES = 4
"""Classes of place: body, first word of a paragraph, headline, a line without a full stop (a heading, a caption)."""

HEADLINE_CHARACTERS = 250
"""The longest first paragraph that counts as a headline; the longest headline in PolNeAR train has 141."""

_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
_QUOTE = re.compile('["“”„«»]')
_OPENING, _CLOSING = frozenset("“„«"), frozenset("”»")


@dataclass(frozen=True, slots=True)
class Words:
    """W words of a text, in order, with their P word pieces.

    starts, ends: [W] character offsets into the text.
    pieces: [P] vocabulary ids; first: [W + 1] index of each word's first piece, then P.
    features: [W, 3] classes of case, quotation and place.
    paragraph: [W] running number of the word's paragraph.
    """

    starts: Ints
    ends: Ints
    pieces: Ints
    first: Ints
    features: Ints
    paragraph: Ints

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def begins(self) -> NDArray[np.bool_]:
        """[W]: whether the word is the first of its paragraph."""
        return np.asarray(np.diff(self.paragraph, prepend=-1) != 0)


def split(text: str, tokenizer: Tokenizer, *, offset: int = 0, headline: bool = True) -> Words:
    """The words of `text`, which stands at `offset` of the article and, with `headline`, at its beginning."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    number = np.array(encoding.word_ids, dtype=np.int64)
    spans = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    first = np.flatnonzero(np.diff(number, prepend=-1))
    bounds = np.append(first, len(number))
    starts, ends = spans[first, 0], _with_accents(text, spans[bounds[1:] - 1, 1])
    paragraphs = [m.span() for m in _PARAGRAPH.finditer(text)] or [(0, len(text))]
    paragraph = np.searchsorted([s for s, _ in paragraphs], starts, side="right") - 1
    features = np.stack(
        [_cases(text, starts, ends), _quotes(text, paragraphs, starts), _places(text, paragraphs, paragraph, headline)],
        axis=1,
    )
    pieces = np.array(encoding.ids, dtype=np.int64)
    return Words(starts + offset, ends + offset, pieces, bounds, features, paragraph)


def _with_accents(text: str, ends: Ints) -> Ints:
    """Ends moved past accents that are characters of their own, which the tokenizer drops."""
    if text.isascii():
        return ends
    return np.array([_past_accents(text, end) for end in ends.tolist()], dtype=np.int64)


def _past_accents(text: str, end: int) -> int:
    while end < len(text) and combining(text[end]):
        end += 1
    return end


def _cases(text: str, starts: Ints, ends: Ints) -> Ints:
    return np.array([_case(text[s:e]) for s, e in zip(starts.tolist(), ends.tolist(), strict=True)], dtype=np.int64)


def _case(word: str) -> int:
    if word.islower():
        return 0
    if not word[:1].isalpha():
        return 4 if word[:1].isdigit() else 5
    if word.isupper() and len(word) > 1:
        return 2
    return 1 if word[:1].isupper() and (len(word) == 1 or word[1:].islower()) else 3


def _quotes(text: str, paragraphs: list[tuple[int, int]], starts: Ints) -> Ints:
    """Inside-quotation classes; an unclosed quotation ends with its paragraph, as the press sets it."""
    places, states = [-1], [0]
    for begin, end in paragraphs:
        inside = False
        for mark in _QUOTE.finditer(text, begin, end):
            inside = mark[0] in _OPENING or (mark[0] not in _CLOSING and not inside)
            places += [mark.start(), mark.end()]
            states += [2, int(inside)]
        places.append(end)
        states.append(0)
    return np.array(states, dtype=np.int64)[np.searchsorted(places, starts, side="right") - 1]


def _places(text: str, paragraphs: list[tuple[int, int]], paragraph: Ints, headline: bool) -> Ints:
    lines = np.array([_line(text[s:e].rstrip()) for s, e in paragraphs], dtype=np.int64)
    if headline and paragraphs[0][1] - paragraphs[0][0] <= HEADLINE_CHARACTERS:
        lines[0] = 2
    classes = lines[paragraph] if len(paragraph) else paragraph
    return np.where((np.diff(paragraph, prepend=-1) != 0) & (classes == 0), 1, classes)


def _line(line: str) -> int:
    return 0 if len(line) > HEADLINE_CHARACTERS or line.endswith((".", "!", "?", "”", '"', "’", ")", ":")) else 3
