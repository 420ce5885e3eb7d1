"""Frames for the contact sheet."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from firsthand.errors import MediaError
from firsthand.media import stills
from tests.media.films import board, shown, write


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("films") / "film.mp4", shown(1, 4.0), g="24", bf="2")


def gray(jpeg: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(jpeg)).convert("L"), float)


def like(jpeg: bytes, picture: np.ndarray) -> float:
    found = gray(jpeg)
    size = found.shape[1], found.shape[0]
    return float(np.corrcoef(found.ravel(), np.asarray(Image.fromarray(picture).resize(size), float).ravel())[0, 1])


def test_the_frames_at_the_times(film: Path) -> None:
    found = stills.of(film, [0.0, 1.3, 3.0, 0.5], 90)
    assert [still.at for still in found] == pytest.approx([0.0, 1.3, 3.0, 0.5], abs=0.05)
    frames = shown(1, 4.0)
    for still in found:
        assert like(still.jpeg, frames[round(still.at * 24)]) > 0.97
        assert gray(still.jpeg).shape == (90, 160)


def test_after_the_end_the_last(film: Path) -> None:
    [still] = stills.of(film, [99.0], 90)
    assert still.at == pytest.approx(95 / 24, abs=0.01)


def test_mirrored(film: Path) -> None:
    [still] = stills.of(film, [1.0], 90, mirrored=True)
    assert like(still.jpeg, shown(1, 4.0)[24][:, ::-1]) > 0.97


def test_never_enlarged(film: Path) -> None:
    assert gray(stills.of(film, [1.0], 2000)[0].jpeg).shape == (180, 320)


def test_of_a_single_picture_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(board(2)).save(tmp_path / "held.jpg", exif=exif)
    [still] = stills.of(tmp_path / "held.jpg", [0.0], 160)
    assert still.at == 0 and gray(still.jpeg).shape == (160, 90)
    assert like(still.jpeg, np.rot90(board(2), 3)) > 0.97


def test_no_more_than_the_bound(film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stills, "MOST", 2)
    assert len(stills.of(film, [0.0, 1.0, 2.0], 20)) == 2


def test_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_text("no film")
    with pytest.raises(MediaError, match="could not be read"):
        stills.of(tmp_path / "text.mp4", [0.0], 90)
