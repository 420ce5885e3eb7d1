from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from firsthand.errors import MediaError
from firsthand.media import hearing
from tests.media.sounds import RATE, melody, noise, write


def heard(path: Path) -> np.ndarray:
    blocks = hearing.blocks(path)
    assert blocks is not None
    return np.concatenate(list(blocks))


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [
        ("a.wav", "pcm_s16le", 16000),
        ("a.mp3", "libmp3lame", 44100),
        ("a.m4a", "aac", 44100),
        ("a.ogg", "libopus", 48000),
    ],
)
def test_any_format_gives_one_channel_at_eight_kilohertz(tmp_path: Path, name: str, codec: str, rate: int) -> None:
    samples = heard(write(tmp_path / name, melody(1, 5), codec, rate))
    assert samples.dtype == np.float32 and samples.ndim == 1
    assert len(samples) == pytest.approx(5 * hearing.RATE, abs=0.15 * hearing.RATE)
    assert 0.02 < np.abs(samples).max() <= 1


def test_two_channels_are_mixed(tmp_path: Path) -> None:
    left, right = melody(1, 3), melody(2, 3)
    mixed = heard(write(tmp_path / "both.wav", np.stack([left, right])))
    expected = heard(write(tmp_path / "mix.wav", (left + right) / 2))
    assert np.abs(mixed[:20000] - expected[:20000]).max() < 0.01


def test_channels_that_cancel_out_are_heard(tmp_path: Path) -> None:
    sound = melody(1, 3)
    samples = heard(write(tmp_path / "turned.wav", np.stack([sound, -sound])))
    assert np.square(samples).mean() > 0.8 * np.square(sound).mean()


def test_one_silent_channel_is_mixed_with_the_other(tmp_path: Path) -> None:
    sound = melody(1, 3)
    samples = heard(write(tmp_path / "left.wav", np.stack([sound, 0 * sound])))
    assert np.square(samples).mean() > 0.2 * np.square(sound).mean()


def test_a_file_without_a_sound_stream_says_so(tmp_path: Path) -> None:
    path = tmp_path / "mute.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width = stream.height = 32
        stream.pix_fmt = "yuv420p"
        for _ in range(5):
            container.mux(stream.encode(av.VideoFrame(32, 32, "yuv420p")))
        container.mux(stream.encode(None))
    assert hearing.blocks(path) is None


@pytest.mark.parametrize(
    "content", [b"", b"no sound at all", b"#EXTM3U\nhttp://example.org/a.ts\n", b"RIFF\xff\xff\xff\xffWAVE"]
)
def test_what_is_no_media_file_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.wav"
    path.write_bytes(content)
    with pytest.raises(MediaError, match=r"odd\.wav: could not be read: "):
        list(hearing.blocks(path) or [])


def test_a_playlist_opens_nothing_else(tmp_path: Path) -> None:
    write(tmp_path / "other.wav", melody(1, 2))
    path = tmp_path / "list.ffconcat"
    path.write_text("ffconcat version 1.0\nfile other.wav\n")
    with pytest.raises(MediaError):
        hearing.blocks(path)


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="No such file"):
        hearing.blocks(tmp_path / "none.wav")


@pytest.mark.parametrize(("name", "codec"), [("a.mp3", "libmp3lame"), ("a.m4a", "aac"), ("a.ogg", "libopus")])
def test_broken_packets_are_passed_over(tmp_path: Path, name: str, codec: str) -> None:
    path = write(tmp_path / name, melody(1, 8), codec, 48000)
    data = bytearray(path.read_bytes())
    random = np.random.default_rng(0)
    for place in random.integers(len(data) // 3, len(data) // 2, 40):
        data[place] ^= 0xFF
    path.write_bytes(data)
    assert len(heard(path)) > 4 * hearing.RATE


def test_a_cut_file_is_heard_as_far_as_it_goes(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp3", melody(1, 8), "libmp3lame", 44100)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert 2 * hearing.RATE < len(heard(path)) < 6 * hearing.RATE


def test_no_more_is_heard_than_the_longest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.wav", noise(1, 10))
    monkeypatch.setattr(hearing, "LONGEST", 3.0)
    assert len(heard(path)) < 4 * hearing.RATE


def test_what_is_missing_is_silence(tmp_path: Path) -> None:
    path = tmp_path / "late.mka"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=RATE, layout="mono")
        for start in (0, 4):
            samples = (30000 * np.clip(noise(1, 1), -1, 1)).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(samples[None], "s16", "mono")
            frame.sample_rate, frame.pts = RATE, start * RATE
            container.mux(stream.encode(frame))
    samples = heard(path)
    assert len(samples) == pytest.approx(5 * hearing.RATE, abs=200)
    assert not samples[int(1.5 * hearing.RATE) : int(3.5 * hearing.RATE)].any()


@pytest.mark.parametrize("layout", ["5.1", "7.1"])
def test_surround_sound_is_heard(tmp_path: Path, layout: str) -> None:
    path, channels = tmp_path / "a.m4a", {"5.1": 6, "7.1": 8}[layout]
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=48_000, layout=layout)
        frame = av.AudioFrame("flt", layout, 96_000)
        frame.planes[0].update(np.repeat(noise(3, 2), 3 * channels).tobytes())
        frame.sample_rate, frame.pts = 48_000, 0
        for part in av.AudioResampler("fltp", layout, 48_000, frame_size=1024).resample(frame):
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    assert np.abs(heard(path)).max() > 0.01
