"""Pictures with next to nothing in them: one figure before a sky, one line of letters.

The hash of such a picture says little more than where that is, so two of them are alike that have something else at the
same place. It tells so itself: its bits are the signs of frequencies, and signs alone, turned back into a picture, keep
where its edges are (Oppenheim and Lim, "The importance of phase in signals", 1981).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from firsthand.media import pdq

FEWEST = 0.12
"""Share of a picture that must stand out from its ground for its hash to be one of many things. Of 1,354 frames of
clips 5 % have less; of title cards half. It costs two of 72 single pictures that were found."""

SAME = 24
"""Bits in which a frame may differ from one with as little in it, for that to say anything: noise and compression
change up to 16; a title and a figure at the place of another had 44 and 48."""

_GRID, _CHUNK = 32, 2048
_COSINES = np.cos(
    np.pi / (2 * _GRID) * np.arange(1, pdq.SIDE + 1)[:, None] * (2 * np.arange(_GRID) + 1), dtype=np.float32
)


def sparse(hashes: pdq.Hashes) -> NDArray[np.bool_]:
    """b[n]: of each hash, u8[n, 32], whether it is of a picture with next to nothing in it."""
    parts = [_standing_out(hashes[at : at + _CHUNK]) < FEWEST for at in range(0, len(hashes), _CHUNK)]
    return np.concatenate(parts) if parts else np.zeros(0, bool)


def _standing_out(hashes: pdq.Hashes) -> NDArray[np.float32]:
    """f32[n]: the share of the picture over which what stands out is spread: 1 / _GRID**2 for one point."""
    signs = np.unpackbits(hashes, axis=1).reshape(-1, pdq.SIDE, pdq.SIDE).astype(np.float32) * 2 - 1
    power = np.square(_COSINES.T @ signs @ _COSINES)
    share: NDArray[np.float32] = np.square(power.sum((1, 2))) / np.square(power).sum((1, 2)) / _GRID**2
    return share
