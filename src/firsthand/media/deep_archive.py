"""The archive of the deep stage: what in it shows the same place or the same footage as a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from firsthand.media.deep_chains import Confirmed, Stretch, stretches
from firsthand.media.deep_fitting import Points, fitted
from firsthand.media.deep_index import Lookup
from firsthand.media.deep_prints import DeepPrint
from firsthand.media.deep_store import mirrored_points, points_of, stored
from firsthand.media.deep_telling import told
from firsthand.model import Match

LEAST_VOTES = 2.5
"""Points that must speak for a reference before its frames are compared with one of the query's."""
TRIED = 4
"""References whose frames are compared with one of the query's, those with most votes."""
LEAST_FIT = 8
"""Points that must fit in a frame, outside the outer parts. Set on the development set: unrelated frames reach 7."""
LEAST_FIELDS = 6
"""Fields of the common part over which they must be spread: one thing that two pictures have in common is no place."""
AROUND = 1.6
"""Seconds around where a stretch says that a frame's counterpart is, in which the reference's frames are compared."""
COVERED = 0.8
"""Share of the query that a match of whole pictures covers for its reference to need no closer look."""


class Archive:
    """References by their prints. Memory: some 45 bytes a point of what the archive keeps, twice that while built."""

    def __init__(self, prints: Iterable[tuple[str, DeepPrint]]) -> None:
        """`prints`: SHA-256 and print of each reference."""
        self._store = stored(prints)
        self._lookup = Lookup(self._store)

    def matches(self, query: DeepPrint, known: Sequence[Match] = ()) -> tuple[Match, ...]:
        """What of the query the archive shows too, the surest first, all of kind "place".

        `known`: what is found already. A reference that has nearly all of the query is not looked at again, and of
        another only what is not known.
        """
        search = _Search(self, query, _done(known, query.duration))
        found = search.run(mirrored=False) + search.run(mirrored=True)
        fresh = [match for match in found if not _is_known(match, known)]
        return tuple(sorted(fresh, key=lambda match: -match.score))


class _Search:
    """One query against the archive. Each pair of frames is compared once."""

    def __init__(self, archive: Archive, query: DeepPrint, done: set[str]) -> None:
        self._store, self._lookup, self._query = archive._store, archive._lookup, query
        self._done = {number for number, name in enumerate(self._store.names) if name in done}
        self._found: set[int] = set()

    def run(self, *, mirrored: bool) -> list[Match]:
        """The matches of the query as it is, or as a mirror shows it, where nothing is found of it as it is."""
        self._fits: dict[tuple[int, int], Confirmed | None] = {}
        self._mirrored = mirrored
        for frame in range(0, len(self._query.times), 2 if mirrored else 1):
            if frame not in self._found:
                self._propose(frame)
        owners = sorted({int(self._store.owners[there]) for (_, there), fit in self._fits.items() if fit})
        return [match for owner in owners for match in self._of(owner)]

    def _propose(self, frame: int) -> None:
        points = self._points(frame)
        likely = self._lookup.votes(points, TRIED, LEAST_VOTES)
        for there in likely.frames.tolist():
            if int(self._store.owners[there]) not in self._done:
                self._compare(frame, there, points)

    def _points(self, frame: int) -> Points:
        return (mirrored_points if self._mirrored else points_of)(self._query, frame)

    def _compare(self, here: int, there: int, points: Points | None = None) -> None:
        if (here, there) in self._fits:
            return
        fit = fitted(points or self._points(here), self._store.points(there))
        good = fit if fit and fit.count >= LEAST_FIT and fit.fields >= LEAST_FIELDS else None
        times = float(self._query.times[here]), float(self._store.times[there])
        self._fits[here, there] = None if good is None else Confirmed(here, there, *times, good)

    def _of(self, owner: int) -> list[Match]:
        """The matches with one reference: its stretches as first seen, filled up, and drawn again."""
        for stretch in stretches(self._confirmed(owner), self._query.times):
            self._fill(owner, stretch)
        found = stretches(self._confirmed(owner), self._query.times)
        for stretch in found if not self._mirrored else ():
            self._found.update(pair.here for pair in stretch.pairs)
        span, size = self._store.spans[owner], self._store.sizes[owner]
        return [told(stretch, self._query, self._store.names[owner], span, size, self._mirrored) for stretch in found]

    def _confirmed(self, owner: int) -> list[Confirmed]:
        first, last = self._store.firsts[owner : owner + 2]
        return [fit for (_, there), fit in sorted(self._fits.items()) if fit and first <= there < last]

    def _fill(self, owner: int, stretch: Stretch) -> None:
        """Compare the frames about a stretch with those of the reference where their counterparts should be.

        From its ends outwards until a frame does not fit any more.
        """
        here = [pair.here for pair in stretch.pairs]
        for frame in range(min(here), max(here) + 1):
            self._fits_at(owner, frame, stretch)
        for frames in (range(min(here) - 1, -1, -1), range(max(here) + 1, len(self._query.times))):
            for frame in frames:
                if not self._fits_at(owner, frame, stretch):
                    break

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
