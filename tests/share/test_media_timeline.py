"""The timeline tells how far a date lies from the claimed time as the finding about it does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from firsthand.media import consistency
from firsthand.model.media import APART, Claimed, MediaDate, Metadata
from firsthand.share.media_timeline import timeline
from tests.media_given import REPORT


@pytest.mark.parametrize(
    ("where", "at", "claimed", "apart"),
    [
        ("moov/mvhd", "2031-02-16T05:03:10Z", "2031-02-18", "at least 16 h 57 min"),
        ("moov/mvhd", "2031-02-18T05:03:10Z", "2031-02-18T08:03:10Z", ", unless it is local time"),
        ("EXIF DateTimeOriginal", "2031-02-16T05:03:10", "2031-02-18", "whatever the time zone"),
        ("EXIF DateTimeOriginal", "2031-02-16T05:03:10Z", "2031-02-18T05:03:10Z", "2 days before the claimed time"),
        ("EXIF DateTimeOriginal", "2031-02-18T05:03:10", "2031-02-18", "on the claimed day"),
        ("EXIF DateTimeOriginal", "2031-02-18T05:03:10", "2031-02-18T08:00", "a zone is not known"),
        ("EXIF DateTimeOriginal", "2031-02-18T05:03:10Z", "2031-02-18T05:05Z", "which fits it"),
        ("EXIF DateTimeOriginal", "2031-03-16T05:03:10Z", "2031-02-18", "after the claimed day"),
    ],
)
def test_the_timeline_says_what_the_finding_says(where: str, at: str, claimed: str, apart: str) -> None:
    date = MediaDate(at, "created", where, "when it was made", at)
    metadata = Metadata("MP4", dates=(date, replace(date, where=f"{where} 2", at=at.replace(":10", ":11"))))
    found = consistency.findings(metadata, Claimed(claimed), now=datetime(2032, 1, 1, tzinfo=UTC))
    (told,) = (one for one in found if APART in dict(one.facts))
    rows = timeline(
        replace(REPORT, metadata=metadata, claimed=Claimed(claimed), findings=found, references=(), credentials=None)
    ).rows
    assert [row.apart for row in rows] == [dict(told.facts)[APART]] * 2
    assert apart in rows[0].apart
    assert rows[0].apart.removesuffix(", unless it is local time") in told.says or told.standing == "unmeasured"


def test_without_a_finding_it_counts_itself() -> None:
    date = MediaDate("2031-02-16T05:03:10Z", "created", "moov/mvhd", "when it was made", "0")
    report = replace(REPORT, metadata=Metadata("MP4", dates=(date,)), findings=(), references=(), credentials=None)
    (row,) = timeline(report).rows
    assert row.apart == "1 to 4 days before the claimed time"
