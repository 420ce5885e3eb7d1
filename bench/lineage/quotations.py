"""Press conferences: one quotation that several articles print, each with words of its own around it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from bench.lineage.originals import Original

SHARED = 0.12
"""Quotations, as a share of the articles they are put into: with some three articles each, a third print one."""
LENGTHS = (12, 60)
"""Words of such a quotation."""

_QUOTED = re.compile(r"[“\"]([^“”\"]{40,500})[”\"]")
_LEADS = (
    "{who} told reporters: {quotation}",
    "{quotation} {who} said at a press conference.",
    "At a meeting with journalists, {who} put it like this: {quotation}",
    "Asked about it, {who} answered, {quotation}",
    "{quotation} That was how {who} saw it, speaking in front of the cameras.",
    "It was {who} who found the words everybody would repeat. {quotation}",
)
_WHO = ("the candidate", "a spokesman", "the speaker", "she", "he", "the governor", "the senator", "one of them")
_MARKS = (("“", "”"), ('"', '"'), ("“", "”"))


def quotations(found: Sequence[Original]) -> list[tuple[int, str]]:
    """What stands between quotation marks, long enough to remember, and the number of its article."""
    every = ((number, text) for number, one in enumerate(found) for text in one.paragraphs)
    quoted = ((number, match.group(1)) for number, text in every for match in _QUOTED.finditer(text))
    return [(number, text) for number, text in quoted if LENGTHS[0] <= len(text.split()) <= LENGTHS[1]]


def events(found: Sequence[Original], rng: random.Random) -> Iterator[tuple[int, str, list[int]]]:
    """Who is quoted first, what was said, and which other articles, by number, are to quote it too."""
    spoken = quotations(found)
    for first, text in rng.sample(spoken, min(len(spoken), round(SHARED * len(found)))):
        others = rng.sample(range(len(found)), min(len(found), rng.randint(2, 4)))
        yield first, text, [other for other in others if other != first]


def paragraph(text: str, rng: random.Random) -> str:
    """The quotation as one article prints it."""
    opening, closing = rng.choice(_MARKS)
    lead = rng.choice(_LEADS).format(who=rng.choice(_WHO), quotation=f"{opening}{text}{closing}")
    return lead[0].upper() + lead[1:]
