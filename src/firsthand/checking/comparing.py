"""The checked file against the archive: its print, those of the others, and which of them could not be compared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from firsthand.checking.tools import Tool
from firsthand.errors import LibraryError
from firsthand.library import Library, media
from firsthand.library.media import Kind
from firsthand.model import Match


@dataclass(slots=True)
class Compared:
    """What was compared so far. `names`: with which archived files, by their SHA-256, for each kind of print.

    `lacking`: how many files of the archive could not be compared with, by what was to be compared.
    """

    matches: list[Match] = field(default_factory=list)
    names: dict[Kind, set[str]] = field(default_factory=dict)
    lacking: dict[str, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """With how many files anything was compared."""
        return len(set().union(*self.names.values()))

    def search(self, library: Library, tool: Tool, query: Any, sha256: str) -> None:
        """Look for a print in the archive, without the file of this SHA-256 itself. Raises LibraryError."""
        names = self.names.setdefault(tool.kind, set())
        with library.reading() as connection:
            rows = media.prints(connection, tool.kind, tool.maker, but=sha256)
            self.matches.extend(tool.search(_unpacked(tool, rows, names), query, tuple(self.matches)))
            behind = media.behind(connection, tool.kind, tool.maker)
        self.lacking[tool.says] = sum(one != sha256 for one in behind)


def _unpacked(tool: Tool, rows: Iterator[tuple[str, bytes]], names: set[str]) -> Iterator[tuple[str, Any]]:
    """The prints that can be compared; one that is damaged is left out, and counts as not compared."""
    for sha256, packed in rows:
        with suppress(LibraryError):
            one = tool.unpacked(packed)
            if not tool.empty(one):
                names.add(sha256)
                yield sha256, one
