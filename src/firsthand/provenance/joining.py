"""Sets that grow together."""

from __future__ import annotations

from collections.abc import Iterable


class Joined:
    """Disjoint sets of the numbers 0 to n-1. A set is called by its least member, so that order changes no name."""

    def __init__(self, size: int) -> None:
        self._up = list(range(size))

    def of(self, number: int) -> int:
        """The least member of a number's set."""
        while self._up[number] != number:
            self._up[number] = self._up[self._up[number]]
            number = self._up[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Make one set of two."""
        low, high = sorted((self.of(one), self.of(other)))
        self._up[high] = low

    def sets(self) -> Iterable[list[int]]:
        """Each set's members in rising order; the sets by their least members."""
        found: dict[int, list[int]] = {}
        for number in range(len(self._up)):
            found.setdefault(self.of(number), []).append(number)
        return found.values()
