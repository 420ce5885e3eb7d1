"""A file as it is given: what it is called, how large it is, of which kind; a copy of it, where it is a pipe."""

from __future__ import annotations

import re
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from firsthand.errors import MediaError
from firsthand.library.media import LONGEST_NAME
from firsthand.library.media_files import PIECE, sha256_of
from firsthand.media import size_of
from firsthand.model import MediaFile
from firsthand.share.plain import one_line

STANDARD_INPUT = "-"

MOST_COPIED = 64 * 2**30
"""Bytes of a pipe that are copied: more than a day of video has; who writes without end is stopped. A choice."""

_BRANDS = {b"qt  ": "video/quicktime", b"M4A ": "audio/mp4", b"M4B ": "audio/mp4", b"avif": "image/avif"}
_BRANDS |= dict.fromkeys((b"heic", b"heix", b"mif1", b"msf1"), "image/heic")
_RIFFS = {b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo", b"WEBP": "image/webp"}
_KINDS: tuple[tuple[re.Pattern[bytes], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), kind)
    for pattern, kind in (
        (rb"\xff\xd8\xff", "image/jpeg"),
        (rb"\x89PNG\r\n\x1a\n", "image/png"),
        (rb"GIF8[79]a", "image/gif"),
        (rb"II\*\0|MM\0\*", "image/tiff"),
        (rb"BM.{4}\0\0\0\0", "image/bmp"),
        (rb"\x1aE\xdf\xa3.{0,60}webm", "video/webm"),
        (rb"\x1aE\xdf\xa3", "video/x-matroska"),
        (rb"OggS.{24}\x01?(?:\x80theora|.{0,2}theora)", "video/ogg"),
        (rb"OggS", "audio/ogg"),
        (rb"fLaC", "audio/flac"),
        (rb"ID3|\xff[\xf2\xf3\xfa\xfb]", "audio/mpeg"),
        (rb"\xff[\xf0\xf1\xf8\xf9]", "audio/aac"),
        (rb"FLV\x01", "video/x-flv"),
        (rb"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-asf"),
        (rb"\0\0\x01[\xba\xb3]", "video/mpeg"),
        (rb"G.{187}G", "video/mp2t"),
        (rb".{4}(?:moov|mdat|wide|free|skip)", "video/quicktime"),
    )
)


@contextmanager
def local(path: Path) -> Iterator[Path]:
    """The path of a file on a disk: `path` itself, or of what can be read only once, a private copy that goes after.

    Raises MediaError where there is nothing to be read.
    """
    if not _is_piped(path):
        size_of(path)  # which refuses what waits, or never ends: a device, a socket
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="firsthand-") as folder:
        own = Path(folder) / "media"
        with _mapped(path):
            _copy(path, own)
        yield own


def _is_piped(path: Path) -> bool:
    """Whether it can be read only once."""
    with suppress(OSError, ValueError):
        return str(path) == STANDARD_INPUT or stat.S_ISFIFO(path.stat().st_mode)
    return False


def described(path: Path, name: str) -> MediaFile:
    """The file at `path`, which is called `name`. Raises InputError."""
    sha256, size = sha256_of(path)
    return MediaFile(sha256, called(name), size, kind_of(path))


def called(name: str) -> str:
    """What a file is called, on one line that is safe to show."""
    return one_line(name)[:LONGEST_NAME] or "without a name"


def kind_of(path: Path) -> str:
    """The media type that the first bytes tell; "application/octet-stream" where they tell none. Raises MediaError."""
    with _mapped(path), path.open("rb") as stream:
        head = stream.read(512)
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    if head[:4] == b"RIFF":
        return _RIFFS.get(head[8:12], "application/octet-stream")
    return next((kind for pattern, kind in _KINDS if pattern.match(head)), "application/octet-stream")


def name_of(path: Path) -> str:
    """What a file is called, without its folder."""
    return "standard input" if str(path) == STANDARD_INPUT else path.name


def _copy(path: Path, own: Path) -> None:
    if str(path) == STANDARD_INPUT:
        _copied(sys.stdin.buffer, own)
        return
    with path.open("rb") as stream:
        _copied(stream, own)


def _copied(stream: BinaryIO, own: Path) -> None:
    left = MOST_COPIED
    with own.open("xb") as copy:
        while left > 0 and (part := stream.read(PIECE)):
            copy.write(part)
            left -= len(part)
    if left <= 0:
        raise MediaError(STANDARD_INPUT, f"is larger than {MOST_COPIED:,} bytes")


@contextmanager
def _mapped(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        cause = (error.strerror if isinstance(error, OSError) else "") or "its name is none that a file can have"
        raise MediaError(str(path), cause) from None
