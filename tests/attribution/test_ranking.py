"""The trained ranking: one score a candidate, and one for none of them."""

import numpy as np
import pytest

from firsthand.attribution.antecedents import SORTS, WIDTH
from firsthand.attribution.ranking import rank


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_has_scores(sort):
    rows = np.random.default_rng(7).normal(size=(5, WIDTH)).astype(np.float32)
    scores = rank(sort, rows)
    assert scores.shape == (5,)
    assert scores.dtype == np.float32
    assert np.isfinite(scores).all()


def test_a_candidates_score_does_not_hang_on_the_others():
    rows = np.random.default_rng(7).normal(size=(5, WIDTH)).astype(np.float32)
    assert np.allclose(rank("he", rows)[[3, 1]], rank("he", rows[[3, 1]]), atol=1e-4)


def test_sorts_have_weights_of_their_own():
    rows = np.ones((1, WIDTH), np.float32)
    assert len({round(float(rank(sort, rows)[0]), 4) for sort in SORTS}) > 1
