"""What is searched is made anew only where the archive has changed, and kept only where there is room."""

from __future__ import annotations

from pathlib import Path

import pytest

from firsthand.checking import Asked, Indexes, add, check, checks
from firsthand.library import Library, media
from tests.checking.fakes import Fake

ANY = Asked()
ROOM = 2**20


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    path = tmp_path / "clip.mp4"
    path.write_bytes(b"checked")
    return path


def archived(library: Library, held: bytes) -> str:
    path = library.path.with_name("archived.mp4")
    path.write_bytes(held)
    return add(library, path, "ida").file.sha256


def checked(library: Library, path: Path, indexes: Indexes | None) -> int:
    """With how many files it was compared."""
    return check(library, path, ANY, checks.quiet, indexes).compared


@pytest.mark.parametrize(("room", "made"), [(ROOM, 1), (13, 1), (12, 3), (0, 3), (None, 3)])
def test_it_is_kept_where_there_is_room(
    library: Library, pictures: Fake, clip: Path, room: int | None, made: int
) -> None:
    archived(library, b"first")
    archived(library, b"second..")
    indexes = None if room is None else Indexes(library, room)
    assert [checked(library, clip, indexes) for _ in range(3)] == [2, 2, 2]
    assert pictures.made == made


def test_each_kind_has_its_own(library: Library, sound: Fake, pictures: Fake, clip: Path) -> None:
    archived(library, b"first")
    indexes = Indexes(library, 9)  # room for one of the two
    assert [checked(library, clip, indexes) for _ in range(3)] == [1, 1, 1]
    assert (pictures.made, sound.made) == (1, 3)


def test_it_is_made_anew_when_the_archive_changes(library: Library, pictures: Fake, clip: Path) -> None:
    indexes = Indexes(library, ROOM)
    first = archived(library, b"first")
    assert checked(library, clip, indexes) == 1
    archived(library, b"second")
    assert checked(library, clip, indexes) == 2
    with library.writing() as connection:  # what was damaged is made again
        media.record(connection, first, "pictures", "fake 1", b"better")
    assert checked(library, clip, indexes) == 2
    assert pictures.made == 3
    with library.writing() as connection:
        media.record(connection, first, "pictures", "fake 1", cause="gone")
    assert checked(library, clip, indexes) == 1
    pictures.maker = "fake 2"
    assert checked(library, clip, indexes) == 0


def test_a_file_of_the_archive_is_not_compared_with_itself(library: Library, pictures: Fake, clip: Path) -> None:
    indexes = Indexes(library, ROOM)
    archived(library, b"first")
    assert checked(library, clip, indexes) == 1
    archived(library, clip.read_bytes())
    assert checked(library, clip, indexes) == 1
    other = clip.with_name("other.mp4")
    other.write_bytes(b"other")
    assert [checked(library, other, indexes), checked(library, clip, indexes)] == [2, 1]
    assert [checked(library, other, indexes), pictures.made] == [2, 4]
