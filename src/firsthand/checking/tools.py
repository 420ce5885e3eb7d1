"""What is made of a file to be compared with others: by which maker, how, and how the others are searched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from firsthand import media
from firsthand.library.media import Kind
from firsthand.model import Match, Metadata

MAKERS: dict[Kind, str] = {"metadata": "metadata 1", "pictures": "pictures 1", "sound": "sound 1", "deep": "deep 1"}
"""What makes what the archive keeps of each file. Whoever changes what one makes, so that it does not compare with what
it made before, raises its number: all of it is then made again from the originals."""

Prints = Iterable[tuple[str, Any]]
"""Archived files by their SHA-256, each with its print."""

Search = Callable[[Any, Any, Sequence[Match]], tuple[Match, ...]]
"""An archive, the print of the checked file, what was found before -> matches."""


@dataclass(frozen=True, slots=True)
class Tool:
    """One way to compare files. `of` makes the print that the archive keeps, `asked` that of a file to be checked.

    `says`: what it looks at. `empty`: whether a print has nothing to be compared. `archive`: prints -> what `search`
    looks for another in.
    """

    kind: Kind
    says: str
    maker: str
    of: Callable[[Path], Any]
    asked: Callable[[Path], Any]
    unpacked: Callable[[bytes], Any]
    empty: Callable[[Any], bool]
    archive: Callable[[Prints], Any]
    search: Search


def has_none(metadata: Metadata | None, kind: Kind) -> bool:
    """Whether a file's record says that it has nothing of what is looked at; without streams it says nothing."""
    kinds = {one.kind for one in metadata.streams} if metadata else set()
    return bool(kinds) and kind != "metadata" and kinds.isdisjoint({"audio"} if kind == "sound" else {"video", "image"})


def tools(*, deep: bool = True) -> tuple[Tool, ...]:
    """Those that there are here, in their order; the deep stage only where it is asked for and installed."""
    return (_pictures(), _sound(), *((_deep(),) if deep and deep_is_there() else ()))


def deep_is_there() -> bool:
    """Whether the deep stage can be used."""
    from firsthand.media import deep

    return deep.available()


def _pictures() -> Tool:
    from firsthand.media import frames

    return Tool(
        "pictures",
        "its pictures",
        MAKERS["pictures"],
        lambda path: media.pictures_of(path, frames.ARCHIVE_RATE),
        lambda path: media.pictures_of(path, frames.QUERY_RATE),
        frames.PicturePrint.unpacked,
        lambda found: not len(found.times),
        frames.Archive,
        lambda archive, query, _: archive.matches(query),
    )


def _sound() -> Tool:
    from firsthand.media import sound

    return Tool(
        "sound",
        "its sound",
        MAKERS["sound"],
        media.sound_of,
        media.sound_of,
        sound.SoundPrint.unpacked,
        lambda found: found.state != "heard",
        sound.Archive,
        lambda archive, query, _: archive.matches(query),
    )


def _deep() -> Tool:
    from firsthand.media import deep

    return Tool(
        "deep",
        "its pictures in the deep stage",
        MAKERS["deep"],
        media.deep_of,
        media.deep_of,
        deep.DeepPrint.unpacked,
        lambda found: not len(found.times),
        deep.Archive,
        lambda archive, query, known: archive.matches(query, known),
    )
