"""Each edit does what its name says, and tells truly where the reference is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

cv2 = pytest.importorskip("cv2")

from bench import media_edits, media_files, media_sounds  # noqa: E402
from bench.media_edits import Clip, Made  # noqa: E402
from bench.media_materials import Image  # noqa: E402
from bench.media_scenes import Shot, frames  # noqa: E402
from bench.media_sounds import Mix, mixed  # noqa: E402

SIZE, RATE = (160, 90), 12
Edited = Callable[[str], tuple[Path, Made]]


def film(path: Path, seed: int, seconds: float, size: tuple[int, int] = SIZE, rate: int = RATE) -> Path:
    shown = frames([Shot("street", seconds, seed)], rate, size)
    media_files.write(path, shown, mixed(Mix(seed, voice=-1), seconds), rate)
    return path


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Clip:
    folder = tmp_path_factory.mktemp("edits")
    others = [film(folder / f"other-{number}.mp4", 50 + number, 7.0, SIZE, 25) for number in range(2)]
    return Clip(film(folder / "reference.mp4", 1, 10.0), 10.0, RATE, others * 4, others * 4)


@pytest.fixture
def edited(clip: Clip, tmp_path: Path) -> Edited:
    def make(kind: str) -> tuple[Path, Made]:
        suffix, maker = media_edits.EDITS[kind]
        path = tmp_path / f"edited{suffix}"
        return path, maker(clip, path, np.random.default_rng(3))

    return make


def gray(picture: Image) -> Image:
    return np.asarray(cv2.cvtColor(cv2.resize(picture, SIZE), cv2.COLOR_BGR2GRAY), np.uint8)


def differs(one: Image, other: Image) -> float:
    return float(np.abs(gray(one).astype(int) - gray(other)).mean())


@pytest.mark.parametrize("kind", ["re-encoded", "200 kb/s", "logo", "mirrored"])
def test_what_is_kept_is_where_it_is_said_to_be(clip: Clip, edited: Edited, kind: str) -> None:
    path, made = edited(kind)
    first, true = media_files.read(path)[0], media_files.read(clip.path, *made.there)[0]
    assert made.mirrored == (kind == "mirrored")
    assert differs(first[:, ::-1] if made.mirrored else first, true) < 20
    assert made.here[1] == pytest.approx(made.there[1] - made.there[0], abs=0.01)


def test_a_long_query_has_the_clip_between_other_material(clip: Clip, edited: Edited) -> None:
    path, made = edited("4 s in 60 s")
    shown, true = media_files.read(path), media_files.read(clip.path, *made.there)
    assert len(shown) == 1500
    assert made.here[1] - made.here[0] == media_edits.LONG
    assert differs(shown[round(made.here[0] * 25) + 1], true[0]) < 12
    assert len(media_sounds.samples(path)) / media_sounds.RATE == pytest.approx(60, abs=0.2)


def test_speed_changes_the_length_of_pictures_and_sound(edited: Edited) -> None:
    path, made = edited("1.25x")
    assert made.here[1] == pytest.approx((made.there[1] - made.there[0]) / 1.25)
    assert len(media_files.read(path)) / RATE == pytest.approx(made.here[1], abs=0.1)
    assert len(media_sounds.samples(path)) / media_sounds.RATE == pytest.approx(made.here[1], abs=0.2)


@pytest.mark.parametrize("kind", ["letterboxed", "blurred bars"])
def test_bars_change_the_shape_or_hide_the_sides(clip: Clip, edited: Edited, kind: str) -> None:
    path, made = edited(kind)
    first, true = media_files.read(path)[0], media_files.read(clip.path, *made.there)[0]
    assert first.shape != true.shape or differs(first, true) > 5


def test_a_picture_in_the_picture_has_the_other_ones_sound(edited: Edited) -> None:
    path, made = edited("picture in picture")
    assert not made.sound
    assert len(media_files.read(path)) == round(made.here[1] * RATE)


@pytest.mark.parametrize("kind", [kind for kind in media_edits.EDITS if kind.startswith("sound")])
def test_sounds_are_as_long_as_is_said(edited: Edited, kind: str) -> None:
    path, made = edited(kind)
    assert len(media_sounds.samples(path)) / media_sounds.RATE == pytest.approx(made.here[1], abs=0.2)
    assert made.speed == pytest.approx((made.there[1] - made.there[0]) / made.here[1])


def test_noise_lies_10_db_below() -> None:
    tone = np.sin(np.arange(44_100) / 20).astype(np.float32) * np.float32(0.3)
    noisy, _ = media_edits._noisy(np.random.default_rng(1), tone)
    assert 10 * np.log10(np.mean(tone**2) / np.mean((noisy - tone) ** 2)) == pytest.approx(10, abs=0.3)


def test_a_still_is_one_frame(clip: Clip, edited: Edited) -> None:
    path, made = edited("still")
    assert made.here == (0, 0) and made.there[0] == made.there[1]
    assert cv2.imread(str(path)) is not None
