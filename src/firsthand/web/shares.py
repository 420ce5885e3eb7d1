"""Of what an outlet's text is made, as a bar: each part by its own pattern and in words, never by colour alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from firsthand.library.outlets import Listed

WIDTH = 600
"""Of a bar, in the units of its drawing."""

PARTS = {
    "own": "its own",
    "credited": "copied with credit",
    "copied": "copied without credit",
    "open": "shared, and not known who was first",
}


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a bar: where it begins, how wide it is, what share it is in words, how many characters."""

    part: str
    words: str
    start: float
    width: float
    percent: str
    letters: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, and all that it shows in words."""

    shares: tuple[Share, ...]
    words: str


def bar(found: Listed) -> Bar | None:
    """The bar of an outlet; None where nothing of it is here, and so nothing is measured."""
    if not found.articles:
        return None
    shares = tuple(_shares(found))
    told = ", ".join(f"{one.percent} {one.words}" for one in shares if one.letters)
    return Bar(shares, told or "no text")


def percent(part: int, whole: int) -> str:
    """A share: never 100% of what is not the whole, nor 0% of what is something."""
    if not whole:
        return "0%"
    found = round(100 * part / whole)
    return f"{100 if part >= whole else min(max(found, 1 if part else 0), 99)}%"


def _shares(found: Listed) -> Iterator[Share]:
    start = 0.0
    for part, words in PARTS.items():
        letters: int = getattr(found, part)
        width = WIDTH * letters / max(found.size, 1)
        yield Share(part, words, round(start, 1), round(width, 1), percent(letters, found.size), letters)
        start += width
