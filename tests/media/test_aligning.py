from __future__ import annotations

import numpy as np
import pytest

from firsthand.media.aligning import CLEAR, Line, aligned
from firsthand.media.landmarks import TICKS
from firsthand.media.repeating import elsewhere
from firsthand.media.soundprints import SoundPrint


def random_print(seed: int, seconds: float, rate: float = 25) -> SoundPrint:
    random = np.random.default_rng(seed)
    count = int(seconds * rate)
    times = np.sort(random.integers(0, int(seconds * TICKS), count)).astype(np.uint32)
    return SoundPrint(times, random.integers(150, 700, count).astype(np.uint16), seconds)


def copy_of(made: SoundPrint, line: Line, keep: float = 1.0, seed: int = 7) -> SoundPrint:
    """The print as a query that lies on it by `line`, some landmarks lost."""
    kept = np.random.default_rng(seed).random(len(made.times)) < keep
    times = (made.times[kept] - line.offset) / line.tempo
    pitches = made.pitches[kept].astype(int) + int(line.shift)
    inside = times >= 0
    return SoundPrint(
        np.rint(times[inside]).astype(np.uint32), pitches[inside].astype(np.uint16), float(times.max() / TICKS)
    )


@pytest.mark.parametrize(
    "line", [Line(1.0, 0, 0.0), Line(1.0, 0, 1234.0), Line(1.25, 77, 300.0), Line(0.8, -77, 0.0), Line(1.2, 0, 500.0)]
)
def test_a_copy_lies_on_its_reference(line: Line) -> None:
    reference = random_print(1, 60)
    query = copy_of(reference, line, 0.7)
    guess = Line(line.tempo * 1.004, line.shift + 2, line.offset - 2 - 800 * 0.004 * line.tempo)
    found = aligned(query, reference, 0, 8 * TICKS, guess)
    assert found is not None
    assert found.start < TICKS and found.end > query.times[-1] - TICKS
    assert found.line.tempo == pytest.approx(line.tempo, rel=2e-3)
    assert found.line.offset == pytest.approx(line.offset, abs=4)
    assert found.line.shift == pytest.approx(line.shift, abs=2)
    assert found.agree > 0.9 * found.landmarks


def test_a_stretch_ends_where_the_copy_ends() -> None:
    reference, other = random_print(1, 40), random_print(2, 40)
    cut = 20 * TICKS
    times = np.concatenate([reference.times[reference.times < cut], other.times[other.times >= cut]])
    pitches = np.concatenate([reference.pitches[reference.times < cut], other.pitches[other.times >= cut]])
    found = aligned(SoundPrint(times, pitches, 40.0), reference, 800, 2400, Line(1.0, 0, 0.0))
    assert found is not None and found.end == pytest.approx(cut, abs=0.4 * TICKS) and found.start < 0.4 * TICKS


@pytest.mark.parametrize("seed", range(2, 12))
def test_what_is_unrelated_does_not_lie_on_it(seed: int) -> None:
    assert aligned(random_print(seed, 30), random_print(1, 30), 0, 1600, Line(1.0, 0, 0.0)) is None


def held_chord(seed: int) -> SoundPrint:
    made = random_print(seed, 30)
    return SoundPrint(made.times, (made.pitches % 4 * 100 + 100).astype(np.uint16), 30.0)


def test_a_held_chord_tells_nothing() -> None:
    for seed in range(2, 8):
        assert aligned(held_chord(seed), held_chord(1), 0, 1600, Line(1.0, 0, 0.0)) is None


@pytest.mark.parametrize("offset", [-1e6, 1e6])
def test_a_line_beside_the_reference_finds_nothing(offset: float) -> None:
    made = random_print(1, 20)
    assert aligned(made, made, 0, 1600, Line(1.0, 0, offset)) is None


def test_a_line_into_the_silence_after_the_last_landmark_finds_nothing() -> None:
    made = random_print(1, 20)
    longer = SoundPrint(made.times, made.pitches, 60.0)
    assert aligned(made, longer, 0, 1600, Line(1.0, 0, 25.0 * TICKS)) is None


def siren(seconds: float, period: float = 2.0, tempo: float = 1.0) -> SoundPrint:
    """A tone that rises and falls again and again: twelve landmarks a second, of which one in ten is missing."""
    times = np.arange(0, seconds * TICKS, TICKS / 12)[
        np.random.default_rng(int(seconds)).random(int(seconds * 12)) < 0.9
    ]
    phase = np.abs((times / TICKS * tempo / period) % 1 - 0.5) * 2
    return SoundPrint(times.astype(np.uint32), (200 + 240 * phase).astype(np.uint16), seconds)


def test_what_repeats_itself_is_no_copy_at_another_speed_for_that(monkeypatch: pytest.MonkeyPatch) -> None:
    query, reference = siren(5, tempo=0.95), siren(14)
    assert elsewhere(query.times * 0.95, query.pitches.astype(float), reference) > 0.8
    assert aligned(query, reference, 0, 5 * TICKS, Line(0.95, 0, 0.0)) is None
    monkeypatch.setattr("firsthand.media.aligning.REPEATED", 2.0)
    found = aligned(query, reference, 0, 5 * TICKS, Line(0.95, 0, 0.0))
    assert found is not None and found.evidence < CLEAR


def test_what_does_not_repeat_itself_agrees_nowhere_else() -> None:
    made = random_print(3, 30)
    assert elsewhere(made.times.astype(float), made.pitches.astype(float), made) < 0.4


def test_landmarks_outside_of_the_reference_agree_with_none() -> None:
    made = random_print(3, 30)
    assert elsewhere(made.times[:50] + 90.0 * TICKS, made.pitches[:50].astype(float), made) == 0.0
    assert elsewhere(np.zeros(3), np.full(3, -5.0), made) == 0.0
