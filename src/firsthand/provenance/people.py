"""The people who are named in a claim's articles: which names are one person's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import combinations

from .joining import Joined

Name = tuple[str, ...]

FAR_MORE = 3
"""How many times as often as any namesake somebody is named in full to be meant by the surname alone. A choice."""

SPELT = 6
"""Letters of a name that an article may misspell by one; shorter names that differ by one are two. A choice."""


class People:
    """Clusters of names, from all the names that one claim's articles have.

    Full names are one where first and last word agree ("Donald J. Trump"), but for one letter of a long one, or one
    ends with the other ("Russia Jon Huntsman", as a reader has it). A surname alone is whose it is if only one full
    name has it, or one has it so much more often that the others are told apart by their first names.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        self._counts = Counter(filter(None, names))
        self._full = sorted(name for name in self._counts if len(name) > 1)
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
        return fitting[0] if len(fitting) == 1 else self._main(fitting) or name

    def _main(self, keys: Collection[Name]) -> Name | None:
        """The one of several persons who is named far more often than any other."""
        counts = Counter(
            {key: sum(n for name, n in self._counts.items() if self._keys.get(name) == key) for key in keys}
        )
        first, second = [*counts.most_common(2), ((), 0), ((), 0)][:2]
        return first[0] if first[1] >= FAR_MORE * max(second[1], 1) else None

    def could_be(self, name: Name) -> list[Name]:
        """The keys of the full names that a surname, or a first name, may be short for."""
        if len(name) != 1:
            return []
        surnames = {self._keys[full] for full in self._full if full[-1] == name[0]}
        surnames = surnames or {self._keys[full] for full in self._full if _misspelt(full[-1], name[0])}
        return sorted(surnames or {self._keys[full] for full in self._full if full[0] == name[0]})

    def surname(self, words: Name) -> Name | None:
        """The person whose surname is all that a description says: "Quill himself"."""
        return key if len(words) == 1 and (key := self.key(words)) != words else None

    def ending(self, words: Name) -> Name | None:
        """The person whose full name a description ends with: "ambassador to Russia Jon Huntsman"."""
        sizes = range(min(len(words), 4), 1, -1)
        return next((self._keys[words[-n:]] for n in sizes if words[-n:] in self._keys), None)


def _one_person(one: Name, other: Name) -> bool:
    short, long = sorted((one, other), key=len)
    same = (one[0], one[-1]) == (other[0], other[-1]) or long[-len(short) :] == short
    heard = "".join(one) == "".join(other)  # "Il Va Renn", as a machine hears it
    first, last = _misspelt(one[0], other[0]), _misspelt(one[-1], other[-1])
    return same or heard or (one[0] == other[0] and last) or (first and one[-1] == other[-1])


def _misspelt(one: str, other: str) -> bool:
    """Whether two long words differ by a letter, or by two that changed places: "Huntman", "Kirtsjen"."""
    short, long = sorted((one, other), key=len)
    if len(short) < SPELT or len(long) - len(short) > 1 or short == long:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(long) > len(short):
        return short[at:] == long[at + 1 :]
    swapped = long[:at] + long[at + 1 : at + 2] + long[at] + long[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or short == swapped
