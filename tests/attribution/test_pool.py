"""Means of word vectors over spans of characters."""

import numpy as np
import pytest

from firsthand.attribution.pool import Pool
from firsthand.attribution.tagger import WIDTH, Tagged
from firsthand.attribution.words import Words

NONE = np.empty(0, np.int64)


@pytest.fixture
def pool():
    starts = np.array([10, 15, 20], np.int64)  # of a stretch at offset 10
    vectors = np.outer([1, 2, 6], np.ones(WIDTH)).astype(np.float32)
    words = Words(starts, starts + 4, NONE, NONE, NONE, NONE)
    return Pool(Tagged("Renn left home", 10, words, vectors, NONE, ()))


def test_the_mean_is_over_the_words_that_begin_within_the_span(pool):
    assert (pool.mean((10, 24)) == 3).all()
    assert (pool.mean((11, 20)) == 2).all()
    assert pool.mean((10, 12)).shape == (WIDTH,)
    assert pool.mean((10, 12)).dtype == np.float32


def test_where_no_word_begins_it_is_zero(pool):
    assert not pool.mean((21, 24)).any()
    assert not pool.mean((999, 1000)).any()


def test_a_stretch_without_words_has_zeros():
    empty = Tagged("—", 0, None, np.empty((0, 0), np.float32), np.empty(0, np.float32), ())
    assert not Pool(empty).mean((0, 1)).any()
