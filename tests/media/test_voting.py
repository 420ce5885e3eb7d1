"""From votes to stretches."""

from __future__ import annotations

import numpy as np
import pytest

from firsthand.media import bands, pdq, voting
from firsthand.media.bands import Band, Known, Line, Sought
from firsthand.media.prints import PicturePrint
from firsthand.model import Match


def hashes(count: int, seed: int = 0) -> pdq.Hashes:
    return np.random.default_rng(seed).integers(0, 256, (count, 32), dtype=np.uint8)


def flipped(some: pdq.Hashes, bits: int, seed: int = 1) -> pdq.Hashes:
    """Each hash with so many bits changed."""
    rng, found = np.random.default_rng(seed), np.unpackbits(some, axis=1)
    for row in found:
        row[rng.permutation(256)[:bits]] ^= 1
    return np.packbits(found, axis=1)


def query(times: np.ndarray, made: pdq.Hashes) -> PicturePrint:
    count = len(times)
    return PicturePrint(times.astype(np.float32), made, np.zeros(count, np.uint8), np.full(count, 99, np.uint8), 60.0)


def test_distances_along_a_line() -> None:
    there = hashes(40)
    sought = Sought(query(np.arange(10) / 4, flipped(there[8:18], 12)), mirrored=False)
    known = Known("it", 10.0, {0: (np.arange(40, dtype=np.float32) / 4, there)})
    band = Band(sought, known, [(0, 0)])
    assert band.bits(Line(1.0, 2.0, [(0, 0)])).tolist() == [12] * 10
    assert (band.bits(Line(1.0, 3.0, [(0, 0)])) > 80).all()
    assert band.bits(Line(1.0, 50.0, [(0, 0)])).tolist() == [256] * 10


def test_a_held_picture_is_found_where_its_repetitions_are_not_kept() -> None:
    there = hashes(2)
    sought = Sought(query(np.arange(8) / 8, np.repeat(there[:1], 8, axis=0)), mirrored=False)
    band = Band(sought, Known("it", 2.0, {0: (np.array([0.0, 1.0], np.float32), there)}), [(0, 0)])
    assert band.bits(Line(1.0, 0.0, [(0, 0)]), wide=True).tolist() == [0] * 8


@pytest.mark.parametrize("speed", [0.5, 0.75, 0.95, 1.0, 1.1, 1.25, 1.5, 2.0])
def test_the_line_is_fitted(speed: float) -> None:
    times, there = np.arange(120, dtype=np.float32) / 4, hashes(120)
    here = np.arange(40) / 4
    places = np.clip(np.round((here * speed + 3) * 4).astype(int), 0, 119)
    sought = Sought(query(here, flipped(there[places], 20)), mirrored=False)
    known = Known("it", 30.0, {0: (times, there)})
    cast = voting.votes(np.zeros(40, int), False, sought.clock, times[places], np.full(40, 20, np.int32), (0, 0))
    [match] = voting.matches(sought, known, cast)
    assert abs(match.speed - speed) < 0.03 and match.start == 0 and abs(match.reference_start - 3) < 0.3


def test_evidence() -> None:
    assert bands.evidence(np.array([0, 36, 72, 200], np.uint16)).tolist() == [1, 0.25, 0, 0]


def test_frames_that_do_not_differ_count_once() -> None:
    made = hashes(3)[[0, 0, 0, 1, 1, 2, 2]]
    sought = Sought(query(np.arange(7) / 8, made), mirrored=False)
    assert sought.differing(0, np.arange(7)).tolist() == [True, False, False, True, False, True, False]


@pytest.mark.parametrize("moves", [False, True])
def test_noise_in_a_held_picture_is_no_evidence(moves: bool) -> None:
    """Eight frames that differ from each other, each 38 bits from what is held there, or from what moves there too."""
    there = hashes(8) if moves else np.repeat(hashes(1), 8, axis=0)
    sought = Sought(query(np.arange(8) / 4, flipped(there, 38)), mirrored=False)
    known = Known("it", 2.0, {0: (np.arange(8, dtype=np.float32) / 4, there)})
    line = Line(1.0, 0.0, [(0, 0)])
    told = voting._told(sought, known, line, np.arange(8), Band(sought, known, line.pairs).bits(line))
    assert told == pytest.approx((8 if moves else 1) * (1 - 38 / bands.FAR) ** 2)


def stretch(start: float, end: float, score: float, reference: str = "it", mirrored: bool = False) -> Match:
    return Match("pictures", reference, start, end, start, end, score, "", mirrored=mirrored)


def test_of_two_for_one_stretch_the_better_is_kept() -> None:
    best = stretch(0, 4, 0.9)
    assert voting.settled([stretch(1, 3, 0.4, mirrored=True), best]) == [best]


def test_of_two_references_both_are() -> None:
    both = [stretch(0, 4, 0.9), stretch(0, 4, 0.8, "other")]
    assert voting.settled(both) == both


def test_no_votes_no_match() -> None:
    sought = Sought(query(np.arange(4) / 8, hashes(4)), mirrored=False)
    assert voting.matches(sought, Known("it", 9.0, {}), voting.no_votes()) == []
