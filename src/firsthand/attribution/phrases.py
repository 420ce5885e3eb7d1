"""Noun phrases that describe somebody: "a senior official", "the agency", "two aides"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from firsthand.model import Span

from . import lexicons
from .names import noun_class, person_noun, plural
from .tokens import Tokens

DEFINITE = lexicons.closed("definite")
DETERMINERS = lexicons.closed("determiners")
PRONOUNS = lexicons.closed("pronouns")
STOPS = lexicons.closed("stops")
BREAKS = frozenset([",", "(", ")", "[", "]", "—", "–", ":", ";", "\n"])
RELATIVES = lexicons.closed("relatives")
LONGEST = 7
"""Words that a phrase may hold before its noun."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens `first`..`end` with the noun at `head`; `definite` where it points back to somebody known."""

    first: int
    head: int
    end: int
    definite: bool


def phrases(toks: Tokens, named: set[int], mentioned: Iterable[Span] = ()) -> list[Phrase]:
    """The phrases with a noun for people, and those in `mentioned` spans with any noun that is no name."""
    found = {p.head: p for i in range(len(toks)) if i not in named and (p := _phrase(toks, i, named))}
    for i in _before_who(toks, named):
        found.setdefault(i, Phrase(_first(toks, i), i, i + 1, _definite(toks, _first(toks, i))))
    for span in mentioned:
        head = head_of(toks, span)
        if head not in named and head is not None and toks.low[head] not in PRONOUNS:
            first, end = bare(toks, span, head)
            found[head] = Phrase(first, head, end, _definite(toks, first))
    return [found[head] for head in sorted(found)]


def _before_who(toks: Tokens, named: set[int]) -> Iterator[int]:
    """The nouns that a "who" goes with, whatever they are."""
    for i in range(1, len(toks)):
        if toks.low[i] == "who":
            noun = i - 1 if toks.low[i - 1] != "," else i - 2
            if noun >= 0 and noun not in named and toks.words[noun][0].isalnum() and toks.low[noun] not in STOPS:
                yield noun


def head_of(toks: Tokens, span: Span) -> int | None:
    """The noun of a phrase: the last word before what follows it with a comma, a preposition or a relative."""
    inside = list(toks.inside(span))
    while len(inside) > 1 and (toks.low[inside[0]] in STOPS or not toks.words[inside[0]][0].isalnum()):
        inside = inside[1:]
    head = None
    for i in inside:
        if head is not None and (toks.low[i] in STOPS or toks.low[i] in BREAKS):
            break
        head = i if toks.words[i][0].isalnum() and not (head is not None and toks.low[i].endswith("selves")) else head
    return head


def bare(toks: Tokens, span: Span, head: int) -> tuple[int, int]:
    """The phrase around `head` without the preposition before it and the clause behind it."""
    inside = toks.inside(span)
    first = next((i for i in inside if toks.low[i] not in STOPS and toks.words[i][0].isalnum()), inside.start)
    end = next((i for i in range(head + 1, inside.stop) if toks.low[i] in BREAKS | RELATIVES), inside.stop)
    return min(first, head), max(end, head + 1)


def _phrase(toks: Tokens, head: int, named: set[int]) -> Phrase | None:
    word = toks.low[head]
    if not person_noun(word) or noun_class(word) != "person" or (head + 1 in named and not plural(word)):
        return None
    if head + 1 < len(toks) and person_noun(toks.low[head + 1]) and toks.words[head + 1].islower():
        return None
    first = _first(toks, head)
    if first == head and not plural(word):
        return None
    return Phrase(first, head, head + 1, _definite(toks, first))


def _first(toks: Tokens, head: int) -> int:
    """Where the phrase begins: at its determiner, else at the first word that can belong to it."""
    first = head
    for i in range(head - 1, max(head - LONGEST, -1), -1):
        word = toks.low[i]
        if word in DETERMINERS:
            return i
        if not (word[0].isalnum() or word == "'s") or word in STOPS or word in PRONOUNS:
            break
        first = i
    return first if plural(toks.low[head]) or toks.low[head] in ("percent", "%") else head


def _definite(toks: Tokens, first: int) -> bool:
    return toks.low[first] in DEFINITE
