from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from firsthand.media import breadth
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
    tool.write_text("#!/bin/sh\necho 12.16\n")
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


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="ExifTool is not installed here")
def test_the_real_one(tmp_path: Path) -> None:
    record = Record()
    breadth._is_safe.cache_clear()
    breadth.exiftool(boxing.filmed(tmp_path / "a.mp4", "2022-02-16T09:12:00Z"), record)
    assert record.dates[0].at == "2022-02-16T09:12:00"
    assert not record.remarks
