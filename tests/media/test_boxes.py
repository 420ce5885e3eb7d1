from __future__ import annotations

import io
import struct

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firsthand.media import heif, movies
from firsthand.media.boxes import MOST_BOXES, MOST_DEPTH, Boxes, numbers
from firsthand.media.record import Record
from tests.media import boxing

WHOLE = boxing.movie(
    boxing.since_1904("2022-02-16T09:12:00+00:00"),
    boxing.apple(make="Apple", creationdate="2022-02-16T12:12:00+0300"),
    boxing.itunes(too="Lavf58.76.100"),
) + boxing.box("uuid", boxing.XMP_UUID, boxing.saboteurs())


def boxes(data: bytes) -> Boxes:
    return Boxes(io.BytesIO(data), len(data))


def paths(data: bytes) -> list[str]:
    return [box.path for box in boxes(data).all]


def test_boxes_are_found_at_every_depth() -> None:
    found = paths(WHOLE)
    assert found[:4] == ["ftyp", "moov", "moov/mvhd", "moov/trak[1]"]
    assert "moov/trak[1]/mdia/minf/stbl/stsd/avc1" in found
    assert "moov/udta/meta/ilst/©too/data" in found
    assert "moov/meta/ilst/key1/data" in found, "Apple numbers its keys"
    assert found[-2:] == ["mdat", "uuid"]


def test_sizes_of_64_bits_and_to_the_end_of_the_file() -> None:
    data = boxing.ftyp() + boxing.wide_box("free", bytes(20)) + struct.pack(">I", 0) + b"mdat" + bytes(50)
    found = {box.kind: box.size for box in boxes(data).all}
    assert found == {"ftyp": 16, "free": 20, "mdat": 50}


def test_a_box_longer_than_its_file_ends_with_it() -> None:
    walked = boxes(boxing.ftyp() + struct.pack(">I", 10**6) + b"mdat" + bytes(9))
    assert (walked.all[-1].size, walked.all[-1].whole) == (9, False)
    assert "mdat says that it is longer" in walked.complaints[0]


def test_what_is_no_box_ends_the_walk_with_a_word() -> None:
    walked = boxes(boxing.ftyp() + b"\0\0\0\3junkjunk")
    assert [box.kind for box in walked.all] == ["ftyp"]
    assert walked.complaints == ["the file holds what is no box at byte 24"]


def test_four_zero_bytes_close_user_data() -> None:
    walked = boxes(boxing.box("moov", boxing.box("udta", boxing.text_atom("©day", "2022"), bytes(12))))
    assert not walked.complaints


def test_boxes_too_deep_are_left() -> None:
    data = b""
    for _ in range(40):
        data = boxing.box("moov", data)
    walked = boxes(data)
    assert len(walked.all) == MOST_DEPTH + 1
    assert "lies too deep" in walked.complaints[0]


def test_too_many_boxes_are_left() -> None:
    walked = boxes(boxing.box("free") * (MOST_BOXES + 5))
    assert len(walked.all) == MOST_BOXES
    assert "the rest was not read" in walked.complaints[-1]


def test_the_media_itself_is_never_read() -> None:
    class Counting(io.BytesIO):
        bytes_read = 0

        def read(self, size: int | None = -1, /) -> bytes:
            data = super().read(size)
            self.bytes_read += len(data)
            return data

    file = Counting(boxing.ftyp() + boxing.box("mdat", bytes(5_000_000)) + boxing.box("moov", boxing.mvhd(1)))
    walked = Boxes(file, len(file.getvalue()))
    movies.read(walked, Record())
    assert file.bytes_read < 1000


def test_payloads_are_bounded() -> None:
    walked = boxes(boxing.box("free", bytes(range(100))))
    assert walked.payload(walked.all[0], 4, 10) == bytes([10, 11, 12, 13])
    assert walked.payload(walked.all[0], 50, 98) == bytes([98, 99])
    assert walked.at(2**63, 10) == b""
    assert numbers("II", b"\0\0\0\1\0") == ()


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_mutated_files_raise_nothing_and_cost_little(data: st.DataObject) -> None:
    broken = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 12))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(broken)))
    walked = boxes(bytes(broken[:cut]))
    assert len(walked.all) <= MOST_BOXES
    assert all(0 <= box.start <= box.end <= cut for box in walked.all)
    record = Record()
    movies.read(walked, record)
    list(movies.packets(walked)), list(heif.items(walked)), heif.read(walked, record)
    assert len(record.finished().dates) < 40


@given(st.binary(max_size=400))
def test_any_bytes_raise_nothing(data: bytes) -> None:
    walked = boxes(boxing.ftyp("heic") + data)
    movies.read(walked, Record())
    list(heif.items(walked))
