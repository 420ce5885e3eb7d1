"""Another world's words: the same texts, with all but the commonest words exchanged for others as frequent."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

FIXED_WORDS = 100
"""The so many commonest words stay what they are."""
BAND = 50
"""... and each other word becomes one at most so many ranks away, so that frequencies stay what they are."""

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[\W_]+")


class Exchange(dict[str, str]):
    """What each word becomes, capitals kept; digits become other digits. Called with a text, it gives the other.

    `ranked` are all words, folded, the most frequent first.
    """

    def __init__(self, ranked: Sequence[str], rng: random.Random) -> None:
        self._digits = str.maketrans("0123456789", "".join(rng.sample("0123456789", 10)))
        self._folded: dict[str, str] = {}
        for start in range(FIXED_WORDS, len(ranked), BAND):
            band = list(ranked[start : start + BAND])
            self._folded |= zip(band, rng.sample(band, len(band)), strict=True)

    def __call__(self, text: str) -> str:
        """The text in the other world."""
        return "".join([self[token] for token in _TOKEN.findall(text)])

    def __missing__(self, token: str) -> str:
        new = self._folded.get(token.lower())
        if new is None:
            other = token.translate(self._digits) if token.isdecimal() else token
        else:
            other = (
                new.upper() if token.isupper() and len(token) > 1 else new.capitalize() if token[0].isupper() else new
            )
        self[token] = other
        return other
