"""Outlets and agencies: which names mean one, and which have one owner."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from .lexicons import lines, ways

_DOMAIN = re.compile(r"^(?:https?://)?(?:www\.)?([\w-]+)(?:\.[\w-]+)*\.[a-z]{2,}(?:/.*)?$")
_WORD = re.compile(r"[^\W_]+")
_DROPPED = frozenset(["the", "news", "online", "com"])
LONGEST = 12
"""Words of an outlet's name that are still shortened: a page can call its outlet anything, at any length. A choice."""

_YEARS = re.compile(r" (\d{4})?-(\d{4})?$")


class Houses:
    """The outlets of one claim, told apart by their names, initials and addresses. `names`: all that occur."""

    def __init__(self, names: Iterable[str]) -> None:
        full: dict[str, set[str]] = defaultdict(set)
        told = set(names)
        self._keys = {"".join(_words(name)) for name in told}
        for words in map(_words, told):
            for short in _shorts(words):
                full[short].add("".join(words))
        self._full = {short: keys.pop() for short, keys in full.items() if len(keys) == 1}

    def key(self, name: str) -> str:
        """The same for every way of writing one outlet."""
        plain = "".join(_words(name)) or name.strip()  # an outlet can be called "***"
        return self._full.get(plain, plain)

    def known(self, name: str) -> bool:
        """Whether any outlet of the claim is called so."""
        return bool(name) and self.key(name) in self._keys


def usual(name: str) -> str:
    """An outlet's usual name, of those that have several: "AP" is the Associated Press; else the name itself."""
    return _usual(_plain(name)) or name


def owner(name: str, year: int | None) -> str | None:
    """Who owned an outlet in a year, if it is in the list; a year that is not known is any."""
    rows = _owners().get("".join(_words(name)), ())
    return next((who for who, since, until in rows if year is None or since <= year <= until), None)


@cache
def _words(name: str) -> tuple[str, ...]:
    """An outlet's usual name in lower case without "the" and "news"; of an address what stands before ".com"."""
    plain = _plain(name)
    known, found = _usual(plain), _DOMAIN.match(plain)
    words = tuple(_WORD.findall(known.lower() if known else found[1] if found else plain))
    return tuple(word for word in words if word not in _DROPPED) or words


def _plain(name: str) -> str:
    return name.strip().lower().removeprefix("www.").removeprefix("the ")


def _usual(plain: str) -> str | None:
    return ways("agencies").get(plain) or ways("agencies").get(plain.partition("/")[0])


def _shorts(words: tuple[str, ...]) -> set[str]:
    """Initials ("ap"), and initials with what follows written out ("nytimes")."""
    if not 2 <= len(words) <= LONGEST:
        return set()
    return {"".join(word[0] for word in words[:i]) + "".join(words[i:]) for i in range(1, len(words) + 1)}


@cache
def _owners() -> dict[str, tuple[tuple[str, int, int], ...]]:
    found: dict[str, tuple[tuple[str, int, int], ...]] = {}
    for line in lines("owners"):
        who, _, rest = line.partition(" = ")
        for way in rest.split(" | "):
            years = _YEARS.search(way)
            since, until = (int(years[1] or 0), int(years[2] or 9999)) if years else (0, 9999)
            key = "".join(_words(_YEARS.sub("", way)))
            found[key] = (*found.get(key, ()), (who, since, until))
    return found
