"""For which state somebody speaks, by the words of a name or a position."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from .lexicons import closed, marked, ways
from .words import singular, written

LONGEST = 4
"""Words of the longest way of naming a state ("people's republic of china")."""

STEM = 4
"""Letters that a state's name and its adjective begin with alike, at least: "Ostrel", "Ostreli". Four keeps "Iran"
from "Iraq"; both, and all others whose adjective goes another way, are in the list, which is asked first."""

ENDING = 3
"""Letters that an adjective has more than the name, at most: "Ostrelian"."""

_ADJECTIVES = ("i", "an", "ese", "ish", "ic")
"""Endings of words that begin a description and are capitals for more than that: "Ostreli officials"."""

_BEFORE = frozenset(["of", "in", "from", "for"])


def nations(text: str, *, body: bool = False) -> frozenset[str]:
    """The states that `text` names: by the list, else what it writes as one, in lower case ("ostrel").

    `body`: it is the name of a body, whose only word, or first word, can be a state's.
    """
    words = written(text)
    listed = frozenset(ways("nations")[phrase] for phrase in _listed([word.lower() for word in words]))
    return listed or frozenset(_unlisted(words, body))


def is_nation(text: str) -> bool:
    """Whether `text` is what a state, its capital or its seat is called by, and nothing else."""
    return " ".join(word.lower() for word in written(text)) in ways("nations")


def without_nations(text: str, *, body: bool = False) -> str:
    """`text` without the words that only say which state: "U.S. officials" as "officials"; bodies stay."""
    words = written(text)
    named = [phrase for phrase in _listed([word.lower() for word in words]) if phrase not in marked("nations")]
    dropped = {word for phrase in named for word in phrase.split()} or (set() if named else set(_unlisted(words, body)))
    return " ".join(word for word in words if word.lower() not in dropped)


def same_nation(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether any state is in both; a state that is not in the list may be there by its adjective."""
    return bool(one & other) or any(_kin(a, b) for a in one for b in other)


def clash(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both speak for states, and not for the same."""
    return bool(one and other) and not same_nation(one, other)


def _listed(words: list[str]) -> Iterator[str]:
    """The phrases of the list that stand in `words`, the longest at each place."""
    at = 0
    while at < len(words):
        size = next((n for n in range(LONGEST, 0, -1) if " ".join(words[at : at + n]) in ways("nations")), 0)
        if size:
            yield " ".join(words[at : at + size])
        at += size or 1


def _unlisted(words: list[str], body: bool) -> Iterator[str]:
    """Capitals behind "of" or "in", or before a noun: "Ostreli officials", "Verran Defence Ministry"."""
    for before, word in pairwise(["", *words]):
        if before.lower() in _BEFORE and _proper(word):
            yield word.lower()
    for place, (word, behind) in enumerate(pairwise(words)):
        capital = place > 0 or body or word.lower().endswith(_ADJECTIVES)
        if capital and _proper(word) and (behind.islower() or _ordinary(behind.lower())):
            yield word.lower()
            return
    if body and len(words) == 1 and _proper(words[0]) and not words[0].isupper():  # not "DOJ"
        yield words[0].lower()


def _proper(word: str) -> bool:
    return word[:1].isupper() and not _ordinary(word.lower())


@cache
def _ordinary(word: str) -> bool:
    classes = ("official", "insider", "witness", "office", "body", "stock", "common", "titles")
    return any(form in closed(name) for name in classes for form in (word, singular(word)))


def _kin(one: str, other: str) -> bool:
    if one in ways("nations") or other in ways("nations"):
        return False
    short, long = sorted((one, other), key=len)
    same = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return same >= STEM and len(short) - same <= 1 and len(long) - same <= ENDING
