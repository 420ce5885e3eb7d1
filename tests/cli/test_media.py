"""`firsthand media`: what is asked, what is shown, and what goes wrong; the files are read by fakes."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from firsthand import media as step
from firsthand.checking import adding, check, checks
from firsthand.cli.main import main
from firsthand.errors import MediaError
from firsthand.library import Library, media, media_checks, media_files, media_notes
from firsthand.library.actions import Asked, actions
from firsthand.library.log import user
from firsthand.library.media_checks import HandedIn
from firsthand.model import Claimed, Credentials, MediaDate, MediaStream, Metadata, Still
from firsthand.share.media_words import UNREAD_NEXT
from tests.checking.fakes import Fake, Print, match

OLDER, NEWER = b"2010-06-01T12:00:00Z older", b"2031-04-06T09:00:00Z newer"


@pytest.fixture(autouse=True)
def pictures(monkeypatch: pytest.MonkeyPatch) -> Fake:
    """What reads no file: a file's bytes are its print, and begin with its date; "broken" ones cannot be read."""
    fake = Fake("pictures", of=print_of, found=lambda name, query: (match(reference=name),))
    for module in (adding, checks):
        monkeypatch.setattr(module, "tools", lambda deep=True: (fake.tool(),))
    monkeypatch.setattr(checks, "deep_is_there", lambda: True)
    monkeypatch.setattr(step, "metadata_of", metadata_of)
    monkeypatch.setattr(step, "credentials_of", lambda path, trust=None: Credentials("absent"))
    monkeypatch.setattr(step, "stills_of", lambda path, times, height: tuple(Still(at, b"jpeg") for at in times))
    return fake


def print_of(path: Path) -> Print:
    metadata_of(path)
    return Print(path.read_bytes())


def metadata_of(path: Path) -> Metadata:
    held = path.read_bytes().decode()
    if held.startswith("broken"):
        raise MediaError(str(path), "could not be read: it is broken")
    dates = (MediaDate(held[:20], "created", "moov/mvhd", "when it was begun", held[:20]),)
    return Metadata("MP4 (isom)", 12.0, (MediaStream("video", "h264", 12.0),), dates)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with some files; the library of the environment is there too, not yet made."""
    for name, held in (("older.mp4", OLDER), ("newer.mp4", NEWER), ("broken.mp4", b"broken")):
        (tmp_path / name).write_bytes(held)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FIRSTHAND_LIBRARY", str(tmp_path / "l.db"))
    return tmp_path


@pytest.fixture
def ask(folder: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Standard output and standard error of a command."""

    def asked(*arguments: str, status: int = 0) -> tuple[str, str]:
        capsys.readouterr()
        assert main(["media", *arguments]) == status
        told = capsys.readouterr()
        return told.out, told.err

    return asked


def test_files_are_added_and_listed(ask: Any, folder: Path) -> None:
    out, err = ask("add", "--outlet", "Larkmoor Post", "--origin", "handed over", "older.mp4", "newer.mp4")
    first, second, last = out.splitlines()
    assert (first.split()[0], first.split()[2], second.split()[2]) == ("added", "older.mp4", "newer.mp4")
    assert last == "2 added; the archive has 2 in all"
    assert err == ""
    heading, one, other = ask("list")[0].splitlines()
    headings = ["sha-256", "outlet", "own", "first", "date", "claimed", "time", "length", "added", "by", "name"]
    assert heading.split() == headings
    assert one.endswith("newer.mp4")
    assert "Larkmoor Post     2010-06-01 12:00                    0:12.0" in other
    (only,) = json.loads(ask("list", "-f", "json", "--outlet", "LARKMOOR POST")[0])[1:]
    assert (only["name"], only["dated"], only["origin"]) == ("older.mp4", "2010-06-01T12:00:00Z", "handed over")
    assert [json.loads(line)["name"] for line in ask("list", "-f", "jsonl")[0].splitlines()] == [
        "newer.mp4",
        "older.mp4",
    ]


