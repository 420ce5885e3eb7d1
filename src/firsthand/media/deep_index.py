"""Which reference frames have points that look like those of a query's frame: one index of all descriptors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import faiss
import numpy as np
from numpy.typing import NDArray

from firsthand.media.deep_fitting import OUTER, TURN, Points
from firsthand.media.deep_prints import STILL
from firsthand.media.deep_store import Store, is_outer

FLAT = 20_000
"""Descriptors up to which every one is compared: more are sorted by the sample that they are nearest to."""
TRAINED = 4096
"""Samples beyond which the nearest is itself looked up in a graph."""
PROBES = 16
"""Samples whose descriptors are compared with a query's."""
NEIGHBOURS = 12
"""Descriptors that are looked up for each of the query's. One that looks like points of many references is a letter or
a logo rather than a place: its vote is shared among them."""
ALIKE = 60
"""Bits of 256 by which two descriptors may differ to be a vote."""
REPEATED = 30
"""Bits within which a point is that of the frame before: a place that stays in view is looked up once."""


@contextmanager
def one_core() -> Iterator[None]:
    """Has faiss use one core meanwhile: what is compared here is too little for two, which would wait on each other."""
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)


class Votes(NamedTuple):
    """Reference frames, the likeliest first, and how many points speak for each's file: frames i64, votes f64."""

    frames: NDArray[np.int64]
    votes: NDArray[np.float64]


class Lookup:
    """The index of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rows = _fresh(store)
        looks = store.looks[self._rows]
        self._heights = np.array([height for _, height in store.sizes], np.int64)
        self._index = _index(looks)
        if len(looks):
            self._index.add(looks)

    def votes(self, points: Points, most: int, least: float) -> Votes:
        """For each of the `most` likeliest references with `least` votes at least: its likeliest frame."""
        if not (len(points.looks) and len(self._rows)):
            return Votes(np.zeros(0, np.int64), np.zeros(0))
        asked, rows = self._alike(points)
        frames = self._store.frame_of(rows)
        owners = self._store.owners[frames]
        votes = _shared(asked, owners, self._weights(points, asked, rows), len(self._store.names))
        best = np.argsort(-votes, kind="stable")[:most]
        best = best[votes[best] >= least]
        chosen = [_commonest(frames[owners == owner]) for owner in best]
        return Votes(np.array(chosen, np.int64), votes[best])

    def _alike(self, points: Points) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Numbers of the query's points and the store's rows that look like them, pair by pair."""
        distances, found = self._index.search(points.looks, min(NEIGHBOURS, len(self._rows)))
        asked = np.repeat(np.arange(len(found)), found.shape[1])
        good = (distances.ravel() <= ALIKE) & (found.ravel() >= 0)
        asked, rows = asked[good], self._rows[found.ravel()[good]]
        turned = np.abs((points.turns[asked] - self._store.turns[rows]).astype(np.int8).astype(int))
        fit = (turned <= TURN) & ~(points.still[asked] & (self._store.kinds[rows] >= STILL))
        return asked[fit], rows[fit]

    def _weights(self, points: Points, asked: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """What each pair counts for: less in the outer parts of both."""
        owners = self._store.owners[self._store.frame_of(rows)]
        outer = points.outer[asked] & is_outer(self._store.places[rows], self._heights[owners])
        return np.where(outer, OUTER, 1.0)


def _index(looks: NDArray[np.uint8]) -> faiss.IndexBinary:
    """Flat while small; then by the nearest of some descriptors, which are drawn by a fixed rule.

    Samples serve nearly as well as the means of a training, which for bits takes longer than all queries.
    """
    if len(looks) <= FLAT:
        return faiss.IndexBinaryFlat(256)
    cells = int(2 ** np.round(np.log2(4 * len(looks) ** 0.5)))
    samples = looks[np.random.default_rng(cells).choice(len(looks), cells, replace=False)]
    quantizer: Any = faiss.IndexBinaryFlat(256) if cells <= TRAINED else faiss.IndexBinaryHNSW(256, 16)
    quantizer.add(samples)
    index = faiss.IndexBinaryIVF(quantizer, 256, cells)
    index.is_trained, index.nprobe, index.own_fields = True, PROBES, True
    quantizer.this.disown()
    return index


def _fresh(store: Store) -> NDArray[np.int64]:
    """Rows of the store that the frame before does not have as well."""
    rows = [np.zeros(0, np.int64)]
    for frame in range(len(store.owners)):
        begin, end = store.bounds[frame], store.bounds[frame + 1]
        new = np.ones(end - begin, bool)
        if frame and store.owners[frame - 1] == store.owners[frame] and begin > store.bounds[frame - 1] and end > begin:
            before = store.looks[store.bounds[frame - 1] : begin]
            distances, _ = faiss.knn_hamming(store.looks[begin:end], before, 1)
            new = distances[:, 0] > REPEATED
        rows.append(begin + np.flatnonzero(new))
    return np.concatenate(rows)


def _shared(
    asked: NDArray[np.int64], owners: NDArray[np.int64], weights: NDArray[np.float64], references: int
) -> NDArray[np.float64]:
    """Votes f64[references]: each of the query's points has one, shared among the references that look like it."""
    pairs, first = np.unique(asked * references + owners, return_index=True)
    points, whose = pairs // references, pairs % references
    shares = weights[first] / np.bincount(points, minlength=1)[points]
    return np.asarray(np.bincount(whose, shares, references), np.float64)


def _commonest(frames: NDArray[np.int64]) -> int:
    return int(frames.min() + np.bincount(frames - frames.min()).argmax())
