"""Prints of files, and the archive that finds their pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from firsthand.errors import MediaError
from firsthand.media import frames, pdq, shelves, views
from firsthand.media.frames import ARCHIVE_RATE, QUERY_RATE, Archive, PicturePrint, print_of
from firsthand.model import Match
from tests.media.films import HIGH, WIDE, Picture, board, shown, write

SECONDS = 6.0
Films = list[Picture]
Finds = Callable[[Films], tuple[Match, ...]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture(scope="module")
def archive(folder: Path) -> Archive:
    films = {str(seed): write(folder / f"{seed}.mp4", shown(seed, SECONDS)) for seed in (1, 2, 3)}
    return Archive((name, print_of(path, ARCHIVE_RATE)) for name, path in films.items())


@pytest.fixture
def found(folder: Path, archive: Archive) -> Finds:
    def find(film: Films, **options: str) -> tuple[Match, ...]:
        return archive.matches(print_of(write(folder / "query.mp4", film, **options), QUERY_RATE))

    return find


def near(match: Match, start: float, end: float, there: float, speed: float = 1.0) -> bool:
    ranges = (match.start, match.end, match.reference_start, match.reference_end)
    return np.allclose(ranges, (start, end, there, there + (end - start) * speed), atol=0.4)


def boxed(film: Films, bars: int = 40) -> Films:
    return [np.pad(picture, ((bars, bars), (0, 0)), constant_values=16) for picture in film]


def test_the_same_again(found: Finds) -> None:
    [match] = found(shown(2, SECONDS))
    assert (match.kind, match.reference, match.view, match.mirrored) == ("pictures", "2", "whole", False)
    assert near(match, 0, SECONDS, 0) and match.score > 0.9 and abs(match.speed - 1) < 0.03


def test_the_reason_says_on_what_it_rests(found: Finds) -> None:
    [match] = found(shown(2, SECONDS))
    assert match.reason.startswith("48 of 48 frames within ") and " of 256 bits, " in match.reason


def test_at_few_bits(found: Finds) -> None:
    [match] = found(shown(2, 4.0, begin=1.0), crf="42")
    assert (match.reference, match.view) == ("2", "whole") and near(match, 0, 4, 1)


def test_mirrored(found: Finds) -> None:
    [match] = found([picture[:, ::-1] for picture in shown(1, 4.0, begin=1.5)])
    assert (match.reference, match.view) == ("1", "whole") and match.mirrored and near(match, 0, 4, 1.5)


@pytest.mark.parametrize("gray", [16, 235])
def test_boxed(found: Finds, gray: int) -> None:
    film = [np.pad(picture, ((0, 0), (60, 60)), constant_values=gray) for picture in shown(1, 4.0, begin=1.0)]
    [match] = found(film)
    assert match.view == "boxed" and near(match, 0, 4, 1)


def test_the_middle_of_it(found: Finds) -> None:
    [match] = found([picture[:, 70:250] for picture in shown(1, 4.0)])
    assert match.view == "crop" and near(match, 0, 4, 0)


@pytest.mark.parametrize("speed", [0.5, 0.8, 1.25, 1.5, 2.0])
def test_at_another_speed(found: Finds, speed: float) -> None:
    film = shown(3, SECONDS)
    changed = [film[int(n * speed)] for n in range(int(len(film) / speed))]
    [match] = found(changed)
    assert near(match, 0, SECONDS / speed, 0, speed) and abs(match.speed - speed) < 0.05


def test_a_logo_and_a_ticker(found: Finds) -> None:
    film = [picture.copy() for picture in shown(2, 4.0)]
    for picture in film:
        picture[8:40, 8:56] = 250
        picture[158:] = 40
    [match] = found(film)
    assert match.reference == "2" and near(match, 0, 4, 0)


def test_two_parts_in_a_longer_film(found: Finds) -> None:
    other = shown(9, 12.0)
    film = other[:96] + shown(1, 3.0, begin=2.0) + other[96:192] + [p[:, ::-1] for p in shown(3, 3.0)] + other[192:]
    first, second = sorted(found(film), key=lambda match: match.start)
    assert first.reference == "1" and near(first, 4, 7, 2) and not first.mirrored
    assert second.reference == "3" and near(second, 11, 14, 0) and second.mirrored


def test_the_same_part_twice(found: Finds) -> None:
    part = shown(1, 2.5, begin=1.0)
    first, second = sorted(found(part + shown(9, 3.0) + part), key=lambda match: match.start)
    assert near(first, 0, 2.5, 1) and near(second, 5.5, 8, 1)


def test_boxed_mirrored_in_a_longer_film(found: Finds) -> None:
    part = [picture[:, ::-1] for picture in shown(2, 3.0, begin=1.0)]
    film = boxed(shown(8, 4.0) + part + shown(9, 4.0))
    [match] = found(film, crf="40")
    assert match.reference == "2" and match.mirrored and near(match, 4, 7, 1)


@pytest.mark.parametrize("seed", [7, 8, 9])
def test_nothing_of_what_is_not_there(found: Finds, seed: int) -> None:
    assert found(shown(seed, SECONDS)) == ()


def test_black_is_nowhere(found: Finds) -> None:
    assert found([np.zeros((HIGH, WIDE), np.uint8)] * 48) == ()


def test_a_held_picture_is_no_long_match(folder: Path, archive: Archive) -> None:
    film = shown(1, SECONDS)
    query = print_of(write(folder / "held.mp4", [film[72]] * 120), QUERY_RATE)
    for match in archive.matches(query):
        assert match.reference_end - match.reference_start < 1


def test_a_single_picture_of_a_film(folder: Path, archive: Archive) -> None:
    Image.fromarray(shown(3, SECONDS)[72]).save(folder / "still.jpg", quality=60)
    [match] = archive.matches(print_of(folder / "still.jpg", QUERY_RATE))
    assert match.reference == "3" and match.start == match.end == 0
    assert abs(match.reference_start - 3) <= 0.4 and "of 256 bits" in match.reason


def test_a_single_picture_in_a_film(folder: Path, found: Finds) -> None:
    Image.fromarray(board(5)[:180, :320]).save(folder / "picture.png")
    archive = Archive([("picture", print_of(folder / "picture.png", ARCHIVE_RATE))])
    film = shown(8, 2.0) + [board(5)[:180, :320]] * 48 + shown(9, 2.0)
    [match] = archive.matches(print_of(write(folder / "with.mp4", film), QUERY_RATE))
    assert (match.reference_start, match.reference_end) == (0, 0)
    assert (match.start, match.end) == pytest.approx((2, 4), abs=0.2)


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_single_picture_among_others(folder: Path, mirrored: bool) -> None:
    prints = []
    for seed in range(4):
        Image.fromarray(board(seed)).save(folder / f"board{seed}.png")
        prints.append((str(seed), print_of(folder / f"board{seed}.png", ARCHIVE_RATE)))
    picture = Image.fromarray(board(2)[:, ::-1] if mirrored else board(2)).resize((200, 113))
    picture.save(folder / "small.jpg", quality=40)
    [match] = Archive(prints).matches(print_of(folder / "small.jpg", QUERY_RATE))
    assert match.reference == "2" and match.mirrored == mirrored


def test_a_print_has_its_views_in_order(folder: Path) -> None:
    found = print_of(write(folder / "boxed.mp4", boxed(shown(4, 2.0))), ARCHIVE_RATE)
    assert {views.WHOLE, views.INNER, *views.PLAIN} <= set(found.views.tolist())
    assert (np.diff(found.times) >= 0).all() and found.duration == pytest.approx(2.0, abs=0.2)
    assert found.quality.min() >= frames.LEAST_QUALITY


def test_a_single_picture_lasts_no_time(folder: Path) -> None:
    Image.fromarray(board(1)).save(folder / "one.png")
    found = print_of(folder / "one.png", QUERY_RATE)
    assert found.duration == 0 and set(found.times.tolist()) == {0}


def test_what_is_even_has_no_hashes(folder: Path) -> None:
    found = print_of(write(folder / "even.mp4", [np.full((HIGH, WIDE), 90, np.uint8)] * 24), QUERY_RATE)
    assert len(found.times) == 0 and found.duration > 0.8


def test_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_text("no film")
    with pytest.raises(MediaError, match="could not be read"):
        print_of(tmp_path / "text.mp4", QUERY_RATE)


def nothing() -> PicturePrint:
    none = np.empty(0, np.uint8)
    return PicturePrint(np.empty(0, np.float32), none.reshape(0, 32), none, none, 0.0)


def test_an_empty_archive_and_an_empty_print(archive: Archive) -> None:
    assert Archive([]).matches(nothing()) == () == archive.matches(nothing())
    assert Archive([("nothing", nothing())]).matches(nothing()) == ()


def test_a_frame_repeated_a_thousand_times_hides_nothing(folder: Path, archive: Archive) -> None:
    film = print_of(write(folder / "2.mp4", shown(2, SECONDS)), QUERY_RATE)
    first = film.views == views.WHOLE
    count = 1000
    held = PicturePrint(
        np.arange(count, dtype=np.float32) / 4,
        np.repeat(film.hashes[first][:1], count, axis=0),
        np.zeros(count, np.uint8),
        np.full(count, 200, np.uint8),
        count / 4,
    )
    crowded = Archive([*((f"held {n}", held) for n in range(5)), ("2", print_of(folder / "2.mp4", ARCHIVE_RATE))])
    best = crowded.matches(film)[0]
    assert best.reference == "2" and near(best, 0, SECONDS, 0)


def test_among_a_hundred_thousand_others(folder: Path) -> None:
    rng, count = np.random.default_rng(0), 100_000
    noise = PicturePrint(
        np.arange(count, dtype=np.float32) / 4,
        rng.integers(0, 256, (count, 32), dtype=np.uint8),
        rng.integers(0, 2, count, dtype=np.uint8),
        np.full(count, 200, np.uint8),
        count / 4,
    )
    path = write(folder / "among.mp4", shown(6, 4.0))
    [match] = Archive([("noise", noise), ("6", print_of(path, ARCHIVE_RATE))]).matches(print_of(path, QUERY_RATE))
    assert match.reference == "6"


def test_hashes_that_only_repeat_the_one_before_are_left_out() -> None:
    hashes = np.zeros((9, 32), np.uint8)
    hashes[6:, 0] = 0xFF
    print_ = PicturePrint(np.arange(9, dtype=np.float32) / 4, hashes, np.zeros(9, np.uint8), hashes[:, 1], 2.25)
    assert shelves.by_view(print_)[0].tolist() == [0, 4, 6, 8]
    assert pdq.distances(hashes[0], hashes[6]) == 8
