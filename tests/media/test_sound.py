from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import signal

from firsthand.errors import MediaError
from firsthand.media import sound
from firsthand.model import Match
from tests.media.sounds import RATE, melody, noise, write

Samples = NDArray[np.float32]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> sound.Archive:
    folder = tmp_path_factory.mktemp("archive")
    return sound.Archive((f"{k:064x}", printed(folder / f"{k}.wav", melody(k, 12))) for k in range(6))


def printed(path: Path, samples: Samples) -> sound.SoundPrint:
    return sound.print_of(write(path, samples))


def found(archive: sound.Archive, path: Path, samples: Samples) -> tuple[Match, ...]:
    return archive.matches(printed(path / "query.wav", samples))


def telephone(samples: Samples) -> Samples:
    return signal.sosfilt(signal.butter(4, [300, 3400], "band", fs=RATE, output="sos"), samples).astype(np.float32)


def run(samples: Samples, speed: float) -> Samples:
    return signal.resample(samples, int(len(samples) / speed)).astype(np.float32)


def test_a_copy_is_found_whole(archive: sound.Archive, tmp_path: Path) -> None:
    (match,) = found(archive, tmp_path, 0.5 * melody(3, 12))
    assert match.kind == "sound" and match.reference == f"{3:064x}"
    assert (match.start, match.reference_start) == pytest.approx((0, 0), abs=0.5)
    assert (match.end, match.reference_end) == pytest.approx((12, 12), abs=0.5)
    assert match.speed == pytest.approx(1, abs=0.002) and match.score > 0.8
    assert match.reason.endswith("landmarks agree at one offset")


@pytest.mark.parametrize(("name", "codec", "bits"), [("q.mp3", "libmp3lame", 32000), ("q.ogg", "libopus", 16000)])
def test_a_copy_that_was_written_anew_is_found(
    archive: sound.Archive, tmp_path: Path, name: str, codec: str, bits: int
) -> None:
    path = write(tmp_path / name, melody(3, 12), codec, 48000, bits)
    assert [match.reference for match in archive.matches(sound.print_of(path))] == [f"{3:064x}"]


def test_a_copy_through_a_telephone_is_found(archive: sound.Archive, tmp_path: Path) -> None:
    assert [match.reference for match in found(archive, tmp_path, telephone(melody(4, 12)))] == [f"{4:064x}"]


def test_a_copy_in_noise_is_found(archive: sound.Archive, tmp_path: Path) -> None:
    copy = melody(2, 12)
    level = float(np.sqrt(np.square(copy).mean() / 10))
    assert [match.reference for match in found(archive, tmp_path, copy + noise(9, 12, level))] == [f"{2:064x}"]


@pytest.mark.parametrize("speed", [0.8, 0.93, 1.07, 1.25])
def test_a_copy_that_runs_at_another_speed_is_found(archive: sound.Archive, tmp_path: Path, speed: float) -> None:
    (match,) = found(archive, tmp_path, run(melody(5, 12), speed))
    assert match.reference == f"{5:064x}" and match.speed == pytest.approx(speed, rel=0.005)
    assert match.end == pytest.approx(12 / speed, abs=0.6) and match.reference_end == pytest.approx(12, abs=0.6)
    assert match.reason.endswith("at one offset and speed")


def test_stretches_of_several_are_told_with_their_ranges(archive: sound.Archive, tmp_path: Path) -> None:
    one, other = melody(1, 12)[4 * RATE : 9 * RATE], melody(2, 12)[: 4 * RATE]
    query = np.concatenate([noise(1, 10, 0.05), one, noise(2, 7, 0.05), other, noise(3, 5, 0.05)])
    first, second = found(archive, tmp_path, query)
    assert (first.reference, second.reference) == (f"{1:064x}", f"{2:064x}")
    assert (first.start, first.end, first.reference_start) == pytest.approx((10, 15, 4), abs=0.5)
    assert (second.start, second.end, second.reference_end) == pytest.approx((22, 26, 4), abs=0.5)


def test_what_comes_twice_is_told_twice(archive: sound.Archive, tmp_path: Path) -> None:
    jingle = melody(1, 12)[: 4 * RATE]
    query = np.concatenate([jingle, noise(1, 6, 0.05), jingle])
    first, second = found(archive, tmp_path, query)
    assert first.reference == second.reference == f"{1:064x}"
    assert (first.start, second.start) == pytest.approx((0, 10), abs=0.5)


@pytest.mark.parametrize("seed", range(20, 26))
def test_what_is_unrelated_is_not_found(archive: sound.Archive, tmp_path: Path, seed: int) -> None:
    assert found(archive, tmp_path, melody(seed, 12)) == ()


def test_a_hum_is_no_match(tmp_path: Path) -> None:
    hum = sum(0.1 * np.sin(2 * np.pi * 100 * k * np.arange(20 * RATE) / RATE) for k in range(1, 30)).astype(np.float32)
    archive = sound.Archive([("a" * 64, printed(tmp_path / "a.wav", hum + noise(1, 20, 0.01)))])
    assert found(archive, tmp_path, hum[: 10 * RATE] + noise(2, 10, 0.01)) == ()


def test_silence_is_told_and_compared_with_nothing(archive: sound.Archive, tmp_path: Path) -> None:
    made = printed(tmp_path / "silent.wav", np.zeros(5 * RATE, np.float32))
    assert made.state == "silent" and made.silences == ((0.0, pytest.approx(5, abs=0.2)),)
    assert archive.matches(made) == ()
    assert sound.Archive([("a" * 64, made)]).matches(made) == ()


def test_pauses_are_told(tmp_path: Path) -> None:
    samples = np.concatenate([melody(1, 3), np.zeros(2 * RATE, np.float32), melody(2, 3)])
    ((start, end),) = printed(tmp_path / "pause.wav", samples).silences
    assert (start, end) == pytest.approx((3, 5), abs=0.2)


def test_sound_that_cannot_be_decoded_is_no_silence(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mka", melody(1, 3), "libopus", 48000)
    path.write_bytes(path.read_bytes().replace(b"A_OPUS", b"A_XPUS"))
    with pytest.raises(MediaError, match="nothing of its sound can be decoded"):
        sound.print_of(path)


def test_an_empty_archive_matches_nothing(tmp_path: Path) -> None:
    assert found(sound.Archive([]), tmp_path, melody(1, 3)) == ()


def test_a_very_short_sound_is_no_trouble(archive: sound.Archive, tmp_path: Path) -> None:
    assert found(archive, tmp_path, melody(1, 0.05)) == ()
