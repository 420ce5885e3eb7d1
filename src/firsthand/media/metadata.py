"""A media file -> its Metadata: our own readers first, then what MediaInfo and ExifTool add.

To be run inside the sandbox. Broken content is a remark; only a file of which nothing at all can be read is an error.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from firsthand.errors import MediaError
from firsthand.model.media import Metadata

from . import breadth, exif, heif, movies, packet_fields, packets, thumbnails, traces
from .boxes import Boxes, numbers
from .record import Record
from .texts import clean, decoded

MOST_PACKETS = 8
"""Of XMP, that are read of one file: none was seen with more than two."""

_JPEG, _PNG, _RIFF = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", (b"RIFF", b"RF64")
_PICTURES = (_JPEG, _PNG, b"GIF8", b"II*\0", b"MM\0*", b"BM", b"\0\0\0\x0cjP  ")
_FIRST = (
    "ftyp", "styp", "moov", "mdat", "free", "skip", "wide", "pnot", "moof", "sidx", "uuid", "emsg", "prft",
)  # fmt: skip
_STILL = ("HEIC", "HEIF", "AVIF")
_NAMES = {"JPEG2000": "JPEG 2000", "MPO": "JPEG (several pictures)"}


def read(path: Path) -> Metadata:
    """What the file's own record says. Raises MediaError where nothing at all can be read."""
    record = Record()
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            if size == 0:
                raise MediaError(path.name, "is empty")
            _own(path, file, size, record)
    except OSError as error:
        raise MediaError(path.name, f"could not be read: {clean(error.strerror or str(error))}") from None
    if not record.streams or any(stream.kind != "image" for stream in record.streams):
        breadth.mediainfo(path, record)  # of a picture it knows nothing that we do not
    breadth.exiftool(path, record)
    if not record.streams and not record.dates and not record.container:
        raise MediaError(path.name, "could not be read: it is no picture, video or sound that is known here")
    return record.finished()


def _own(path: Path, file: BinaryIO, size: int, record: Record) -> None:
    """What our own readers find, by what the file opens with."""
    file.seek(0)
    head = file.read(16)
    if head[4:8].decode("latin-1") in _FIRST:
        _movie(path, file, size, record)
    elif head.startswith(_PICTURES) or (head[:4] in _RIFF and head[8:12] == b"WEBP"):
        _picture(path, file, size, head, record)
    else:
        _sound_or_other(file, size, head, record)


def _movie(path: Path, file: BinaryIO, size: int, record: Record) -> None:
    boxes = Boxes(file, size)
    movies.read(boxes, record)
    found = [packet for _, packet in itertools.islice(movies.packets(boxes), MOST_PACKETS)]
    for kind, data in heif.items(boxes):
        if kind == "Exif":
            exif.from_bytes(data, record)
        else:
            found.append(data)
    if record.container.startswith(_STILL):
        heif.read(boxes, record)
        _thumbnail(path, record)
    _take(found or packets.scanned(file, size), record)
    _settings(traces.scanned(file, _pictures_of(boxes)), record)


def _pictures_of(boxes: Boxes) -> list[int]:
    """Where the pictures and the sound begin: the first chunk of each track, and each box of media."""
    chunks: list[int] = []
    for box in boxes.of("stco", "co64"):
        first = numbers("Q" if box.kind == "co64" else "I", boxes.payload(box, 16), 8)
        chunks += first
    return list(dict.fromkeys([*chunks[:6], *(box.start for box in boxes.of("mdat"))]))


def _picture(path: Path, file: BinaryIO, size: int, head: bytes, record: Record) -> None:
    if head.startswith(_PNG):
        found = _png(file, record)
    elif head[:4] in _RIFF:
        chunks = (data for kind, data in packets.riff(file, size) if kind == "XMP ")
        found = list(itertools.islice(chunks, MOST_PACKETS))
    else:
        found = list(packets.jpeg(file)) if head.startswith(_JPEG) else []
    try:
        image = exif.opened(path)
    except MediaError as error:
        record.remark(error.cause)
        _take(found or packets.scanned(file, size), record)
        return
    with image:
        record.container = _NAMES.get(str(image.format), str(image.format))
        exif.read(image, record)
        _safely(thumbnails.read, image, record)
    _take(found or packets.scanned(file, size), record)


def _thumbnail(path: Path, record: Record) -> None:
    """The thumbnail of an AVIF, which Pillow opens; of a HEIC it does not."""
    try:
        with exif.opened(path) as image:
            _safely(thumbnails.read, image, record)
    except MediaError:
        return


def _safely(reader: Callable[[Image.Image, Record], None], image: Image.Image, record: Record) -> None:
    """Pillow raises a dozen kinds of errors on broken pictures: each is a remark."""
    try:
        reader(image, record)
    except Exception as error:
        record.remark(f"the picture cannot be decoded: {type(error).__name__}")


def _png(file: BinaryIO, record: Record) -> list[bytes]:
    """The packets of a PNG; its other texts go into the record."""
    found: list[bytes] = []
    for name, text in packets.texts(file):
        if name == "XML:com.adobe.xmp":
            found += [text] if len(found) < MOST_PACKETS else []
        elif name == "tIME" or name.startswith("date:") or "Time" in name:
            record.date(decoded(text, 64), "created" if "reat" in name else "modified", f"PNG {name}")
        elif name == "Software":
            record.program(decoded(text), "PNG Software")
        else:
            record.tag(f"PNG {name}", decoded(text))
    return found


def _sound_or_other(file: BinaryIO, size: int, head: bytes, record: Record) -> None:
    found: list[bytes] = []
    if head[:4] in _RIFF:
        for kind, data in packets.riff(file, size):
            found += [data] if kind == "_PMX" and len(found) < MOST_PACKETS else []
            _riff(kind, data, record)
    _take(found or packets.scanned(file, size), record)
    _settings(traces.scanned(file, [0]), record)


def _riff(kind: str, data: bytes, record: Record) -> None:
    """The dates and programs of a WAV or AVI: broadcast extension (EBU Tech 3285), IDIT, ICRD, ISFT."""
    if kind == "bext" and len(data) >= 348:
        clock = decoded(data[330:338]).replace("-", ":").replace(".", ":")
        day = decoded(data[320:330]).replace("_", "-").replace(":", "-")
        record.date(f"{day}T{clock}" if clock.strip("0: ") else day, "created", "WAV bext")
        record.program(decoded(data[256:288]), "WAV bext originator")
        record.tag("WAV bext description", decoded(data[:256].split(b"\0")[0]))
    elif kind in ("IDIT", "ICRD"):
        record.date(decoded(data.strip(b"\0\n ")), "created", f"RIFF {kind}")
    elif kind == "ISFT":
        record.program(decoded(data.strip(b"\0")), "RIFF ISFT")


def _take(found: Iterator[bytes] | list[bytes], record: Record) -> None:
    for packet in itertools.islice(found, MOST_PACKETS):
        packet_fields.take(packet, "XMP", record)


def _settings(found: Iterator[str], record: Record) -> None:
    """The settings of encoders: the program by its name, the settings as a tag."""
    for text in found:
        record.program(traces.short(text), "the pictures themselves")
        if text != traces.short(text):
            record.tag(f"settings of {traces.short(text)}", text, traces.MOST_SETTINGS)
