"""Which language a text is written in (Compact Language Detector 3, on board: no network, no download)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gcld3 import NNetLanguageIdentifier

SAMPLE = 4_000
"""Characters that are looked at. On the articles named below no language is wrong from 300 on."""

LEAST_LETTERS = 80
"""Bytes of letters below which a text does not tell its language: the detector calls "He said no." Cebuano, surely."""

SURE = 0.7
"""Probability from which English is believed; the detector's own bound for a reliable answer."""

SURE_OF_ANOTHER = 0.95
"""Probability from which another language is believed, since that makes a warning.

On the beginnings of 1,452 English articles (Helsinki and PolNeAR train), 0.95 gives a wrong language for 6 of 100
characters each, for 2 of 200, for none of 300; sentences in seven other languages score above 0.999.
"""


def language_of(text: str) -> str | None:
    """The language as a BCP 47 code ("en", "zh"), or None where the text is too short to tell."""
    sample = text[:SAMPLE]
    if len("".join(filter(str.isalpha, sample)).encode("utf-8", "replace")) < LEAST_LETTERS:
        return None
    result = _detector().FindLanguage(text=sample.encode("utf-8", "replace").decode("utf-8"))
    sure = result.is_reliable and result.probability >= (SURE if result.language == "en" else SURE_OF_ANOTHER)
    return _MODERN.get(result.language, str(result.language)) if sure else None


def code_of(said: str | None) -> str | None:
    """The code of a language that is given by its English name or by a code with or without a country; None else."""
    from babel import Locale, UnknownLocaleError

    plain = (said or "").strip().casefold()
    try:
        code = _named().get(plain) or Locale.parse(plain.replace("-", "_")).language
    except (UnknownLocaleError, ValueError):
        return None
    return _MODERN.get(code, code)


@cache
def _named() -> dict[str, str]:
    """English name of a language -> its code."""
    from babel import Locale

    names = Locale("en").languages
    return {names[code].casefold(): code for code in sorted(names, reverse=True) if "_" not in code}


_MODERN = {"iw": "he", "ji": "yi", "in": "id", "no": "nb"}
"""Codes that have been withdrawn -> those in use."""


@cache
def _detector() -> NNetLanguageIdentifier:
    import gcld3

    return gcld3.NNetLanguageIdentifier(min_num_bytes=0, max_num_bytes=4 * SAMPLE)
