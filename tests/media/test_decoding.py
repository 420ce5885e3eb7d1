"""Files that are decoded, and files that are not."""

from __future__ import annotations

import io
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from firsthand.errors import MediaError
from firsthand.media import decoding
from tests.media.films import board, shown, write


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("films") / "film.mp4", shown(1, 3.0))


def times(path: Path, rate: float) -> list[float]:
    return [at for at, _ in decoding.frames(path, rate)]


def test_at_the_rate_that_is_asked_for(film: Path) -> None:
    assert times(film, 4.0) == pytest.approx(np.arange(12) / 4, abs=0.043)
    assert len(times(film, 8.0)) in (23, 24, 25)


def test_no_more_than_there_are(film: Path) -> None:
    assert len(times(film, 100.0)) == 72


def test_small_and_gray(film: Path) -> None:
    _, gray = next(decoding.frames(film, 4.0))
    assert gray.shape == (144, 256) and gray.dtype == np.uint8
    small = np.asarray(Image.fromarray(shown(1, 1)[0]).resize((256, 144), Image.Resampling.BOX), float)
    assert np.abs(gray - small).mean() < 14  # H.264's range of gray values is less than the picture's


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF"])
def test_a_single_picture(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "picture"
    Image.fromarray(board(2)).convert("RGB").save(path, kind)
    [(at, gray)] = decoding.frames(path, 4.0)
    assert at == 0 and gray.shape == (144, 256)


@pytest.mark.parametrize("name", ["it.jpg", "%d.jpg", "it.mp4", "it.m3u8", "it.concat", "http:it.txt", "it"])
def test_a_file_is_what_its_bytes_say(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    Image.fromarray(board(2)).save(path, "JPEG")
    assert len(list(decoding.frames(path, 4.0))) == 1


@pytest.mark.parametrize(("orientation", "turned"), [(3, 2), (6, 3), (8, 1)])
def test_upright_as_the_camera_was_held(tmp_path: Path, orientation: int, turned: int) -> None:
    picture, exif = Image.fromarray(board(3, 128, 96)), Image.Exif()
    exif[0x0112] = orientation
    picture.save(tmp_path / "held.jpg", exif=exif, quality=95)
    [(_, gray)] = decoding.frames(tmp_path / "held.jpg", 4.0)
    assert np.abs(gray.astype(int) - np.rot90(board(3, 128, 96), turned)).mean() < 3


def test_a_sound_has_none(tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    with av.open(str(path), "w") as file:
        stream = file.add_stream("pcm_s16le", rate=8000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 800), np.int16), layout="mono")
        frame.rate = 8000
        file.mux(stream.encode(frame))
    assert list(decoding.frames(path, 4.0)) == []


PLAYLISTS = {
    "concat": "ffconcat version 1.0\nfile film.mp4\n",
    "hls": "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfilm.mp4\n#EXT-X-ENDLIST\n",
    "dash": '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" '
    'profiles="urn:mpeg:dash:profile:isoff-live:2011"><Period><AdaptationSet mimeType="video/mp4">'
    '<Representation id="1"><BaseURL>film.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>',
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n",
    "text": "no film at all\n" * 40,
    "empty": "",
}


@pytest.mark.parametrize("kind", PLAYLISTS)
def test_what_names_other_files_opens_none(tmp_path: Path, film: Path, kind: str) -> None:
    (tmp_path / "film.mp4").write_bytes(film.read_bytes())
    for name in ("list.m3u8", "list.mpd", "list.ffconcat", "list.mp4"):
        (tmp_path / name).write_text(PLAYLISTS[kind])
        with pytest.raises(MediaError, match="could not be read"):
            list(decoding.frames(tmp_path / name, 4.0))


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="could not be read: No such file"):
        list(decoding.frames(tmp_path / "none.mp4", 4.0))


def test_cut_off_in_the_middle(tmp_path: Path) -> None:
    whole = write(tmp_path / "film.mkv", shown(2, 3.0)).read_bytes()
    (tmp_path / "cut.mkv").write_bytes(whole[: len(whole) // 2])
    assert 3 <= len(times(tmp_path / "cut.mkv", 4.0)) < 12


def test_damaged_in_the_middle(tmp_path: Path) -> None:
    whole = bytearray(write(tmp_path / "film.mp4", shown(2, 3.0), g="12").read_bytes())
    middle = len(whole) // 2
    whole[middle : middle + 2000] = bytes(2000)
    (tmp_path / "film.mp4").write_bytes(whole)
    assert 6 <= len(times(tmp_path / "film.mp4", 4.0)) <= 13


def test_nothing_that_decodes(tmp_path: Path) -> None:
    file = io.BytesIO()
    Image.fromarray(board(2)).save(file, "PNG")
    damaged = bytearray(file.getvalue())
    damaged[60:] = bytes(len(damaged) - 60)
    (tmp_path / "damaged.png").write_bytes(damaged)
    with pytest.raises(MediaError, match="could not be read"):
        list(decoding.frames(tmp_path / "damaged.png", 4.0))


def test_too_large_a_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Image.fromarray(board(2)).save(tmp_path / "large.png")
    monkeypatch.setattr(decoding, "MOST_PIXELS", 1000)
    with pytest.raises(MediaError, match="could not be read"):
        list(decoding.frames(tmp_path / "large.png", 4.0))


def test_no_more_frames_than_the_bound(film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "MOST_FRAMES", 5)
    assert len(times(film, 8.0)) == 5


def test_fitted_keeps_the_shape() -> None:
    assert decoding.fitted(1920, 1080, 256) == (256, 144)
    assert decoding.fitted(100, 50, 256) == (100, 50)
    assert decoding.fitted(10_000, 10, 256) == (256, 16)


def test_what_ffmpeg_refuses_later_is_one_error_too(film: Path) -> None:
    with pytest.raises(MediaError, match="could not be read: Operation not supported"), decoding.opened(film):
        raise av.error.OSError(95, "Operation not supported")
