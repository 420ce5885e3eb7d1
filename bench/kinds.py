"""What kind an attribution is of: how its content is given, and where it is hard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

Span = Sequence[int]
Attribution = dict[str, Sequence[Span]]

KINDS = ("quoted", "mixed", "indirect speech", "belief or plan", "no source", "headline")
"""The first four divide all attributions between them; the last two cut across those."""

_WORD = re.compile(r"\w+")
# A quotation ends at the next closing mark, or with its paragraph: a quotation of several paragraphs closes only once.
_QUOTATION = re.compile(r"“[^”\n]*|\"[^\"\n]*|(?<!\w)‘(?:[^’\n]|’(?=\w))*")
_FIRST_LINE = re.compile(r"\s*[^\n]*")


def kinds(text: str, attribution: Attribution) -> frozenset[str]:
    """The kinds of one attribution of `text`, whose spans are [start, end) character offsets.

    One without any span, such as PolNeAR has, is of no kind.
    """
    if not any(attribution.values()):
        return frozenset()
    found = {_manner(text, attribution)}
    if not attribution["source"]:
        found.add("no source")
    if _start(attribution) < _first_line_end(text):
        found.add("headline")
    return frozenset(found)


def _manner(text: str, attribution: Attribution) -> str:
    inside = [_inside(word, quotations(text)) for word in _words(text, attribution["content"])]
    if inside and all(inside):
        return "quoted"
    if any(inside):
        return "mixed"
    return "belief or plan" if _is_belief(text, attribution["cue"]) else "indirect speech"


@cache
def quotations(text: str) -> tuple[tuple[int, int], ...]:
    """The [start, end) stretches of `text` that stand inside quotation marks, without the closing mark."""
    return tuple(match.span() for match in _QUOTATION.finditer(text))


@cache
def belief_words() -> frozenset[str]:
    """Every form of a verb or noun of thinking, wanting or planning that beliefs.txt lists, in lower case."""
    lines = Path(__file__).with_name("beliefs.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _is_belief(text: str, cue: Sequence[Span]) -> bool:
    return any(word.lower() in belief_words() for start, end in cue for word in _WORD.findall(text[start:end]))


def _words(text: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    return [match.span() for start, end in spans for match in _WORD.finditer(text, start, end)]


def _inside(word: tuple[int, int], stretches: Sequence[tuple[int, int]]) -> bool:
    return any(start <= word[0] and word[1] <= end for start, end in stretches)


def _start(attribution: Attribution) -> int:
    return min(start for spans in attribution.values() for start, _ in spans)


def _first_line_end(text: str) -> int:
    match = _FIRST_LINE.match(text)
    return match.end() if match else 0
