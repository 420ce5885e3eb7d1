"""Records of invented files, and tools that read no file: what checks put together, without decoding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from firsthand.checking.tools import Tool
from firsthand.errors import LibraryError
from firsthand.library.media import Kind
from firsthand.model import KeptMedia, Match, MatchKind, MediaDate, MediaFile, Metadata

REFERENCE = "cd" * 32
ADDED = "2031-04-01T10:00:00.000+00:00"


def match(kind: MatchKind = "pictures", **fields: Any) -> Match:
    known: dict[str, Any] = {"start": 3.0, "end": 11.0, "reference_start": 61.0, "reference_end": 69.0}
    known |= {"reference": REFERENCE, "score": 0.9, "reason": "30 of 32 hashes", **fields}
    return Match(kind, **known)


def kept(
    at: str | None = "2010-06-01T12:00:00Z", added: str = ADDED, what: str = "created", where: str = "EXIF"
) -> KeptMedia:
    dates = (MediaDate(at, what, where, "when it was begun", "raw"),)
    file = MediaFile(REFERENCE, "range.mp4", 5, "video/mp4")
    return KeptMedia(file, added, "ida", "Larkmoor Post", "https://post.example/1", Metadata("MP4", dates=dates))


@dataclass
class Print:
    """A print that is its bytes."""

    content: bytes
    state: str = "heard"
    silences: tuple[tuple[float, float], ...] = ()

    def packed(self) -> bytes:
        return self.content


@dataclass
class Fake:
    """A tool whose print is what the file holds, and that finds what it is told to.

    `searched`: in what, the last time; `made`: how many archives were.
    """

    kind: Kind = "pictures"
    maker: str = "fake 1"
    of: Callable[[Path], Print] = lambda path: Print(path.read_bytes())
    found: Callable[[str, Print], tuple[Match, ...]] = lambda name, query: ()
    searched: list[str] = field(default_factory=list)
    made: int = 0

    def tool(self) -> Tool:
        says = {"pictures": "its pictures", "sound": "its sound"}.get(self.kind, "its pictures in the deep stage")
        return Tool(self.kind, says, self.maker, self.of, self.of, unpacked, _is_empty, self._archive, self._search)

    def _archive(self, prints: Any) -> list[str]:
        self.made += 1
        return [name for name, _ in prints]

    def _search(self, names: list[str], query: Any, known: Any) -> tuple[Match, ...]:
        self.searched[:] = names
        return tuple(one for name in names for one in self.found(name, query))


def _is_empty(one: Print) -> bool:
    return not one.content


def unpacked(content: bytes) -> Print:
    if content == b"damaged":
        raise LibraryError("a print is damaged")
    return Print(content)
