from __future__ import annotations

import zlib

import numpy as np
import pytest

from firsthand.claims import stances as module
from firsthand.claims.stances import LIKE, STANCES, Pair, features, stances
from firsthand.model import DIMENSIONS

CLAIM = "A heron stole the mayor of Larkmoor's wig"


def vector(text: str, pieces: int) -> bytes:
    """A stand-in: each text has a direction of its own."""
    generator = np.random.default_rng(zlib.crc32(text.encode("utf-8", "replace")))
    found = generator.normal(size=DIMENSIONS)
    return np.rint(127 * found / np.linalg.norm(found)).astype(np.int8).tobytes()


def test_no_line_has_no_stance() -> None:
    assert stances([], vector) == []


@pytest.mark.parametrize("headline", ["", "?", "«»", "\ud800", "WIG", "a " * 5000, "Héron volé"])
def test_any_headline_has_one_of_the_three(headline: str) -> None:
    assert stances([Pair(CLAIM, headline), Pair("", headline)], vector)[0] in STANCES


def test_what_is_seen_is_finite_and_has_one_width() -> None:
    one = features([Pair(CLAIM, "Heron steals wig")], vector)
    many = features([Pair(CLAIM, "Heron steals wig"), Pair(CLAIM, "It is a hoax"), Pair("x", "")], vector)
    assert one.shape[1] == many.shape[1]
    assert np.isfinite(many).all()


def test_a_word_is_like_itself() -> None:
    found = features([Pair(CLAIM, "Heron is a hoax")], vector)[0, -len(LIKE) :]
    assert found[LIKE.index("hoax")] == pytest.approx(1.0, abs=0.01)
    assert found[LIKE.index("proof")] < 0.5


def test_headlines_of_a_claim_tell_of_one_another_but_not_of_other_claims() -> None:
    alone = features([Pair(CLAIM, "Heron steals wig")], vector)[0]
    beside = features([Pair(CLAIM, "Heron steals wig"), Pair(CLAIM, "It is a hoax")], vector)[0]
    apart = features([Pair(CLAIM, "Heron steals wig"), Pair("Ulm is shut", "It is a hoax")], vector)[0]
    assert not np.array_equal(alone, beside)
    assert np.array_equal(alone, apart)


def test_the_order_of_the_lines_changes_no_stance() -> None:
    pairs = [Pair(CLAIM, f"{word} heron, {word} wig") for word in LIKE]
    there, back = stances(pairs, vector), stances(pairs[::-1], vector)
    assert there == back[::-1]


def test_each_tree_gives_odds_that_sum_to_one() -> None:
    found = module._answers(features([Pair(CLAIM, "Heron steals wig"), Pair(CLAIM, "hoax")], vector))
    assert found.sum(1) == pytest.approx([1.0, 1.0], abs=0.01)
