"""What a word is worth: the rarer in news, the more. A table that ships, so that it never depends on what is read."""

from __future__ import annotations

from functools import cache, lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from firsthand.claims.files import arrays

WORDS = "words.npz"

PLACES = 64
"""Numbers of a word's vector."""

RAREST = 7.0
"""What a word is worth that is in none of the table's articles: about log of their number."""


@lru_cache(1 << 17)
def weight(stem: str, *, name: bool = False) -> float:
    """Inverse document frequency of a stem, 0 to `RAREST`; of `name`, how much oftener it has a capital than not.

    The table holds, of the stems of PolNeAR's training articles, in how many they are, by a hash of 32 bits.
    """
    table = _table()
    found = table.get(crc32(stem.encode("utf-8", "replace")))
    if name:
        return 0.5 if found is None else found[1] - 0.5
    return RAREST if found is None else found[0]


@lru_cache(1 << 17)
def meaning(stem: str) -> NDArray[np.float32]:
    """A unit vector of `PLACES` numbers that is near to those of words that mean alike; zeros for a word not known."""
    number = _numbers().get(crc32(stem.encode("utf-8", "replace")))
    if number is None:
        return np.zeros(PLACES, np.float32)
    found = arrays(WORDS)["vectors"][number].astype(np.float32)
    unit: NDArray[np.float32] = found / max(float(np.linalg.norm(found)), 1.0)
    return unit


@cache
def _numbers() -> dict[int, int]:
    return {key: n for n, key in enumerate(arrays(WORDS)["hashes"].tolist())}


@cache
def _table() -> dict[int, tuple[float, float]]:
    found = arrays(WORDS)
    values = (RAREST - np.log(found["counts"].astype(float))).tolist()
    return dict(zip(found["hashes"].tolist(), zip(values, found["capital"].tolist(), strict=True), strict=True))
