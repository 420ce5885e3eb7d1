from __future__ import annotations

import io
import struct

import pytest

from firsthand.media import movies
from firsthand.media.boxes import Boxes
from firsthand.media.record import Record
from firsthand.model.media import Metadata, Position
from tests.media import boxing

MADE = boxing.since_1904("2022-02-16T09:12:00+00:00")


def read(data: bytes) -> Metadata:
    record = Record()
    movies.read(Boxes(io.BytesIO(data), len(data)), record)
    return record.finished()


def dates(found: Metadata) -> dict[str, str | None]:
    return {f"{date.where} {date.what}": date.at for date in found.dates}


def test_the_dates_of_the_headers_are_utc() -> None:
    found = dates(read(boxing.movie(MADE)))
    assert set(found.values()) == {"2022-02-16T09:12:00+00:00"}
    assert set(found) >= {"moov/mvhd created", "moov/trak[1]/tkhd created", "moov/trak[1]/mdia/mdhd modified"}


def test_a_zero_date_is_stripped_and_never_1904() -> None:
    found = read(boxing.movie(0))
    assert {date.at for date in found.dates} == {None}
    assert {date.raw for date in found.dates} == {"0"}


def test_headers_of_64_bits() -> None:
    late = boxing.since_1904("2041-01-01T00:00:00+00:00")
    found = read(boxing.ftyp() + boxing.box("moov", boxing.mvhd(late, version=1, seconds=90)))
    assert dates(found)["moov/mvhd created"] == "2041-01-01T00:00:00+00:00"
    assert found.duration == 90


def test_a_track_has_codec_size_rate_handler_and_encoder() -> None:
    stream = read(boxing.movie(MADE, handler=b"GoPro AVC\0", compressor=b"GoPro AVC encoder")).streams[0]
    assert (stream.kind, stream.codec, stream.width, stream.height) == ("video", "avc1", 640, 360)
    assert (stream.duration, stream.rate) == (12.0, 25.0)
    assert (stream.handler, stream.encoder) == ("GoPro AVC", "GoPro AVC encoder")


def test_quicktime_writes_handlers_as_pascal_strings() -> None:
    found = read(boxing.movie(MADE, handler=b"\x10Core Media Video", maker=b"mhlr"))
    assert found.streams[0].handler == "Core Media Video"


def test_apples_keys() -> None:
    found = read(
        boxing.movie(
            MADE,
            boxing.apple(
                make="Apple",
                model="iPhone 12",
                software="15.3",
                creationdate="2022-02-16T12:12:00+0300",
                location_ISO6709="+48.0159+037.8028+169.000/",
            ),
        )
    )
    assert found.device == "Apple iPhone 12"
    assert found.software == (("Apple 15.3", "com.apple.quicktime.software"),)
    assert dates(found)["com.apple.quicktime.creationdate created"] == "2022-02-16T12:12:00+03:00"
    assert found.positions == (Position(48.0159, 37.8028, "com.apple.quicktime.location.ISO6709", 169.0),)


def test_user_data_of_quicktime_itunes_and_3gpp() -> None:
    place = b"\x55\xc4\0" + b"name\0\0" + struct.pack(">iii", int(37.5 * 65536), int(-12.25 * 65536), 65536 * 4)
    user = boxing.box(
        "udta",
        boxing.text_atom("©day", "2022-02-16T09:12:00+0200"),
        boxing.text_atom("©mod", "Pixel 6"),
        boxing.box(
            "loci",
            bytes(4),
            b"\x55\xc4name\0\0",
            struct.pack(">iii", int(37.5 * 65536), int(-12.25 * 65536), 4 * 65536),
        ),
    )
    found = read(boxing.movie(MADE, user, boxing.itunes(too="Lavf58.76.100", nam="A street")))
    assert place
    assert dates(found)["©day created"] == "2022-02-16T09:12:00+02:00"
    assert found.device == "Pixel 6"
    assert found.software == (("Lavf58.76.100", "©too"),)
    assert ("©nam", "A street") in found.tags
    assert found.positions == (Position(-12.25, 37.5, "loci", 4.0),)


def test_the_day_in_googles_handler() -> None:
    name = b"ISO Media file produced by Google Inc. Created on: 02/16/2022.\0"
    found = read(boxing.movie(0, handler=name))
    assert dates(found)["moov/trak[1]/mdia/hdlr encoded"] == "2022-02-16"


def test_windows_properties() -> None:
    def entry(name: bytes, kind: int, value: bytes) -> bytes:
        inside = struct.pack(">I", len(name)) + name + struct.pack(">IIH", 1, 6 + len(value), kind) + value
        return struct.pack(">I", 4 + len(inside)) + inside

    ticks = struct.pack("<Q", 132894763200000000)
    extra = boxing.box("Xtra", entry(b"WM/EncodingTime", 21, ticks), entry(b"WM/Writer", 8, "Ana".encode("utf-16-le")))
    found = read(boxing.movie(0, boxing.box("udta", extra)))
    assert dates(found)["WM/EncodingTime encoded"] == "2022-02-16T09:12:00+00:00"
    assert ("WM/Writer", "Ana") in found.tags


def test_the_clock_of_a_live_encoder() -> None:
    clock = boxing.box("prft", bytes(4), struct.pack(">IIIQ", 1, 3853991520, 0, 0))
    assert "2022-02-16T09:12:00+00:00" in dates(read(boxing.movie(0) + clock)).values()


def test_a_file_without_an_index_is_remarked() -> None:
    found = read(boxing.ftyp() + boxing.box("mdat", bytes(10)))
    assert found.remarks[0].startswith("the file has no index (moov): the recording was cut off before its index was")
    cut = read(boxing.ftyp() + struct.pack(">I", 10**6) + b"mdat" + bytes(9))
    assert "lose power" in cut.remarks[0] and "longer than what holds it" in cut.remarks[1]


@pytest.mark.parametrize(
    "data", [boxing.ftyp(), boxing.ftyp() + boxing.box("moof") + boxing.box("mdat"), boxing.box("styp", bytes(8))]
)
def test_a_fragment_is_not_said_to_be_cut_off_by_a_camera(data: bytes) -> None:
    assert read(data).remarks[0] == "the file has no index (moov): it is cut short, or a fragment"


def test_packets_are_found_in_uuid_and_in_user_data() -> None:
    data = boxing.movie(0, boxing.box("udta", boxing.box("XMP_", b"<one>"))) + boxing.box(
        "uuid", boxing.XMP_UUID, b"<two>"
    )
    assert sorted(packet for _, packet in movies.packets(Boxes(io.BytesIO(data), len(data)))) == [b"<one>", b"<two>"]


def test_hostile_names_are_made_plain() -> None:
    found = read(boxing.movie(0, boxing.itunes(too="\x1b]0;own\x07ed\u202e"), handler=b"\x1b[2Jx\0"))
    assert found.software[0][0] == "]0;owned"
    assert found.streams[0].handler == "[2Jx"
