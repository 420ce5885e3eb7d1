"""Whether points of two frames fit one movement: a size, a small turn and a shift, found by RANSAC.

An editor shifts a picture and changes its size; nothing that this stage looks for turns it by much, and directions and
sizes of ORB's points say so before anything is fitted. What is left is few enough that the samples and all distances
to them are one matrix of complex numbers: a size with a turn is one complex factor, a shift one complex summand.
RANSAC: Fischler and Bolles, "Random sample consensus", 1981.
"""

from __future__ import annotations

from dataclasses import dataclass

import faiss
import numpy as np
from numpy.typing import NDArray

from firsthand.media.deep_features import STEP

RADIUS = 64
"""Bits of 256 by which two descriptors of one point differ, at most."""
TURN = 20
"""256ths of a circle that a point's direction may differ by: 28 degrees, of which most is ORB's own error."""
TILT = 0.2
"""Radians that the fitted movement may turn: 11 degrees."""
LEAST_SIZE, LARGEST_SIZE = 0.2, 5.0
"""Of the query's picture in the reference's: below, too few points are left."""
NEAR = 4.0
"""Pixels that a point may lie from where it should, in the smaller of the two pictures, both of the work size."""
SIZE_ERROR = 1.45
"""Factor by which a point's own sizes may be off the fitted one: two steps of the pyramid less a little."""
SAMPLES = 300
"""Pairs of matches that are tried. Where one match in eight is right, five of them are of two right ones."""
MOST = 200
"""Matches that are tried of two frames, those most alike."""
OUTER = 0.25
"""What a match counts for that lies in the outer parts of both frames, beside another."""
FIELDS = 8
"""Fields each way in which spread is counted."""
_APART = 16.0
"""Pixels between the two points of a sample, at least."""
_GRAIN = 6.0
"""Pixels within which two points are one corner."""

Complex = NDArray[np.complex128]


@dataclass(frozen=True, eq=False, slots=True)
class Points:
    """Points of one frame.

    places: c128[n], x + iy in pixels of the work size. turns: u8[n]. levels: i64[n]. still: b[n], it stays while the
    picture moves. outer: b[n], it lies where outlets put logos and banners. looks: u8[n, 32]. size: width and height
    of the frame.
    """

    places: Complex
    turns: NDArray[np.uint8]
    levels: NDArray[np.int64]
    still: NDArray[np.bool_]
    outer: NDArray[np.bool_]
    looks: NDArray[np.uint8]
    size: tuple[int, int]


@dataclass(frozen=True, eq=False, slots=True)
class Fit:
    """A movement from the query's frame to the reference's, `factor * z + shift`, and what fits it.

    spots: c128[n], places in the query's frame that fit and are not the same corner. count: how many of them are not
    in the outer parts of both frames. fields: how many fields, of `FIELDS` each way, these are spread over, of the part
    that both frames show; lines: in how many rows or columns of them, whichever are fewer. asked: places with a match
    in all.
    """

    factor: complex
    shift: complex
    spots: Complex
    count: int
    fields: int
    lines: int
    asked: int

    @property
    def size(self) -> float:
        """How much larger the reference shows it than the query."""
        return abs(self.factor)


@dataclass(frozen=True, eq=False, slots=True)
class _Pairs:
    """Matches of two frames: z in the query's and w in the reference's c128[n], steps f64[n] the ratio of their sizes,
    weights f64[n].
    """

    z: Complex
    w: Complex
    steps: NDArray[np.float64]
    weights: NDArray[np.float64]


def fitted(here: Points, there: Points) -> Fit | None:
    """The movement that most matches of two frames fit; None where there are not even three."""
    pairs = _matched(here, there)
    if len(pairs.z) < 3:
        return None
    factors, shifts = _samples(pairs)
    if not len(factors):
        return None
    best = int((_agree(pairs, factors, shifts) @ pairs.weights).argmax())
    return _refined(pairs, factors[best], shifts[best], here.size, there.size)


def _matched(here: Points, there: Points) -> _Pairs:
    """Points that look alike: each of the query's with the two most alike of the reference, the most alike first."""
    if not (len(here.looks) and len(there.looks)):
        left = right = np.zeros(0, np.int64)
    else:
        distances, found = faiss.knn_hamming(here.looks, there.looks, min(2, len(there.looks)))
        left, right = _likely(here, there, distances, found.astype(np.int64))
    steps = STEP ** (there.levels[right] - here.levels[left]).astype(float)
    weights = np.where(here.outer[left] & there.outer[right], OUTER, 1.0)
    return _Pairs(here.places[left], there.places[right], steps, weights)


