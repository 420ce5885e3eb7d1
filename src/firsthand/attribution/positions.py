"""The position of a named person: the words before a name, or in apposition behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from firsthand.model import Span

from . import lexicons
from .names import noun_class, person_noun
from .phrases import DETERMINERS, PRONOUNS, RELATIVES, STOPS, head_of
from .tokens import SENTENCE_ENDS, Tokens

LONGEST = 16
"""Tokens of the longest position that is shown."""

Spot = tuple[int, int]


def position(toks: Tokens, mentions: Iterable[Spot]) -> Span | None:
    """The first apposition behind or before a name, else the longest run of words before it; None without any."""
    spots = list(mentions)
    found = [place for spot in spots for place in _apposed(toks, spot)]
    before = [place for spot in spots if (place := _before(toks, spot)) is not None]
    best = found[0] if found else max(before, key=lambda spot: spot[1] - spot[0], default=None)
    return toks.span(*best) if best else None


def positions(toks: Tokens, mentions: Iterable[Spot]) -> Iterator[Spot]:
    """All positions beside the mentions of a name, as (first token, end token)."""
    for spot in mentions:
        yield from _apposed(toks, spot)
        if (before := _before(toks, spot)) is not None:
            yield before


def _apposed(toks: Tokens, spot: Spot) -> Iterator[Spot]:
    """What stands in apposition to a name, behind it or before it."""
    yield from (place for place in (_behind(toks, spot), _leading(toks, spot)) if place is not None)


def _leading(toks: Tokens, spot: Spot) -> Spot | None:
    """What a name is in apposition to: "the mayor of Dorran, Elias Finch"."""
    if spot[0] < 2 or toks.low[spot[0] - 1] != ",":
        return None
    end = spot[0] - 1
    for i in range(end - 1, max(end - LONGEST, -1), -1):
        if toks.low[i] in DETERMINERS:
            return _phrase(toks, i + 1, end)
        if not toks.words[i][0].isalnum() and toks.low[i] != "'s":
            return None
    return None


def _phrase(toks: Tokens, first: int, end: int) -> Spot | None:
    """The tokens, if their noun says what somebody is, and nothing before it says what somebody does."""
    head = head_of(toks, toks.span(first, end)) if first < end else None
    post = head is not None and toks.words[head].islower() and _post(toks.low[head])
    return (first, end) if post and not any(_acts(toks.low[i]) for i in range(first, head or first)) else None


def _behind(toks: Tokens, spot: Spot) -> Spot | None:
    """What stands between commas behind a name: "Ilva Renn, the head of the port,"."""
    start = spot[1] + 1
    if toks.low[spot[1] : start] != [","]:
        return None
    end = next((i for i in range(start, min(start + LONGEST, len(toks))) if _stops(toks, i)), None)
    if end is None or end == start:
        return None
    start += toks.low[start] in DETERMINERS
    while end > start and toks.low[end - 1] in STOPS:
        end -= 1
    return _phrase(toks, start, end)


def _post(word: str) -> bool:
    return _office(word) or word in lexicons.closed("posts")


def _stops(toks: Tokens, i: int) -> bool:
    return toks.low[i] in (",", ";", ")", "—", "–") or toks.low[i] in RELATIVES or toks.words[i] in SENTENCE_ENDS


def _before(toks: Tokens, spot: Spot) -> Spot | None:
    """The words of an office before a name, from the first that belongs to it."""
    first = _field(toks, spot[0])
    if not first or not _office(toks.low[first - 1]):
        return None
    while first and spot[0] - first < LONGEST and _belongs(toks, first - 1):
        first -= 1
    words = toks.low[first : spot[0]]
    return None if all(lexicons.table("titles").get(word, "-") in ("m", "f") for word in words) else (first, spot[0])


def _field(toks: Tokens, end: int) -> int:
    """Where the field of an office begins that stands before token `end`: "of State"; `end` itself without one."""
    first = end
    while first and toks.capital(first - 1):
        first -= 1
    found = 1 < first < end and toks.low[first - 1] == "of" and _office(toks.low[first - 2])
    return first - 1 if found else end


def _office(word: str) -> bool:
    return (person_noun(word) or word in lexicons.table("titles")) and not _acts(word)


def _acts(word: str) -> bool:
    """Whether a word is a pronoun or a verb's form, no part of an office: "(she) accused", "told (reporters)"."""
    return word in PRONOUNS or word in STOPS or word.endswith(("ed", "ing"))


def _belongs(toks: Tokens, i: int) -> bool:
    """Whether a word can be part of an office: a name, a noun, an adjective of rank."""
    word = toks.low[i]
    rank = word in lexicons.closed("ranks") or noun_class(word) is not None or "-" in word
    return toks.words[i][0].isalnum() and word not in STOPS | DETERMINERS and (toks.capital(i) or rank)
