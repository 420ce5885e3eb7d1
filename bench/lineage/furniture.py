"""What outlets print around their articles: invented, and different for each of them."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bench.lineage.edits import Words
from bench.lineage.page import Draft, Paragraph, new

PLAIN = 0.3
"""Share of outlets that print their articles and nothing else."""
HEADLINES = 8
"""From how many headlines an outlet's teasers are taken."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """A paper, and the templates of its furniture, with all but the headlines filled in."""

    name: str
    menu: tuple[str, ...]
    middle: tuple[str, ...]
    end: tuple[str, ...]
    headlines: tuple[str, ...]

    @property
    def plain(self) -> bool:
        """Whether it prints no furniture."""
        return not (self.menu or self.middle or self.end)


@cache
def _lines(kind: str) -> tuple[str, ...]:
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.split("\t")[1] for line in lines if line.startswith(f"{kind}\t"))


def _word(kind: str, rng: random.Random) -> str:
    return rng.choice(_lines(kind)[0].split())


def outlets(number: int, words: Words, rng: random.Random) -> list[Outlet]:
    """So many outlets with names of their own."""
    made: dict[str, Outlet] = {}
    while len(made) < number:
        one = _outlet(f"{_word('first', rng)}{_word('last', rng)}", words, rng)
        made.setdefault(one.name, one)
    return list(made.values())


def _outlet(place: str, words: Words, rng: random.Random) -> Outlet:
    paper = f"{place} {_word('paper', rng)}"
    if rng.random() < PLAIN:
        return Outlet(paper, (), (), (), ())
    fields = {"place": place, "paper": paper, "thing": _word("thing", rng), "hour": _word("hour", rng)}
    fields["person"] = f"{_word('given', rng)} {_word('family', rng)}"
    chosen = {spot: rng.sample(_lines(spot), most) for spot, most in (("menu", 1), ("middle", 2), ("end", 3))}
    menu, middle, end = (tuple(line.format(**fields) for line in chosen[spot]) for spot in ("menu", "middle", "end"))
    headlines = tuple(words.line(rng, rng.randint(6, 11)) for _ in range(HEADLINES))
    return Outlet(paper, menu, middle, end[: rng.randint(1, 3)], headlines)


def furnished(draft: Draft, outlet: Outlet, rng: random.Random) -> Draft:
    """The article as the outlet prints it: some of its furniture above, between and below."""
    if outlet.plain:
        return draft
    paragraphs = list(draft)
    if outlet.middle and len(paragraphs) > 5 and rng.random() < 0.5:
        paragraphs.insert(rng.randrange(3, len(paragraphs)), _line(rng.choice(outlet.middle), outlet, rng))
    above = [_line(line, outlet, rng) for line in outlet.menu]
    return (*above, *paragraphs, *(_line(line, outlet, rng) for line in outlet.end if rng.random() < 0.9))


def _line(template: str, outlet: Outlet, rng: random.Random) -> Paragraph:
    headlines = rng.sample(outlet.headlines, 4)
    return new(re.sub(r"\[(\d)\]", lambda match: headlines[int(match.group(1)) - 1], template), "furniture")
