"""The surroundings of a place in a text, read from windows of fixed size: the cost of a place does not grow with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

# Chosen: nearly twice the longest credit (315 characters) found in the build half and in Emergent.
REACH = 600
# A line of this many characters reads as prose, not as a menu, a name or a date.
_PROSE = re.compile(r"[^\n]{80}")


@dataclass(frozen=True)
class Spot:
    """Characters [start, end) of a text and what stands around them on their line and on the next ones."""

    text: str
    start: int
    end: int

    @cached_property
    def head(self) -> str:
        """The line before the spot, its last REACH characters at most."""
        return self.text[max(0, self.start - REACH) : self.start].rpartition("\n")[2]

    @cached_property
    def tail(self) -> str:
        """The line after the spot, its first REACH characters at most."""
        return self.text[self.end : self.end + REACH].partition("\n")[0]

    @cached_property
    def whole(self) -> bool:
        """Whether `head` reaches back to the beginning of the line."""
        return len(self.head) < REACH

    @cached_property
    def line(self) -> str:
        """The line as far as it is seen."""
        return self.head + self.text[self.start : self.end] + self.tail

    @cached_property
    def above(self) -> str:
        """The last line above that is not blank; "" where there is none near."""
        start = self.start - len(self.head)
        return self.text[max(0, start - REACH) : start].rstrip().rpartition("\n")[2].strip()

    @cached_property
    def below(self) -> str:
        """The next line that is not blank; "" where there is none near."""
        start = self.end + len(self.tail)
        return self.text[start : start + REACH].lstrip().partition("\n")[0].rstrip()

    @cached_property
    def left(self) -> int:
        """How many characters of the text follow the line."""
        return len(self.text) - self.end - len(self.tail)

    @cached_property
    def opens_prose(self) -> bool:
        """Whether prose follows within 2 * REACH characters."""
        start = self.end + len(self.tail)
        return _PROSE.search(self.text, start, start + 2 * REACH) is not None
