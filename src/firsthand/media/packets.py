"""Where files that are no movies keep packets of XMP, texts and dates: JPEG, PNG, RIFF with WebP, and any bytes."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO

from . import xmp
from .boxes import numbers
from .texts import clean, decoded

MOST_PARTS = 2_000
"""Segments, chunks or blocks of one file whose heads are read."""

MOST_TEXT = 2**20
"""Bytes of one text of a PNG once it is unpacked."""

SCANNED = 8 * 2**20
"""Bytes from the beginning of a file, and from its end, that are searched for packets that no structure leads to."""

_XAP = b"http://ns.adobe.com/xap/1.0/\0"
_EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"


def jpeg(file: BinaryIO) -> Iterator[bytes]:
    """The packet of a JPEG, and the longer one that is spread over segments of its own (XMP part 3, 1.1.3)."""
    extended: dict[bytes, dict[int, bytes]] = {}
    room = xmp.MOST_BYTES
    for marker, data in segments(file):
        if marker == 0xE1 and data.startswith(_XAP):
            yield data[len(_XAP) :]
        elif marker == 0xE1 and data.startswith(_EXTENSION):
            start = len(_EXTENSION)
            offset = numbers("I", data, start + 36)
            room -= len(data)
            if offset and room >= 0:
                extended.setdefault(data[start : start + 32], {})[offset[0]] = data[start + 40 :]
    for parts in extended.values():
        yield b"".join(parts[at] for at in sorted(parts))


def segments(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The segments of a JPEG before its picture: (marker, payload); stops at the first thing that is none."""
    file.seek(2)
    for _ in range(MOST_PARTS):
        head = file.read(4)
        if len(head) < 4 or head[0] != 0xFF or head[1] in (0xDA, 0xD9):
            return
        size = numbers("H", head, 2)[0]
        if head[1] == 0xFF or size < 2:
            return
        yield head[1], file.read(size - 2)


def chunks(file: BinaryIO) -> Iterator[tuple[str, bytes]]:
    """The chunks of a PNG that hold texts, dates or packets: (kind, payload, at most 8 MB)."""
    start = 8
    for _ in range(MOST_PARTS):
        file.seek(start)
        head = file.read(8)
        if len(head) < 8:
            return
        size, kind = numbers("I", head)[0], head[4:].decode("latin-1")
        if kind in ("tEXt", "zTXt", "iTXt", "tIME"):
            yield kind, file.read(min(size, xmp.MOST_BYTES))
        start += size + 12


def texts(file: BinaryIO) -> Iterator[tuple[str, bytes]]:
    """The texts of a PNG, unpacked: (keyword, text); its time of last change as "tIME" in ISO 8601."""
    for kind, data in chunks(file):
        word, _, rest = data.partition(b"\0")
        name = clean(decoded(word, 80))
        if kind == "tIME" and (at := numbers("HBBBBB", data)):
            yield "tIME", "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*at).encode()
        elif kind == "tEXt":
            yield name, rest
        elif kind == "zTXt":
            yield name, _unpacked(rest[1:])
        elif kind == "iTXt" and len(rest) > 2:
            # Whether it is packed, how, the language, the keyword in that language, the text.
            body = rest[2:].split(b"\0", 2)[-1]
            yield name, _unpacked(body) if rest[0] else body


def riff(file: BinaryIO, size: int) -> Iterator[tuple[str, bytes]]:
    """The chunks of a RIFF file (WebP, WAV, AVI) that hold packets, Exif or dates: (kind, payload), lists walked."""
    yield from _riff(file, 12, size, 0, iter(range(MOST_PARTS)))


def scanned(file: BinaryIO, size: int) -> Iterator[bytes]:
    """Packets anywhere in the first and the last 8 MB, once each."""
    file.seek(0)
    told = set()
    starts = [0, max(SCANNED, size - SCANNED)] if size > SCANNED else [0]
    for start in starts:
        file.seek(start)
        for packet in xmp.found_in(file.read(SCANNED)):
            if packet not in told:
                told.add(packet)
                yield packet


def _riff(file: BinaryIO, start: int, end: int, depth: int, left: Iterator[int]) -> Iterator[tuple[str, bytes]]:
    """`left`: the parts that may still be read, shared by all lists within lists."""
    for _ in left:
        file.seek(start)
        head = file.read(12)
        if len(head) < 8 or start + 8 > end:
            return
        kind, size = head[:4].decode("latin-1"), int.from_bytes(head[4:8], "little")
        if kind == "LIST" and depth < 4 and head[8:12] in (b"INFO", b"hdrl", b"exif", b"movi"):
            if head[8:12] != b"movi":
                yield from _riff(file, start + 12, min(end, start + 8 + size), depth + 1, left)
        elif kind in ("_PMX", "XMP ", "EXIF", "bext", "IDIT", "ICRD", "ISFT", "DTIM", "IENG", "ICMT", "ecor", "emdl"):
            file.seek(start + 8)
            yield kind, file.read(min(size, xmp.MOST_BYTES))
        start += 8 + size + size % 2


def _unpacked(data: bytes) -> bytes:
    """Deflated bytes, no further than the limit; what is there of broken ones."""
    unpacker = zlib.decompressobj()
    try:
        return unpacker.decompress(data, MOST_TEXT)
    except zlib.error:
        return b""
