from __future__ import annotations

import numpy as np
import pytest

from firsthand.media import pairing
from firsthand.media.pairing import FAR, NEAR, NUMBERS, PITCH, Speed


def made(count: int = 400, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    times = np.sort(random.integers(0, 40 * count // 5, count)).astype(np.uint32)
    return times, random.integers(150, 700, count).astype(np.uint16)


def test_pairs_are_near_each_other() -> None:
    found = pairing.pairs(*made(), 4)
    assert len(found.times) > 400
    assert found.spans.min() >= NEAR and found.spans.max() <= FAR
    assert abs(found.between).max() < pairing.APART


def test_no_landmark_begins_more_pairs_than_asked_for() -> None:
    times = np.arange(0, 4000, 20, dtype=np.uint32)
    found = pairing.pairs(times, np.full(len(times), 100, np.uint16), 3)
    assert np.unique(found.times, return_counts=True)[1].max() == 3


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_landmarks_are_no_trouble(count: int) -> None:
    times, pitches = made()
    assert len(pairing.pairs(times[:count], pitches[:count], 4).times) <= 1


@pytest.mark.parametrize("speed", [speed for speed in pairing.speeds() if speed.shift % (4 * PITCH) == 0])
def test_a_copy_at_a_speed_gives_the_numbers_of_its_reference(speed: Speed) -> None:
    reference = pairing.pairs(*made(), 4)
    copy = reference._replace(
        pitches=reference.pitches + speed.shift, spans=np.rint(reference.spans / speed.tempo).astype(np.int64)
    )
    same = pairing.numbers(copy, speed) == pairing.numbers(reference, Speed(1.0, 0))
    assert same.mean() > 0.7


def test_numbers_are_within_their_range() -> None:
    found = pairing.pairs(*made(), 8, int(FAR * 1.37))
    for speed in pairing.speeds():
        numbers = pairing.numbers(found, speed)
        assert numbers.min() >= -1 and numbers.max() < NUMBERS


def test_the_speeds_reach_from_three_quarters_to_four_thirds() -> None:
    tempos = [speed.tempo for speed in pairing.speeds()]
    assert pairing.speeds()[0] == Speed(1.0, 0)
    assert min(tempos) < 0.75 and max(tempos) > 1.33 and len(set(pairing.speeds())) == len(tempos)
