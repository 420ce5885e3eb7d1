"""Windows: every word in one core, no window longer than the encoder bears."""

from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.attribution.windows import BEFORE, PIECES, windows
from firsthand.attribution.words import split

paragraph = st.integers(1, 700).map(lambda n: "word " * n)


@settings(max_examples=50, deadline=None)
@given(st.lists(paragraph, max_size=8), st.integers(1, PIECES))
def test_cores_cover_all_words_once(tokenizer, paragraphs, first_core):
    words = split("\n".join(paragraphs), tokenizer)
    cut = list(windows(words, first_core=first_core))
    assert [i for w in cut for i in range(w.core_start, w.core_end)] == list(range(len(words)))
    assert all(w.start <= w.core_start < w.core_end <= w.end for w in cut)
    assert all(words.first[w.end] - words.first[w.start] <= PIECES for w in cut)


def test_a_window_ends_with_a_paragraph_where_it_can(tokenizer):
    words = split("\n".join(["word " * 100] * 5), tokenizer)
    assert [w.core_end for w in windows(words)] == [200, 400, 500]


def test_a_window_sees_what_stands_before_its_core(tokenizer):
    words = split("\n".join(["word " * 100] * 5), tokenizer)
    assert [w.core_start - w.start for w in windows(words)] == [0, BEFORE, BEFORE]


def test_a_paragraph_too_long_is_cut_with_what_follows_in_view(tokenizer):
    words = split("word " * 1000, tokenizer)
    assert all(w.end > w.core_end for w in list(windows(words))[:-1])