def test_a_list_of_nothing_says_what_was_looked_for_and_what_to_do(ask: Any, folder: Path) -> None:
    with Library.open(folder / "l.db", create=True):
        pass
    empty = "firsthand: the archive has no file yet; `firsthand media add` puts files in it\n"
    assert ask("list") == ("", empty)
    assert ask("list", "-f", "json") == ("[]\n", empty)
    ask("add", "older.mp4")
    none = "firsthand: no file of the archive is of “no body”; `firsthand media list` shows all, with their outlets\n"
    assert ask("list", "--outlet", "no\nbody") == ("", none)
    assert ask("list", "-f", "jsonl", "--outlet", "no body") == ("", none)


def test_what_is_claimed_of_an_added_file_is_listed(ask: Any) -> None:
    ask("add", "--claimed-time", "2031-04-08T18:30+02:00", "--claimed-place", " Larkmoor ", "older.mp4")
    assert "2010-06-01 12:00  2031-04-08 18:30  0:12.0" in ask("list")[0]
    (only,) = json.loads(ask("list", "-f", "json")[0])
    assert (only["claimed_time"], only["claimed_place"]) == ("2031-04-08T18:30+02:00", "Larkmoor")


def test_an_outlet_whose_files_all_run_an_hour_off_is_told(ask: Any, folder: Path) -> None:
    """The other files say what they are off by; of the file itself, the difference is thus explained."""
    for hour in range(9, 13):
        (folder / f"{hour}.mp4").write_bytes(f"2031-04-06T{hour:02}:00:00Z film {hour}".encode())
        if hour < 12:
            claimed = f"2031-04-06T{hour:02}:00+01:00"
            ask("add", "--outlet", "Larkmoor Post", "--claimed-time", claimed, f"{hour}.mp4")
    asked = ("check", "-f", "json", "--outlet", "Larkmoor Post", "--claimed-time")
    off = "3 of 3 other files of this outlet were created 1 h ahead of their claimed time"
    for claimed, end in (
        ("2031-04-06T12:00+01:00", ", as this one was"),
        ("2031-04-06T15:00Z", "; this one 3 h behind"),
    ):
        (report,) = json.loads(ask(*asked, claimed, "12.mp4")[0])
        assert f"{off}{end}" in [one["says"] for one in report["findings"] if one["check"] == "baseline"]


def test_adding_goes_on_after_a_bad_file(ask: Any) -> None:
    out, err = ask("add", "broken.mp4", "missing.mp4", "older.mp4", "older.mp4", status=1)
    assert [line.split()[0] for line in out.splitlines()] == ["added", "already", "1"]
    assert out.splitlines()[-1] == "1 added, 1 already there, 2 failed; the archive has 1 in all"
    assert err.splitlines() == [
        "firsthand: broken.mp4: could not be read: it is broken",
        "firsthand: missing.mp4: there is no such file",
    ]


def test_what_is_most_telling_is_shown_first(ask: Any) -> None:
    ask("add", "older.mp4")
    out, err = ask("check", "--claimed-time", "2031-04-08", "--claimed-place", " Larkmoor ", "newer.mp4")
    lines = out.splitlines()
    assert lines[0] == "newer.mp4"
    assert lines[2] == "claimed: 2031-04-08, Larkmoor"
    assert lines[4] == "Does not fit"
    assert "2 days before" in lines[5]
    assert any("are also in “older.mp4” (1:01.0 to 1:09.0)" in line for line in lines[6:9])
    assert "Compared with 1 file of the archive" in lines[-1]
    assert err == ""


def test_of_many_matches_text_has_those_that_tell_most_and_json_has_all(ask: Any, pictures: Fake) -> None:
    pictures.found = lambda name, query: tuple(match(reference=name, end=10.0 + number) for number in range(30))
    ask("add", "older.mp4")
    out, _ = ask("check", "newer.mp4")
    assert out.count("are also in “older.mp4”") == 20
    assert "from 0:03.0 to 0:39.0" in out and "from 0:03.0 to 0:19.0" not in out
    assert "\n… and 10 more matches, in the JSON: --format json\n" in out
    (report,) = json.loads(ask("check", "-f", "json", "newer.mp4")[0])
    assert sum(one["match"] is not None for one in report["findings"]) == 30


