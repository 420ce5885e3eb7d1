"""spaCy tokens -> character spans, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

Spans = list[tuple[int, int]]
_PARAGRAPH = re.compile(r"[^\n]+")


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """(offset, paragraph) for every line of the text that holds anything."""
    return ((match.start(), match.group()) for match in _PARAGRAPH.finditer(text) if match.group().strip())


def spans(tokens: Iterable[Token], offset: int = 0) -> Spans:
    """One [start, end) span for each unbroken row of tokens, moved by `offset` characters."""
    found: Spans = []
    last = None
    for token in sorted(set(tokens), key=lambda t: int(t.i)):
        start, end = offset + token.idx, offset + token.idx + len(token)
        if last is not None and token.i == last + 1:
            start = found.pop()[0]
        found.append((start, end))
        last = token.i
    return found
