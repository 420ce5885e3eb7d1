"""The bytes of media: whole or not there, whatever goes wrong."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from firsthand.errors import InputError, LibraryError
from firsthand.library import Library, media_files
from tests.library.given_media import added, file_of, kept_file

CONTENT = bytes(range(256)) * 9000
"""More than two pieces."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "l.db"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "flood.mp4"
    path.write_bytes(CONTENT)
    return path


def files(place: Path) -> list[Path]:
    return [path for path in media_files.folder_of(place).rglob("*") if path.is_file()]


def test_the_bytes_are_kept_read_only_by_their_hash(place: Path, source: Path) -> None:
    sha256, size = media_files.keep(place, source)
    assert (sha256, size) == (file_of(CONTENT).sha256, len(CONTENT))
    found = media_files.path_of(place, sha256)
    assert found == place.parent / "l.db.media" / sha256[:2] / sha256[2:]
    assert found.read_bytes() == CONTENT
    assert stat.S_IMODE(found.stat().st_mode) == 0o444
    assert files(place) == [found]


def test_the_same_bytes_again_are_not_written_again(place: Path, source: Path) -> None:
    sha256, _ = media_files.keep(place, source)
    before = media_files.path_of(place, sha256).stat()
    assert media_files.keep(place, source)[0] == sha256
    after = media_files.path_of(place, sha256).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("damage", [b"", CONTENT[:-1] + b"x"])
def test_what_is_damaged_is_mended_by_adding_it_again(place: Path, source: Path, damage: bytes) -> None:
    sha256, _ = media_files.keep(place, source)
    found = media_files.path_of(place, sha256)
    found.chmod(0o644)
    found.write_bytes(damage)
    media_files.keep(place, source)
    assert found.read_bytes() == CONTENT


def test_it_can_be_kept_from_where_it_is_kept(place: Path, source: Path) -> None:
    sha256, _ = media_files.keep(place, source)
    assert media_files.keep(place, media_files.path_of(place, sha256))[0] == sha256


def test_a_full_disk_leaves_nothing_and_says_so(place: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LibraryError, match="No space left on device"):
        media_files.keep(place, source)
    assert files(place) == []


def test_what_changes_while_it_is_read_is_not_kept(place: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media_files, "sha256_of", lambda path: ("0" * 64, 3))
    with pytest.raises(InputError, match="changed while it was read"):
        media_files.keep(place, source)
    assert files(place) == []


def test_what_cannot_be_read_is_told(place: Path, tmp_path: Path) -> None:
    for name in ("missing.mp4", "", "a\0b"):
        with pytest.raises(InputError) as error:
            media_files.keep(place, tmp_path / name)
        assert "\n" not in str(error.value)
    assert files(place) == []


def test_what_is_gone_is_told(place: Path) -> None:
    with pytest.raises(LibraryError, match=r"is gone: the folder .* belongs to the library"):
        media_files.path_of(place, "0" * 64)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, source: Path) -> None:
    with pytest.raises(LibraryError, match="cannot be written"):
        media_files.keep(tmp_path / ("x" * 252), source)
    (tmp_path / "l.db.media").write_text("a file")
    with pytest.raises(LibraryError, match="cannot be written"):
        media_files.keep(tmp_path / "l.db", source)


def test_a_link_leads_to_the_librarys_own_folder(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link.db").symlink_to(tmp_path / "elsewhere" / "l.db")
    assert media_files.folder_of(tmp_path / "link.db") == tmp_path / "elsewhere" / "l.db.media"


def test_only_what_was_left_long_ago_is_swept_away(place: Path, source: Path) -> None:
    sha256, _ = media_files.keep(place, source)
    old, new = (media_files.folder_of(place) / name for name in ("old.part", "new.part"))
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 2 * media_files.ABANDONED,) * 2)
    media_files.sweep(place)
    assert sorted(files(place)) == sorted([new, media_files.path_of(place, sha256)])
    media_files.sweep(place.with_name("nothing.db"))


_KILLED = """\
import os, sys
from pathlib import Path
from firsthand.library import media_files
os.fsync = lambda number: os.kill(os.getpid(), 9)
media_files.keep(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def test_a_crash_half_way_leaves_no_half_file(place: Path, source: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _KILLED, str(place), str(source)], timeout=60)
    assert done.returncode == -9
    assert [path.suffix for path in files(place)] == [".part"]
    sha256, _ = media_files.keep(place, source)
    assert media_files.path_of(place, sha256).read_bytes() == CONTENT
    media_files.sweep(place, abandoned=-1)
    assert files(place) == [media_files.path_of(place, sha256)]


@pytest.mark.parametrize("name", ["a b?mode=ro&x#y%20.db", "é \udcff.db", "file:x.db", ":memory:"])
def test_any_name_of_a_library_will_do(tmp_path: Path, name: str) -> None:
    with Library.open(tmp_path / name, create=True) as library:
        added(library, b"flood")
        assert kept_file(library, b"flood").read_bytes() == b"flood"
