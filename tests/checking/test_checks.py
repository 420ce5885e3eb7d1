"""A check puts together what the file says, what it is compared with, and what could not be looked at."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from firsthand import media as step
from firsthand.checking import Asked, add, check, checks, matched, unread
from firsthand.errors import InputError, MediaError
from firsthand.library import Library, media, media_files
from firsthand.model import Claimed, Credentials, MediaReport
from tests.checking.conftest import broken
from tests.checking.fakes import Fake, Print, match
from tests.media import boxing


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    path = tmp_path / "flood.mp4"
    path.write_bytes(b"2031-04-06T09:00:00Z a flood")
    return path


def archived(library: Library, held: bytes, name: str, **said: Any) -> str:
    path = library.path.with_name(name)
    path.write_bytes(held)
    return add(library, path, "ida", **said).file.sha256


def says(report: MediaReport, check: str | None = None) -> list[str]:
    return [one.says for one in report.findings if check in (None, one.check)]


def standings(report: MediaReport) -> list[str]:
    return [one.standing for one in report.findings]


def test_without_a_library_there_is_nothing_to_compare_with(sound: Fake, clip: Path) -> None:
    report = check(None, clip, Asked(Claimed("2031-04-08")))
    assert report.file.name == "flood.mp4"
    assert report.compared == 0
    assert "2 days before" in report.findings[0].says
    assert says(report, "pictures") == ["Its pictures could not be compared: there is no library"]
    assert says(report, "sound") == ["Its sound could not be compared: there is no library"]
    assert report.findings[-1].standing == "unmeasured"


def test_an_empty_archive_and_one_with_only_the_file_itself_compare_with_nothing(
    library: Library, pictures: Fake, clip: Path
) -> None:
    nothing = "Its pictures could not be compared: the archive has no other file"
    assert says(check(library, clip), "pictures") == [nothing]
    add(library, clip, "ida", name="first.mp4")
    report = check(library, clip)
    assert says(report, "pictures") == [nothing]
    assert "The archive has this very file: it was added on 2" in says(report, "archive")[0]
    assert says(report, "archive")[0].endswith(" by ida, as “first.mp4”")


def test_an_outlet_of_which_there_is_nothing_is_told(library: Library, pictures: Fake, clip: Path) -> None:
    told = says(check(library, clip, Asked(outlet="Larkmor Post")), "baseline")
    assert told == ["The archive has no other file of “Larkmor Post”: what is usual there was not compared"]
    assert not says(check(library, clip), "baseline")


def test_a_check_adds_nothing(library: Library, pictures: Fake, clip: Path) -> None:
    check(library, clip)
    with library.reading() as connection:
        assert media.count(connection) == 0
    assert not media_files.folder_of(library.path).exists()


def test_a_file_that_was_in_the_archive_before_the_claimed_time_is_at_odds(
    library: Library, pictures: Fake, tmp_path: Path
) -> None:
    archived(library, b"a clip", "a.mp4")
    report = check(library, tmp_path / "a.mp4", Asked(Claimed("2999-01-01")))
    assert report.findings[0].standing == "at odds"
    assert report.findings[0].says.endswith(", as “a.mp4”, which is before the claimed time (2999-01-01)")


def test_a_match_names_its_file_and_has_frames_side_by_side(
    library: Library, sound: Fake, pictures: Fake, clip: Path
) -> None:
    older = archived(library, b"2010-06-01T12:00:00Z older", "older.mp4")
    other = archived(library, b"other", "other.mp4")
    pictures.found = lambda name, _: (match(reference=name),) if name == older else ()
    report = check(library, clip, Asked(Claimed("2031-04-08")))
    assert pictures.searched == [older, other]
    assert [one.standing for one in report.findings[:2]] == ["at odds", "at odds"]
    assert {one.check for one in report.findings[:2]} == {"dates", "pictures"}
    assert "“older.mp4”" in says(report, "pictures")[0]
    assert [one.file.sha256 for one in report.references] == [older]
    assert report.compared == 2
    (pair,) = report.pairs
    assert (len(pair.here), len(pair.there)) == (6, 6)
    assert says(report, "sound") == ["None of its sound was heard before, in 2 files of the archive"]
    assert not check(library, clip, Asked(stills=False)).pairs


def test_what_only_the_deep_stage_finds_is_not_said_to_be_found_nowhere(
    library: Library, sound: Fake, pictures: Fake, clip: Path
) -> None:
    archived(library, b"older", "older.mp4")
    pictures.found = lambda name, _: (match("place", reference=name),)
    found = says(check(library, clip), "pictures")
    assert len(found) == 1
    assert "show the same place or the same footage as “older.mp4”" in found[0]


def test_sound_whose_pictures_are_not_there_is_sound_only(library: Library, sound: Fake, clip: Path) -> None:
    archived(library, b"2010-06-01T12:00:00Z older", "older.mp4")
    sound.found = lambda name, _: (match("sound", reference=name),)
    report = check(library, clip, Asked(Claimed("2031-04-08")))
    found = says(report, "sound")[0]
    assert found.startswith("Sound only: its sound from 0:03.0 to 0:11.0, and not its pictures, is also in “older.mp4”")
    assert "whose own record says 2010-06-01 12:00 UTC, before the claimed time; that file was added on 2" in found
    assert says(report, "pictures") == ["None of its pictures was seen before, in 1 file of the archive"]


def test_a_stage_that_fails_is_a_finding_and_the_others_go_on(
    library: Library, sound: Fake, pictures: Fake, clip: Path
) -> None:
    archived(library, b"older", "older.mp4")
    pictures.of = broken
    sound.found = lambda name, _: (match("sound", reference=name),)
    report = check(library, clip)
    assert says(report, "reading") == ["Its pictures could not be read: it is broken"]
    assert says(report, "sound")[0].startswith("Its sound from")
    assert unread(report) is None


def test_what_fails_for_one_cause_is_one_finding(sound: Fake, pictures: Fake, clip: Path) -> None:
    pictures.of = sound.of = broken
    assert says(check(None, clip), "reading") == ["Its pictures and its sound could not be read: it is broken"]


def test_a_file_of_which_nothing_can_be_read_is_one_finding(
    library: Library, sound: Fake, pictures: Fake, tmp_path: Path
) -> None:
    pictures.of = sound.of = broken
    (tmp_path / "b.mp4").write_bytes(b"broken")
    report = check(library, tmp_path / "b.mp4")
    assert says(report) == ["The file could not be read: it is broken"]
    assert [what for what, _ in report.findings[0].facts] == ["its record", "its pictures", "its sound"]
    assert unread(report) == "could not be read: it is broken"


def test_credentials_are_told_though_nothing_else_can_be_read(
    library: Library, pictures: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures.of = broken
    monkeypatch.setattr(step, "credentials_of", lambda *_: Credentials("unreadable", remarks=("x",)))
    (tmp_path / "b.mp4").write_bytes(b"broken")
    report = check(library, tmp_path / "b.mp4")
    assert {one.check for one in report.findings} == {"credentials", "reading"}


def test_credentials_that_cannot_be_read_are_a_finding(
    library: Library, pictures: Fake, clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> Credentials:
        raise MediaError("x", "took too long")

    monkeypatch.setattr(step, "credentials_of", fails)
    report = check(library, clip)
    assert says(report, "reading") == ["Its Content Credentials could not be read: took too long"]
    assert report.credentials is None


def test_what_the_archive_cannot_compare_with_is_told(library: Library, pictures: Fake, clip: Path) -> None:
    archived(library, b"one", "one.mp4")
    archived(library, b"two", "two.mp4")
    pictures.maker = "fake 2"
    report = check(library, clip)
    assert "It was not compared with 2 files of the archive, of which the prints are still to be made" in says(report)
    assert "Its pictures could not be compared: no other file of the archive has pictures" in says(report)


def test_a_damaged_print_is_left_out(library: Library, pictures: Fake, clip: Path) -> None:
    one = archived(library, b"one", "one.mp4")
    archived(library, b"two", "two.mp4")
    with sqlite3.connect(library.path) as connection:
        connection.execute("UPDATE media_made SET bytes = 'damaged' WHERE kind = 'pictures' AND bytes = x'74776f'")
        connection.execute("UPDATE media_made SET bytes = CAST(bytes AS BLOB)")
    connection.close()
    assert check(library, clip).compared == 1
    assert pictures.searched == [one]


@pytest.mark.parametrize(
    ("state", "silences", "said"),
    [
        ("silent", ((0.0, 12.0),), "It has a sound track, and all of it is silence"),
        ("none", (), "It has no sound"),
        ("heard", ((0.0, 2.0), (4.0, 5.5)), "Its sound is silence from 0:00.0 to 0:02.0, 0:04.0 to 0:05.5"),
    ],
)
def test_silence_is_said_to_be_silence(
    sound: Fake, clip: Path, state: str, silences: tuple[tuple[float, float], ...], said: str
) -> None:
    sound.of = lambda path: Print(b"x" if state == "heard" else b"", state, silences)
    report = check(None, clip)
    assert said in says(report, "sound")
    assert report.silences == silences


def test_a_file_without_a_sound_track_is_not_searched_for_one(sound: Fake, tmp_path: Path) -> None:
    (tmp_path / "m.mp4").write_bytes(b"mute")
    sound.of = broken
    report = check(None, tmp_path / "m.mp4")
    assert says(report, "sound") == ["It has no sound"]
    assert says(report, "reading") == []


def test_the_outlets_other_files_are_the_baseline(
    library: Library, pictures: Fake, clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from firsthand.media import consistency

    given: list[list[str | None]] = []
    seen = lambda metadata, claimed, others, claims: given.append([one.time for one in claims]) or ()  # noqa: E731
    monkeypatch.setattr(consistency, "findings", seen)
    for number in range(3):
        claimed = Claimed(f"2031-04-0{number + 1}")
        archived(library, f"{number}".encode(), f"{number}.mp4", outlet="Larkmoor Post", claimed=claimed)
    check(library, clip, Asked(outlet="larkmoor post"))
    check(library, clip)
    check(library, library.path.with_name("0.mp4"))
    assert given == [["2031-04-03", "2031-04-02", "2031-04-01"], [], ["2031-04-03", "2031-04-02"]]


def test_a_file_that_changes_meanwhile_is_told(pictures: Fake, clip: Path) -> None:
    def of(path: Path) -> Print:
        path.write_bytes(b"2031 something else")
        return Print(b"x")

    pictures.of = of
    assert check(None, clip).findings[0].says == "The file was changed while it was checked: check it again"


def test_the_deep_stage_is_said_to_be_missing(pictures: Fake, clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "deep_is_there", lambda: False)
    assert any("the extra `deep` of Firsthand is not installed" in one for one in says(check(None, clip), "pictures"))


def test_an_original_that_is_gone_leaves_the_match(library: Library, pictures: Fake, clip: Path) -> None:
    older = archived(library, b"older", "older.mp4")
    pictures.found = lambda name, _: (match(reference=name),)
    media_files.path_of(library.path, older).unlink()
    report = check(library, clip)
    assert "“older.mp4”" in says(report, "pictures")[0]
    assert report.pairs == ()


def test_a_report_has_no_more_matches_than_can_be_read_and_says_so(
    library: Library, pictures: Fake, clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matched, "MOST", 5)
    older, newer = archived(library, b"2010-06-01T12:00:00Z older", "older.mp4"), archived(library, b"new", "new.mp4")
    pictures.found = lambda name, query: tuple(
        match(reference=name, end=10.0 + number + 20 * (name == newer)) for number in range(4)
    )
    report = check(library, clip, Asked(Claimed("2020-04-08")))
    told = [one.match for one in report.findings if one.match]
    assert [(one.reference, one.end) for one in told] == [
        *((older, end) for end in (13.0, 12.0, 11.0, 10.0)),  # what does not fit, however short
        (newer, 33.0),
    ]
    assert "3 more stretches match files of the archive: those that tell least are left out here" in says(report)
    monkeypatch.setattr(matched, "MOST", 4)
    assert [one.file.sha256 for one in check(library, clip, Asked(Claimed("2020-04-08"))).references] == [older]


def test_a_recording_whose_index_was_never_written_is_said_to_be_cut_off(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "cut.mp4"
    path.write_bytes(boxing.ftyp() + boxing.box("mdat", bytes(5_000)))
    record, both = says(check(None, path, Asked(deep=False)), "reading")
    assert "the recording was cut off before its index was written, as cameras leave it that lose power" in record
    assert both == (
        "Its pictures and its sound could not be read: there is no index that says where they are in the file"
    )
    assert {cause for _, cause in add(library, path, "ida").causes} == {both.partition(" and its sound ")[2]}


def test_what_is_done_is_told_in_its_order(library: Library, sound: Fake, clip: Path) -> None:
    archived(library, b"older", "older.mp4")
    told: list[str] = []
    check(library, clip, told=told.append)
    assert told == [
        "its bytes",
        "its record",
        "its Content Credentials",
        "its pictures",
        "the archive, for its pictures",
        "its sound",
        "the archive, for its sound",
    ]


@pytest.mark.parametrize("name", ["missing.mp4", ".", "/dev/zero"])
def test_what_is_not_there_is_told(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        check(None, tmp_path / name)
