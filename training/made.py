"""Texts of our own, marked by hand, in the row form of PolNeAR.

`=== id` begins a text. `{s1|..}`, `{c1|..}` and `{t1|..}` mark source, cue and content of its attribution 1.
Marks nest, and a source or content may be in several pieces.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

ROLES = {"s": "source", "c": "cue", "t": "content"}

_TITLE = re.compile(r"^=== (\S+)$", re.MULTILINE)
_MARK = re.compile(r"\{([sct])(\d+)\||\}|\{")

Span = tuple[str, int, int, int]
"""Role, number of the attribution, start, end."""


class BadMarkup(ValueError):
    """Names the text and the place in it."""


def rows(path: Path) -> list[dict[str, Any]]:
    """The texts of a file; raises BadMarkup."""
    before, *parts = _TITLE.split(path.read_text(encoding="utf-8"))
    if before.strip():
        raise BadMarkup(f"{path}: text before the first '=== id': {before.strip()[:40]!r}")
    repeated = {name for name in parts[::2] if parts[::2].count(name) > 1}
    if repeated:
        raise BadMarkup(f"{path}: more than one text is called {', '.join(sorted(repeated))}")
    return [row(name, marked.strip()) for name, marked in zip(parts[::2], parts[1::2], strict=True)]


def row(name: str, marked: str) -> dict[str, Any]:
    """One text; offsets are into it without its marks."""
    text, spans = _parse(name, marked)
    for span in spans:
        _check_bounds(name, text, span)
    numbers = sorted({number for _, number, _, _ in spans})
    return {"id": name, "text": text, "attributions": [_attribution(name, number, spans) for number in numbers]}


def _parse(name: str, marked: str) -> tuple[str, list[Span]]:
    text, spans, open_marks, place = "", [], list[tuple[str, int, int]](), 0
    for mark in _MARK.finditer(marked):
        text += marked[place : mark.start()]
        place = mark.end()
        if mark[1]:
            open_marks.append((ROLES[mark[1]], int(mark[2]), len(text)))
        elif mark[0] == "}" and open_marks:
            spans.append((*open_marks.pop(), len(text)))
        else:
            raise BadMarkup(f"{name}: stray {mark[0]!r} at {_near(marked, mark.start())}")
    if open_marks:
        raise BadMarkup(f"{name}: {open_marks[-1][0]} {open_marks[-1][1]} is never closed")
    return text + marked[place:], spans


def _check_bounds(name: str, text: str, span: Span) -> None:
    role, number, start, end = span
    inside = text[start:end]
    cut = any(re.match(r"\w\w", text[at - 1 : at + 1]) for at in (start, end) if at)
    if not inside or inside != inside.strip() or cut or "\n" in inside:
        raise BadMarkup(f"{name}: {role} {number} is no whole words of one paragraph: {_near(text, start)}")


def _attribution(name: str, number: int, spans: list[Span]) -> dict[str, Any]:
    found = {
        role: sorted([start, end] for r, n, start, end in spans if (r, n) == (role, number)) for role in ROLES.values()
    }
    if len(found["cue"]) != 1 or not found["content"]:
        raise BadMarkup(f"{name}: attribution {number} has {len(found['cue'])} cues, {len(found['content'])} contents")
    ordered = sorted(span for role in found.values() for span in role)
    if any(end > start for (_, end), (start, _) in pairwise(ordered)):
        raise BadMarkup(f"{name}: attribution {number} overlaps itself")
    return found


def _near(text: str, place: int) -> str:
    return f"{place}, near {text[max(0, place - 20) : place + 20]!r}"
