"""Where the pictures of a file have been seen before: the hashes of its frames, and an archive that finds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from firsthand.media import bands, bars, decoding, pdq, shelves, views, voting
from firsthand.media.prints import PicturePrint
from firsthand.model import Match

__all__ = ["ARCHIVE_RATE", "QUERY_RATE", "Archive", "PicturePrint", "print_of"]

ARCHIVE_RATE, QUERY_RATE = 4.0, 8.0
"""Frames a second of a file that is kept, and of one that is checked: so none is over 1/16 s from one that is kept."""

LEAST_QUALITY = 20
"""As pdq.py measures it: two gray values, what compression at 200 kb/s changes. Below, a hash is not kept."""

SPAN = 600.0
"""Seconds of the checked file whose votes are held at a time: some 20 MB of them, at most 200."""

_BATCH = 32

Group = tuple[int, bool]


def print_of(path: Path, rate: float) -> PicturePrint:
    """The hashes of `rate` frames a second of a file, in all views; of a single picture one frame, at 0 s.

    Streamed: memory does not grow with the file but by its hashes. A sound has none. Raises MediaError.
    """
    parts, last, step = [_nothing()], 0.0, 0.0
    for times, grays in _batches(decoding.frames(path, rate)):
        parts.append(_hashed(times, grays))
        last, step = float(times[-1]), 1 / rate if len(parts) > 2 or len(times) > 1 else 0.0
    times, hashes, seen, quality = (np.concatenate(column) for column in zip(*parts, strict=True))
    return PicturePrint(times, hashes, seen, quality, last + step)


Columns = tuple[NDArray[np.float32], pdq.Hashes, NDArray[np.uint8], NDArray[np.uint8]]


def _nothing() -> Columns:
    none = np.empty(0, np.uint8)
    return np.empty(0, np.float32), none.reshape(0, 32), none, none


def _batches(frames: Iterator[tuple[float, decoding.Gray]]) -> Iterator[tuple[NDArray[np.float32], pdq.Grays]]:
    """Frames that follow each other and are of one size, some at a time."""
    times: list[float] = []
    grays: list[decoding.Gray] = []
    for at, gray in frames:
        if grays and (len(grays) == _BATCH or gray.shape != grays[0].shape):
            yield np.array(times, np.float32), np.stack(grays)
            times, grays = [], []
        times.append(at)
        grays.append(gray)
    if grays:
        yield np.array(times, np.float32), np.stack(grays)


def _hashed(times: NDArray[np.float32], grays: pdq.Grays) -> Columns:
    """The hashes of a batch's frames in all views, those of too little quality left out."""
    height, width = grays.shape[1:]
    inner, which = np.unique(bars.contents(grays), axis=0, return_inverse=True)
    found = [_nothing()]
    for number, rect in enumerate(inner.tolist()):
        these = np.flatnonzero(which.ravel() == number)
        whole = (0, 0, width, height)
        parts = views.parts(whole, tuple(rect))
        hashes, quality = pdq.hashed(grays[these], list(parts.values()))
        shape = quality.shape
        found.append(
            (
                np.broadcast_to(times[these, None], shape).ravel(),
                hashes.reshape(-1, 32),
                np.broadcast_to(np.array(list(parts), np.uint8), shape).ravel(),
                quality.ravel(),
            )
        )
    columns = [np.concatenate(column) for column in zip(*found, strict=True)]
    kept = np.flatnonzero(columns[3] >= LEAST_QUALITY)
    kept = kept[np.argsort(columns[0][kept], kind="stable")]
    return tuple(column[kept] for column in columns)  # type: ignore[return-value]


class Archive:
    """The hashes of many files, to be compared with those of one. In memory: 40 bytes a hash."""

    def __init__(self, prints: Iterable[tuple[str, PicturePrint]]) -> None:
        """Takes prints with the SHA-256 of the file that each is of."""
        self._names: list[str] = []
        self._durations: list[float] = []
        columns: dict[int, list[shelves.Part]] = {}
        for name, print_ in prints:
            for view, entries in shelves.by_view(print_).items():
                columns.setdefault(view, []).append((print_.hashes[entries], print_.times[entries], len(self._names)))
            self._names.append(name)
            self._durations.append(print_.duration)
        self._shelves = {view: shelves.Shelf(parts) for view, parts in columns.items()}

    def matches(self, query: PicturePrint) -> tuple[Match, ...]:
        """The stretches of the checked file that are also in the archive, the best match first."""
        sought = {mirrored: bands.Sought(query, mirrored) for mirrored in (False, True)}
        found: dict[Group, list[Match]] = {}
        for votes in self._votes(query):
            for group, cast in _grouped(votes):
                of_group = found.setdefault(group, [])
                cast = voting.beyond(cast, of_group)
                of_group.extend(voting.matches(sought[group[1]], self._known(group[0]), cast))
        kept = voting.settled([match for of_group in found.values() for match in of_group])
        return tuple(sorted(kept, key=lambda match: -match.score))

    def _known(self, owner: int) -> bands.Known:
        entries = {view: shelf.of(owner) for view, shelf in self._shelves.items()}
        return bands.Known(self._names[owner], self._durations[owner], entries)

    def _votes(self, query: PicturePrint) -> Iterator[voting.Votes]:
        """The votes of each `SPAN` of the query."""
        views_of = shelves.by_view(query)
        for begin in np.arange(0, query.duration + 0.1, SPAN):
            cast = [voting.no_votes()]
            for view, entries in views_of.items():
                first, last = np.searchsorted(query.times[entries], (begin, begin + SPAN))
                cast.extend(self._cast(query, view, entries[first:last]))
            yield np.concatenate(cast)

    def _cast(self, query: PicturePrint, view: int, entries: NDArray[np.intp]) -> Iterator[voting.Votes]:
        for target in views.compared(view):
            if shelf := self._shelves.get(target):
                for mirrored in (False, True):
                    yield from shelf.votes(query, entries, (view, target), mirrored)


def _grouped(votes: voting.Votes) -> Iterator[tuple[Group, voting.Votes]]:
    """The votes of each file, mirrored and not, apart."""
    votes = votes[np.lexsort((votes["mirrored"], votes["owner"]))]
    keys = votes["owner"] * 2 + votes["mirrored"]
    edges = np.flatnonzero(np.diff(keys, prepend=-1, append=-1))
    for begin, end in pairwise(edges):
        yield (int(votes["owner"][begin]), bool(votes["mirrored"][begin])), votes[begin:end]
