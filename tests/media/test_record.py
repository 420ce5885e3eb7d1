from __future__ import annotations

from firsthand.media.meanings import maybe_local, meaning
from firsthand.media.record import MOST_DATES, MOST_TAGS, Record
from firsthand.model.media import Ingredient, Position


def test_everything_is_bounded_and_told_once() -> None:
    record = Record()
    for number in range(1000):
        record.date(f"2022-02-16T09:12:00.{number:03}Z", "created", "moov/mvhd")
        record.tag("x", str(number))
        record.program(f"Program {number:04}", "x")
        record.remark(str(number))
        record.position(Position(number / 1000, 1, "x"))
        record.made_from([Ingredient("clip", "x", str(number))])
    found = record.finished()
    assert (len(found.dates), len(found.tags)) == (MOST_DATES, MOST_TAGS)
    assert max(len(found.software), len(found.remarks), len(found.positions)) <= 64
    assert len(found.ingredients) == 500


def test_the_first_reader_has_the_word() -> None:
    record = Record()
    record.program("x264 - core 165", "the pictures")
    record.program("x264", "Video encoded_library_name")
    record.position(Position(48.0159, 37.8028, "one"))
    record.position(Position(48.01591, 37.80279, "two"))
    assert record.software == [("x264 - core 165", "the pictures")]
    assert [one.where for one in record.positions] == ["one"]


def test_what_is_no_date_is_a_tag() -> None:
    record = Record()
    assert not record.date("last summer", "created", "©day")
    assert record.tags == [("©day", "last summer")] and not record.dates


def test_maker_and_model_in_one() -> None:
    assert Record(maker="Canon", model="Canon EOS R5").finished().device == "Canon EOS R5"
    assert Record(maker="Apple", model="iPhone 12").finished().device == "Apple iPhone 12"
    assert Record(model="\x1b[2J").finished().device == "[2J"
    assert Record().finished().device is None


def test_what_a_field_means() -> None:
    assert "some cameras write local time" in meaning("moov/mvhd", "created")
    assert "taken" in meaning("EXIF DateTimeOriginal", "created")
    assert "last changed" in meaning("something", "modified")
    assert meaning("something", "else")
    assert maybe_local("moov/trak[1]/mdia/mdhd") and not maybe_local("EXIF DateTimeOriginal")
