"""Key frames, and points of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from firsthand.errors import MediaError
from firsthand.media.decoding import timed
from firsthand.media.deep import available, print_of
from firsthand.media.deep_prints import STILL, DeepPrint
from firsthand.media.deep_store import mirrored_points, points_of
from tests.media.films import board, shown, write

pytestmark = pytest.mark.skipif(not available(), reason="the extra `deep` is not installed")


def test_a_frame_a_second_and_one_at_a_cut(tmp_path: Path) -> None:
    film = shown(1, 2.5) + [255 - picture // 2 for picture in shown(2, 2.5)]
    print_ = print_of(write(tmp_path / "film.mp4", film))
    assert print_.cuts.tolist() == pytest.approx([2.5], abs=0.1)
    assert print_.duration == pytest.approx(5, abs=0.15)
    assert print_.times.tolist() == pytest.approx([0, 1, 2, 2.5, 3.5, 4.5], abs=0.15)
    assert (print_.width, print_.height) == (854, 480)
    assert (print_.counts[:3] > 100).all()


def test_what_does_not_change_has_few_frames(tmp_path: Path) -> None:
    print_ = print_of(write(tmp_path / "film.mp4", [board(3, 320, 180)] * 60, rate=6))
    assert print_.times.tolist() == pytest.approx([0, 4, 8], abs=0.3)


def test_a_logo_stays_while_the_picture_moves(tmp_path: Path) -> None:
    logo, film = board(9, 36, 36), [picture.copy() for picture in shown(1, 4)]
    for picture in film:
        picture[20:56, 20:56] = np.where(logo > 128, 220, 40)
    print_ = print_of(write(tmp_path / "film.mp4", film))
    places = print_.places / 16 / np.array([854, 480]) * np.array([320, 180])
    on_logo = ((places > 18) & (places < 58)).all(1)
    still = print_.kinds >= STILL
    assert still[on_logo].mean() > 0.5
    assert still[~on_logo].mean() < 0.1


def test_a_mirror_gives_the_points_of_the_mirrored_picture(tmp_path: Path) -> None:
    picture = board(4, 854, 480)
    for name, pixels in (("a", picture), ("b", picture[:, ::-1])):
        Image.fromarray(np.ascontiguousarray(pixels)).save(tmp_path / f"{name}.png")
    turned = mirrored_points(print_of(tmp_path / "a.png"), 0)
    right = points_of(print_of(tmp_path / "b.png"), 0)
    near = np.abs(turned.places[:, None] - right.places) < 1
    bits = np.bitwise_count(turned.looks[:, None] ^ right.looks).sum(2, dtype=int)
    assert (near & (bits < 40)).any(1).mean() > 0.8


def test_one_picture_lies_at_nought(tmp_path: Path) -> None:
    Image.fromarray(board(5)).save(tmp_path / "picture.jpg")
    print_ = print_of(tmp_path / "picture.jpg")
    assert (print_.times.tolist(), print_.duration) == ([0.0], 0.0)


def test_what_is_no_picture(tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_bytes(b"no film at all" * 50)
    with pytest.raises(MediaError, match=r"text\.mp4: could not be read"):
        print_of(tmp_path / "text.mp4")


def test_frames_of_other_sizes_are_a_cut(tmp_path: Path) -> None:
    for name, picture in (("a", board(5, 320, 180)), ("b", board(6, 40, 700))):
        Image.fromarray(picture).save(tmp_path / f"{name}.jpg")
    both = tmp_path / "both.jpg"
    both.write_bytes(b"".join((tmp_path / name).read_bytes() for name in ("a.jpg", "b.jpg")))
    print_ = print_of(both)
    assert len(print_.times) == 2
    assert len(print_.cuts) == 1


def test_a_clock_that_goes_back_stands_still_instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def back(*given: object) -> Iterator[tuple[float, object]]:
        for at, frame in timed(*given):  # type: ignore[arg-type]
            yield (at if at < 2.5 else at - 2.5), frame

    film = shown(1, 2.5) + [255 - picture // 2 for picture in shown(2, 2.5)]
    path = write(tmp_path / "film.mp4", film)
    monkeypatch.setattr("firsthand.media.deep_reading.timed", back)
    print_ = DeepPrint.unpacked(print_of(path).packed())
    assert len(print_.cuts) == 1
    assert (np.diff(print_.times) >= 0).all() and print_.times.max() == pytest.approx(2.4, abs=0.2)
