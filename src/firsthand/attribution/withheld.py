"""Where a text says that evidence exists, or should, and was not given: "has not provided detailed information"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from firsthand.model import Span

from . import lexicons
from .cues import negation
from .tokens import Tokens

REACH = 6
"""Tokens behind "not provided" among which the word for evidence stands, and behind that what it would back."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """Tokens `first` up to, not with, `end` say it, in sentence `sentence`; `subjects` are words for what lacks it."""

    first: int
    end: int
    sentence: int
    subjects: frozenset[str]


def withheld(toks: Tokens) -> tuple[Withheld, ...]:
    """Every such place of a text, in reading order."""
    giving = lexicons.words("giving")
    return tuple(place for i, low in enumerate(toks.low) if low in giving for place in _at(toks, i))


def _at(toks: Tokens, i: int) -> Iterator[Withheld]:
    minus = negation(toks, i, 0)
    if minus is None:
        return
    evidences = lexicons.words("evidences")
    for j in range(i + 1, min(i + 1 + REACH, len(toks))):
        if toks.sentence[j] != toks.sentence[i] or toks.low[j] in (",", "that"):
            return
        if toks.low[j] in evidences or (toks.low[j] in lexicons.words("particulars") and _backing(toks, j)):
            yield Withheld(minus[0], j + 1, toks.sentence[i], _subjects(toks, j + 1))
            return


def _backing(toks: Tokens, j: int) -> bool:
    """Whether details are such as would prove something ("information backing up ...")."""
    backing = lexicons.words("backing")
    behind = range(j + 1, min(j + 1 + REACH, len(toks)))
    return any(toks.low[i] in backing for i in behind if toks.sentence[i] == toks.sentence[j])


def _subjects(toks: Tokens, start: int) -> frozenset[str]:
    """The words for findings behind the evidence in the same sentence ("backing up the intelligence findings")."""
    findings, found = lexicons.words("findings"), set[str]()
    for i in range(start, len(toks)):
        if toks.sentence[i] != toks.sentence[start - 1]:
            break
        if toks.low[i] in findings:
            found.add(toks.low[i])
    return frozenset(found)


def words(toks: Tokens, place: Withheld) -> Span:
    """The characters that say it."""
    return toks.span(place.first, place.end)
