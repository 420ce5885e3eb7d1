"""Where the pictures of a file have been seen before: the hashes of its frames, and an archive that finds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from firsthand.media import bands, bars, decoding, pdq, views, voting
from firsthand.media.prints import PicturePrint
from firsthand.model import Match

__all__ = ["ARCHIVE_RATE", "QUERY_RATE", "Archive", "PicturePrint", "print_of"]

ARCHIVE_RATE, QUERY_RATE = 4.0, 8.0
"""Frames a second of a file that is kept, and of one that is checked: so none is over 1/16 s from one that is kept."""

LEAST_QUALITY = 20
"""As pdq.py measures it: two gray values, what compression at 200 kb/s changes. Below, a hash is not kept."""

NEAREST = 32
"""Hashes of a view that one frame is compared with further: what is repeated a million times hides no more than it."""

STILL_BITS, STILL_TIME = 4, 1.0
"""A hash this close to the last one of the same view, and so many seconds after it at most, is not kept or sought."""

THREADS = 2
_WORTH = 20_000_000
"""Comparisons that take longer than threads take to come together: a tenth of a second."""

_BATCH = 32
_CHUNK = 512

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
        parts = [(views.WHOLE, whole), *views.parts(whole).items()]
        if tuple(rect) != whole:  # what looks like bars may be sky and ground
            parts += [(views.INNER, tuple(rect)), *views.parts(tuple(rect)).items()]
        hashes, quality = pdq.hashed(grays[these], [part for _, part in parts])
        shape = quality.shape
        found.append(
            (
                np.broadcast_to(times[these, None], shape).ravel(),
                hashes.reshape(-1, 32),
                np.broadcast_to(np.array([view for view, _ in parts], np.uint8), shape).ravel(),
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
        columns: dict[int, list[tuple[pdq.Hashes, NDArray[np.float32], int]]] = {}
        for name, print_ in prints:
            for view, entries in by_view(print_).items():
                columns.setdefault(view, []).append((print_.hashes[entries], print_.times[entries], len(self._names)))
            self._names.append(name)
            self._durations.append(print_.duration)
        self._shelves = {view: Shelf(parts) for view, parts in columns.items()}

    def matches(self, query: PicturePrint) -> tuple[Match, ...]:
        """The stretches of the checked file that are also in the archive, the best match first."""
        votes = self._votes(query)
        sought = {mirrored: bands.Sought(query, mirrored) for mirrored in (False, True)}
        found = []
        for (owner, mirrored), cast in _grouped(votes):
            known = bands.Known(
                self._names[owner],
                self._durations[owner],
                {view: shelf.of(owner) for view, shelf in self._shelves.items()},
            )
            found.extend(voting.matches(sought[mirrored], known, cast))
        return tuple(sorted(voting.settled(found), key=lambda match: -match.score))

    def _votes(self, query: PicturePrint) -> voting.Votes:
        found = [voting.no_votes()]
        for view, entries in by_view(query).items():
            for target in views.compared(view):
                if shelf := self._shelves.get(target):
                    for mirrored in (False, True):
                        found.extend(shelf.votes(query, entries, (view, target), mirrored))
        return np.concatenate(found)


class Shelf:
    """The hashes of one view of all files of an archive, one file's after another's."""

    def __init__(self, parts: list[tuple[pdq.Hashes, NDArray[np.float32], int]]) -> None:
        """Takes each file's hashes and their times, with its number; numbers rise."""
        self._index = faiss.IndexBinaryFlat(pdq.BITS)
        for hashes, _, _ in parts:
            self._index.add(np.ascontiguousarray(hashes))
        self._times = np.concatenate([times for _, times, _ in parts])
        self._owners = np.array([owner for _, _, owner in parts])
        self._starts = np.cumsum([0] + [len(times) for _, times, _ in parts])
        storage = faiss.rev_swig_ptr(self._index.xb.data(), self._index.ntotal * 32)  # type: ignore[attr-defined]
        self._hashes: pdq.Hashes = storage.reshape(-1, 32)

    def of(self, owner: int) -> tuple[NDArray[np.float32], pdq.Hashes]:
        """The times and the hashes of one file."""
        at = int(np.searchsorted(self._owners, owner))
        if at == len(self._owners) or self._owners[at] != owner:
            return self._times[:0], self._hashes[:0]
        part = slice(self._starts[at], self._starts[at + 1])
        return self._times[part], self._hashes[part]

    def votes(
        self, query: PicturePrint, entries: NDArray[np.intp], pair: tuple[int, int], mirrored: bool
    ) -> Iterator[voting.Votes]:
        """The hashes here within the radius of those entries of the query: at most `NEAREST` for each."""
        for begin in range(0, len(entries), _CHUNK):
            these = entries[begin : begin + _CHUNK]
            sought = query.hashes[these]
            faiss.omp_set_num_threads(THREADS if len(these) * self._index.ntotal > _WORTH else 1)
            far, near = self._index.search(
                np.ascontiguousarray(pdq.mirrored(sought) if mirrored else sought), min(NEAREST, self._index.ntotal)
            )
            row, column = np.nonzero(far <= voting.RADIUS)
            there = near[row, column]
            owner = self._owners[np.searchsorted(self._starts, there, "right") - 1]
            yield voting.votes(owner, mirrored, query.times[these[row]], self._times[there], far[row, column], pair)


def by_view(print_: PicturePrint) -> dict[int, NDArray[np.intp]]:
    """The entries of each view, in the order of their times, those left out that only repeat the one before."""
    found = {}
    for view in np.unique(print_.views).tolist():
        entries = np.flatnonzero(print_.views == view)
        found[view] = entries[_moving(print_.times[entries], print_.hashes[entries])]
    return found


def _moving(times: NDArray[np.float32], hashes: pdq.Hashes) -> NDArray[np.intp]:
    kept = [0]
    words = hashes.view(np.uint64)
    for entry in range(1, len(times)):
        last = kept[-1]
        bits = int(np.bitwise_count(words[entry] ^ words[last]).sum())
        if bits > STILL_BITS or times[entry] - times[last] >= STILL_TIME:
            kept.append(entry)
    return np.array(kept)


def _grouped(votes: voting.Votes) -> Iterator[tuple[Group, voting.Votes]]:
    """The votes of each file, mirrored and not, apart."""
    votes = votes[np.lexsort((votes["mirrored"], votes["owner"]))]
    keys = votes["owner"] * 2 + votes["mirrored"]
    edges = np.flatnonzero(np.diff(keys, prepend=-1, append=-1))
    for begin, end in pairwise(edges):
        yield (int(votes["owner"][begin]), bool(votes["mirrored"][begin])), votes[begin:end]
