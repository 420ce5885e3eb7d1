"""Cue words in a text: which stance and certainty a lexicon gives them, and whether they are negated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from firsthand.model import StanceValue

from . import lexicons
from .tokens import Tokens

VOWELS = "aeiou"

NO_CLAIM = "-"

BEFORE = 4
"""Tokens before the cue among which a negation still belongs to its verb ("did not at any time mention")."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A stance, and the steps of certainty that come with it, if any; `claims`: whether a thing alone is claimed."""

    stance: StanceValue
    steps: tuple[int, int] | None
    claims: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the lexicon: what it means, what it means when negated, and whether any other word outweighs it."""

    plain: Meaning
    negated: Meaning | None
    weak: bool


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens `first` up to, not with, `end` are an entry of the lexicon."""

    first: int
    end: int
    entry: Entry


def matches(toks: Tokens, places: Sequence[int]) -> list[Match]:
    """The entries among these tokens (ascending indexes), the longest at each place, without overlap."""
    found, end = list[Match](), -1
    longest = 1 + max(places, default=0)
    for i in places:
        if i >= end and (match := _at(toks, i, longest)) is not None:
            found.append(match)
            end = match.end
    return found


def negation(toks: Tokens, first: int, least: int) -> tuple[int, int] | None:
    """The tokens of a negation in front of token `first`, but not before `least`."""
    start = max(least, first - 1 - BEFORE)
    for i in range(first - 1, start - 1, -1):
        if toks.low[i] in '.!?;:\n“”"':
            return None
        if negative(toks.low[i]):
            return i, i + 1
    return None


def negative(low: str) -> bool:
    """Whether a token is a negation: "not", "never", "didn't"."""
    return low.endswith("n't") or low in lexicons.words("negations")


def known(low: str) -> bool:
    """Whether a token begins a cue of the lexicon ("alleges")."""
    return low in _table()


def _at(toks: Tokens, i: int, most: int) -> Match | None:
    for length, entry in _table().get(toks.low[i], ()):
        if i + len(length) <= min(most + 1, len(toks)) and toks.low[i : i + len(length)] == list(length):
            return Match(i, i + len(length), entry)
    return None


@cache
def _table() -> dict[str, tuple[tuple[tuple[str, ...], Entry], ...]]:
    """First word -> the phrases that begin with it, longest first."""
    table = dict[str, list[tuple[tuple[str, ...], Entry]]]()
    for key, value in lexicons.table("cues").items():
        for phrase in _phrases(key):
            table.setdefault(phrase[0], []).append((phrase, _entry(value)))
    return {word: tuple(sorted(rows, key=lambda row: -len(row[0]))) for word, rows in table.items()}


def _phrases(key: str) -> Iterator[tuple[str, ...]]:
    """Every form of "base rest|irregular rest|..."."""
    base, *irregular = key.split("|")
    word, *rest = base.split()
    yield from ((form, *rest) for form in sorted(_forms(word)))
    yield from (tuple(phrase.split()) for phrase in irregular)


def _forms(base: str) -> set[str]:
    """Regular forms of a verb or noun; some that do not exist, which does no harm."""
    stem = base.removesuffix("e")
    forms = {base, base + "s", base + "es", stem + "ing", stem + "ed", base + "ing"}
    if base.endswith("y"):
        forms |= {base[:-1] + "ies", base[:-1] + "ied"}
    if base.endswith("ie"):
        forms.add(base[:-2] + "ying")
    if len(base) > 2 and base[-1] not in VOWELS and base[-2] in VOWELS:
        forms |= {base + base[-1] + "ed", base + base[-1] + "ing"}
    return forms


def _entry(value: str) -> Entry:
    plain, _, negated = value.partition("/")
    weak = "~" in plain
    return Entry(_meaning(plain.replace("~", "")), _meaning(negated) if negated else None, weak)


def _meaning(text: str) -> Meaning:
    stance, _, steps = text.partition(":")
    claims = steps != NO_CLAIM
    return Meaning(cast(StanceValue, stance), range_of(steps) if steps and claims else None, claims)


def range_of(text: str) -> tuple[int, int]:
    """Steps as they are written, "3-5" or "5", as a range: (3, 5), (5, 5)."""
    least, _, most = text.partition("-")
    return int(least), int(most or least)
