"""A file into the archive: its bytes first, then its row, then what others are compared with.

It can be stopped anywhere, and loses nothing: what is not made yet is made by `catch_up`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from firsthand import media as step
from firsthand.checking import files, said
from firsthand.checking.asked import Told, quiet
from firsthand.checking.tools import MAKERS, has_none, tools
from firsthand.errors import LibraryError, MediaError
from firsthand.library import Library, media, media_files
from firsthand.library.media import NOTHING_CLAIMED, Kind
from firsthand.model import Claimed, MediaFile

Make = Callable[[Path], bytes]

NONE = "the file has none"
"""Why a photograph has no print of its sound, which is no failure."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an addition. `new`: whether the archive did not have the file before.

    `causes`: what could not be made of it, and why.
    """

    file: MediaFile
    new: bool
    causes: tuple[tuple[Kind, str], ...] = ()


def add(
    library: Library,
    path: Path,
    who: str,
    *,
    name: str | None = None,
    outlet: str | None = None,
    origin: str | None = None,
    claimed: Claimed = NOTHING_CLAIMED,
    told: Told = quiet,
) -> Added:
    """Add a file, which is then in the archive with all that can be made of it.

    Raises MediaError for what is no media file, InputError, LibraryError; then nothing is added.
    """
    with files.local(path) as own:
        told("its record")
        metadata = step.metadata_of(own)
        told("its bytes")
        media_files.sweep(library.path)
        sha256, size = media_files.keep(library.path, own)
        file = MediaFile(sha256, files.called(name or files.name_of(path)), size, files.kind_of(own))
    with library.writing() as connection:
        if not media_files.place_of(library.path, sha256).is_file():
            raise LibraryError(f"{file.name}: was removed from the archive while it was added; nothing was added")
        new = media.add(connection, file, who, outlet, origin, claimed)
        media.record(connection, sha256, "metadata", MAKERS["metadata"], media.packed(metadata))
    failed = {kind for kind, _ in _causes(library, sha256)}
    for kind, maker, make in _makers():
        if _is_missing(library, sha256, kind, maker) or kind in failed:
            told(SAYS[kind])
            _make(library, sha256, kind, maker, make)
    return Added(file, new, _causes(library, sha256))


def behind(library: Library) -> int:
    """How many prints and records the makers in use have still to make of the archive's files."""
    with library.reading() as connection:
        return sum(len(media.behind(connection, kind, maker)) for kind, maker, _ in _makers())


def catch_up(library: Library) -> Iterator[str]:
    """Make them, each in a transaction of its own; the SHA-256 of each file, after it is done.

    Raises LibraryError; a file whose bytes are gone is told so in its row, as one that cannot be read is.
    """
    for kind, maker, make in _makers():
        with library.reading() as connection:
            waiting = media.behind(connection, kind, maker)
        for sha256 in waiting:
            _make(library, sha256, kind, maker, make)
            yield sha256


SAYS: dict[Kind, str] = {
    "metadata": "its record",
    "pictures": "its pictures",
    "sound": "its sound",
    "deep": "its pictures in the deep stage",
}


def _makers() -> Iterator[tuple[Kind, str, Make]]:
    yield "metadata", MAKERS["metadata"], lambda path: media.packed(step.metadata_of(path))
    for tool in tools():
        yield tool.kind, tool.maker, lambda path, of=tool.of: of(path).packed()  # type: ignore[misc]


def _is_missing(library: Library, sha256: str, kind: Kind, maker: str) -> bool:
    with library.reading() as connection:
        return sha256 in media.behind(connection, kind, maker)


def _make(library: Library, sha256: str, kind: Kind, maker: str, make: Make) -> None:
    """Make it, or note why it cannot be made."""
    with library.reading() as connection:
        kept = media.kept(connection, sha256)
    made, cause = b"", NONE
    if kept is None or not has_none(kept.metadata, kind):
        made, cause = _made(library, sha256, make)
        cause = said.why(cause, kept.metadata if kept else None)
    with library.writing() as connection:
        if media.number_of(connection, sha256) is not None:  # else it was removed meanwhile
            media.record(connection, sha256, kind, maker, made, cause)


def _made(library: Library, sha256: str, make: Make) -> tuple[bytes, str]:
    """What is made of an original, or why it cannot be."""
    try:
        return make(media_files.path_of(library.path, sha256)), ""
    except MediaError as error:
        return b"", error.cause
    except LibraryError:
        return b"", "its bytes are gone from the archive's folder"


def _causes(library: Library, sha256: str) -> tuple[tuple[Kind, str], ...]:
    """What could not be made, though there is something to make it of."""
    with library.reading() as connection:
        return tuple((kind, cause) for kind, cause in media.causes(connection, sha256) if cause != NONE)
