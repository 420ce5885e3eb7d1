"""The hashes of an archive, and which of them are near those of a file that is checked."""

from __future__ import annotations

from collections.abc import Iterator

import faiss
import numpy as np
from numpy.typing import NDArray

from firsthand.media import pdq, voting
from firsthand.media.prints import PicturePrint
from firsthand.media.sparse import SAME, sparse

NEAREST = 16
"""Hashes of a view that one frame is compared with further: what is repeated a million times hides no more than it."""

STILL_BITS, STILL_TIME = 4, 1.0
"""A hash this close to the one before of the same view is neither kept nor sought, but for one in so many seconds."""

THREADS = 2
_WORTH = 20_000_000
"""Comparisons that take longer than threads take to come together: a tenth of a second."""
_CHUNK = 512

Part = tuple[pdq.Hashes, NDArray[np.float32], int]
"""One file's hashes of a view, their times in s, and its number."""


class Shelf:
    """The hashes of one view of all files of an archive, one file's after another's."""

    def __init__(self, parts: list[Part]) -> None:
        """Takes each file's; their numbers rise."""
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
            kept = _telling(sought, row, far[row, column])
            row, column = row[kept], column[kept]
            there = near[row, column]
            owner = self._owners[np.searchsorted(self._starts, there, "right") - 1]
            yield voting.votes(owner, mirrored, query.times[these[row]], self._times[there], far[row, column], pair)


def _telling(sought: pdq.Hashes, row: NDArray[np.intp], bits: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Of each vote, by its row of what is sought, whether it says anything: of what is sparse only the same does."""
    rows, places = np.unique(row, return_inverse=True)
    return ~sparse(sought[rows])[places] | (bits <= SAME)


def by_view(print_: PicturePrint) -> dict[int, NDArray[np.intp]]:
    """The entries of each view, in the order of their times, those left out that only repeat the one before."""
    found = {}
    for view in np.unique(print_.views).tolist():
        entries = np.flatnonzero(print_.views == view)
        found[view] = entries[_moving(print_.times[entries], print_.hashes[entries])]
    return found


def _moving(times: NDArray[np.float32], hashes: pdq.Hashes) -> NDArray[np.intp]:
    """Those that differ from the one before, and the first of each `STILL_TIME`."""
    differs = pdq.distances(hashes[1:], hashes[:-1]) > STILL_BITS
    begins = np.diff(np.floor(times / STILL_TIME)) > 0
    return np.flatnonzero(np.append(True, differs | begins))
