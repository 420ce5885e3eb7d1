"""A file is added with all that can be made of it; what is missing is made later."""

from __future__ import annotations

from pathlib import Path

import pytest

from firsthand.checking import add, adding, behind, catch_up
from firsthand.errors import LibraryError, MediaError
from firsthand.library import Library, media, media_files, media_removing
from tests.checking.conftest import broken
from tests.checking.fakes import Fake, Print


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    path = tmp_path / "flood.mp4"
    path.write_bytes(b"2031-04-06T09:00:00Z a flood")
    return path


def prints(library: Library, kind: media.Kind = "pictures", maker: str = "fake 1") -> list[tuple[str, bytes]]:
    with library.reading() as connection:
        return list(media.prints(connection, kind, maker))


def test_the_archive_has_bytes_record_and_prints(library: Library, sound: Fake, clip: Path) -> None:
    told: list[str] = []
    added = add(library, clip, "ida", outlet="Post", origin="handed over", told=told.append)
    assert (added.new, added.causes) == (True, ())
    assert media_files.path_of(library.path, added.file.sha256).read_bytes() == clip.read_bytes()
    with library.reading() as connection:
        one = media.kept(connection, added.file.sha256)
    assert one
    assert (one.file.name, one.who, one.outlet, one.origin) == ("flood.mp4", "ida", "Post", "handed over")
    assert one.metadata
    assert one.metadata.dates[0].at == "2031-04-06T09:00:00Z"
    assert prints(library) == prints(library, "sound") == [(added.file.sha256, clip.read_bytes())]
    assert told == ["its record", "its bytes", "its pictures", "its sound"]
    assert behind(library) == 0


def test_the_same_file_again_makes_nothing_again(library: Library, pictures: Fake, clip: Path) -> None:
    add(library, clip, "ida")
    made: list[Path] = []
    pictures.of = lambda path: made.append(path) or Print(b"x")  # type: ignore[func-returns-value]
    again = add(library, clip, "olaf", name="second\n.mp4")
    assert (again.new, again.file.name, made) == (False, "second .mp4", [])
    with library.reading() as connection:
        assert [one.who for one in media.additions(connection, again.file.sha256)] == ["ida", "olaf"]


def test_what_is_no_media_is_not_added(library: Library, pictures: Fake, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("broken")
    with pytest.raises(MediaError, match="it is broken"):
        add(library, tmp_path / "notes.txt", "ida")
    assert not media_files.folder_of(library.path).exists()
    with library.reading() as connection:
        assert media.count(connection) == 0


def test_what_cannot_be_made_is_told_and_tried_again_when_added_again(
    library: Library, pictures: Fake, clip: Path
) -> None:
    pictures.of = broken
    added = add(library, clip, "ida")
    assert added.causes == (("pictures", "could not be read: it is broken"),)
    assert behind(library) == 0
    pictures.of = lambda path: Print(b"now")
    assert add(library, clip, "ida").causes == ()
    assert prints(library) == [(added.file.sha256, b"now")]


def test_another_maker_makes_all_again(library: Library, pictures: Fake, clip: Path) -> None:
    added = add(library, clip, "ida")
    pictures.maker = "fake 2"
    assert behind(library) == 1
    assert list(catch_up(library)) == [added.file.sha256]
    assert (behind(library), prints(library)) == (0, [])
    assert prints(library, maker="fake 2") == [(added.file.sha256, clip.read_bytes())]


def test_catching_up_goes_on_where_it_was_stopped(library: Library, pictures: Fake, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.mp4").write_text(f"clip {number}")
        add(library, tmp_path / f"{number}.mp4", "ida")
    pictures.maker = "fake 2"
    steps = catch_up(library)
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    assert behind(library) == 2
    assert len(list(catch_up(library))) == 2


def test_an_addition_that_is_killed_is_finished_later(
    library: Library, pictures: Fake, clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(adding, "_make", killed)
        with pytest.raises(KeyboardInterrupt):
            add(library, clip, "ida")
    assert behind(library) == 1
    assert len(list(catch_up(library))) == 1
    assert len(prints(library)) == 1


def test_bytes_that_are_gone_are_told(library: Library, pictures: Fake, clip: Path) -> None:
    added = add(library, clip, "ida")
    media_files.path_of(library.path, added.file.sha256).unlink()
    pictures.maker = "fake 2"
    list(catch_up(library))
    with library.reading() as connection:
        assert media.causes(connection, added.file.sha256) == [
            ("pictures", "its bytes are gone from the archive's folder")
        ]
    add(library, clip, "ida")
    assert media_files.path_of(library.path, added.file.sha256).read_bytes() == clip.read_bytes()
    assert len(prints(library, maker="fake 2")) == 1


def test_what_has_no_sound_lacks_nothing(library: Library, sound: Fake, tmp_path: Path) -> None:
    (tmp_path / "m.mp4").write_bytes(b"mute")
    sound.of = broken
    added = add(library, tmp_path / "m.mp4", "ida")
    assert (added.causes, behind(library), prints(library, "sound")) == ((), 0, [])
    sound.maker = "fake 2"
    assert list(catch_up(library)) == [added.file.sha256]
    assert behind(library) == 0


def test_a_library_that_cannot_be_written_is_told(library: Library, pictures: Fake, clip: Path) -> None:
    media_files.folder_of(library.path).write_text("in the way")
    with pytest.raises(LibraryError, match="cannot be written"):
        add(library, clip, "ida")
    with library.reading() as connection:
        assert media.count(connection) == 0


def removed(library: Library, sha256: str) -> None:
    with library.writing() as connection:
        media_removing.remove(connection, library.path, sha256, "olaf", "they asked for it")


def test_what_is_removed_while_it_is_added_again_is_not_said_to_be_there(
    library: Library, pictures: Fake, clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha256, keep = add(library, clip, "ida").file.sha256, media_files.keep

    def kept(*asked: Path) -> tuple[str, int]:
        found = keep(*asked)
        removed(library, sha256)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(media_files, "keep", kept)
        with pytest.raises(LibraryError, match="was removed from the archive while it was added; nothing was added"):
            add(library, clip, "ida")
    with library.reading() as connection:
        assert media.count(connection) == 0
    assert add(library, clip, "ida").new and media_files.path_of(library.path, sha256)


def test_what_is_removed_meanwhile_stops_no_catching_up(library: Library, pictures: Fake, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.mp4").write_text(f"clip {number}")
    first, second, third = (add(library, tmp_path / f"{number}.mp4", "ida").file.sha256 for number in range(3))
    pictures.maker = "fake 2"
    steps = catch_up(library)
    assert next(steps) == first
    removed(library, second)
    assert third in steps
    assert [name for name, _ in prints(library, maker="fake 2")] == [first, third]
