"""The archive: who added which file and when, and what was made of it."""

from __future__ import annotations

import sqlite3

import pytest

from firsthand.errors import LibraryError
from firsthand.library import Library, media
from firsthand.library.actions import Asked, actions
from firsthand.model import Claimed, Ingredient, KeptMedia, MediaDate, MediaFile, MediaStream, Metadata, Position
from tests.library.given_media import WHO, added, file_of, kept, read

METADATA = Metadata(
    container="MP4 (isom)",
    duration=12.5,
    streams=(MediaStream("video", "h264", 12.5, 640, 360, 25.0, "VideoHandler"),),
    dates=(MediaDate("2031-04-06T09:00:00Z", "created", "moov/mvhd", "when it was begun", "3791523600"),),
    ingredients=(Ingredient("clip", "XMP", "siren.mov", "/work"),),
    positions=(Position(1.5, -2.25, "©xyz"),),
    software=(("Lavf60", "©too"),),
    tags=(("major brand", "isom"),),
    remarks=("half a surrogate: \udc80",),
)


def listed(library: Library, outlet: str | None = None) -> list[KeptMedia]:
    with library.reading() as connection:
        return list(media.every(connection, outlet))


def test_a_file_is_kept_with_who_added_it_and_when(library: Library) -> None:
    sha256 = added(library, name="flood.mp4", outlet="Larkmoor Post", origin="https://post.example/flood")
    one = kept(library, sha256)
    assert one.file == file_of(b"a flood")
    assert (one.who, one.outlet, one.origin) == (WHO, "Larkmoor Post", "https://post.example/flood")
    assert one.added.endswith("+00:00")
    assert one.metadata is None
    with library.reading() as connection:
        assert media.kept(connection, "0" * 64) is None
        assert media.count(connection) == 1
        assert media.count(connection, but=sha256) == 0


def test_the_same_file_again_is_one_file_with_two_additions(library: Library) -> None:
    sha256 = added(library, name="first.mp4")
    added(library, name="second.mp4", outlet="Larkmoor Post", claimed=Claimed("2031-04-08", "Larkmoor"))
    added(library, name="third.mp4", origin="handed over", claimed=Claimed("2031-04-09"))
    one = kept(library, sha256)
    assert len(listed(library)) == 1
    assert (one.file.name, one.outlet, one.origin) == ("first.mp4", "Larkmoor Post", "handed over")
    assert one.claimed == Claimed("2031-04-09", "Larkmoor")
    with library.reading() as connection:
        every = media.additions(connection, sha256)
        logged = actions(connection, Asked(on=sha256))
    assert [(a.file.name, a.outlet, a.claimed) for a in every] == [
        ("first.mp4", None, Claimed()),
        ("second.mp4", "Larkmoor Post", Claimed("2031-04-08", "Larkmoor")),
        ("third.mp4", None, Claimed("2031-04-09")),
    ]
    assert [one.what for one in logged] == ["media added again", "media added again", "media added"]


def test_the_list_is_newest_first_and_by_outlet_whatever_its_case(library: Library) -> None:
    for number, outlet in enumerate(("Larkmoor Post", "LARKMOOR POST", "Vennick Echo", None)):
        added(library, str(number).encode(), f"{number}.mp4", outlet=outlet)
    assert [one.file.name for one in listed(library)] == ["3.mp4", "2.mp4", "1.mp4", "0.mp4"]
    assert [one.file.name for one in listed(library, "larkmoor  post")] == ["1.mp4", "0.mp4"]
    assert listed(library, "nobody") == []
    with library.reading() as connection:
        assert [one.file.name for one in media.every(connection, limit=1)] == ["3.mp4"]


def test_what_a_file_says_of_itself_comes_back_as_it_was(library: Library) -> None:
    sha256 = added(library)
    read(library, sha256, METADATA)
    assert kept(library, sha256).metadata == METADATA


