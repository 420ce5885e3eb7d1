from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from firsthand.media import landmarks
from firsthand.media.hearing import RATE
from firsthand.media.landmarks import LOW, STEPS, TICKS


def chirps(*notes: tuple[float, float], seconds: float = 4.0) -> NDArray[np.float32]:
    """Short notes at (s, Hz)."""
    time = np.arange(int(seconds * RATE)) / RATE
    made = sum(np.exp(-np.square((time - at) / 0.05)) * np.sin(2 * np.pi * hertz * time) for at, hertz in notes)
    return (0.3 * made).astype(np.float32)


@pytest.mark.parametrize(("at", "hertz"), [(1.0, 440.0), (2.503, 1234.5), (0.7, 3000.0)])
def test_a_note_is_a_landmark_at_its_time_and_pitch(at: float, hertz: float) -> None:
    found = landmarks.landmarks([chirps((at, hertz))])
    strongest = np.abs(found.times.astype(float) / TICKS - at) < 0.05
    assert strongest.sum() == 1
    assert found.times[strongest][0] / TICKS == pytest.approx(at, abs=0.011)
    assert found.pitches[strongest][0] == pytest.approx(STEPS * np.log2(hertz / LOW), abs=2)


@pytest.mark.parametrize("hertz", [100.0, 250.0, 3600.0])
def test_what_a_telephone_does_not_pass_is_none(hertz: float) -> None:
    found = landmarks.landmarks([chirps((1.0, hertz), (3.0, 1000.0))])
    assert not (np.abs(found.times.astype(float) / TICKS - 1.0) < 0.03).any()


@pytest.mark.parametrize("size", [100, 999, 8000, 50_000])
def test_blocks_of_any_size_give_the_same(size: int) -> None:
    samples = (0.1 * np.random.default_rng(1).standard_normal(45 * RATE)).astype(np.float32)
    whole = landmarks.landmarks([samples])
    cut = landmarks.landmarks(samples[start : start + size] for start in range(0, len(samples), size))
    assert len(whole.times) > 45 * 15
    assert abs(len(cut.times) - len(whole.times)) <= 2
    together = set(zip(whole.times.tolist(), whole.pitches.tolist(), strict=True))
    assert len(together & set(zip(cut.times.tolist(), cut.pitches.tolist(), strict=True))) >= len(together) - 3


def test_loudness_changes_nothing() -> None:
    samples = (0.1 * np.random.default_rng(1).standard_normal(10 * RATE)).astype(np.float32)
    loud, soft = landmarks.landmarks([samples]), landmarks.landmarks([samples / 8])
    assert abs(len(loud.times) - len(soft.times)) <= 2


@pytest.mark.parametrize("blocks", [[], [np.zeros(5 * RATE, np.float32)], [np.zeros(1, np.float32)]])
def test_silence_has_none(blocks: list[NDArray[np.float32]]) -> None:
    found = landmarks.landmarks(blocks)
    assert len(found.times) == len(found.pitches) == 0
    assert (found.times.dtype, found.pitches.dtype) == (np.uint32, np.uint16)


def test_times_rise() -> None:
    samples = (0.1 * np.random.default_rng(1).standard_normal(50 * RATE)).astype(np.float32)
    assert (np.diff(landmarks.landmarks([samples]).times.astype(int)) >= 0).all()
