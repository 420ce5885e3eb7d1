"""Two versions of a text -> what was taken out and put in, word by word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter
from typing import Literal

from firsthand.share.marks import stretches

Kind = Literal["same", "out", "in"]

MOST_EQUAL = 30_000
"""Pairs of equal paragraphs, or words, one of either text, beyond which it is not looked which of them belong together:
all of the one counts as taken out, all of the other as put in. The search takes up to 0.1 s with so many."""

LONGEST = 10_000
"""Paragraphs of a text, or words of a stretch, for the same reason."""

_WORD = re.compile(r"\S+\s*")
_SAYS = re.compile(r"\w")

Run = tuple[Kind, str]

Place = tuple[bool, int, int, int, int]
"""Whether it is the same; from where to where of the old, and of the new."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some paragraphs on end: unchanged ones, or a changed stretch as `runs` of what is the same, out and in.

    `paragraphs` are the unchanged ones; of a changed stretch there are none.
    """

    runs: tuple[Run, ...]
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """Words that were taken out, and such as were put in."""

    out: int
    put_in: int


def blocks(old: str, new: str) -> Iterator[Block]:
    """What became of a text, in the order of the new one."""
    before, after = ([text[slice(*span)] for span in stretches(text)] for text in (old, new))
    for same, a, b, c, d in _aligned(before, after):
        if same:
            yield Block((), tuple(after[c:d]))
        else:
            yield Block(tuple(_runs("\n\n".join(before[a:b]), "\n\n".join(after[c:d]))))


def counted(found: Sequence[Block]) -> Count:
    """How many words changed."""
    words = Counter[Kind]()
    for block in found:
        for kind, text in block.runs:
            words[kind] += len(text.split())
    return Count(words["out"], words["in"])


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[Place]:
    """Where both are the same, and where not, in order."""
    start = _common(old, new)
    stop = _common(old[start:][::-1], new[start:][::-1])
    one, other = len(old) - stop, len(new) - stop
    if start:
        yield True, 0, start, 0, start
    if start < one or start < other:
        found = _matched(old[start:one], new[start:other])
        yield from ((same, start + a, start + b, start + c, start + d) for same, a, b, c, d in found)
    if stop:
        yield True, one, len(old), other, len(new)


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[Place]:
    counts = Counter(old)
    if max(len(old), len(new)) > LONGEST or sum(counts[one] for one in new) > MOST_EQUAL:
        yield False, 0, len(old), 0, len(new)
        return
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield kind == "equal", a, b, c, d


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many are the same from the beginning on."""
    most = min(len(one), len(other))
    return next((place for place in range(most) if one[place] != other[place]), most)


def _runs(old: str, new: str) -> Iterator[Run]:
    """The runs of one stretch; of what was replaced, what is out stands before what is in."""
    held = ""
    for kind, text in _pieces(old, new):
        if kind == "same":
            held += text
            continue
        if held:
            yield "same", held
        yield kind, text
        held = ""
    if held:
        yield "same", held


def _pieces(old: str, new: str) -> Iterator[Run]:
    """As `_runs`, where several of what is the same may follow each other."""
    one, other = _WORD.findall(old), _WORD.findall(new)
    places = _aligned([word.strip() for word in one], [word.strip() for word in other])
    joined = ((same, "".join(one[a:b]), "".join(other[c:d])) for same, a, b, c, d in places)
    for same, run in groupby(_smoothed(joined), key=itemgetter(0)):
        texts = [*run]
        taken, put = "".join(old for _, old, _ in texts), "".join(new for _, _, new in texts)
        if same:
            yield "same", put
        else:
            yield from _changed(taken, put)


def _changed(taken: str, put: str) -> Iterator[Run]:
    """The space after what changed, which may be a paragraph's end, stands once, after both."""
    sides: tuple[Run, Run] = ("out", taken.rstrip()), ("in", put.rstrip())
    yield from (side for side in sides if side[1])
    last = put or taken
    yield "same", last[len(last.rstrip()) :]


def _smoothed(found: Iterable[tuple[bool, str, str]]) -> Iterator[tuple[bool, str, str]]:
    """Signs alone that are the same between words that are not count as changed with them: it reads better."""
    for same, old, new in found:
        yield same and _SAYS.search(new) is not None, old, new
