"""Reports, ties and answers: kept with who and when, never overwritten."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from firsthand.errors import LibraryError
from firsthand.library import Library, media_notes
from firsthand.library.media_notes import LONGEST_ANSWER
from firsthand.model import (
    Claimed,
    Credentials,
    Finding,
    KeptMedia,
    Match,
    MediaReport,
    Metadata,
    Pair,
    Still,
)
from tests.library.given_media import WHO, file_of

SHA256 = file_of(b"a flood").sha256
_MATCH = Match("pictures", "cd" * 32, 1.0, 2.0, 3.0, 4.0, 0.9, "6 of 8 hashes", 1.25, mirrored=True, view="crop")
REPORT = MediaReport(
    file_of(b"a flood"),
    Claimed("2031-04-08", "Larkmoor", "c1"),
    "2031-04-09T00:00:00+00:00",
    (Finding("pictures", "at odds", "seen before", "frames 1", facts=(("a", "b"),), match=_MATCH),),
    Metadata("MP4"),
    Credentials("absent"),
    3,
    (KeptMedia(file_of(b"older"), "2031-01-01", WHO),),
    (Pair(_MATCH, (Still(1.0, bytes(range(256))),), ()),),
    ((0.0, 1.5),),
)


@pytest.fixture
def writing(library: Library) -> Any:
    with library.writing() as connection:
        yield connection


def test_a_report_comes_back_as_it_was(writing: Any) -> None:
    number = media_notes.keep_report(writing, REPORT, WHO)
    assert media_notes.report(writing, number) == REPORT
    (one,) = media_notes.reports(writing, SHA256)
    assert (one.number, one.who, one.sha256, one.name) == (number, WHO, SHA256, "flood.mp4")
    assert media_notes.reports(writing, "0" * 64) == []
    assert len(media_notes.reports(writing, limit=5)) == 1


def test_a_report_that_cannot_be_read_is_told(library: Library) -> None:
    with sqlite3.connect(library.path) as connection:
        connection.execute("INSERT INTO media_report VALUES (7, 'at', 'who', 'sha', 'f', x'00')")
    connection.close()
    with library.reading() as reading:
        with pytest.raises(LibraryError, match="the report 7 cannot be read"):
            media_notes.report(reading, 7)
        with pytest.raises(LibraryError, match="no report has this number"):
            media_notes.report(reading, 8)


def test_a_file_is_tied_and_untied(writing: Any) -> None:
    assert media_notes.tie(writing, SHA256, "claim", "c1", WHO)
    assert not media_notes.tie(writing, SHA256, "claim", "c1", "olaf")
    assert media_notes.tie(writing, SHA256, "article", "a1", "olaf")
    assert [(one.kind, one.subject, one.who) for one in media_notes.ties(writing, SHA256)] == [
        ("claim", "c1", WHO),
        ("article", "a1", "olaf"),
    ]
    assert [one.sha256 for one in media_notes.tied_to(writing, "claim", ["c1", "c2"])] == [SHA256]
    assert media_notes.tied_to(writing, "article", ["c1"]) == []
    assert media_notes.tie(writing, SHA256, "claim", "c1", "olaf", tied=False)
    assert not media_notes.tie(writing, SHA256, "claim", "c1", "olaf", tied=False)
    assert media_notes.tied_to(writing, "claim", ["c1"]) == []
    assert media_notes.tie(writing, SHA256, "claim", "c1", "olaf")
    assert media_notes.tied_to(writing, "claim", ["c1"])[0].who == "olaf"


def test_an_answer_stands_beside_others_and_before_ones_own_earlier(writing: Any) -> None:
    for question, words, who in (("dust", "fits", WHO), ("dust", "does not fit", "olaf"), ("dust", "unsure", WHO)):
        media_notes.answer(writing, SHA256, question, f" {words} ", who)
    every = media_notes.answers(writing, SHA256)
    assert [(one.who, one.words) for one in every] == [(WHO, "fits"), ("olaf", "does not fit"), (WHO, "unsure")]
    assert {(one.who, one.words) for one in media_notes.standing(every)} == {("olaf", "does not fit"), (WHO, "unsure")}
    assert media_notes.answers(writing, "0" * 64) == []


@pytest.mark.parametrize("words", ["", " \n", "x" * (LONGEST_ANSWER + 1)])
def test_an_answer_that_is_none_or_too_long_is_refused(writing: Any, words: str) -> None:
    with pytest.raises(LibraryError, match="an answer"):
        media_notes.answer(writing, SHA256, "dust", words, WHO)
