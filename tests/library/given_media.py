"""Media of invented places, to be kept."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from firsthand.library import Library, media, media_files
from firsthand.model import KeptMedia, MediaFile, Metadata

WHO = "ida"


def file_of(content: bytes, name: str = "flood.mp4") -> MediaFile:
    return MediaFile(hashlib.sha256(content).hexdigest(), name, len(content), "video/mp4")


def added(library: Library, content: bytes = b"a flood", name: str = "flood.mp4", **said: Any) -> str:
    """The SHA-256 of a file whose bytes and row are in the archive."""
    path = library.path.with_name("source")
    path.write_bytes(content)
    media_files.keep(library.path, path)
    with library.writing() as connection:
        media.add(connection, file_of(content, name), WHO, **said)
    return file_of(content).sha256


def read(library: Library, sha256: str, metadata: Metadata) -> None:
    with library.writing() as connection:
        media.record(connection, sha256, "metadata", "metadata 1", media.packed(metadata))


def kept(library: Library, sha256: str) -> KeptMedia:
    with library.reading() as connection:
        found = media.kept(connection, sha256)
    assert found
    return found


def kept_file(library: Library, content: bytes) -> Path:
    return media_files.path_of(library.path, file_of(content).sha256)
