from __future__ import annotations

from firsthand.media import packet_fields
from firsthand.media.record import Record
from firsthand.model.media import Position
from tests.media import boxing


def taken(packet: bytes) -> Record:
    record = Record()
    packet_fields.take(packet, "XMP", record)
    return record


def test_dates_of_the_file_of_its_steps_and_of_its_sources_are_kept_apart() -> None:
    found = {date.where: date.what for date in taken(boxing.saboteurs()).dates}
    assert found == {
        "XMP xmp:CreateDate": "created",
        "XMP xmpMM:Pantry[1]/xmp:CreateDate": "source",
        "XMP xmpMM:Pantry[1]/xmpMM:History[1]/stEvt:when": "source",
        "XMP xmpMM:History[1]/stEvt:when": "step",
        "XMP xmpMM:History[2]/stEvt:when": "step",
    }


def test_dates_of_other_things_are_no_changes_of_the_file() -> None:
    names = ("exif:GPSTimeStamp", "xmp:ModifyDate", "xmp:MetadataDate", "xmpDM:videoModDate", "tiff:DateTime")
    others = ("xmpRights:expirationDate", "photoshop:EmbargoDate", "exif:DateTimeDigitized")
    written = " ".join(f'{name}="2035-01-01T00:00:00Z"' for name in (*names, *others))
    found = {
        date.where.removeprefix("XMP "): (date.what, date.means) for date in taken(boxing.described(written)).dates
    }
    whats = ("created", "modified", "modified", "modified", "modified", "stated", "stated", "digitised")
    assert [found[name][0] for name in (*names, *others)] == [*whats]
    assert "satellite" in found["exif:GPSTimeStamp"][1]


def test_programs_device_title_and_place() -> None:
    attributes = 'tiff:Make="Sony" tiff:Model="ILCE-7" exif:GPSLatitude="48,0.954N" exif:GPSLongitude="37,48.168W"'
    record = taken(
        boxing.described(
            f'{attributes} xmp:CreatorTool="Editor 9"', "<dc:title><rdf:Alt><rdf:li>A</rdf:li></rdf:Alt></dc:title>"
        )
    )
    assert record.finished().device == "Sony ILCE-7"
    assert record.software == [("Editor 9", "XMP xmp:CreatorTool")]
    assert record.positions == [Position(48.0159, -37.8028, "XMP exif:GPSLatitude")]
    assert ("XMP dc:title", "A") in record.tags


def test_ten_thousand_source_clips_leave_room_for_the_rest() -> None:
    rows = '<rdf:li><rdf:Description xmp:CreateDate="2010-04-07T09:00:00Z" xmpMM:InstanceID="{}"/></rdf:li>'
    inside = "".join(rows.format(number) for number in range(3000))
    record = taken(
        boxing.described('xmp:CreateDate="2022-02-16"', f"<xmpMM:Pantry><rdf:Bag>{inside}</rdf:Bag></xmpMM:Pantry>")
    )
    assert len(record.dates) == packet_fields.MOST_OF_SOURCES + 1


def test_a_packet_that_cannot_be_read_is_a_remark() -> None:
    record = taken(b"<x:xmpmeta><!DOCTYPE x></x:xmpmeta>")
    assert "document type" in record.remarks[0] and not record.packets
