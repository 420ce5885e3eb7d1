"""What the archive's prints are searched with. To make one costs more than to search it, the more the archive has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from firsthand.checking.tools import Tool
from firsthand.errors import LibraryError
from firsthand.library import Library, media
from firsthand.library.media import Kind


@dataclass(slots=True)
class Index:
    """The prints of one kind. `archive`: as the tool has them; `names`: of which files, by their SHA-256.

    `size`: bytes of the prints as the library keeps them. `holds`: what the archive held of them then.
    """

    holds: media.Held
    archive: Any = None
    names: set[str] = field(default_factory=set)
    size: int = 0


class Indexes:
    """Those of a library, kept for the next check as long as the archive stays as it is and there is room for them.

    room: bytes of prints, as the library keeps them, of which indexes are kept; with 0 each check makes its own.
    """

    def __init__(self, library: Library, room: int = 0) -> None:
        self._library, self._room = library, room
        self._kept: dict[Kind, Index] = {}

    def of(self, tool: Tool, but: str) -> Index:
        """That of a tool's prints, without that of the file of the SHA-256 `but`. Raises LibraryError."""
        with self._library.reading() as connection:
            index = Index(media.held(connection, tool.kind, tool.maker))
            kept = self._still(tool.kind, index.holds)
            if kept and but not in kept.names:
                return kept
            rows = media.prints(connection, tool.kind, tool.maker, but=but)
            index.archive = tool.archive(_unpacked(tool, rows, index))
            is_whole = media.number_of(connection, but) is None
        if is_whole and self._has_room(index):
            self._kept[tool.kind] = index
        return index

    def _still(self, kind: Kind, holds: media.Held) -> Index | None:
        """What is kept, unless the archive has changed: then it goes, before another takes as much memory."""
        if kind in self._kept and self._kept[kind].holds != holds:
            del self._kept[kind]
        return self._kept.get(kind)

    def _has_room(self, index: Index) -> bool:
        return sum(one.size for one in self._kept.values()) + index.size <= self._room


def _unpacked(tool: Tool, rows: Iterator[tuple[str, bytes]], index: Index) -> Iterator[tuple[str, Any]]:
    """The prints that can be compared; one that is damaged is left out, and counts as not compared."""
    for sha256, packed in rows:
        with suppress(LibraryError):
            one = tool.unpacked(packed)
            if not tool.empty(one):
                index.names.add(sha256)
                index.size += len(packed)
                yield sha256, one
