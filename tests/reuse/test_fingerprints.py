from __future__ import annotations

import numpy as np

from firsthand.reuse import sketch
from tests.reuse.invented import reworded, sentence, text


def test_the_fingerprints_stay_the_same_from_version_to_version() -> None:
    """A library's index holds them: whoever changes them must give its fingerprints anew."""
    found = sketch("The ferry of Larkmoor was sold after the flood, and nobody in Verran asked why.")
    assert found.dtype == np.int64
    assert found.tolist() == sorted(set(found.tolist()))
    assert found.tolist()[:3] == EXPECTED


EXPECTED = [-8608141582186254309, -8277529431758012984, -7866617265006510330]


def test_an_article_of_600_words_has_at_most_40() -> None:
    assert 30 <= len(sketch(" ".join(f"w{number}" for number in range(600)))) <= 40


def test_texts_too_short_have_none() -> None:
    for short in ("", "one", "one two three four", "\ud800", "…"):
        assert len(sketch(short)) == 0


def test_a_short_text_has_enough_to_be_found() -> None:
    assert len(sketch(sentence(1) + sentence(2))) >= 12


def test_a_copy_and_a_rewrite_share_some() -> None:
    body = text("a")
    for rate, least in ((0.0, 15), (0.1, 5), (0.25, 1)):
        assert len(np.intersect1d(sketch(body), sketch(reworded(body, rate, 1)))) >= least


def test_one_word_again_and_again_has_one() -> None:
    assert len(sketch("ferry " * 100_000)) == 1
