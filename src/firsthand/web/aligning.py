"""Compares two articles of a library, in a process of its own that ends with it.

The server does not do so itself: `firsthand.reuse` brings Numba, some 150 MB, and may compile for half a minute. Which
library and which versions comes on standard input, a line of JSON; what was found goes to standard output.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

from firsthand.errors import FirsthandError
from firsthand.library.packing import packed, unpacked
from firsthand.model import Alignment, Article, Derivation

MOST_SECONDS = 90
"""Of processor time: two texts of half a million characters take one, compiling thirty, once on a machine."""

MOST_MEMORY = 4 * 2**30
"""Bytes of address space, of which most is never touched: NumPy and Numba claim two of them as they start."""

UNHURRIED = 10
"""By how much this process makes way for others: pages go first."""


@dataclass(frozen=True, slots=True)
class Found:
    """What two texts share: `derivation` is None where neither has it from the other, as far as they show.

    `alignments` are all stretches, the derivation's passages among them.
    """

    derivation: Derivation | None
    alignments: tuple[Alignment, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which versions of which two articles are to be compared, and what the library has of the two already."""

    library: str
    one: str
    one_version: int
    other: str
    other_version: int
    derivation: Derivation | None


def found(wanted: Wanted) -> Found:
    """What the two have from each other. Raises LibraryError."""
    from firsthand.cli.copies_of import timed
    from firsthand.library import Library
    from firsthand.reuse import sketch

    with Library.open(wanted.library) as library:
        one = library.article(wanted.one, wanted.one_version)
        other = library.article(wanted.other, wanted.other_version)
        boilerplate = library.candidates(other.article.text, sketch, but=other.article.id).boilerplate
    return _compared(timed(one.article, one.fetched), timed(other.article, other.fetched), wanted, boilerplate)


def _compared(one: Article, other: Article, wanted: Wanted, boilerplate: frozenset[int]) -> Found:
    from firsthand.cli.copies_of import besides
    from firsthand.pipeline import carries_credit
    from firsthand.reuse import align, derivations

    known = wanted.derivation or next(iter(derivations(other, [one], boilerplate, carries_credit)), None)
    if known is None:
        return Found(None, align(one.text, other.text))
    sides = {one.id: one, other.id: other}
    return Found(known, (*known.passages, *besides(known, sides[known.earlier], sides[known.later], boilerplate)))


def main() -> int:
    """Answer one line of standard input; 1 where that cannot be, with the reason in one line."""
    _make_way()
    try:
        answer = packed(found(unpacked(Wanted, sys.stdin.readline())))
    except FirsthandError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{answer}\n")
    return 0


def _make_way() -> None:
    """Let the pages go first, and end in time."""
    if sys.platform == "win32":
        return
    import resource

    os.nice(UNHURRIED)
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    sys.exit(main())
