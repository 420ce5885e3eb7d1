"""The odds of two statements."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.claims.scoring import FEATURES, features, odds, side
from firsthand.model import DIMENSIONS
from tests.claims.given import told

TEXTS = st.text(st.sampled_from("abcdeKR 123 .,'not"), max_size=40)


@settings(max_examples=80, deadline=None)
@given(TEXTS, TEXTS)
def test_odds_are_probabilities_and_the_same_from_either_side(one: str, other: str) -> None:
    left, right = told(1, one), told(2, other)
    (there,), (back,) = odds(left, [right]), odds(right, [left])
    for name in ("same", "contradicts", "neighbour"):
        assert 0 <= getattr(there, name) <= 1
        assert getattr(there, name) == pytest.approx(getattr(back, name), abs=2e-4)
    assert there.same + there.contradicts + there.neighbour <= 1 + 3e-4


def test_odds_with_many_are_those_with_each() -> None:
    first = told(0, "Brennmark will blow up the Karst dam")
    others = [told(n, text) for n, text in enumerate(("the dam", "", "Brennmark blew up a ferry", "Renn left"), 1)]
    together = odds(first, others)
    alone = [odds(first, [other])[0] for other in others]
    for one, another in zip(together, alone, strict=True):
        assert one.same == pytest.approx(another.same, abs=2e-4)
    assert odds(first, []) == []


def test_there_is_a_column_for_every_feature() -> None:
    one, other = side(told(1, "the Karst dam")), side(told(2, "the dam"))
    found = features(one, [other, one])
    assert found.shape == (2, len(FEATURES))
    assert found.dtype == np.float32
    assert np.isfinite(found).all()


def test_the_same_words_are_the_same_and_others_are_not() -> None:
    dam = told(1, "Brennmark will blow up the Karst dam in the Ulm valley")
    again, herring = told(2, dam.full), told(3, "Herring prices in Larkmoor fell by nine per cent")
    same, other = odds(dam, [again, herring])
    assert same.same > 0.9
    assert other.same < 0.1


def test_a_statement_without_a_vector_is_scored_too() -> None:
    from dataclasses import replace

    empty = replace(told(1, "the dam"), vector=bytes(DIMENSIONS), setting=bytes(DIMENSIONS))
    assert np.isfinite(odds(empty, [empty])[0].same)
