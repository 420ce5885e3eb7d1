"""Tokens: what is one word, where sentences, paragraphs and quotations begin and end, on any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.attribution.tokens import tokens

WHOLE = [
    ("The U.S. and Lorvia", ["The", "U.S.", "and", "Lorvia"]),
    ("Mr. King met Gov. Tim Osk.", ["Mr.", "King", "met", "Gov.", "Tim", "Osk", "."]),
    ("John F. Renn slept", ["John", "F.", "Renn", "slept"]),
    ("Renn’s aide, O’Neill", ["Renn", "’s", "aide", ",", "O’Neill"]),
    ("the Larkmoor-made Q&A", ["the", "Larkmoor-made", "Q&A"]),
    ("It wasn't 1956, was it?", ["It", "wasn't", "1956", ",", "was", "it", "?"]),
]


@pytest.mark.parametrize(("text", "words"), WHOLE)
def test_what_is_one_word(text, words):
    assert tokens(text).words == words


def test_lower_case_has_no_accents_and_a_straight_apostrophe():
    assert tokens("ERDOĞAN’s Café").low == ["erdogan", "'s", "cafe"]


def test_offsets_are_the_articles():
    toks = tokens("Renn spoke.", 100)
    assert (toks.starts, toks.ends) == ([100, 105, 110], [104, 110, 111])
    assert toks.span(0, 2) == (100, 110)
    assert toks.printed(0, 2) == "Renn spoke"
    assert list(toks.inside((104, 111))) == [1, 2]
    assert toks.at(999) == len(toks) == 3


def test_sentences_and_paragraphs_are_counted():
    toks = tokens("Mr. King left. Renn stayed.\n\nThe U.S. slept.")
    places = {word: (s, p) for word, s, p in zip(toks.words, toks.sentence, toks.paragraph, strict=True)}
    assert places["King"][0] == places["left"][0] == 0
    assert places["Renn"] == (1, 0)
    assert places["The"][0] == places["slept"][0] > places["Renn"][0]
    assert places["slept"][1] == 2


def quoted(text):
    toks = tokens(text)
    return [word for word, inside in zip(toks.words, toks.quoted, strict=True) if inside and word[0].isalnum()]


def test_what_is_quoted():
    assert quoted("“We left,” she said. “Nobody stayed.”") == ["We", "left", "Nobody", "stayed"]
    assert quoted('He said "no" to it.') == ["no"]
    assert quoted("Er sagt: „Nein“") == ["Nein"]


def test_an_unclosed_quotation_ends_with_its_paragraph():
    assert quoted("“We left.\nThe bridge is old.") == ["We", "left"]
    assert quoted('"We left.\nThe bridge is old.') == ["We", "left"]


def test_what_runs_over_a_line_is_printed_on_one():
    assert tokens("Ilva\u2003 Renn").printed(0, 2) == "Ilva Renn"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120), st.integers(0, 9))
def test_tokens_are_in_order_and_are_what_the_text_has(text, offset):
    toks = tokens(text, offset)
    assert [text[a - offset : b - offset] for a, b in zip(toks.starts, toks.ends, strict=True)] == toks.words
    assert all(a < b for a, b in zip(toks.starts, toks.ends, strict=True))
    assert all(b <= a for b, a in zip(toks.ends, toks.starts[1:], strict=False))
    assert all(toks.low)
    assert "".join(toks.words).replace("\n", "") == "".join("".join(toks.words).split())


@pytest.mark.parametrize("text", ["", "\n\n", "“", "\ud800", "\u202e\u0301", "—" * 500, "’s’s"])
def test_hostile_texts_have_tokens(text):
    toks = tokens(text)
    assert len(toks) == len(toks.words) == len(toks.quoted)
