"""The words that two statements have in common: in quotation marks, or as they stand."""

from __future__ import annotations

import re
from functools import lru_cache

from .words import folded

FEWEST = 6
"""Words of a quotation that two people hardly say alike: shorter ones are phrases ("a false flag operation"). A choice,
near the least run of words that text reuse takes for shared."""

RUN = 8
"""Words in one run that two writers hardly choose alike for what they tell by themselves. A choice, as above."""

MOST_OF = 0.5
"""How much of the shorter statement must stand in such runs. A choice."""

_QUOTED = re.compile(r"[“\"«„]([^”\"»“„«]+)[”\"»“]")

# An apostrophe within a word ends nothing.
_SINGLE = re.compile(r"(?<!\w)[‘']((?:[^‘’']|(?<=\w)[’'](?=\w))+)[’'](?!\w)")


def same_words(one: str, other: str) -> str | None:
    """The quotation that two texts share, or a run of words of one, folded; None where they share none long enough."""
    mine, theirs = quotations(one), quotations(other)
    if not mine or not theirs:
        return None
    found = [a for a in mine for b in theirs if f" {a} " in f" {b} "]
    found += [b for b in theirs for a in mine if f" {b} " in f" {a} "]
    found += [min(common) for a in mine for b in theirs if (common := runs(a).keys() & runs(b).keys())]
    return max(found, key=lambda words: (len(words), words), default=None)


@lru_cache(maxsize=4096)
def quotations(text: str) -> tuple[str, ...]:
    """What stands between quotation marks and is long enough, folded."""
    spoken = (folded(found) for found in (*_QUOTED.findall(text), *_SINGLE.findall(text)))
    return tuple(" ".join(words) for words in spoken if len(words) >= FEWEST)


def same_run(one: str, other: str) -> str | None:
    """The first words that two texts share, folded, where runs that they share are most of the shorter; or None."""
    mine, theirs = runs(one), runs(other)
    if not mine or not theirs or mine.keys().isdisjoint(theirs):
        return None
    short, long = sorted((mine, theirs), key=len)
    common = [place for run, place in short.items() if run in long]
    covered = {place + i for place in common for i in range(RUN)}
    enough = len(covered) >= MOST_OF * (max(short.values()) + RUN)
    return next(run for run, place in short.items() if place == min(common)) if enough else None


@lru_cache(maxsize=4096)
def runs(text: str) -> dict[str, int]:
    """Every run of `RUN` words of a text, folded, and at which word it first begins."""
    words = folded(text)
    return {" ".join(words[i : i + RUN]): i for i in range(len(words) - RUN, -1, -1)}
