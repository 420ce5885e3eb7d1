"""All references of the deep stage in a few arrays, and the points of one frame out of them or out of a query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firsthand.media.deep_fitting import Points
from firsthand.media.deep_prints import BYTES, STILL, SUBPIXELS, DeepPrint

TOP, BOTTOM = 0.18, 0.25
"""Shares of the height where outlets put their logos and their banners: what two pictures have in common there alone
is an outlet."""


@dataclass(frozen=True, eq=False, slots=True)
class Store:
    """The references' prints, thinned to what the archive keeps, one after the other.

    names: SHA-256 of each reference; spans: its seconds; sizes: width and height of its frames. owners: i64[f], the
    reference of each key frame; firsts: i64[references + 1], its first, and the end. times: f64[f], seconds. bounds:
    i64[f + 1], where each frame's points begin in places u16[m, 2], looks u8[m, 32], turns u8[m] and kinds u8[m].
    """

    names: tuple[str, ...]
    spans: tuple[float, ...]
    sizes: tuple[tuple[int, int], ...]
    owners: NDArray[np.int64]
    firsts: NDArray[np.int64]
    times: NDArray[np.float64]
    bounds: NDArray[np.int64]
    places: NDArray[np.uint16]
    looks: NDArray[np.uint8]
    turns: NDArray[np.uint8]
    kinds: NDArray[np.uint8]

    def frame_of(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The key frame of each row."""
        return np.searchsorted(self.bounds, rows, side="right") - 1

    def points(self, frame: int) -> Points:
        """The points of a key frame."""
        at = slice(int(self.bounds[frame]), int(self.bounds[frame + 1]))
        size = self.sizes[int(self.owners[frame])]
        return _points(self.places[at], self.turns[at], self.kinds[at], self.looks[at], size)


def stored(prints: Iterable[tuple[str, DeepPrint]]) -> Store:
    """All prints together."""
    pairs = [(name, print_.kept()) for name, print_ in prints]
    kept = [print_ for _, print_ in pairs]
    frames = [len(print_.times) for print_ in kept]
    counts = np.concatenate([np.zeros(0, np.uint16), *(print_.counts for print_ in kept)])
    return Store(
        names=tuple(name for name, _ in pairs),
        spans=tuple(print_.duration for print_ in kept),
        sizes=tuple((print_.width, print_.height) for print_ in kept),
        owners=np.repeat(np.arange(len(kept)), frames),
        firsts=_starts(np.array(frames, np.int64)),
        times=np.concatenate([np.zeros(0), *(print_.times for print_ in kept)]),
        bounds=_starts(counts),
        places=np.concatenate([np.zeros((0, 2), np.uint16), *(print_.places for print_ in kept)]),
        looks=np.concatenate([np.zeros((0, BYTES), np.uint8), *(print_.looks for print_ in kept)]),
        turns=np.concatenate([np.zeros(0, np.uint8), *(print_.turns for print_ in kept)]),
        kinds=np.concatenate([np.zeros(0, np.uint8), *(print_.kinds for print_ in kept)]),
    )


def points_of(print_: DeepPrint, frame: int) -> Points:
    """The points of one key frame of a print."""
    begin, end = (int(at) for at in print_.bounds()[frame : frame + 2])
    size = print_.width, print_.height
    at = slice(begin, end)
    return _points(print_.places[at], print_.turns[at], print_.kinds[at], print_.looks[at], size)


def mirrored_points(print_: DeepPrint, frame: int) -> Points:
    """The points that one key frame would have in a mirror."""
    as_is, count = points_of(print_, frame), int(print_.mirror_counts[frame])
    begin = int(print_.mirror_counts[:frame].sum(dtype=np.int64))
    places = print_.width - 1 - as_is.places[:count].conj()
    turns = (128 - as_is.turns[:count].astype(np.int64)).astype(np.uint8)
    looks = print_.mirrors[begin : begin + count]
    return Points(places, turns, as_is.levels[:count], as_is.still[:count], as_is.outer[:count], looks, as_is.size)


def _points(
    places: NDArray[np.uint16],
    turns: NDArray[np.uint8],
    kinds: NDArray[np.uint8],
    looks: NDArray[np.uint8],
    size: tuple[int, int],
) -> Points:
    z = np.asarray(places[:, 0] + 1j * places[:, 1], np.complex128) / SUBPIXELS
    outer = is_outer(places, size[1])
    return Points(z, turns, (kinds % STILL).astype(np.int64), kinds >= STILL, outer, looks, size)


def is_outer(places: NDArray[np.uint16], height: NDArray[np.int64] | int) -> NDArray[np.bool_]:
    """Whether points of frames of this height lie where outlets put their logos and banners."""
    down = places[:, 1] / (SUBPIXELS * height)
    return np.asarray((down < TOP) | (down > 1 - BOTTOM))


def _starts(counts: NDArray[np.integer]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
