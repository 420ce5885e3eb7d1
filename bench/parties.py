"""Scores for whom a source stands for: is it the same party, and of the same kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from unicodedata import combining, normalize

_WORD = re.compile(r"[^\W_]+(?:[.’'-][^\W_]+)*")
_DROPPED = frozenset(["the", "a", "an", "mr", "mrs", "ms", "dr", "sen", "rep", "gov", "president", "former"])


def same_parties(found: Sequence[str], gold: Sequence[str], also: Iterable[str] = ()) -> bool:
    """Whether the found names are the gold ones, each of them once; `also` holds other names for a single party."""
    if len(gold) == 1 or len(found) == 1:
        return len(found) == 1 and any(
            same_party(found[0], name) for name in [*(gold if len(gold) == 1 else ()), *also]
        )
    left = list(found)
    for name in gold:
        match = next((one for one in left if same_party(one, name)), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def same_party(one: str, two: str) -> bool:
    """Whether two names name one party: the shorter is all in the longer, with the last word in common.

    A description may go on: "a poll" and "a poll of nurses" are the same, "Verran" and "Verran Times" are not. Titles
    and articles count for nothing: "Kirby", "John Kirby" and "Mr. Kirby" are the same, "Ann Kirby" is not "John Kirby".
    """
    short, full = sorted((_words(one), _words(two)), key=len)
    if not short:
        return one.strip().lower() == two.strip().lower()
    low, whole = [word.lower() for word in short], [word.lower() for word in full]
    goes_on = low == whole[: len(low)] and (len(low) == len(whole) or full[len(low)].islower())
    return goes_on or (set(low) <= set(whole) and low[-1] == whole[-1])


def _words(name: str) -> list[str]:
    plain = "".join(c for c in normalize("NFKD", name) if not combining(c))
    words = [word.replace("’", "'").removesuffix("'s").rstrip(".") for word in _WORD.findall(plain)]
    return [word for word in words if word.lower() not in _DROPPED] or words
