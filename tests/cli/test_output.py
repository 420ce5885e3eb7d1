from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from firsthand.cli.output import Output
from firsthand.errors import OutputError


def interrupted(target: Path) -> None:
    with Output(str(target)) as output:
        output.write("new")
        raise KeyboardInterrupt


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_there_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    with Output(str(target)) as output:
        output.write("half")
        assert not target.exists()
    assert target.read_text() == "half"
    assert names(tmp_path) == ["out.txt"]


def test_after_an_error_the_old_file_is_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        interrupted(target)
    assert target.read_text() == "old"
    assert names(tmp_path) == ["out.txt"]


def test_when_nothing_was_written_the_old_file_stays(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_text("old")
    with Output(str(target)):
        pass
    assert target.read_text() == "old"


def test_permissions_are_the_users_own(tmp_path: Path) -> None:
    new, old = tmp_path / "new", tmp_path / "old"
    old.touch(mode=0o640)
    old.chmod(0o640)
    before = os.umask(0o027)
    try:
        for target in (new, old):
            with Output(str(target)) as output:
                output.write("x")
    finally:
        os.umask(before)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (new, old)] == [0o640, 0o640]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.touch()
    link.symlink_to(target)
    with Output(str(link)) as output:
        output.write("x")
    assert link.is_symlink()
    assert target.read_text() == "x"


def test_a_special_file_is_written_in_place() -> None:
    with Output("/dev/null") as output:
        output.write("x")
    assert not Path("/dev/null").is_file()


@pytest.mark.parametrize(
    ("where", "cause"),
    [
        ("missing/out.txt", r"the folder \S+/missing does not exist"),
        ("file/out.txt", r"\S+/file is not a folder"),
        (".", "Is a directory"),
        ("n" * 300, "File name too long"),
        ("n" * 300 + "/out.txt", "File name too long"),
    ],
)
def test_an_unwritable_place_is_one_line(tmp_path: Path, where: str, cause: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match=rf"^[^\n]+: {cause}$"), Output(str(tmp_path / where)):
        pass


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_one_line() -> None:
    with pytest.raises(OutputError, match="No space left"), Output("/dev/full") as output:
        output.write("x" * 100_000)


def test_files_are_utf8_whatever_they_hold(tmp_path: Path) -> None:
    with Output(str(tmp_path / "out")) as output:
        output.write("é\ud800\n")
    assert (tmp_path / "out").read_bytes() == "é\\ud800\n".encode()
