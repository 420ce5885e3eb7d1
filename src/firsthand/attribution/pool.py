"""What the encoder made of a stretch of text, averaged over any run of its characters."""

from __future__ import annotations

import numpy as np

from firsthand.model import Span, Spans

from .decode import Floats
from .tagger import WIDTH, Tagged


class Pool:
    """Means of word vectors, in constant time each."""

    def __init__(self, tagged: Tagged) -> None:
        words = tagged.words
        self._starts = words.starts if words is not None else np.empty(0, np.int64)
        self._sums = np.concatenate([np.zeros((1, WIDTH)), tagged.vectors.reshape(-1, WIDTH).cumsum(0, np.float64)])

    def mean(self, span: Span) -> Floats:
        """[WIDTH]: the mean over the words that begin within `span`; zeros where none does."""
        return self.over((span,))

    def over(self, spans: Spans) -> Floats:
        """[WIDTH]: the mean over the words of several spans."""
        bounds = np.searchsorted(self._starts, np.array(spans, dtype=np.int64).reshape(-1, 2))
        total = (self._sums[bounds[:, 1]] - self._sums[bounds[:, 0]]).sum(axis=0)
        return np.asarray(total / max(int((bounds[:, 1] - bounds[:, 0]).sum()), 1), dtype=np.float32)
