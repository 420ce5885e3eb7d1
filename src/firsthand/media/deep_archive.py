"""The archive of the deep stage: what in it shows the same place or the same footage as a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from firsthand.media.deep_chains import HOLE, Confirmed, Stretch, stretches, weight_of
from firsthand.media.deep_fitting import Points, fitted
from firsthand.media.deep_index import Lookup, one_core
from firsthand.media.deep_prints import DeepPrint
from firsthand.media.deep_store import Store, mirrored_points, points_of, stored
from firsthand.media.deep_telling import told
from firsthand.media.deep_weighing import is_place
from firsthand.model import Match

LEAST_VOTES = 2.5
"""Points that must speak for a reference before its frames are compared with one of the query's."""
TRIED = 4
"""References whose frames are compared with one of the query's, those with most votes."""
LEAST_FIT = 8
"""Points that must fit in a frame, outside the outer parts. Set on the development set: unrelated frames reach 7."""
LEAST_FIELDS = 6
"""Fields of the common part over which they must be spread: one thing that two pictures have in common is no place."""
WEAK_FIT = 4
"""Points that must fit in a frame between or beside others that fit in the same way: any less fit by chance."""
AROUND = 1.6
"""Seconds around where a stretch says that a frame's counterpart is, in which the reference's frames are compared."""
ROUNDS = 2
"""Times that stretches are drawn and what is about them is compared: the first may lie a second or two aside."""
COVERED = 0.8
"""Share of the query that a match of whole pictures covers for its reference to need no closer look."""


class Archive:
    """References by their prints. Memory: some 45 bytes a point of what the archive keeps, twice that while built."""

    def __init__(self, prints: Iterable[tuple[str, DeepPrint]]) -> None:
        """`prints`: SHA-256 and print of each reference."""
        self._store = stored(prints)
        with one_core():
            self._lookup = Lookup(self._store)

    def matches(self, query: DeepPrint, known: Sequence[Match] = ()) -> tuple[Match, ...]:
        """What of the query the archive shows too, the surest first, all of kind "place".

        `known`: what is found already. A reference that has nearly all of the query is not looked at again, and of
        another only what is not known.
        """
        done = _done(known, query.duration)
        with one_core():
            as_is = _Search(self._store, self._lookup, query, done)
            mirrored = _Search(self._store, self._lookup, query, done, mirrored=True)
            found = as_is.run(range(len(query.times)))
            found += mirrored.run([at for at in range(0, len(query.times), 2) if at not in as_is.seen])
        fresh = [match for match in found if not _is_known(match, known)]
        return tuple(sorted(fresh, key=lambda match: -match.score))


class _Search:
    """One query, as it is or as a mirror shows it, against the archive. Each pair of frames is compared once.

    `seen`: frames of the query that are in a match.
    """

    def __init__(
        self, store: Store, lookup: Lookup, query: DeepPrint, done: set[str], *, mirrored: bool = False
    ) -> None:
        self._store, self._lookup, self._query, self._mirrored = store, lookup, query, mirrored
        self._done = {number for number, name in enumerate(store.names) if name in done}
        self._fits: dict[tuple[int, int], Confirmed | None] = {}
        self._owned: dict[int, list[Confirmed]] = {}
        self.seen: set[int] = set()

    def run(self, frames: Iterable[int]) -> list[Match]:
        """The matches that these frames of the query lead to."""
        for frame in frames:
            self._propose(frame)
        owners = [owner for owner, pairs in self._owned.items() if any(pair.firm for pair in pairs)]
        return [match for owner in sorted(owners) for match in self._of(owner)]

    def _propose(self, frame: int) -> None:
        points = self._points(frame)
        for there in self._lookup.votes(points, TRIED, LEAST_VOTES).frames.tolist():
            if int(self._store.owners[there]) not in self._done:
                self._compare(frame, there, points)

    def _points(self, frame: int) -> Points:
        return (mirrored_points if self._mirrored else points_of)(self._query, frame)

    def _compare(self, here: int, there: int, points: Points | None = None) -> None:
        if (here, there) in self._fits:
            return
        mine, other = points or self._points(here), self._store.points(there)
        fit = fitted(mine, other)
        self._fits[here, there] = None
        if fit is not None and fit.count >= WEAK_FIT:
            times = float(self._query.times[here]), float(self._store.times[there])
            firm = fit.count >= LEAST_FIT and fit.fields >= LEAST_FIELDS
            pair = Confirmed(here, there, *times, fit, firm, weight_of(fit, mine.size, other.size))
            self._fits[here, there] = pair
            self._owned.setdefault(int(self._store.owners[there]), []).append(pair)

    def _of(self, owner: int) -> list[Match]:
        """The matches with one reference: its stretches as first seen, filled up, and drawn again."""
        span, size = self._store.spans[owner], self._store.sizes[owner]
        for _ in range(ROUNDS):
            for stretch in stretches(self._owned[owner], size[0]):
                self._fill(owner, stretch)
        found = stretches(self._owned[owner], size[0])
        found = [one for one in found if is_place(one.pairs, self._points, self._store.points)]
        self.seen.update(pair.here for one in found for pair in one.pairs)
        return [told(stretch, self._query, self._store.names[owner], span, size, self._mirrored) for stretch in found]

    def _fill(self, owner: int, stretch: Stretch) -> None:
        """Compare the frames about a stretch with those of the reference where their counterparts should be.

        From its ends outwards until frames do not fit any more.
        """
        first, last = stretch.pairs[0].here, stretch.pairs[-1].here
        for frame in range(first, last + 1):
            self._fits_at(owner, frame, stretch)
        self._outwards(owner, range(first - 1, -1, -1), stretch)
        self._outwards(owner, range(last + 1, len(self._query.times)), stretch)

    def _outwards(self, owner: int, frames: Iterable[int], stretch: Stretch) -> None:
        missed = 0
        for frame in frames:
            missed = 0 if self._fits_at(owner, frame, stretch) else missed + 1
            if missed > HOLE:
                return

    def _fits_at(self, owner: int, frame: int, stretch: Stretch) -> bool:
        first, last = self._store.firsts[owner : owner + 2]
        due = stretch.speed * float(self._query.times[frame]) + stretch.offset
        low, high = np.searchsorted(self._store.times[first:last], (due - AROUND, due + AROUND)) + first
        for there in range(int(low), int(high)):
            self._compare(frame, there)
        return any(self._fits.get((frame, there)) for there in range(int(low), int(high)))


def _done(known: Sequence[Match], duration: float) -> set[str]:
    """References of which nearly all of the query is known to be."""
    return {match.reference for match in known if match.end - match.start >= COVERED * duration}


def _is_known(match: Match, known: Sequence[Match]) -> bool:
    """Whether most of a match is known already."""
    same = [other for other in known if other.reference == match.reference and other.mirrored == match.mirrored]
    shared = sum(max(0.0, min(match.end, other.end) - max(match.start, other.start)) for other in same)
    return bool(same) and shared >= 0.5 * (match.end - match.start)
