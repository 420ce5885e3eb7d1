"""Points that fit: crops, logos, bars and pictures in pictures are found, captions and other places are not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from firsthand.media.deep import Archive, DeepPrint, available, print_of
from firsthand.model import Match
from tests.media.films import Picture, board, write

pytestmark = pytest.mark.skipif(not available(), reason="the extra `deep` is not installed")

WIDE, HIGH, RATE, SECONDS = 480, 270, 8, 6.0
Films = list[Picture]
Finds = Callable[..., tuple[Match, ...]]


def place(seed: int) -> Picture:
    """A place with walls, windows and signs, like none of another seed."""
    full, rng = board(seed, 1200, 720).copy(), np.random.default_rng(seed)
    for _ in range(260):
        x, y, wide, high = (int(value) for value in rng.integers((0, 0, 6, 6), (1150, 690, 70, 60)))
        full[y : y + high, x : x + wide] = rng.integers(0, 256)
    return full


def film(seed: int, seconds: float = SECONDS, begin: float = 0.0) -> Films:
    """A camera that passes over it, 24 pixels a second, from `begin` s on."""
    full = place(seed)
    ats = [begin + number / RATE for number in range(round(seconds * RATE))]
    return [full[int(40 + 12 * at) :, int(60 + 24 * at) :][:HIGH, :WIDE] for at in ats]


def scaled(picture: Picture, wide: int, high: int) -> Picture:
    return np.asarray(Image.fromarray(picture).resize((wide, high), Image.Resampling.LANCZOS))


def cropped(films: Films) -> Films:
    return [scaled(picture[20:222, 90:450], WIDE, HIGH) for picture in films]


def inset(films: Films, around: Films) -> Films:
    pictures = [picture.copy() for picture in around]
    for picture, small in zip(pictures, films, strict=True):
        picture[150 : 150 + 95, 280 : 280 + 168] = scaled(small, 168, 95)
    return pictures


def barred(films: Films) -> Films:
    """Its middle, before a blurred enlargement of itself."""
    pictures = [scaled(scaled(picture, 24, 13), WIDE, HIGH).copy() for picture in films]
    for picture, sharp in zip(pictures, films, strict=True):
        picture[:, 110:370] = sharp[:, 110:370]
    return pictures


def marked(films: Films) -> Films:
    """With an outlet's logo and banner: the same in all its films, at the same place."""
    banner, pictures = place(99), [picture.copy() for picture in films]
    for picture in pictures:
        picture[225:262] = banner[:37, :WIDE]
        picture[10:40, 380:460] = banner[100:130, 200:280]
    return pictures


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("deep")


@pytest.fixture(scope="module")
def archive(folder: Path) -> Archive:
    films = {str(seed): film(seed) for seed in (1, 2, 3)} | {"marked": marked(film(4))}
    return Archive([(name, print_of(write(folder / f"{name}.mp4", made, RATE))) for name, made in films.items()])


@pytest.fixture
def found(folder: Path, archive: Archive) -> Finds:
    def find(made: Films, known: tuple[Match, ...] = ()) -> tuple[Match, ...]:
        return archive.matches(print_of(write(folder / "query.mp4", made, RATE)), known)

    return find


def test_a_crop_is_found_with_its_times(found: Finds) -> None:
    (match,) = found(cropped(film(1)))
    assert (match.kind, match.reference, match.view, match.mirrored, match.speed) == ("place", "1", "crop", False, 1.0)
    assert match.start == 0
    assert match.end == pytest.approx(SECONDS, abs=0.2)
    assert match.reference_start == pytest.approx(0, abs=0.3)
    assert match.reference_end == pytest.approx(SECONDS, abs=0.3)
    assert match.score > 0.5
    assert "points fit one movement in 6 of 6 frames, at 1.3" in match.reason


def test_a_crop_in_a_mirror_is_found(found: Finds) -> None:
    (match,) = found([np.ascontiguousarray(picture[:, ::-1]) for picture in cropped(film(1))])
    assert (match.reference, match.mirrored) == ("1", True)


def test_a_picture_in_a_picture_is_found(found: Finds) -> None:
    (match,) = found(inset(film(2), film(20)))
    assert (match.reference, match.view) == ("2", "inset")


def test_bars_and_logos_are_looked_past(found: Finds) -> None:
    assert [match.reference for match in found(barred(film(3)))] == ["3"]
    (match,) = found(marked(film(3)))
    assert (match.reference, match.view) == ("3", "logo")


def test_an_outlet_is_no_place(found: Finds) -> None:
    assert found(marked(film(21))) == ()


def test_another_place_is_not_found(found: Finds) -> None:
    assert found(cropped(film(22))) == ()


def test_a_part_of_a_longer_film(found: Finds) -> None:
    made = film(24, 4) + cropped(film(1, 4, begin=1.5)) + film(25, 3)
    (match,) = found(made)
    assert (match.start, match.end) == (pytest.approx(4, abs=0.3), pytest.approx(8, abs=0.3))
    # Where a camera passes by evenly a crop elsewhere is a crop at another time: how far off tells the crop's margin.
    assert match.reference_start == pytest.approx(1.5, abs=2)
    assert match.reference_end - match.reference_start == pytest.approx(4, abs=0.6)


def test_a_part_of_a_longer_film_with_a_logo(found: Finds) -> None:
    (match,) = found(film(24, 4) + marked(film(1, 4, begin=1.5)))
    assert (match.start, match.end) == (pytest.approx(4, abs=0.3), pytest.approx(8, abs=0.3))
    assert match.reference_start == pytest.approx(1.5, abs=0.5)


def test_a_single_picture(folder: Path, archive: Archive) -> None:
    Image.fromarray(cropped(film(2))[24]).save(folder / "query.jpg", quality=85)
    (match,) = archive.matches(print_of(folder / "query.jpg"))
    assert (match.reference, match.start, match.end) == ("2", 0, 0)
    assert match.reference_start == pytest.approx(3, abs=2.1)
    assert "in one frame" in match.reason


def test_what_is_known_is_not_told_again(found: Finds) -> None:
    known = Match("pictures", "1", 0, SECONDS, 0, SECONDS, 1.0, "hashes")
    assert found(cropped(film(1)), (known,)) == ()
    part = Match("pictures", "1", 3.9, 8, 0, 4, 1.0, "hashes")
    assert found(film(26, 4) + cropped(film(1, 4)), (part,)) == ()


def test_nothing_in_it(archive: Archive, folder: Path) -> None:
    flat = [np.full((HIGH, WIDE), 90, np.uint8)] * 20
    nothing = print_of(write(folder / "flat.mp4", flat, RATE))
    assert len(nothing.looks) == 0
    assert archive.matches(nothing) == ()
    assert Archive([]).matches(nothing) == ()
    assert Archive([("flat", nothing)]).matches(nothing) == ()
    assert DeepPrint.unpacked(nothing.packed()).duration == pytest.approx(2.5, abs=0.2)
