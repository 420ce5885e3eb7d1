"""Which language a text is written in (Compact Language Detector 3, on board: no network, no download)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gcld3 import NNetLanguageIdentifier

SAMPLE = 4_000
"""Characters that are looked at. All 612 Helsinki articles are told right on 2,000; more only takes longer."""

LEAST_LETTERS = 40
"""Fewer letters than this do not tell a language: on one short sentence ("He said no.") the detector guesses wildly."""

LEAST_PROBABILITY = 0.7
"""Below this the detector itself calls its answer unreliable (kReliabilityThreshold in its source)."""


def language_of(text: str) -> str | None:
    """The language as a BCP 47 code ("en", "zh"), or None where the text is too short to tell."""
    sample = text[:SAMPLE]
    if sum(map(str.isalpha, sample)) < LEAST_LETTERS:
        return None
    result = _detector().FindLanguage(text=sample.encode("utf-8", "replace").decode("utf-8"))
    if not result.is_reliable or result.probability < LEAST_PROBABILITY:
        return None
    return _MODERN.get(result.language, str(result.language))


_MODERN = {"iw": "he", "ji": "yi", "in": "id", "no": "nb"}
"""Codes that have been withdrawn -> those in use."""


@cache
def _detector() -> NNetLanguageIdentifier:
    import gcld3

    return gcld3.NNetLanguageIdentifier(min_num_bytes=0, max_num_bytes=4 * SAMPLE)
