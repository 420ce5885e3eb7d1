"""What the encoder made of a stretch of text, averaged over any run of its characters."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np

from firsthand.model import Span

from .decode import Floats
from .tagger import WIDTH, Tagged


class Pool:
    """Means of word vectors, in constant time each."""

    def __init__(self, tagged: Tagged) -> None:
        words = tagged.words
        self._starts: list[int] = words.starts.tolist() if words is not None else []
        self._sums = np.concatenate([np.zeros((1, WIDTH), np.float32), tagged.vectors.reshape(-1, WIDTH).cumsum(0)])

    def mean(self, span: Span) -> Floats:
        """[WIDTH]: the mean over the words that begin within `span`; zeros where none does."""
        first, end = bisect_left(self._starts, span[0]), bisect_left(self._starts, span[1])
        return np.asarray((self._sums[end] - self._sums[first]) / max(end - first, 1), np.float32)
