from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from firsthand.media import breadth, metadata
from firsthand.media.record import Record
from firsthand.model.media import Position
from tests.media import boxing


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in place of ExifTool that prints what the file beside it says."""
    path = tmp_path / "exiftool"
    path.write_text('#!/bin/sh\ncase "$*" in *-ver) echo 12.57;; *) cat "$0.json";; esac\n')
    path.chmod(0o755)
    monkeypatch.setattr(breadth.shutil, "which", lambda _: str(path))
    breadth._is_safe.cache_clear()
    return path


def asked(tool: Path, record: Record | None = None, **fields: object) -> Record:
    tool.with_name("exiftool.json").write_text(json.dumps([fields]))
    record = record or Record()
    breadth.exiftool(tool, record)
    return record


def test_mediainfo_tells_streams_and_dates_where_we_do_not(tmp_path: Path) -> None:
    record = Record()
    breadth.mediainfo(boxing.filmed(tmp_path / "a.mkv", "2022-02-16T09:12:00Z", title="A street"), record)
    assert record.container.startswith("Matroska")
    assert [(one.kind, one.codec, one.width) for one in record.streams] == [("video", "AVC", 64)]
    assert [(date.at, date.what) for date in record.dates] == [("2022-02-16T09:12:00+00:00", "encoded")]
    assert record.software[0][0].startswith("Lavf")
    assert ("General title", "A street") in record.tags


def test_what_is_told_already_is_not_told_again(tmp_path: Path) -> None:
    record = Record()
    record.date("2022-02-16T09:12:00Z", "created", "moov/mvhd")
    breadth.mediainfo(boxing.filmed(tmp_path / "a.mp4", "2022-02-16T09:12:00Z"), record)
    assert len(record.dates) == 1


def test_mediainfo_is_given_no_name_to_follow(tmp_path: Path) -> None:
    path = tmp_path / "a.m3u8"
    path.write_text("#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n")
    record = Record()
    breadth.mediainfo(path, record)
    assert not [stream for stream in record.streams if stream.duration]


def test_without_exiftool_nothing_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breadth.shutil, "which", lambda _: None)
    record = Record()
    breadth.exiftool(tmp_path / "none", record)
    assert record == Record()


def test_what_exiftool_adds(tool: Path) -> None:
    fields = {
        "SourceFile": "a.jpg",
        "System:FileModifyDate": "2026:01:01 00:00:00+00:00",
        "Canon:FirmwareVersion": "Firmware 1.2",
        "Canon:TimeZone": "+02:00",
        "Canon:DateStampMode": "Off",
        "Track1:MediaTimeScale": 600,
        "QuickTime:CreateDate": "2022:02:16 09:12:00",
        "QuickTime:MediaModifyDate": "2022:02:17 09:12:00",
        "IFD0:Software": "Editor 9",
        "IFD0:Make": "Canon",
        "IFD0:Model": "EOS R5",
        "Composite:GPSPosition": "+48.015900, +37.802800",
        "XMP-xmpMM:History": [{"Action": "saved", "When": "2022:02:18 00:00:00Z"}],
    }
    record = asked(tool, **fields)
    assert {date.where: date.at for date in record.dates} == {
        "QuickTime CreateDate": "2022-02-16T09:12:00",
        "QuickTime MediaModifyDate": "2022-02-17T09:12:00",
        "XMP-xmpMM History[1]/When": "2022-02-18T00:00:00+00:00",
    }
    assert record.software == [("Editor 9", "IFD0 Software")]
    assert record.finished().device == "Canon EOS R5"
    assert record.positions == [Position(48.0159, 37.8028, "ExifTool GPSPosition")]
    assert ("Canon FirmwareVersion", "Firmware 1.2") in record.tags
    assert not [name for name, _ in record.tags if "TimeScale" in name or "File" in name]


def test_a_packet_that_we_read_ourselves_is_not_told_twice(tool: Path) -> None:
    record = asked(tool, Record(packets=1), **{"XMP-dc:Title": "Saboteurs"})
    assert not record.tags


@pytest.mark.parametrize("answer", ["", "no json", "[]", "{}", "[3]", '[{"A": ' + "[" * 5000])
def test_an_answer_that_cannot_be_read_is_at_most_a_remark(tool: Path, answer: str) -> None:
    tool.with_name("exiftool.json").write_text(answer)
    record = Record()
    breadth.exiftool(tool, record)
    assert not record.dates and not record.tags


def test_an_old_exiftool_is_not_asked(tool: Path) -> None:
    tool.write_text("#!/bin/sh\necho 12.37\n")
    breadth._is_safe.cache_clear()
    record = Record()
    breadth.exiftool(tool, record)
    assert record == Record()


def test_one_that_hangs_is_ended(tool: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool.write_text('#!/bin/sh\ncase "$*" in *-ver) echo 12.57;; *) exec sleep 60;; esac\n')
    monkeypatch.setattr(breadth, "SECONDS", 0.3)
    record = Record()
    breadth.exiftool(tool, record)
    assert "no answer" in record.remarks[0]


WRITTEN = (
    "-EXIF:DateTimeOriginal=2022:02:16 11:12:00", "-EXIF:CreateDate=2022:02:16 11:12:01",
    "-EXIF:ModifyDate=2022:02:17 11:12:02", "-EXIF:OffsetTimeOriginal=+02:00", "-GPSDateStamp=2022:02:16",
    "-GPSTimeStamp=09:12:03", "-XMP:CreateDate=2022:02:16 11:12:04+02:00", "-XMP:MetadataDate=2022:02:18 11:12:05Z",
    "-XMP-photoshop:DateCreated=2022:02:16 11:12:06", "-XMP-xmpMM:HistoryWhen=2022:02:18 11:12:07+02:00",
    "-XMP-dc:Date=2022:02:15 01:02:08", "-XMP-xmpDM:ShotDate=2022:02:16 11:12:10", "-IPTC:DateCreated=2022:02:14",
    "-IPTC:TimeCreated=11:12:13+02:00", "-IPTC:ReleaseDate=2022:02:20",
)  # fmt: skip
"""What ExifTool is made to write into a picture."""
FILMED = (
    "-QuickTime:CreateDate=2022:02:16 09:12:00", "-QuickTime:ModifyDate=2022:02:16 09:12:01",
    "-Track1:TrackCreateDate=2022:02:16 09:12:02", "-Track1:MediaCreateDate=2022:02:16 09:12:03",
    "-Keys:CreationDate=2022:02:16 11:12:04+02:00", "-UserData:DateTimeOriginal=2022:02:16 11:12:05+02:00",
    "-ItemList:ContentCreateDate=2022:02:16 11:12:06+02:00", "-Microsoft:EncodingTime=2022:02:16 09:12:07Z",
    "-XMP:CreateDate=2022:02:16 11:12:08+02:00",
)  # fmt: skip
"""And into a movie."""


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="ExifTool is not installed here")
@pytest.mark.parametrize(("kind", "given"), [("jpg", WRITTEN), ("mp4", FILMED)])
def test_every_date_that_it_writes_is_found_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, given: tuple[str, ...]
) -> None:
    path = tmp_path / f"a.{kind}"
    if kind == "jpg":
        boxing.scene(1, 64, 48).save(path)
    else:
        boxing.filmed(path)
    subprocess.run(["exiftool", "-q", "-overwrite_original", *given, str(path)], check=True, timeout=60)
    monkeypatch.setattr(breadth.shutil, "which", lambda _: None)
    found = {part for date in metadata.read(path).dates if date.at for part in (date.at[:10], date.at[11:19])}
    values = [re.split("[ +Z]", one.partition("=")[2]) for one in given]
    days = {parts[0].replace(":", "-") for parts in values if parts[0][4:5] == ":"}
    clocks = {parts[-2] if len(parts) == 3 else parts[-1] for parts in values} - {"02:00"}
    assert days <= found
    assert {clock for clock in clocks if clock[2:3] == ":"} <= found


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="ExifTool is not installed here")
def test_the_real_one(tmp_path: Path) -> None:
    record = Record()
    breadth._is_safe.cache_clear()
    breadth.exiftool(boxing.filmed(tmp_path / "a.mp4", "2022-02-16T09:12:00Z"), record)
    assert record.dates[0].at == "2022-02-16T09:12:00"
    assert not record.remarks
