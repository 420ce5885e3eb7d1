"""The bytes of media: read-only files in a folder beside the library, each by the SHA-256 of its bytes.

A file gets its name when all of it is on the disk. One that was not finished is left by its temporary name, and swept
away by a later addition.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from firsthand.errors import InputError, LibraryError

PIECE = 2**20
"""Bytes that are in memory at one time."""

ENDING = ".media"
UNFINISHED = ".part"

ABANDONED = 86_400.0
"""Seconds without a byte written after which an unfinished file is taken for one whose process died. A choice: no disk
that can be used waits for a day."""


def folder_of(library: Path) -> Path:
    """Where a library keeps its media: beside its file, wherever links lead to that from."""
    return Path(f"{os.path.realpath(library)}{ENDING}")


def path_of(library: Path, sha256: str) -> Path:
    """The file with this SHA-256, which must only be read. Raises LibraryError where it is not there."""
    path = place_of(library, sha256)
    with _mapped(folder_of(library)):
        if not path.is_file():
            raise LibraryError(f"{path}: is gone: the folder {folder_of(library)} belongs to the library, move both")
    return path


def place_of(library: Path, sha256: str) -> Path:
    """Where the file with this SHA-256 is, if it is there."""
    return folder_of(library) / sha256[:2] / sha256[2:]


def forget(place: Path) -> None:
    """Remove a file, if it is there, and see to it that the disk knows. Raises LibraryError."""
    try:
        place.unlink(missing_ok=True)
    except OSError as error:
        raise LibraryError(f"{place}: cannot be removed: {error.strerror or error}") from error
    _on_disk(place.parent)


def read(library: Path, sha256: str) -> Iterator[bytes]:
    """The bytes with this SHA-256, piece by piece; the last only when all are known to be those that were added.

    Raises LibraryError where they are gone, or are others now.
    """
    digest, last = hashlib.sha256(), b""
    for part in _parts(path_of(library, sha256)):
        if last:
            yield last
        digest.update(part)
        last = part
    if digest.hexdigest() != sha256:
        raise LibraryError(f"the original {sha256[:16]} is damaged; adding the file again mends it")
    yield last


def sha256_of(path: Path) -> tuple[str, int]:
    """The SHA-256 of a file, in hexadecimal digits, and its bytes. Raises InputError where it cannot be read."""
    digest, size = hashlib.sha256(), 0
    for part in _parts(path):
        digest.update(part)
        size += len(part)
    return digest.hexdigest(), size


def keep(library: Path, source: Path) -> tuple[str, int]:
    """Keep a copy of a file, if it is not there whole; its SHA-256, in hexadecimal digits, and its bytes.

    Raises InputError where it cannot be read, or changes meanwhile, LibraryError where it cannot be written.
    """
    sha256, size = sha256_of(source)
    place = place_of(library, sha256)
    if not _is_whole(place, sha256, size):
        _copy(source, place, sha256)
    return sha256, size


def sweep(library: Path, abandoned: float = ABANDONED) -> None:
    """Remove what processes left unfinished that died more than so many seconds ago."""
    with suppress(OSError):
        for path in folder_of(library).glob(f"*{UNFINISHED}"):
            if time.time() - path.stat().st_mtime > abandoned:
                path.unlink()


def _is_whole(place: Path, sha256: str, size: int) -> bool:
    """Whether the bytes are there and are what they should be: what is damaged is mended by adding it again."""
    with _mapped(place):
        found = place.stat() if place.is_file() else None
        return found is not None and found.st_size == size and sha256_of(place)[0] == sha256


def _copy(source: Path, place: Path, sha256: str) -> None:
    """By a temporary name, so that what has a name of its own is whole."""
    with _mapped(place.parent.parent), _unfinished(place) as (handle, temporary):
        if _written(source, handle) != sha256:
            raise InputError(str(source), "changed while it was read")
        handle.flush()
        os.fchmod(handle.fileno(), stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        os.fsync(handle.fileno())
        temporary.replace(place)
        for folder in (place.parent, place.parent.parent):
            _on_disk(folder)


@contextmanager
def _unfinished(place: Path) -> Iterator[tuple[BinaryIO, Path]]:
    place.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(prefix=place.name[:12], suffix=UNFINISHED, dir=place.parent.parent)
    temporary = Path(name)
    try:
        with os.fdopen(number, "wb") as handle:
            yield handle, temporary
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _written(source: Path, handle: BinaryIO) -> str:
    digest = hashlib.sha256()
    for part in _parts(source):
        digest.update(part)
        handle.write(part)
    return digest.hexdigest()


def _on_disk(folder: Path) -> None:
    """That a file has a name in a folder is on the disk too, where the system lets one ask for it."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _parts(path: Path) -> Iterator[bytes]:
    """The bytes of a regular file. Raises InputError."""
    try:
        with path.open("rb") as stream:
            yield from iter(lambda: stream.read(PIECE), b"")
    except (OSError, ValueError) as error:
        raise InputError(str(path), getattr(error, "strerror", None) or "its name holds a null character") from None


@contextmanager
def _mapped(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise LibraryError(f"{place}: cannot be written: {error.strerror or error}") from error
