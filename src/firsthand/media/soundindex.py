"""The pairs of landmarks of many sounds, by their numbers: where the pairs of a query point, at many speeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from firsthand.media.landmarks import TICKS
from firsthand.media.pairing import FAR, NUMBERS, Pairs, Speed, numbers, pairs, speeds
from firsthand.media.soundprints import SoundPrint

PARTNERS, ASKED = 4, 8
"""Pairs that each landmark begins, of a sound that is kept and of one that is looked for: in noise some are lost."""

UNIT = 2
"""Ticks (10 ms) that are a unit of the places of the index: 32 bits hold 11,900 hours."""

BETWEEN = 24 * TICKS
"""Ticks that are left free between two sounds of the index, for what begins before one or ends after it."""

WINDOW, STEP = 8 * TICKS, 4 * TICKS
"""Ticks of a query that vote together, and from one such stretch to the next."""

TOGETHER = 8
"""Units (80 ms) within which votes count as for the same place."""

FEWEST = 5
"""Votes that make a place worth a look."""

LOOKS = 8
"""Places for each stretch of a query that are looked at more closely, those with the most votes."""

CROWDED, CROWD = 64, 16
"""Places that one number may have, to be asked for: so many, or so many times the mean of all. What is more is a hum,
or a jingle of which the archive is full."""

SPENT = 400_000
"""Places that are looked up for half a stretch at most: the numbers that have the fewest first, which say the most. It
is a matter of archives of more than some ten hours: of 120 changed copies in an archive of 100 hours, 105 were found
with 150,000 at 340 times real time, 117 with 600,000 at 140.
"""

_BITS = 34
"""Of a vote, for the place: it may be before the first."""


class Place(NamedTuple):
    """A sound of the index, by its number, and the tick of it where a stretch of the query begins; with its votes."""

    sound: int
    tick: float
    speed: Speed
    votes: int


class SoundIndex:
    """An index of prints; read-only once made. 4 bytes for each pair, about 0.5 MB for an hour."""

    def __init__(self, prints: Sequence[SoundPrint]) -> None:
        lengths = [int(made.duration * TICKS) + BETWEEN for made in prints]
        self._begins = np.cumsum([BETWEEN, *lengths], dtype=np.int64)
        keys = self._keys(prints)
        keys.sort()
        self._places = keys.astype(np.uint32)  # the lower half of each
        self._starts = np.searchsorted(keys, np.arange(NUMBERS + 1, dtype=np.uint64) << np.uint64(32))
        self._most = max(CROWDED, CROWD * len(keys) // NUMBERS)
        self._speeds = speeds()

    def _keys(self, prints: Sequence[SoundPrint]) -> NDArray[np.uint64]:
        """Number and place of each pair, as one; put into room that is taken once, as there are many."""
        keys, filled = np.empty(PARTNERS * sum(len(made.times) for made in prints), np.uint64), 0
        for made, begin in zip(prints, self._begins, strict=False):
            found = pairs(made.times, made.pitches, PARTNERS)
            part = keys[filled : filled + len(found.times)]
            part[:] = numbers(found, Speed(1.0, 0)) << 32 | (found.times + begin) // UNIT
            filled += len(part)
        return keys[:filled]

    def stretches(self, query: SoundPrint) -> Iterator[tuple[int, tuple[Place, ...]]]:
        """For each stretch of the query, by the tick where it begins, the places that it may be from."""
        made = pairs(query.times, query.pitches, ASKED, int(FAR * self._speeds[-1].tempo))
        made = Pairs(*(values[np.argsort(made.times, kind="stable")] for values in made))
        before = np.empty(0, np.int64)
        for begin in range(0, int(query.duration * TICKS) + 1, STEP):
            low, high = np.searchsorted(made.times, [begin, begin + STEP])
            votes = self._votes(Pairs(*(values[low:high] for values in made)))
            yield max(begin - STEP, 0), self._best(np.concatenate([before, votes]), max(begin - STEP, 0))
            before = votes

    def _votes(self, made: Pairs) -> NDArray[np.int64]:
        """Every place that a pair points to, at every speed: the speed's number, and the place of the query's begin."""
        asked = np.stack([numbers(made, speed) for speed in self._speeds]).ravel()
        known = np.flatnonzero(asked >= 0)
        first = self._starts[asked[known]]
        sizes = _affordable(self._starts[asked[known] + 1] - first, self._most)
        some = np.flatnonzero(sizes)
        counts, known = sizes[some], known[some]
        tempos = np.array([speed.tempo for speed in self._speeds])
        keys = (np.arange(len(tempos))[:, None] << _BITS) - np.rint(tempos[:, None] * made.times / UNIT).astype(int)
        ends = np.cumsum(counts)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(first[some] - ends + counts, counts)
        votes: NDArray[np.int64] = self._places[places] + np.repeat(keys.ravel()[known], counts)
        return votes

    def _best(self, votes: NDArray[np.int64], begin: int) -> tuple[Place, ...]:
        """The places with the most votes, one for each neighbourhood."""
        votes.sort()
        likely = np.flatnonzero(votes[FEWEST - 1 :] - votes[: len(votes) - FEWEST + 1] < TOGETHER)
        counts = np.searchsorted(votes, votes[likely] + TOGETHER) - likely
        best: list[Place] = []
        for k in np.argsort(-counts, kind="stable")[: 40 * LOOKS]:
            place = self._place(int(votes[likely[k]]), int(counts[k]), begin)
            if not any(place.sound == other.sound and abs(place.tick - other.tick) < TICKS for other in best):
                best.append(place)
            if len(best) == LOOKS:
                break
        return tuple(best)

    def _place(self, vote: int, count: int, begin: int) -> Place:
        number = (vote + (1 << _BITS - 1)) >> _BITS
        speed = self._speeds[number]
        tick = (vote - (number << _BITS) + TOGETHER / 2) * UNIT + begin * speed.tempo
        sound = int(np.searchsorted(self._begins - BETWEEN // 2, tick, side="right")) - 1
        sound = min(max(sound, 0), len(self._begins) - 2)
        return Place(sound, tick - float(self._begins[sound]), speed, count)


def _affordable(sizes: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """The sizes, 0 for numbers with too many places, and for the largest of the others where all would be too many."""
    sizes = np.where(sizes > most, 0, sizes)
    if sizes.sum() > SPENT:
        ranked = np.sort(sizes)
        sizes = np.where(sizes > ranked[np.searchsorted(np.cumsum(ranked), SPENT)] - 1, 0, sizes)
    return sizes
