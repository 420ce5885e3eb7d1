from __future__ import annotations

import numpy as np
import pytest

from firsthand.media import soundindex
from firsthand.media.landmarks import TICKS
from firsthand.media.soundindex import SoundIndex
from firsthand.media.soundprints import SoundPrint


def random_print(seed: int, seconds: float, rate: float = 25) -> SoundPrint:
    random = np.random.default_rng(seed)
    times = np.sort(random.integers(0, int(seconds * TICKS), int(seconds * rate))).astype(np.uint32)
    return SoundPrint(times, random.integers(150, 700, len(times)).astype(np.uint16), seconds)


def run(made: SoundPrint, tempo: float, shift: int) -> SoundPrint:
    times = np.rint(made.times / tempo).astype(np.uint32)
    return SoundPrint(times, (made.pitches.astype(int) + shift).astype(np.uint16), made.duration / tempo)


@pytest.fixture(scope="module")
def index() -> SoundIndex:
    return SoundIndex([random_print(seed, 20 + seed) for seed in range(10)])


@pytest.mark.parametrize(("tempo", "shift"), [(1.0, 0), (1.25, 77), (0.8, -77), (1.2, 0), (0.85, 0), (1.07, 23)])
def test_each_stretch_of_a_copy_points_to_its_place(index: SoundIndex, tempo: float, shift: int) -> None:
    query = run(random_print(7, 27), tempo, shift)
    for begin, places in index.stretches(query):
        if begin < query.times[-1] - soundindex.WINDOW:
            assert places[0].sound == 7
            assert places[0].tick == pytest.approx(begin * tempo, abs=0.2 * TICKS)
            assert places[0].speed.tempo == pytest.approx(tempo, rel=0.02)


def test_the_stretches_cover_the_query(index: SoundIndex) -> None:
    begins = [begin for begin, _ in index.stretches(random_print(50, 31))]
    assert begins[0] == 0 and begins[-1] + soundindex.WINDOW >= 31 * TICKS
    assert set(np.diff(begins)) <= {0, soundindex.STEP}


def test_no_more_places_are_given_than_are_looked_at(index: SoundIndex) -> None:
    assert max(len(places) for _, places in index.stretches(random_print(7, 27))) <= soundindex.LOOKS


def test_an_empty_index_or_query_points_nowhere(index: SoundIndex) -> None:
    nothing = SoundPrint(np.empty(0, np.uint32), np.empty(0, np.uint16), 0.0)
    assert all(not places for _, places in SoundIndex([]).stretches(random_print(1, 10)))
    assert all(not places for _, places in SoundIndex([nothing]).stretches(random_print(1, 10)))
    assert all(not places for _, places in index.stretches(nothing))


def test_what_is_everywhere_does_not_explode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soundindex, "SPENT", 2000)
    jingle = random_print(1, 10)
    index = SoundIndex([jingle] * 300)
    asked: list[int] = []
    votes = SoundIndex._votes
    monkeypatch.setattr(SoundIndex, "_votes", lambda *given: asked.append(len(found := votes(*given))) or found)
    list(index.stretches(jingle))
    assert asked and max(asked) <= 2000


def test_the_rarest_numbers_are_asked_for_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soundindex, "SPENT", 10)
    sizes = np.array([5, 1, 100, 2, 0, 7])
    assert soundindex._affordable(sizes, 50).tolist() == [5, 1, 0, 2, 0, 0]
