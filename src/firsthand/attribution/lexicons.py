"""Word lists that come with the package. Each names its source in its first lines."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def table(name: str) -> dict[str, str]:
    """Rows of `lexicons/<name>.txt`: what stands before the last space -> what stands behind it."""
    return {key: value for key, _, value in (line.rpartition(" ") for line in _lines(name))}


@cache
def words(name: str) -> frozenset[str]:
    """The lines of `lexicons/<name>.txt`, each a word or a phrase."""
    return frozenset(_lines(name))


def _lines(name: str) -> list[str]:
    text = (resources.files(__package__) / "lexicons" / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def closed(name: str) -> frozenset[str]:
    """A closed class of words: a line of `lexicons/closed.txt`."""
    rows = dict(line.split(": ", 1) for line in _lines("closed"))
    return frozenset(rows[name].split())