def test_the_baseline_is_the_outlets_other_files(library: Library) -> None:
    for number in range(3):
        sha256 = added(library, str(number).encode(), outlet="Post", claimed=Claimed(f"2031-04-0{number + 1}"))
        read(library, sha256, Metadata(f"MP4 {number}"))
    added(library, b"not read yet", outlet="Post")
    with library.reading() as connection:
        found = media.of_outlet(connection, "POST", but=sha256)
    assert [(one.container, claimed.time) for one, claimed in found] == [
        ("MP4 1", "2031-04-02"),
        ("MP4 0", "2031-04-01"),
    ]


def test_damaged_metadata_is_as_none(library: Library) -> None:
    sha256 = added(library)
    with library.writing() as connection:
        media.record(connection, sha256, "metadata", "metadata 1", b"no zlib")
    assert kept(library, sha256).metadata is None


def test_what_a_newer_maker_has_not_made_is_behind(library: Library) -> None:
    one, other = added(library, b"1"), added(library, b"2")
    with library.writing() as connection:
        media.record(connection, one, "pictures", "frames 1", b"print")
        assert media.behind(connection, "pictures", "frames 1") == [other]
        assert media.behind(connection, "sound", "frames 1") == [one, other]
        assert media.behind(connection, "pictures", "frames 2") == [one, other]
        media.record(connection, one, "pictures", "frames 2", b"newer")
        assert media.behind(connection, "pictures", "frames 2") == [other]
        assert list(media.prints(connection, "pictures", "frames 1")) == []
        assert list(media.prints(connection, "pictures", "frames 2")) == [(one, b"newer")]
        assert list(media.prints(connection, "pictures", "frames 2", but=one)) == []


def test_what_could_not_be_made_is_not_tried_again_nor_compared(library: Library) -> None:
    sha256 = added(library)
    with library.writing() as connection:
        media.record(connection, sha256, "sound", "sound 1", cause="has no sound")
        assert media.behind(connection, "sound", "sound 1") == []
        assert list(media.prints(connection, "sound", "sound 1")) == []
        assert media.causes(connection, sha256) == [("sound", "has no sound")]
        with pytest.raises(LibraryError, match="no file with this SHA-256"):
            media.record(connection, "0" * 64, "sound", "sound 1", b"x")


def test_a_file_is_named_by_the_beginning_of_its_hash(library: Library) -> None:
    sha256 = added(library)
    with library.reading() as connection:
        assert media.named(connection, sha256[:8].upper()) == sha256
        for name in ("", "0000", sha256[:3], "%%%%"):
            with pytest.raises(LibraryError, match="no file with this SHA-256"):
                media.named(connection, name)


def test_hostile_words_are_bounded(library: Library) -> None:
    sha256 = added(library, name="a\n" * 999, outlet="o" * 999, origin="\udcff\n")
    one = kept(library, sha256)
    assert len(one.file.name) <= media.LONGEST_NAME
    assert "\n" not in one.file.name
    assert one.outlet == "o" * media.LONGEST_OUTLET
    assert one.origin == "\\udcff"
    assert kept(library, added(library, b"x", name=" ")).file.name == "without a name"


@pytest.mark.parametrize("table", ["media_added", "media_report", "media_tie", "media_answer"])
def test_the_logs_are_only_ever_added_to(library: Library, table: str) -> None:
    media_added = "'f', NULL, NULL, NULL, NULL"
    values = {"media_added": media_added, "media_report": "'f', x'00'", "media_tie": "'claim', 'c', 1"}
    added_row = f"INSERT INTO {table} VALUES (900, 'at', 'who', 'sha', {values.get(table, 'NULL, NULL')})"
    with sqlite3.connect(library.path) as connection:
        connection.execute(added_row.replace("NULL, NULL)", "'q', 'w')") if table == "media_answer" else added_row)
        for change in (
            f"UPDATE {table} SET who = 'x'",
            f"DELETE FROM {table}",
            f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        ):
            with pytest.raises(sqlite3.DatabaseError, match="only ever added to"):
                connection.execute(change)
    connection.close()


def test_a_file_needs_no_more_than_a_row(library: Library) -> None:
    with library.writing() as connection:
        assert media.add(connection, MediaFile("ab", "x", 1, "image/png"), WHO)
        assert not media.add(connection, MediaFile("ab", "x", 1, "image/png"), WHO)
