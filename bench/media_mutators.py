"""Ways to break a media file, each a function of its bytes and of chance, some blind and some that know the format."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from random import Random

Mutator = Callable[[Random, bytearray], bytes]

EDGES = (0, 1, 2, 7, 8, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFF0, 0xFFFFFFFF)
LONG_EDGES = (0, 1, 15, 16, 1 << 31, 1 << 32, (1 << 63) - 1, 1 << 63, (1 << 64) - 1)
CONTAINERS = (
    b"moov",
    b"trak",
    b"mdia",
    b"minf",
    b"stbl",
    b"udta",
    b"meta",
    b"ilst",
    b"moof",
    b"traf",
    b"edts",
    b"dinf",
)


def flips(rng: Random, data: bytearray) -> bytes:
    """Up to 64 bits are others."""
    for _ in range(rng.choice((1, 2, 8, 64))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(data)


def filled(rng: Random, data: bytearray) -> bytes:
    """A stretch is all zeros, all ones, or noise."""
    start, length = rng.randrange(len(data)), rng.choice((1, 4, 16, 256, 4096))
    with_what = rng.choice((b"\0", b"\xff", None))
    part = with_what * length if with_what else rng.randbytes(length)
    data[start : start + length] = part[: len(data) - start]
    return bytes(data)


def cut(rng: Random, data: bytearray) -> bytes:
    """It ends early, begins late, or lacks a stretch."""
    start = rng.randrange(len(data))
    ways = (data[: max(start, 1)], data[start:], data[:start] + data[start + rng.choice((1, 16, 1000)) :])
    return bytes(rng.choice(ways)) or b"\0"


def doubled(rng: Random, data: bytearray) -> bytes:
    """A stretch stands there many times."""
    start, length = rng.randrange(len(data)), rng.choice((4, 32, 512))
    part = bytes(data[start : start + length])
    return bytes(data[:start]) + part * rng.choice((2, 50, 1000)) + bytes(data[start:])


def edges(rng: Random, data: bytearray) -> bytes:
    """A number somewhere is one that overflows, in either order of bytes."""
    for _ in range(rng.choice((1, 3))):
        kind, values = rng.choice(((">I", EDGES), ("<I", EDGES), (">Q", LONG_EDGES), ("<Q", LONG_EDGES)))
        start = rng.randrange(max(1, len(data) - 8))
        data[start : start + struct.calcsize(kind)] = struct.pack(kind, rng.choice(values))
    return bytes(data)


BLIND: tuple[Mutator, ...] = (flips, filled, cut, doubled, edges)


def boxes(data: bytes, start: int = 0, end: int | None = None, depth: int = 64) -> Iterator[tuple[int, int, bytes]]:
    """Every box of an MP4, those within others too, `depth` deep: (where, bytes, kind)."""
    end = len(data) if end is None else end
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        if size < 8 or start + size > end:
            return
        yield start, size, kind
        if kind in CONTAINERS and depth:
            yield from boxes(data, start + 8 + (4 if kind == b"meta" else 0), start + size, depth - 1)
        start += size


def box_sizes(rng: Random, data: bytearray) -> bytes:
    """A box says another size than it has, perhaps a 64-bit one."""
    where, size, _ = rng.choice([*boxes(bytes(data))])
    if rng.random() < 0.3:
        data[where : where + 4] = struct.pack(">I", 1)
        data[where + 8 : where + 16] = struct.pack(">Q", rng.choice(LONG_EDGES))
    else:
        data[where : where + 4] = struct.pack(
            ">I", rng.choice((*EDGES, size - 1, size + 1, size // 2, size * 2)) & ((1 << 32) - 1)
        )
    return bytes(data)


def box_counts(rng: Random, data: bytearray) -> bytes:
    """A table says that it has another number of entries, or one of its first fields is an edge."""
    tables = (
        b"stts",
        b"stsz",
        b"stco",
        b"stsc",
        b"ctts",
        b"stsd",
        b"elst",
        b"mvhd",
        b"mdhd",
        b"tkhd",
        b"trun",
        b"tfhd",
    )
    found = [(where, size) for where, size, kind in boxes(bytes(data)) if kind in tables]
    for where, size in rng.sample(found, min(len(found), rng.choice((1, 2, 5)))):
        at = where + 8 + 4 * rng.randrange(max(1, min(8, size // 4 - 2)))
        data[at : at + 4] = struct.pack(">I", rng.choice(EDGES))
    return bytes(data)


def box_kinds(rng: Random, data: bytearray) -> bytes:
    """A box is taken for another."""
    found = [*boxes(bytes(data))]
    where, _, _ = rng.choice(found)
    data[where + 4 : where + 8] = rng.choice(
        (*CONTAINERS, rng.choice(found)[2], b"uuid", b"XMP_", b"jumb", b"\0\0\0\0")
    )
    return bytes(data)


def box_nests(rng: Random, data: bytearray) -> bytes:
    """Boxes in boxes in boxes, or a box there many times."""
    where, size, kind = rng.choice([*boxes(bytes(data))])
    part = bytes(data[where : where + size])
    if rng.random() < 0.5:
        return bytes(data[:where]) + part * rng.choice((2, 40, 400)) + bytes(data[where + size :])
    kind = rng.choice(CONTAINERS)
    for _ in range(rng.choice((8, 64, 1000))):
        part = struct.pack(">I4s", len(part) + 8, kind) + part
    return bytes(data[:where]) + part + bytes(data[where + size :])


def segments(data: bytes) -> list[tuple[int, int]]:
    """Every segment of a JPEG before its pictures: (where, bytes, its marker's two with it)."""
    found, start = [], 2
    while start + 4 <= len(data) and data[start] == 0xFF and data[start + 1] != 0xDA:
        size = 2 + int.from_bytes(data[start + 2 : start + 4], "big")
        found.append((start, size))
        start += size
    return found


def jpeg_segments(rng: Random, data: bytearray) -> bytes:
    """A segment has another length or kind, stands there many times, or its first bytes (sizes, factors) are others."""
    where, size = rng.choice(segments(bytes(data)) or [(2, 4)])
    way = rng.randrange(4)
    if way == 0:
        data[where + 2 : where + 4] = rng.choice((b"\0\0", b"\0\1", b"\0\2", b"\xff\xff", rng.randbytes(2)))
    elif way == 1:
        data[where + 1] = rng.choice((0xC0, 0xC1, 0xC2, 0xC4, 0xC9, 0xDB, 0xDD, 0xE1, 0xE2, 0xEB, 0xED, 0xFE))
    elif way == 2:
        return bytes(data[:where] + data[where : where + size] * rng.choice((2, 30, 300)) + data[where:])
    else:
        data[where + 4 + rng.randrange(12)] = rng.choice((0, 1, 0x11, 0x44, 0x7F, 0xFF))
    return bytes(data)


def jpeg_sizes(rng: Random, data: bytearray) -> bytes:
    """The picture says that it is huge, or of no size."""
    for where, _ in segments(bytes(data)):
        if data[where + 1] in (0xC0, 0xC2):
            sides = [rng.choice((0, 1, 8, 4096, 20_000, 65_500, 65_535)) for _ in range(2)]
            data[where + 5 : where + 9] = struct.pack(">HH", *sides)
    return bytes(data)


def exif_fields(rng: Random, data: bytearray) -> bytes:
    """Entries of the EXIF directory have other types, counts or offsets, or point in a circle."""
    start = data.find(b"Exif\0\0")
    if start < 0:
        return edges(rng, data)
    base = start + 6
    for _ in range(rng.choice((1, 3, 9))):
        entry = base + 10 + 12 * rng.randrange(14)
        field, width = rng.choice(((0, 2), (2, 2), (4, 4), (8, 4)))
        value = rng.choice((*EDGES, 8, 26)) & ((1 << 8 * width) - 1)
        data[entry + field : entry + field + width] = value.to_bytes(width, rng.choice(("big", "little")))
    return bytes(data)


def chunks(data: bytes) -> list[tuple[int, int, bytes]]:
    """Every chunk of a PNG: (where, bytes, kind)."""
    found, start = [], 8
    while start + 12 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, start)
        if start + size + 12 > len(data):
            break
        found.append((start, size + 12, kind))
        start += size + 12
    return found


def chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk of a PNG, with the check sum that it should have."""
    return struct.pack(">I4s", len(body), kind) + body + struct.pack(">I", zlib.crc32(kind + body))


def png_chunks(rng: Random, data: bytearray) -> bytes:
    """A chunk has other content, kind or length, comes many times, or swells a thousandfold when it is unpacked."""
    where, size, kind = rng.choice(chunks(bytes(data)) or [(8, 25, b"IHDR")])
    body, before, after = bytes(data[where + 8 : where + size - 4]), bytes(data[:where]), bytes(data[where + size :])
    way = rng.randrange(5)
    if way == 0:
        return before + struct.pack(">I", rng.choice(EDGES)) + bytes(data[where + 4 :])
    if way == 1:
        return before + chunk(rng.choice((b"IDAT", b"iTXt", b"zTXt", b"fdAT", b"fcTL", b"eXIf", b"caBX")), body) + after
    if way == 2:
        return before + chunk(kind, body) * rng.choice((2, 40, 400)) + after
    if way == 3:
        return before + swollen(rng) + bytes(data[where:])
    return before + chunk(kind, flips(rng, bytearray(body or b"\0"))) + after


def swollen(rng: Random) -> bytes:
    """A text, a colour profile or XMP of 16 MB, in 16 KB."""
    packed = zlib.compress(bytes(16 << 20), 9)
    made = {b"zTXt": b"Comment\0\0", b"iCCP": b"colours\0\0", b"iTXt": b"XML:com.adobe.xmp\0\1\0\0\0"}
    kind = rng.choice([*made])
    return chunk(kind, made[kind] + packed)


def png_sizes(rng: Random, data: bytearray) -> bytes:
    """The picture says that it is huge, of no size, or of depths and colours that do not exist."""
    sides = [rng.choice((0, 1, 5_000, 60_000, 1 << 24, (1 << 31) - 1, 1 << 31)) for _ in range(2)]
    how = bytes((rng.choice((1, 8, 16, 255)), rng.choice((0, 2, 3, 6, 9)), 0, 0, rng.choice((0, 1, 7))))
    body = struct.pack(">II", *sides) + (how if rng.random() < 0.5 else bytes(data[24:29]))
    return bytes(data[:8]) + chunk(b"IHDR", body) + bytes(data[33:])


def wav_fields(rng: Random, data: bytearray) -> bytes:
    """Lengths of chunks, or the number of channels, the rate and the bits of a sample, are edges."""
    places = [
        start for name in (b"RIFF", b"fmt ", b"data", b"LIST", b"bext", b"ICRD") if (start := data.find(name)) >= 0
    ]
    for _ in range(rng.choice((1, 2))):
        where = rng.choice(places) + rng.choice((4, 4, 8, 10, 12, 16, 20, 22))
        data[where : where + 4] = struct.pack("<I", rng.choice((*EDGES, 3, 0xFFFE, 192_000)))
    return bytes(data)


BY_KIND: dict[str, Sequence[Mutator]] = {
    "mp4": (box_sizes, box_counts, box_kinds, box_nests),
    "jpeg": (jpeg_segments, jpeg_sizes, exif_fields),
    "png": (png_chunks, png_sizes),
    "wav": (wav_fields,),
}
"""Those that know a format, beside `BLIND`."""


def xmp_bombs(rng: Random, data: bytearray) -> bytes:
    """Entities that swell or name other files, depth, length, other encodings."""
    return rng.choice((_entities, _outside, _deep, _many, _long, _recoded))(rng, bytes(data))


def _entities(rng: Random, data: bytes) -> bytes:
    names = [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, rng.choice((4, 12)))]
    return ("<!DOCTYPE x [<!ENTITY e0 'lol'>" + "".join(names) + "]>").encode() + data.replace(b"saved", b"&e3;")


def _outside(rng: Random, data: bytes) -> bytes:
    where = rng.choice(("file:///etc/passwd", "http://127.0.0.1:9/x", "/dev/zero"))
    return f'<!DOCTYPE x SYSTEM "{where}" [<!ENTITY o SYSTEM "{where}">]>'.encode() + data.replace(b"saved", b"&o;")


def _deep(rng: Random, data: bytes) -> bytes:
    depth = rng.choice((50, 2_000, 6_000))
    return data.replace(b"</rdf:RDF>", b"<a>" * depth + b"</a>" * depth * rng.randrange(2) + b"</rdf:RDF>")


def _many(rng: Random, data: bytes) -> bytes:
    step = b'<rdf:li stEvt:action="saved" stEvt:when="2031-02-17T09:00:00Z"/>'
    return data.replace(b"</rdf:Seq>", step * rng.choice((10, 900)) + b"</rdf:Seq>")


def _long(rng: Random, data: bytes) -> bytes:
    return data.replace(b"Larkmoor", rng.choice(("é", "\x1b[2J", "\u202e", "&#0;", "&#x110000;", "A")).encode() * 9_000)


def _recoded(rng: Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(rng.choice(("utf-16", "utf-32", "utf-16-be", "cp037", "utf-7")), "replace")


def xmp_values(rng: Random, data: bytearray) -> bytes:
    """Dates that are none, names of what the reader looks for in other places."""
    old = rng.choice(
        (b"2031-02-16T10:15:00+03:00", b"saved", b"D:/clips/", b"stEvt:when", b"rdf:Seq", b"rdf:li", b"adobe:ns:meta/")
    )
    new = rng.choice(
        (
            b"",
            b"9" * 400,
            b"-0001-00-00T99:99:99+99:99",
            b"\0",
            b"<",
            b"]]>",
            b"rdf:Bag",
            b"xmp:CreateDate",
            b"\xff\xfe",
        )
    )
    return bytes(data).replace(old, new, rng.choice((1, -1)))


def jumbf_boxes(rng: Random, data: bytearray) -> bytes:
    """In the manifest: sizes of boxes, heads of CBOR that promise too much, depth."""
    names = (b"jumb", b"jumd", b"cbor", b"json", b"bfdb", b"bidb")
    places = [at for name in names for at in _places(bytes(data), name)]
    if not places:
        return flips(rng, data)
    at = rng.choice(places)
    way = rng.randrange(3)
    if way == 0:
        data[at - 4 : at] = struct.pack(">I", rng.choice(EDGES))
    elif way == 1:
        inside = at + 4 + rng.randrange(60)
        data[inside : inside + 9] = bytes((rng.choice((0x5B, 0x7B, 0x9B, 0xBB, 0xDB)),)) + struct.pack(
            ">Q", rng.choice(LONG_EDGES)
        )
    else:
        depth = rng.choice((30, 400))
        data[at + 4 : at + 4 + depth] = bytes((rng.choice((0x81, 0xA1, 0xC6, 0x9F)),)) * depth
    return bytes(data)


def jumbf_near(rng: Random, data: bytearray) -> bytes:
    """A few bytes of the manifest, not of the pictures, are others."""
    start = data.find(b"jumb")
    for _ in range(rng.choice((1, 3, 20))):
        data[min(len(data) - 1, start + rng.randrange(3_000))] = rng.choice(
            (0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256))
        )
    return bytes(data)


def _places(data: bytes, name: bytes) -> Iterator[int]:
    at = data.find(name)
    while at >= 4:
        yield at
        at = data.find(name, at + 1)


BY_KIND |= {"xmp": (xmp_bombs, xmp_values), "c2pa": (jumbf_boxes, jumbf_near)}
