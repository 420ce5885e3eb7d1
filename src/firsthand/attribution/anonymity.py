"""Why somebody is not named, where the text says it."""

from __future__ import annotations

from functools import cache

from firsthand.model import Span

from . import lexicons
from .tokens import SENTENCE_ENDS, Tokens

LONGEST = 22
"""Tokens of the longest reason that is shown."""

_ENDS = SENTENCE_ENDS | {",", ";", "—", "–", "”", '"', ")", ":"}
_NEXT = frozenset(["and", "but", "said", "told", "when"])


def reason(toks: Tokens, mention: tuple[int, int]) -> Span | None:
    """The words that say why, in the sentence of a mention or in the next one of its paragraph."""
    first, end = _reach(toks, mention)
    for i in range(first, end):
        length = _phrase_at(toks, i)
        if length:
            return toks.span(i, _clause_end(toks, i + length, end, i + LONGEST))
    return None


@cache
def _phrases() -> dict[str, list[tuple[str, ...]]]:
    """The phrases, as tokens, by their first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(lexicons.words("anonymity"), key=len, reverse=True):
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append(words)
    return found


def _phrase_at(toks: Tokens, i: int) -> int:
    """How many tokens of a phrase begin here; 0 for none."""
    return next((len(p) for p in _phrases().get(toks.low[i], ()) if tuple(toks.low[i : i + len(p)]) == p), 0)


def _reach(toks: Tokens, mention: tuple[int, int]) -> tuple[int, int]:
    """The tokens from the beginning of the mention's sentence to the end of the next one in its paragraph."""
    first = end = mention[0]
    while first and toks.sentence[first - 1] == toks.sentence[mention[0]]:
        first -= 1
    while (
        end < len(toks) and toks.sentence[end] <= toks.sentence[mention[0]] + 1 and _same_paragraph(toks, end, mention)
    ):
        end += 1
    return first, end


def _same_paragraph(toks: Tokens, i: int, mention: tuple[int, int]) -> bool:
    return toks.paragraph[i] == toks.paragraph[mention[0]]


def _clause_end(toks: Tokens, start: int, end: int, most: int) -> int:
    """Where the clause stops: at a mark, or at the verb or conjunction that goes on."""
    for i in range(start, min(end, most)):
        if toks.low[i] in _ENDS or toks.low[i] in _NEXT:
            return i
    return min(end, most)
