"""The trained ranking of antecedents: one row of numbers a candidate in, one score out (training/heads_sources.py)."""

from __future__ import annotations

import numpy as np

from . import heads
from .antecedents import SORTS
from .decode import Floats

FILE = "sources.npz"


def rank(sort: str, rows: Floats) -> Floats:
    """[C + 1] scores for [C + 1, F] rows, for a mention of one of SORTS."""
    weights = heads.arrays(FILE)
    number = SORTS.index(sort)
    hidden = rows @ weights["rank.rows"] + weights["rank.sorts"][number]
    return np.asarray(rows @ weights["rank.direct"][number] + np.maximum(hidden, 0) @ weights["rank.out"], np.float32)
