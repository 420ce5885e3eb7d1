"""Word lists of this package. Each names its source in its first lines."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of `lexicons/<name>.txt`, without comments."""
    text = (resources.files(__package__) / "lexicons" / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def closed(name: str) -> frozenset[str]:
    """A closed class of words: a line of `lexicons/roles.txt`."""
    rows = dict(line.split(": ", 1) for line in lines("roles"))
    return frozenset(rows[name].split())


@cache
def ways(name: str) -> dict[str, str]:
    """Each way of writing something, in lower case -> its usual name; lines are "usual name = way | +way"."""
    found: dict[str, str] = {}
    for line in lines(name):
        head, _, rest = line.partition(" = ")
        found |= dict.fromkeys([head.lower(), *(way.lstrip("+") for way in rest.lower().split(" | "))], head)
    return found


@cache
def marked(name: str) -> frozenset[str]:
    """The ways that a "+" stands before."""
    return frozenset(way[1:] for line in lines(name) for way in line.partition(" = ")[2].split(" | ") if way[:1] == "+")
