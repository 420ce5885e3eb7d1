from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from PIL.ExifTags import IFD, Base

from firsthand.errors import MediaError
from firsthand.media import exif
from firsthand.media.record import Record
from firsthand.model.media import Metadata, Position
from tests.media import boxing

GPS = {
    1: "N", 2: (48.0, 0.0, 57.24), 3: "E", 4: (37.0, 48.0, 10.08), 5: b"\0",
    6: 169.0, 7: (9.0, 12.0, 5.0), 29: "2022:02:16",
}  # fmt: skip


def block(**fields: object) -> Image.Exif:
    made = Image.Exif()
    inner = made.get_ifd(IFD.Exif)
    for name, value in fields.items():
        tag = Base[name]
        (made if tag in (Base.Make, Base.Model, Base.Software, Base.DateTime) else inner)[tag] = value
    return made


def read(made: Image.Exif, kind: str = "JPEG") -> Metadata:
    file = io.BytesIO()
    boxing.scene().save(file, kind, exif=made)
    record = Record()
    exif.read(Image.open(io.BytesIO(file.getvalue())), record)
    return record.finished()


def dates(found: Metadata) -> dict[str, str | None]:
    return {date.where: date.at for date in found.dates}


@pytest.mark.parametrize("offset", ["+99:00", "Zulu", "-", "+02:00:00"])
def test_a_zone_that_there_is_not_takes_no_date_away(offset: str) -> None:
    found = read(block(DateTimeOriginal="2022:02:16 11:12:00", OffsetTimeOriginal=offset))
    assert dates(found) == {"EXIF DateTimeOriginal": "2022-02-16T11:12:00"}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_dates_have_the_zone_of_the_field_beside_them(kind: str) -> None:
    made = block(
        DateTimeOriginal="2022:02:16 11:12:00",
        OffsetTimeOriginal="+02:00",
        SubsecTimeOriginal="250",
        DateTimeDigitized="2022:02:16 11:12:00",
        DateTime="2022:02:17 08:00:00",
        Make="Canon",
        Model="Canon EOS R5",
        Software="Adobe Photoshop 23.1",
    )
    found = read(made, kind)
    assert dates(found) == {
        "EXIF DateTimeOriginal": "2022-02-16T11:12:00.25+02:00",
        "EXIF DateTimeDigitized": "2022-02-16T11:12:00",
        "EXIF DateTime": "2022-02-17T08:00:00",
    }
    assert found.device == "Canon EOS R5"
    assert found.software == (("Adobe Photoshop 23.1", "EXIF Software"),)
    assert (found.streams[0].kind, found.streams[0].width) == ("image", 320)


def test_an_empty_date_is_stripped() -> None:
    found = read(block(DateTimeOriginal="0000:00:00 00:00:00"))
    assert [(date.at, date.raw) for date in found.dates] == [(None, "0000:00:00 00:00:00")]


def test_the_place_and_the_time_of_the_satellites() -> None:
    made = block()
    made.get_ifd(IFD.GPSInfo).update(GPS)
    found = read(made)
    assert found.positions == (Position(48.0159, 37.8028, "EXIF GPS", 169.0),)
    assert dates(found) == {"EXIF GPS": "2022-02-16T09:12:05+00:00"}


def test_south_west_below_the_sea() -> None:
    made = block()
    made.get_ifd(IFD.GPSInfo).update({**GPS, 1: "S", 3: "W", 5: b"\1"})
    assert read(made).positions == (Position(-48.0159, -37.8028, "EXIF GPS", -169.0),)


@pytest.mark.parametrize(
    "broken", [{2: (48.0,), 4: ()}, {2: "x"}, {2: (float("nan"), 0.0, 0.0)}, {2: (300.0, 0.0, 0.0)}]
)
def test_a_broken_place_is_none(broken: dict[int, object]) -> None:
    record = Record()
    exif._gps({**GPS, **broken}, record)
    assert not record.positions


def test_a_block_that_stands_alone() -> None:
    record = Record()
    exif.from_bytes(block(DateTimeOriginal="2022:02:16 11:12:00").tobytes().removeprefix(b"Exif\0\0"), record)
    assert [date.at for date in record.dates] == ["2022-02-16T11:12:00"]
    broken = Record()
    exif.from_bytes(b"II*\0\xff\xff\xff\xff", broken)
    assert not broken.dates


def test_iptc_of_an_agency(tmp_path: Path) -> None:
    fields = ((55, b"20220216"), (60, b"111200+0200"), (80, b"A. Photographer"), (90, b"Vellmark"), (40, b"FBMD0100"))
    data = b"".join(b"\x1c\2" + bytes([key]) + len(value).to_bytes(2, "big") + value for key, value in fields)
    resource = b"8BIM\4\4\0\0" + len(data).to_bytes(4, "big") + data + bytes(len(data) % 2)
    segment = b"Photoshop 3.0\0" + resource
    whole = boxing.jpeg(boxing.scene())
    path = tmp_path / "a.jpg"
    path.write_bytes(whole[:2] + b"\xff\xed" + (2 + len(segment)).to_bytes(2, "big") + segment + whole[2:])
    record = Record()
    exif.read(exif.opened(path), record)
    assert [(date.where, date.at) for date in record.dates] == [("IPTC DateCreated", "2022-02-16T11:12:00+02:00")]
    assert {
        ("IPTC by-line", "A. Photographer"),
        ("IPTC city", "Vellmark"),
        ("IPTC special instructions", "FBMD0100"),
    } <= set(record.tags)


def test_windows_letters_and_hostile_ones() -> None:
    assert exif._text("Ana".encode("utf-16-le") + b"\0\0") == "Ana"
    assert exif._text(b"ASCII\0\0\0hello\0") == "hello"
    assert exif._text("a\x1b[2J\u202eb") == "a[2Jb"
    assert exif._text(None) == ""


def test_what_is_no_picture_is_an_error_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"\xff\xd8\xff nothing")
    with pytest.raises(MediaError, match=r"^a\.jpg: is no picture") as caught:
        exif.opened(path)
    assert "\n" not in str(caught.value)


def test_pillow_opens_no_other_kind(tmp_path: Path) -> None:
    path = tmp_path / "a.eps"
    path.write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n")
    with pytest.raises(MediaError):
        exif.opened(path)
