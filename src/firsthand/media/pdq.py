"""PDQ, a hash of 256 bits that stays nearly the same when a picture is scaled or compressed, over many frames at once.

Facebook's PDQ (2019, "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm") blurs a picture with
two passes of a box filter (together a tent), takes 64 x 64 samples, and asks of 16 x 16 coefficients of their cosine
transform, the constant left out, which are above their median. All but the last step is linear, and the rows apart from
the columns: so here it is two matrix products, and the hash of any rectangle costs no more than that of the whole.
Beside pdqhash 0.2.8, the published code, on photographs: see tests/media/test_pdq.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Grays = NDArray[np.uint8]
"""Frames as gray values, u8[n, height, width]."""

Hashes = NDArray[np.uint8]
"""Hashes u8[n, 32]: bit 16 i + j, first bit of a byte highest, is of the frequency i + 1 downwards, j + 1 across."""

Rect = tuple[float, float, float, float]
"""A part of a frame, in its pixels: left, top, right, bottom; not only whole ones."""

BITS = 256
SIDE = 16
"""Frequencies each way."""
_SAMPLES = 64
_STEP = 10.0
"""Steps of `quality` for one gray value."""

_MIRROR = np.packbits(np.tile(np.arange(SIDE) % 2 == 0, SIDE))
_SCALE = np.sqrt(2 / _SAMPLES)


def hashed(grays: Grays, rects: Sequence[Rect]) -> tuple[Hashes, NDArray[np.uint8]]:
    """The hashes u8[n, k, 32] of `k` parts of each of `n` frames, and how much each can be relied on.

    `quality` u8[n, k]: the median coefficient's size in tenths of a gray value, at most 255. A coefficient no larger
    than what compression changes gives a bit of chance; in a black or an even picture all are.
    """
    values = coefficients(grays, rects).reshape(len(grays), len(rects), BITS)
    bits = values > np.median(values, axis=2, keepdims=True)
    quality = np.minimum(np.median(np.abs(values), axis=2) * _STEP, 255).astype(np.uint8)
    return np.packbits(bits, axis=2), quality


def coefficients(grays: Grays, rects: Sequence[Rect]) -> NDArray[np.float32]:
    """f32[n, k, 16, 16] of those parts of each frame, in gray values."""
    height, width = grays.shape[1:]
    columns = np.concatenate([_taps(left, right, width) for left, _, right, _ in rects])
    rows = np.stack([_taps(top, bottom, height) for _, top, _, bottom in rects])
    across = grays.astype(np.float32) @ columns.T
    apart = across.reshape(len(grays), height, len(rects), SIDE).transpose(0, 2, 1, 3)
    found: NDArray[np.float32] = rows @ apart
    return found


def mirrored(hashes: Hashes) -> Hashes:
    """The hashes of the same frames, left and right exchanged: every odd frequency across changes its sign.

    The median is then that of other values: on 64 photographs 8 bits differ on average, at most 24.
    """
    return hashes ^ _MIRROR


def distances(some: Hashes, others: Hashes) -> NDArray[np.uint16]:
    """Bits in which each of `some` differs from the one of `others` in the same place; both broadcast."""
    differing = np.bitwise_xor(some.view(np.uint64), others.view(np.uint64))
    return np.asarray(np.bitwise_count(differing).sum(axis=-1, dtype=np.uint16))


@lru_cache(maxsize=2048)
def _taps(low: float, high: float, size: int) -> NDArray[np.float32]:
    """f32[16, size]: what each pixel adds to each frequency of the stretch low..high."""
    half = (high - low) / (2 * _SAMPLES)
    centres = low + half * (2 * np.arange(_SAMPLES) + 1)
    tents = np.diff(_tent((np.arange(size + 1) - centres[:, None]) / half), axis=1)
    tents /= tents.sum(axis=1, keepdims=True)
    return (_cosines() @ tents).astype(np.float32)


def _tent(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """The integral of max(0, 1 - |x|) from -1."""
    x = np.clip(x, -1, 1)
    return 0.5 + x - np.sign(x) * x * x / 2


def _cosines() -> NDArray[np.float64]:
    frequency, sample = np.arange(1, SIDE + 1)[:, None], np.arange(_SAMPLES)
    return np.asarray(_SCALE * np.cos(np.pi / (2 * _SAMPLES) * frequency * (2 * sample + 1)))