def _likely(
    here: Points, there: Points, distances: NDArray[np.int32], found: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    left, right = np.repeat(np.arange(len(found)), found.shape[1]), found.ravel()
    turned = np.abs((here.turns[left] - there.turns[right]).astype(np.int8).astype(int))
    good = (distances.ravel() <= RADIUS) & (turned <= TURN) & ~(here.still[left] & there.still[right])
    order = np.flatnonzero(good)[np.argsort(distances.ravel()[good], kind="stable")][:MOST]
    return left[order], right[order]


def _samples(pairs: _Pairs) -> tuple[Complex, Complex]:
    """Movements that take two matches each from where they are to where they should be, the likely ones only."""
    n = len(pairs.z)
    few = n * (n - 1) // 2 <= SAMPLES
    i, j = np.triu_indices(n, 1) if few else np.random.default_rng(n).integers(0, n, (2, SAMPLES))
    apart = pairs.z[i] - pairs.z[j]
    i, j, apart = (side[np.abs(apart) >= _APART] for side in (i, j, apart))
    factors = (pairs.w[i] - pairs.w[j]) / apart
    sizes, ratio = np.abs(factors), pairs.steps[i]
    likely = (sizes >= LEAST_SIZE) & (sizes <= LARGEST_SIZE) & (np.abs(np.angle(factors)) <= TILT)
    likely &= (ratio <= SIZE_ERROR * sizes) & (sizes <= SIZE_ERROR * ratio)
    factors, i = factors[likely], i[likely]
    return np.asarray(factors), np.asarray(pairs.w[i] - factors * pairs.z[i])


def _agree(pairs: _Pairs, factors: Complex, shifts: Complex) -> NDArray[np.bool_]:
    """b[movements, matches]: which matches fit which movement, in place and in size."""
    sizes = np.abs(factors)[:, None]
    off = np.abs(factors[:, None] * pairs.z + shifts[:, None] - pairs.w)
    near = off <= NEAR * np.maximum(1, sizes)
    alike = (pairs.steps <= SIZE_ERROR * sizes) & (sizes <= SIZE_ERROR * pairs.steps)
    return np.asarray(near & alike)


def _refined(
    pairs: _Pairs, factor: complex, shift: complex, here: tuple[int, int], there: tuple[int, int]
) -> Fit | None:
    for _ in range(3):
        fits = _agree(pairs, np.array([factor]), np.array([shift]))[0]
        if fits.sum() < 3:
            return None
        factor, shift = _least_squares(pairs.z[fits], pairs.w[fits])
        if not LEAST_SIZE <= abs(factor) <= LARGEST_SIZE:
            return None
    fits = _agree(pairs, np.array([factor]), np.array([shift]))[0]
    spots = _apart(pairs, fits)
    inner = spots[pairs.weights[spots] == 1]
    fields, lines = _spread(pairs.z[inner], common(factor, shift, here, there))
    return Fit(factor, shift, pairs.z[spots], len(inner), fields, lines, len(_apart(pairs, fits | True)))


def common(
    factor: complex, shift: complex, here: tuple[int, int], there: tuple[int, int]
) -> tuple[float, float, float, float]:
    """What both frames show, in the query's: left, top, width, height. The turn, which is small, is left out."""
    begin, end = -shift / abs(factor), (complex(*there) - shift) / abs(factor)
    left, top = max(0.0, begin.real), max(0.0, begin.imag)
    return left, top, max(1.0, min(here[0], end.real) - left), max(1.0, min(here[1], end.imag) - top)


def _spread(spots: Complex, common: tuple[float, float, float, float]) -> tuple[int, int]:
    """How many fields they are spread over, and how many rows or columns of fields, whichever are fewer."""
    left, top, width, height = common
    across = np.clip((spots.real - left) / width * FIELDS, 0, FIELDS - 1).astype(int)
    down = np.clip((spots.imag - top) / height * FIELDS, 0, FIELDS - 1).astype(int)
    return len(np.unique(across * FIELDS + down)), min(len(np.unique(across)), len(np.unique(down)))


def _least_squares(z: Complex, w: Complex) -> tuple[complex, complex]:
    a, b = z - z.mean(), w - w.mean()
    factor = complex((a.conj() @ b) / max(float((a.conj() @ a).real), 1e-9))
    return factor, complex(w.mean() - factor * z.mean())


def _apart(pairs: _Pairs, fits: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Of the matches that fit, one for each place: the same corner is found at several sizes."""
    rows = np.flatnonzero(fits)
    grains = np.rint(pairs.z[rows].real / _GRAIN) + 1j * np.rint(pairs.z[rows].imag / _GRAIN)
    return rows[np.unique(grains, return_index=True)[1]]
