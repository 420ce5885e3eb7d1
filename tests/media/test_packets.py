from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.media import packets, xmp
from tests.media import boxing

_XAP = b"http://ns.adobe.com/xap/1.0/\0"
_EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"


def segment(marker: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, 2 + len(data)) + data


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + bytes(4)


def png(*chunks: bytes) -> io.BytesIO:
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))


def riff(kind: bytes, *chunks: bytes) -> tuple[io.BytesIO, int]:
    body = kind + b"".join(chunks)
    data = b"RIFF" + struct.pack("<I", len(body)) + body
    return io.BytesIO(data), len(data)


def part(kind: bytes, data: bytes) -> bytes:
    return kind + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)


def test_the_packet_of_a_jpeg_and_its_extension() -> None:
    packet, whole = boxing.described(), boxing.saboteurs()
    half = len(whole) // 2
    head = _EXTENSION + b"G" * 32
    pieces = [head + struct.pack(">II", len(whole), at) + whole[at : at + half + 1] for at in (half + 1, 0)]
    data = b"\xff\xd8" + segment(0xE1, _XAP + packet) + b"".join(segment(0xE1, one) for one in pieces)
    found = list(packets.jpeg(io.BytesIO(data + segment(0xDA, b""))))
    assert found == [packet, whole]


def test_the_segments_end_with_what_is_none() -> None:
    data = b"\xff\xd8" + segment(0xFE, b"hello") + b"\0\0\0\0"
    assert list(packets.segments(io.BytesIO(data))) == [(0xFE, b"hello")]


def test_the_texts_of_a_png() -> None:
    file = png(
        chunk(b"IHDR", bytes(13)),
        chunk(b"tIME", struct.pack(">HBBBBB", 2022, 2, 16, 9, 12, 0)),
        chunk(b"tEXt", b"Software\0GIMP"),
        chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"packed")),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta/>"),
        chunk(b"iTXt", b"Title\0\1\0en\0Titel\0" + zlib.compress("Straße".encode())),
    )
    assert dict(packets.texts(file)) == {
        "tIME": b"2022-02-16T09:12:00Z",
        "Software": b"GIMP",
        "Comment": b"packed",
        "XML:com.adobe.xmp": b"<x:xmpmeta/>",
        "Title": "Straße".encode(),
    }


def test_a_text_that_unpacks_without_end_is_cut() -> None:
    file = png(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(50 * 2**20))), chunk(b"zTXt", b"Bad\0\0nonsense"))
    found = dict(packets.texts(file))
    assert len(found["Comment"]) == packets.MOST_TEXT
    assert found["Bad"] == b""


def test_the_chunks_of_a_riff_file_and_its_lists() -> None:
    info = part(b"LIST", b"INFO" + part(b"ICRD", b"2022-02-16\0") + part(b"ISFT", b"REAPER\0\0"))
    file, size = riff(b"WAVE", part(b"fmt ", bytes(16)), info, part(b"_PMX", b"<x>"), part(b"data", bytes(9)))
    assert list(packets.riff(file, size)) == [("ICRD", b"2022-02-16\0"), ("ISFT", b"REAPER\0\0"), ("_PMX", b"<x>")]


@pytest.mark.parametrize("at", [0, 12_000_000, 29_000_000])
def test_packets_at_the_beginning_and_the_end_are_found(at: int) -> None:
    data = bytearray(30_000_000)
    packet = boxing.saboteurs().lstrip()
    data[at : at + len(packet)] = packet
    found = list(packets.scanned(io.BytesIO(bytes(data)), len(data)))
    assert len(found) == (0 if at == 12_000_000 else 1)


@given(st.binary(max_size=300))
def test_any_bytes_raise_nothing(data: bytes) -> None:
    file = io.BytesIO(data)
    list(packets.jpeg(file)), list(packets.texts(file)), list(packets.riff(file, len(data)))
    assert all(len(one) <= xmp.MOST_BYTES for one in packets.scanned(file, len(data)))
