"""The words that two statements quote in common."""

from __future__ import annotations

import re
from functools import lru_cache

from .words import folded

FEWEST = 6
"""Words of a quotation that two people hardly say alike: shorter ones are phrases ("a false flag operation"). A choice,
near the least run of words that text reuse takes for shared."""

_QUOTED = re.compile(r"[“\"«„]([^”\"»“„«]+)[”\"»“]")


def same_words(one: str, other: str) -> str | None:
    """The quotation that two texts share, folded; None where they share none that is long enough."""
    mine, theirs = quotations(one), quotations(other)
    if not mine or not theirs:
        return None
    found = [a for a in mine for b in theirs if f" {a} " in f" {b} "]
    found += [b for b in theirs for a in mine if f" {b} " in f" {a} "]
    return max(found, key=lambda words: (len(words), words), default=None)


@lru_cache(maxsize=4096)
def quotations(text: str) -> tuple[str, ...]:
    """What stands between quotation marks and is long enough, folded."""
    spoken = (folded(found) for found in _QUOTED.findall(text))
    return tuple(" ".join(words) for words in spoken if len(words) >= FEWEST)
