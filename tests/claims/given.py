"""Statements that are given, of invented places, with vectors made of their words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zlib import crc32

import numpy as np

from firsthand.claims.statements import _key
from firsthand.claims.wording import STOP, stem, words
from firsthand.model import DIMENSIONS, STATED_AS_FACT, Appearance, Certainty, Source, Told

BEGAN = datetime(2031, 4, 8, 6, tzinfo=UTC)


@cache
def vector(text: str) -> bytes:
    """A unit vector times 127: near to that of a text with many of the same words."""
    total = np.zeros(DIMENSIONS)
    for word in words(text):
        if word.lower() not in STOP:
            total += np.random.default_rng(crc32(stem(word).encode())).normal(size=DIMENSIONS)
    norm = np.linalg.norm(total)
    return np.rint(total / norm * 127).astype(np.int8).tobytes() if norm else bytes(DIMENSIONS)


def told(number: int, text: str, hours: int | None = 0, **fields: object) -> Told:
    """The statement of article `number` that says `text`, published so many hours after the first."""
    published = None if hours is None else BEGAN + timedelta(hours=hours)
    name = f"article-{number}@0-{len(text)}"
    known: dict[str, object] = {
        "role": "attributed",
        "stance": "asserts",
        "who": Source("Ilva Renn", "person"),
        "certainty": Certainty(STATED_AS_FACT, STATED_AS_FACT),
        "outlet": f"outlet-{number}",
    }
    appearance = Appearance(
        name,
        f"article-{number}",
        ((0, len(text)),),
        text,
        published=published,
        **(known | fields),  # type: ignore[arg-type]
    )
    return Told(appearance, text, vector(text), vector("Karst dam and Ulm valley"), _key(name, text))
