"""Our own sentences with rare cues: each is one attribution, its marks in its text, with its labels before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from firsthand.attribution.flags import STANCES, STEPS
from firsthand.attribution.kinds import KINDS

CUES = Path(__file__).parent / "made" / "cues.txt"
MADE = "made"

CERTAINTIES = (*("fact" if a == 8 else str(a) if a == b else f"{a}-{b}" for a, b in STEPS), "denied", None)
"""The labels of certainty, in the order of the network's answers."""
SOURCES = (*KINDS, None)

_STANCE = dict(zip("ADUQOR", STANCES, strict=True))
_KINDS = ("person", "organisation", "government", "unnamed", "document", "crowd", "outlet")
_KIND = dict(zip("poguxct", _KINDS, strict=True))
_MARKS = {"{": "source", "[": "cue", "<": "content"}
_CLOSING = {"}": "{", "]": "[", ">": "<"}

Row = dict[str, Any]


def made(lines: Iterable[str]) -> Iterator[Row]:
    """Our own sentences: "STANCE CERTAINTY KIND | {source} [cue] <content>", in the letters of the file's first lines.

    Raises ValueError for a line that is not of this form.
    """
    for line in lines:
        if line and not line.startswith("#"):
            codes, marked = line.split(" | ", 1)
            stance, certainty, kind = codes.split()
            sure = {"f": "fact", "d": "denied", "35": "3-5", "n": None}.get(certainty, certainty)
            told = {"stance": _STANCE[stance], "certainty": sure, "kind": _KIND.get(kind)}
            yield told | _unmarked(marked) | {"set": MADE, "id": ""}


def _unmarked(marked: str) -> Row:
    text, spans = "", {name: list[list[int]]() for name in _MARKS.values()}
    open_: list[tuple[str, int]] = []
    for letter in marked:
        if letter in _MARKS:
            open_.append((letter, len(text)))
        elif letter in _CLOSING:
            mark, start = open_.pop() if open_ else ("", 0)
            if mark != _CLOSING[letter]:
                raise ValueError(f"{marked}: its marks do not close")
            spans[_MARKS[mark]].append([start, len(text)])
        else:
            text += letter
    if open_ or not spans["cue"]:
        raise ValueError(f"{marked}: no cue, or a mark that does not close")
    return {"text": text} | {name: sorted(found) for name, found in spans.items()}
