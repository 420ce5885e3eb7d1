"""Words, their offsets, and the three features that an uncased encoder cannot see."""

from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.attribution.words import split

TEXT = "Ministry Denies Plan\n\nThe “staged” attack, a UN aide said, was “not ours.\n\nMcLeod left in 2031."


def words_of(text, words):
    return [text[s:e] for s, e in zip(words.starts, words.ends, strict=True)]


def test_offsets_fit_the_text(tokenizer):
    words = split(TEXT, tokenizer)
    assert words_of(TEXT, words)[:5] == ["Ministry", "Denies", "Plan", "The", "“"]


def test_offsets_count_from_where_the_stretch_stands(tokenizer):
    there, here = split(TEXT, tokenizer, offset=100), split(TEXT, tokenizer)
    assert (there.starts == here.starts + 100).all()


def feature(tokenizer, column, text=TEXT, **kwargs):
    words = split(text, tokenizer, **kwargs)
    return dict(zip(words_of(text, words), words.features[:, column].tolist(), strict=True))


def test_case(tokenizer):
    case = feature(tokenizer, 0)
    assert [case[w] for w in ("attack", "Ministry", "UN", "McLeod", "2031", ",")] == [0, 1, 2, 3, 4, 5]


def test_quotation(tokenizer):
    quote = feature(tokenizer, 1)
    assert [quote[w] for w in ("The", "staged", "“", "attack", "ours")] == [0, 1, 2, 0, 1]


def test_an_unclosed_quotation_ends_with_its_paragraph(tokenizer):
    assert feature(tokenizer, 1)["McLeod"] == 0


def test_straight_quotation_marks_open_and_close_in_turn(tokenizer):
    quote = feature(tokenizer, 1, text='He said "go" and left "now" again')
    assert [quote[w] for w in ("He", "go", "and", "now", "again")] == [0, 1, 0, 1, 0]


def test_place(tokenizer):
    place = feature(tokenizer, 2)
    assert [place[w] for w in ("Denies", "The", "attack", "McLeod")] == [2, 1, 0, 1]


def test_a_stretch_from_the_middle_has_no_headline(tokenizer):
    assert feature(tokenizer, 2, headline=False)["Denies"] == 3


def test_an_accent_of_its_own_belongs_to_its_word(tokenizer):
    text = "Jose\u0301 said cafe\u0301."
    assert words_of(text, split(text, tokenizer)) == ["Jose\u0301", "said", "cafe\u0301", "."]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_ordered_words_inside_it(tokenizer, text):
    words = split(text, tokenizer)
    assert (words.starts[1:] >= words.ends[:-1]).all()
    assert len(words.first) == len(words) + 1
    assert words.first[-1] == len(words.pieces)
    assert words.starts.min(initial=0) >= 0
    assert words.ends.max(initial=0) <= len(text)