def test_json_has_everything_but_frames(ask: Any) -> None:
    ask("add", "older.mp4")
    (report,) = json.loads(ask("check", "-f", "json", "--claimed-time", "2031-04-08", "newer.mp4")[0])
    assert report["claimed"] == {"time": "2031-04-08", "place": None, "claim": None}
    assert report["findings"][0]["standing"] == "at odds"
    assert report["findings"][1]["match"]["reference_start"] == 61.0
    assert report["references"][0]["file"]["name"] == "older.mp4"
    assert "pairs" not in report
    lines = ask("check", "-f", "jsonl", "newer.mp4", "older.mp4")[0].splitlines()
    assert [json.loads(line)["file"]["name"] for line in lines] == ["newer.mp4", "older.mp4"]


def test_a_page_has_the_frames(ask: Any, folder: Path) -> None:
    ask("add", "older.mp4")
    assert ask("check", "-o", "r.html", "newer.mp4") == ("", "")
    page = (folder / "r.html").read_text()
    assert page.count("data:image/jpeg") == 12
    assert "“older.mp4”" in page


def test_checking_needs_no_library(ask: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FIRSTHAND_LIBRARY")
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    out, _ = ask("check", "newer.mp4")
    assert "Its pictures could not be compared: there is no library" in out
    assert not (folder / "data").exists()
    assert not (folder / "l.db").exists()


def test_a_library_that_is_named_must_be_there(ask: Any) -> None:
    _, err = ask("check", "newer.mp4", status=1)
    assert err.endswith("l.db: there is no library; `firsthand add` or `firsthand media add` makes one\n")


def test_a_bad_file_is_one_line_and_the_others_are_checked(ask: Any) -> None:
    ask("add", "older.mp4")
    out, err = ask("check", "missing.mp4", "broken.mp4", "newer.mp4", "-f", "jsonl", status=1)
    reports = [json.loads(line) for line in out.splitlines()]
    assert [one["file"]["name"] for one in reports] == ["broken.mp4", "newer.mp4"]
    assert [one["says"] for one in reports[0]["findings"]] == ["The file could not be read: it is broken"]
    assert err.splitlines() == [
        "firsthand: missing.mp4: there is no such file",
        "firsthand: broken.mp4: could not be read: it is broken",
    ]


def test_of_a_file_that_cannot_be_read_only_that_is_told_and_what_to_do_next(ask: Any, folder: Path) -> None:
    ask("add", "older.mp4")
    out, _ = ask("check", "broken.mp4", status=1)
    assert " ".join(out.split()).endswith(f"could not be read: it is broken {UNREAD_NEXT}")
    ask("check", "-o", "b.html", "broken.mp4", status=1)
    page = (folder / "b.html").read_text()
    assert UNREAD_NEXT in page and "What only people can judge" not in page


def test_with_a_claim_the_file_is_tied_and_the_report_kept(
    ask: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from firsthand.library.claims import Claims

    ask("add", "older.mp4")
    monkeypatch.setattr(Claims, "named", lambda self, name: "43cba0b5ffffffff" if name == "43cb" else None)
    ask("check", "--claim", "43cb", "newer.mp4")
    with Library.open(folder / "l.db") as library, library.reading() as connection:
        (tie,) = media_notes.tied_to(connection, "claim", ["43cba0b5ffffffff"])
        (kept,) = media_notes.reports(connection, tie.sha256)
        report = media_notes.report(connection, kept.number)
        assert report.claimed.claim == "43cba0b5ffffffff"
        assert len(report.pairs[0].here) == 6
        assert media.count(connection) == 1
    _, err = ask("check", "--claim", "zz", "newer.mp4", status=1)
    assert err == "firsthand: zz: no claim has this id; `firsthand claims` shows them\n"


def test_without_a_claim_a_check_writes_nothing(ask: Any, folder: Path) -> None:
    ask("add", "older.mp4")
    with Library.open(folder / "l.db") as library, library.reading() as connection:
        before = list(connection.connection.driver_connection.iterdump())
    ask("check", "newer.mp4")
    with Library.open(folder / "l.db") as library, library.reading() as connection:
        assert list(connection.connection.driver_connection.iterdump()) == before


def test_prints_of_an_older_firsthand_are_made_again(ask: Any, pictures: Fake) -> None:
    ask("add", "older.mp4")
    pictures.maker = "fake 2"
    out, _ = ask("check", "newer.mp4")
    assert "are also in “older.mp4”" in out


def sha256_of(held: bytes) -> str:
    return hashlib.sha256(held).hexdigest()


def test_a_file_is_removed_and_the_log_says_who_and_why(ask: Any, folder: Path) -> None:
    ask("add", "--outlet", "Larkmoor Post", "older.mp4", "newer.mp4")
    older, kept = sha256_of(OLDER), media_files.place_of(folder / "l.db", sha256_of(OLDER))
    assert kept.read_bytes() == OLDER
    out, err = ask("remove", older[:8], older, "--yes", "--why", " they asked\n for it ")
    assert out.splitlines() == [f"{older[:16]}  older.mp4, Larkmoor Post", "1 removed"]
    assert err == "" and not kept.exists()
    assert [line.split()[-1] for line in ask("list")[0].splitlines()[1:]] == ["newer.mp4"]
    with Library.open(folder / "l.db") as library, library.reading() as connection:
        (one,) = actions(connection, Asked(what="media removed"))
        assert (one.who, one.on, one.detail) == (user(), older, "older.mp4: they asked for it")
        assert media.held(connection, "pictures", "fake 1").files == 1
    assert "Compared with no other file" in ask("check", "newer.mp4")[0]
    _, err = ask("remove", older, "--yes", "--why", "x", status=1)
    assert err == f"firsthand: {older}: the archive has no file with this SHA-256; `firsthand media list` shows them\n"


def test_what_something_rests_on_is_removed_only_when_that_is_said(ask: Any, folder: Path) -> None:
    ask("add", "older.mp4", "newer.mp4")
    with Library.open(folder / "l.db") as library:
        report = check(library, folder / "newer.mp4")
        with library.writing() as connection:
            media_notes.keep_report(connection, report, "ida")
            media_notes.answer(connection, sha256_of(NEWER), "wounds", "Too clean.", "ida")
            media_notes.tie(connection, sha256_of(NEWER), "claim", "c1", "ida")
    for held, rests in (
        (OLDER, "needed by 1 report on other files"),
        (NEWER, "needed by 1 report on it, 1 answer and 1 tie"),
    ):
        out, err = ask("remove", sha256_of(held)[:12], "--why", "x", status=1)
        assert f": {rests}" in out
        assert f"firsthand: {sha256_of(held)[:16]}: {rests}" in err and "; nothing was removed, --yes" in err
    out, _ = ask("remove", sha256_of(NEWER)[:12], "--why", "x", "-y")
    assert out.splitlines()[-1] == "1 removed; what rests on it stays"
    with Library.open(folder / "l.db") as library, library.reading() as connection:
        assert len(media_notes.answers(connection, sha256_of(NEWER))) == 1
        assert len(media_notes.reports(connection)) == 1


def ended(text: str) -> str:
    raise EOFError


def test_removing_is_asked_about_first(ask: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask("add", "older.mp4")
    asked = ("remove", sha256_of(OLDER), "--why", "x")
    assert "nobody can be asked whether to remove it here" in ask(*asked, status=1)[1]
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    questions: list[str] = []
    monkeypatch.setattr("builtins.input", lambda text: questions.append(text) or "n")
    assert ask(*asked, status=1)[1] == "firsthand: nothing was removed\n"
    assert questions == ["Remove this file, with the original bytes? [y/N] "]
    monkeypatch.setattr("builtins.input", ended)
    assert ask(*asked, status=1)[1] == "firsthand: nothing was removed\n"
    monkeypatch.setattr("builtins.input", lambda text: "yes")
    assert ask(*asked)[0].endswith("1 removed\n")


def test_a_file_that_was_changed_and_cannot_be_read_has_failed(
    ask: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def growing(path: Path, trust: Any = None) -> Credentials:
        with (folder / "broken.mp4").open("ab") as file:
            file.write(b" more")
        return Credentials("absent")

    ask("add", "older.mp4")
    monkeypatch.setattr(step, "credentials_of", growing)
    out, err = ask("check", "broken.mp4", status=1)
    assert (
        "was changed while it was checked" in out and err == "firsthand: broken.mp4: could not be read: it is broken\n"
    )


def test_where_one_waits_to_be_checked_none_is_removed(ask: Any, folder: Path) -> None:
    ask("add", "older.mp4", "newer.mp4")
    with Library.open(folder / "l.db") as library, library.writing() as connection:
        media_checks.hand_in(connection, "ida", HandedIn(sha256_of(NEWER), "newer.mp4", Claimed()))
    out, err = ask("remove", sha256_of(OLDER), sha256_of(NEWER), "--yes", "--why", "x", status=1)
    assert out == "" and err.startswith(f"firsthand: {sha256_of(NEWER)[:16]}: it waits to be checked")
    assert "older.mp4" in ask("list")[0]


@pytest.mark.parametrize("act", ["check", "list"])
def test_nothing_that_is_kept_is_overwritten(ask: Any, folder: Path, act: str) -> None:
    ask("add", "older.mp4")
    (kept,) = [path for path in media_files.folder_of(folder / "l.db").rglob("*") if path.is_file()]
    named = ["newer.mp4"] if act == "check" else []
    for output, why in (("l.db", "is the library itself"), (str(kept), "is a file that the library keeps")):
        _, err = ask(act, "-f", "jsonl", "-o", output, *named, status=1)
        assert why in err
    assert kept.read_bytes() == OLDER
    _, err = ask("check", "-f", "json", "-o", "newer.mp4", "newer.mp4", status=1)
    assert err == "firsthand: newer.mp4: is a file to be checked itself; nothing was read or overwritten\n"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ((), "the following arguments are required"),
        (("check",), "the following arguments are required: FILE"),
        (("check", "--claimed-time", "yesterday", "a"), "'yesterday' is not a time such as 2031-04-08"),
        (("check", "--claimed-time", "2031-02-30", "a"), "is not a time"),
        (("check", "--claimed-place", " ", "a"), "a place has 1 to 200 characters"),
        (("check", "-f", "html", "a", "b"), "a page shows what was found in one file"),
        (("check", "-f", "json", "-o", "a.html", "a"), "--format json does not fit"),
        (("check", "-o", "a.pdf", "a"), "cannot tell a format from .pdf"),
        (("remove", "43cba0b5"), "the following arguments are required: --why"),
        (("remove", "43cba0b5", "--why", " "), "a reason needs words"),
        (("list", "-o", "a.html"), "the list is written as a table, as json or as jsonl"),
    ],
)
def test_wrong_usage_is_told(arguments: tuple[str, ...], why: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["media", *arguments])
    assert ended.value.code == 2
    assert why in capsys.readouterr().err


def test_text_is_cut_to_the_screen_and_hostile_names_are_made_plain(
    ask: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "\x1b[31m\u202eevil\n.mp4"
    (folder / name).write_bytes(NEWER)
    ask("add", "older.mp4")
    out, _ = ask("check", name)
    assert out.splitlines()[0] == "�[31m�evil .mp4"
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    out, _ = ask("check", "--claimed-time", "2031-04-08", "newer.mp4")
    assert "\x1b[1m" in out
    assert max(map(len, re.sub("\x1b\\[[0-9;]*m", "", out).splitlines())) <= 60
