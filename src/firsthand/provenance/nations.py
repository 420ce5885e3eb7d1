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

_BEFORE = frozenset(["of", "in", "from", "for"])


def nations(text: str) -> frozenset[str]:
    """The states that `text` names: by the list, else what it writes as one, as it is written ("Ostrel")."""
    words = written(text)
    listed = frozenset(ways("nations")[phrase] for phrase in _listed([word.lower() for word in words]))
    return listed or frozenset(_unlisted(words))


def without_nations(text: str) -> str:
    """`text` without the words that only say which state: "U.S. officials" as "officials"; bodies stay."""
    words = written(text)
    named = [phrase for phrase in _listed([word.lower() for word in words]) if phrase not in marked("nations")]
    dropped = {word for phrase in named for word in phrase.split()} or (set() if named else set(_unlisted(words)))
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


def _unlisted(words: list[str]) -> Iterator[str]:
    """Capitals behind "of" or "in", or before a noun in lower case or that of a body ("Verran Defence Ministry")."""
    for before, word in pairwise(["", *words]):
        if before.lower() in _BEFORE and _proper(word):
            yield word.lower()
    for word, behind in pairwise(words):
        if _proper(word) and (behind.islower() or _bodily(behind)) and behind not in closed("tails"):
            yield word.lower()
            return
    if len(words) == 1 and _proper(words[0]):
        yield words[0].lower()


def _proper(word: str) -> bool:
    return word[:1].isupper() and not _ordinary(word.lower())


@cache
def _ordinary(word: str) -> bool:
    classes = ("official", "insider", "witness", "office", "body", "stock", "common", "titles")
    return any(form in closed(name) for name in classes for form in (word, singular(word)))


def _bodily(word: str) -> bool:
    return word.lower() in closed("body") or word.lower() in closed("common") or word.lower() in closed("titles")


def _kin(one: str, other: str) -> bool:
    if one in ways("nations") or other in ways("nations"):
        return False
    short, long = sorted((one, other), key=len)
    same = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return same >= STEM and len(short) - same <= 1 and len(long) - same <= ENDING
