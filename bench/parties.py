"""Scores for whom a source stands for: is it the same party, and of the same kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from unicodedata import combining, normalize

_WORD = re.compile(r"[^\W_]+(?:[.’'-][^\W_]+)*")
_DROPPED = frozenset(["the", "a", "an", "mr", "mrs", "ms", "dr", "sen", "rep", "gov", "president", "former"])


def same_parties(found: Sequence[str], gold: Sequence[str], also: Iterable[str] = ()) -> bool:
    """Whether the found names are the gold ones, member by member; `also` holds other names that are as good."""
    if len(found) != len(gold):
        return len(found) == 1 and any(same_party(found[0], other) for other in also)
    accepted = [[name, *also] for name in gold]
    return all(any(same_party(one, name) for one in found for name in names) for names in accepted)


def same_party(one: str, two: str) -> bool:
    """Whether two names name one party: the shorter begins the longer, or is all in it with the last word in common.

    Titles and articles count for nothing: "Kirby", "John Kirby" and "Mr. Kirby" are the same, "Ann Kirby" is not
    "John Kirby"; "a poll" and "a poll of nurses" are the same.
    """
    first, second = _words(one), _words(two)
    if not first or not second:
        return one.strip().lower() == two.strip().lower()
    short, full = sorted((first, second), key=len)
    return short == full[: len(short)] or (set(short) <= set(full) and short[-1] == full[-1])


def _words(name: str) -> list[str]:
    plain = "".join(c for c in normalize("NFKD", name) if not combining(c))
    words = [word.lower().replace("’", "'").removesuffix("'s").rstrip(".") for word in _WORD.findall(plain)]
    return [word for word in words if word not in _DROPPED] or words
