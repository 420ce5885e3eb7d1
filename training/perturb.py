"""A statement made to contradict itself: another number, a word's opposite, a negation, another name."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from firsthand.claims.wording import OPPOSITES

_NUMBER = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w-])")
_VERB = re.compile(r"\b(is|are|was|were|has|have|had|will|would|can|could|did|does|do|may|should)\b(?! not\b|n[’'])")
_NOT = re.compile(r"\b(is|are|was|were|has|have|had|will|would|could|did|does|do) not\b|\b(\w+)n[’']t\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b(?! [A-Z])")
_NUMBERS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "twenty", "thirty"]
_NUMBER_WORD = re.compile(rf"\b({'|'.join(_NUMBERS)})\b")
_NAMES = ["Brennmark", "Ostrel", "Renn", "Larkmoor", "Quill", "Sellenby", "Verran", "Marrow", "Orvane", "Tamsin"]
_OTHER = {word: pair[1 - n] for pair in OPPOSITES for n, word in enumerate(pair)}
_OPPOSITE = re.compile(rf"\b({'|'.join(sorted(_OTHER))})\b")


def perturbed(text: str, dice: random.Random) -> Iterator[str]:
    """What contradicts it, up to two ways."""
    ways = [way for way in (_number, _turned, _opposite, _named) if way(text, random.Random(0)) != text]
    for way in dice.sample(ways, min(2, len(ways))):
        yield way(text, dice)


def _number(text: str, dice: random.Random) -> str:
    """With another number in place of the first that is no year."""
    for match in _NUMBER.finditer(text):
        value = float(match.group().replace(",", ""))
        if not 1900 <= value <= 2100:
            other = max(round(value * dice.choice([0.4, 0.6, 1.5, 2, 3])), 1)
            return _put(text, match, f"{other + (other == value):,}")
    return _NUMBER_WORD.sub(lambda found: dice.choice([n for n in _NUMBERS if n != found.group()]), text, count=1)


def _turned(text: str, _: random.Random) -> str:
    """With a negation put in, or taken out."""
    if match := _NOT.search(text):
        return _put(text, match, match.group(1) or match.group(2))
    match = _VERB.search(text)
    return _put(text, match, f"{match.group()} not") if match else text


def _opposite(text: str, _: random.Random) -> str:
    match = _OPPOSITE.search(text)
    return _put(text, match, _OTHER[match.group()]) if match else text


def _named(text: str, dice: random.Random) -> str:
    match = _NAME.search(text)
    return _put(text, match, dice.choice(_NAMES)) if match else text


def _put(text: str, match: re.Match[str], words: str) -> str:
    return text[: match.start()] + words + text[match.end() :]
