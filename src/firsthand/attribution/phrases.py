"""Noun phrases that describe somebody: "a senior official", "the agency", "two aides"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from firsthand.model import Span

from .names import noun_class, person_noun, plural
from .tokens import Tokens

DEFINITE = frozenset("the this that these those his her their its our my your".split())
DETERMINERS = DEFINITE | frozenset(
    "a an one two three four five six seven several some many most few all another other both each every no any".split()
)
PRONOUNS = frozenset(
    "he she they it i we you who which that him her his them their us me both all others another one some many those "
    "she's he's they've we've i've whom whose everyone someone nobody anyone most few".split()
)
STOPS = frozenset(
    "of in on at by for from with to as that who which whom whose and or but if when while because is are was were be "
    "been has have had do does did will would can could may might must should said says say told about after before "
    "over under into than then not although though how why where there also only just more like including see so far "
    "no yet still even both either neither".split()
)
BREAKS = frozenset(", ( ) [ ] — – : ; \n".split(" "))
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
    """The phrases with a noun for people, and those in `mentioned` spans with any noun; none that holds a name's end."""
    found = {p.head: p for i in range(len(toks)) if i not in named and (p := _phrase(toks, i, named))}
    for i in _before_who(toks, named):
        found.setdefault(i, Phrase(_first(toks, i), i, i + 1, _definite(toks, _first(toks, i))))
    for span in mentioned:
        head = head_of(toks, span)
        if head not in named and head is not None and toks.low[head] not in PRONOUNS:
            first = toks.at(span[0])
            found[head] = Phrase(first, head, head + 1, _definite(toks, first))
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
        head = i if toks.words[i][0].isalnum() else head
    return head


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
