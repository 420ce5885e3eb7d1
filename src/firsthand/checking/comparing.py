"""The checked file against the archive: its print, those of the others, and which of them could not be compared."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from typing import Any

from firsthand.checking.indexes import Indexes
from firsthand.checking.tools import Tool
from firsthand.library import Library, media
from firsthand.library.media import Kind
from firsthand.model import Match


@dataclass(slots=True)
class Compared:
    """What was compared so far. `indexes`: which other checks of the library share; without, each search makes its own.

    `names`: with which of them, by their SHA-256, for each kind of print. `lacking`: how many files of the archive
    could not be compared with, by what was to be compared.
    """

    indexes: Indexes | None
    matches: list[Match] = field(default_factory=list)
    names: dict[Kind, Set[str]] = field(default_factory=dict)
    lacking: dict[str, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """With how many files anything was compared."""
        return len(set[str]().union(*self.names.values()))

    def search(self, library: Library, tool: Tool, query: Any, sha256: str) -> None:
        """Look for a print in the archive, without the file of this SHA-256 itself. Raises LibraryError."""
        index = (self.indexes or Indexes(library)).of(tool, sha256)
        with library.reading() as connection:
            behind = media.behind(connection, tool.kind, tool.maker)
        self.names[tool.kind] = index.names
        self.matches.extend(tool.search(index.archive, query, tuple(self.matches)))
        self.lacking[tool.says] = sum(one != sha256 for one in behind)
