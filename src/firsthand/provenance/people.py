"""The people who are named in a claim's articles: which names are one person's."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from .joining import Joined

Name = tuple[str, ...]


class People:
    """Clusters of names, from all the names that one claim's articles have.

    Full names are one where first and last word agree ("Donald J. Trump"), or one ends with the other ("Russia Jon
    Huntsman", as a reader may have it). A surname alone is whose it is if only one full name has it.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        self._names = sorted(set(filter(None, names)))
        self._full = [name for name in self._names if len(name) > 1]
        self._joined = Joined(len(self._full))
        for (i, one), (j, other) in combinations(enumerate(self._full), 2):
            if _one_person(one, other):
                self._joined.join(i, j)
        self._keys = {name: self._full[self._joined.of(i)] for i, name in enumerate(self._full)}

    def key(self, name: Name) -> Name:
        """The same for all names of one person."""
        if name in self._keys:
            return self._keys[name]
        fitting = self.could_be(name)
        return fitting[0] if len(fitting) == 1 else name

    def could_be(self, name: Name) -> list[Name]:
        """The keys of the full names that a surname, or a first name, may be short for."""
        if len(name) != 1:
            return []
        surnames = {self._keys[full] for full in self._full if full[-1] == name[0]}
        return sorted(surnames or {self._keys[full] for full in self._full if full[0] == name[0]})

    def ending(self, words: Name) -> Name | None:
        """The person whose full name a description ends with: "ambassador to Russia Jon Huntsman"."""
        sizes = range(min(len(words), 4), 1, -1)
        return next((self._keys[words[-n:]] for n in sizes if words[-n:] in self._keys), None)


def _one_person(one: Name, other: Name) -> bool:
    short, long = sorted((one, other), key=len)
    return (one[0], one[-1]) == (other[0], other[-1]) or long[-len(short) :] == short
