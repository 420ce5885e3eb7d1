from __future__ import annotations

import io
import struct

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import IFD, Base

from firsthand.media import heif
from firsthand.media.boxes import Boxes
from firsthand.media.record import Record
from tests.media import boxing


def tiff(at: str = "2022:02:16 11:12:00") -> bytes:
    made = Image.Exif()
    made.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = at
    return made.tobytes().removeprefix(b"Exif\0\0")


def infe(item: int, kind: bytes) -> bytes:
    return boxing.box("infe", b"\2\0\0\0", struct.pack(">HH", item, 0), kind, b"\0")


def heic(*items: tuple[bytes, bytes], inside: bool = False) -> bytes:
    """A HEIC without a picture whose items (kind, payload) stand in `mdat`, or in `idat`."""
    names = boxing.box(
        "iinf", bytes(4), struct.pack(">H", len(items)), *(infe(i, kind) for i, (kind, _) in enumerate(items, 1))
    )
    sizes = boxing.box("iprp", boxing.box("ipco", boxing.box("ispe", bytes(4), struct.pack(">II", 4032, 3024))))
    holder = boxing.box("idat", *(payload for _, payload in items)) if inside else b""

    def located(start: int) -> bytes:
        rows = b""
        for i, (_, payload) in enumerate(items, 1):
            rows += struct.pack(">HHHHII", i, int(inside), 0, 1, start, len(payload))
            start += len(payload)
        return boxing.box("iloc", b"\1\0\0\0", b"\x44\0", struct.pack(">H", len(items)), rows)

    def whole(start: int) -> bytes:
        return boxing.ftyp("heic") + boxing.box(
            "meta", bytes(4), boxing.hdlr(b"\0", "pict"), names, located(start), sizes, holder
        )

    first = 0 if inside else len(whole(0)) + 8
    return whole(first) + boxing.box("mdat", *(() if inside else (payload for _, payload in items)))


ITEMS = ((b"hvc1", bytes(40)), (b"Exif", struct.pack(">I", 6) + b"Exif\0\0" + tiff()), (b"mime", boxing.saboteurs()))


def items(data: bytes) -> dict[str, bytes]:
    return dict(heif.items(Boxes(io.BytesIO(data), len(data))))


def test_the_items_of_a_picture() -> None:
    assert items(heic(*ITEMS)) == {"Exif": tiff(), "mime": boxing.saboteurs()}
    assert items(heic(*ITEMS, inside=True)) == {"Exif": tiff(), "mime": boxing.saboteurs()}


def test_the_size_of_the_picture() -> None:
    data, record = heic(*ITEMS), Record(container="HEIC (heic)")
    heif.read(Boxes(io.BytesIO(data), len(data)), record)
    assert [(one.kind, one.codec, one.width, one.height) for one in record.streams] == [("image", "HEIC", 4032, 3024)]


@given(st.data())
def test_mutated_pictures_raise_nothing(data: st.DataObject) -> None:
    broken = bytearray(heic(*ITEMS))
    for _ in range(data.draw(st.integers(1, 10))):
        broken[data.draw(st.integers(0, 400))] = data.draw(st.integers(0, 255))
    assert len(items(bytes(broken))) <= 3
