"""The news agencies of the world, and how articles write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from firsthand.attribution import lexicons

_MARKS = "?~"
# A shout of a name is the name; two or three letters in capitals are there already.
_SHOUTED_FROM = 5


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency. name: as it is usually called; house: the word that tells its own site, where it is no credit.

    signs: whether "(Reporting by ...; editing by ...)" is its way to sign its copy.
    """

    name: str
    house: str | None = None
    signs: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency named at [start, end) of a text.

    vague: written in letters that mean other things too ("PA"); surname: with a word that is also a person's
    ("Bloomberg"); terse: with a single word ("AP", "Reuters"), as photo credits are.
    """

    agency: Agency
    start: int
    end: int
    vague: bool
    surname: bool
    terse: bool


def mentions(text: str) -> Iterator[Mention]:
    """Every place where `text` names an agency, in reading order; not within a longer word or an address."""
    for match in _pattern().finditer(text):
        start, end = match.span()
        if start and (text[start - 1].isalnum() or text[start - 1] in "@#_."):
            continue
        agency, mark = _ways()[_plain(match[0])]
        yield Mention(agency, start, end, mark == "?", mark == "~", " " not in _plain(match[0]))


@cache
def signer() -> Agency:
    """The agency whose house form is "(Reporting by ...; editing by ...)"."""
    return next(agency for agency, _ in _ways().values() if agency.signs)


def called(word: str) -> Agency | None:
    """The agency whose usual name is `word`, however capitalised; None where there is none."""
    return next((agency for agency, _ in _ways().values() if agency.name.lower() == word.lower()), None)


@cache
def _ways() -> dict[str, tuple[Agency, str]]:
    """Each way of writing an agency -> the agency, and its mark in the lexicon ("" for none)."""
    ways: dict[str, tuple[Agency, str]] = {}
    for line in sorted(lexicons.words("agencies")):
        head, _, rest = line.partition(" = ")
        agency = _agency(head)
        for way in [agency.name, *filter(None, rest.split(" | "))]:
            mark = way[0] if way[0] in _MARKS else ""
            ways |= dict.fromkeys(_shapes(way.lstrip(_MARKS)), (agency, mark))
    return ways


def _agency(head: str) -> Agency:
    name, _, house = head.removesuffix(" +").partition(" @")
    return Agency(name, house or None, head.endswith(" +"))


def _shapes(way: str) -> set[str]:
    return {way, way.upper()} if len(way) >= _SHOUTED_FROM else {way}


def _plain(written: str) -> str:
    return written.replace("\xa0", " ")


@cache
def _pattern() -> re.Pattern[str]:
    ways: list[tuple[str, ...]] = [(way[:1], way[1:2], way[2:]) for way in sorted(_ways(), key=len, reverse=True)]
    return re.compile(rf"(?:{_branches(ways)})(?!\w)")


def _branches(ways: list[tuple[str, ...]]) -> str:
    """The ways as nested alternatives, by their first and second letters: few need to be tried at any place."""
    heads = dict.fromkeys(way[0] for way in ways)
    return "|".join(_written(head) + _rest([way[1:] for way in ways if way[0] == head]) for head in heads)


def _rest(ways: list[tuple[str, ...]]) -> str:
    return f"(?:{_branches(ways)})" if ways[0] else ""


def _written(part: str) -> str:
    return re.escape(part).replace(r"\ ", "[ \xa0]")
