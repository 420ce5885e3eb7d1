from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.reuse.folding import PARAGRAPH, SENTENCE, Folded, fold
from firsthand.reuse.quotations import QUOTED


def words(text: str) -> list[str]:
    folded = fold(text)
    return [text[start:end] for start, end in zip(folded.starts, folded.ends, strict=True)]


def flagged(text: str, flag: int) -> list[str]:
    folded = fold(text)
    columns = zip(folded.starts, folded.ends, folded.flags, strict=True)
    return [text[start:end] for start, end, flags in columns if flags & flag]


def same(one: str, other: str) -> bool:
    return fold(one).words.tolist() == fold(other).words.tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Don’t", "don't"),
        ("ÉTÉ", "e\u0301te\u0301"),
        ("ﬁn 12", "ﬁn １２"),
        ("well-known — “yes”", 'well known -- "yes"'),
        ("so\u00adft", "soft"),
        ("٣", "3"),
    ],
)
def test_case_accents_marks_and_forms_of_digits_do_not_count(one: str, other: str) -> None:
    assert same(one, other)


def test_other_words_are_others() -> None:
    assert not same("dam", "dame")
    assert not same("漢", "字")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("…!? \n", []),
        ("a", ["a"]),
        ("The dam’s gone; 'tis", ["The", "dam’s", "gone", "tis"]),
        ("漢字 かな", ["漢", "字", "か", "な"]),
        ("مرحبا بالعالم", ["مرحبا", "بالعالم"]),
        ("a\ud800b", ["a", "b"]),
        ("été\u0301", ["été\u0301"]),
        ("😀 dam 😀", ["dam"]),
    ],
)
def test_words_stand_where_they_stand(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “yes we can” today", ["yes", "we", "can"]),
        ('He said "yes we can" today', ["yes", "we", "can"]),
        ("He said ‘yes we can’ today", ["yes", "we", "can"]),
        ("Er sagte „ja gut“ dann", ["ja", "gut"]),
        ("Il dit « oui » là", ["oui"]),
        ("The workers' dam isn't theirs'", []),
        ("One.\n\n“Two three", ["Two", "three"]),
        ("“One two\n\n“Three four” five", ["One", "two", "Three", "four"]),
        ("“One two.\n\nThree four", ["One", "two"]),
    ],
)
def test_what_stands_between_quotation_marks(text: str, expected: list[str]) -> None:
    assert flagged(text, QUOTED) == expected


def test_sentences_and_paragraphs_begin() -> None:
    text = "One two. Three in the U.S. senate.\n\nFour"
    assert flagged(text, SENTENCE) == ["One", "Three", "Four"]
    assert flagged(text, PARAGRAPH) == ["One", "Four"]


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters() | st.sampled_from("aé “”‘’\"'.\n漢\u0301\ud800"), max_size=80))
def test_any_text_folds_into_words_that_lie_in_it(text: str) -> None:
    folded = fold(text)
    assert isinstance(folded, Folded)
    at = 0
    for start, end in zip(folded.starts.tolist(), folded.ends.tolist(), strict=True):
        assert at <= start < end <= len(text)
        at = end


POST = "The bridge is a disgrace, and I said so."


@pytest.mark.parametrize("sign", ["— ", "– ", "-- ", "—"])
def test_a_post_under_its_author_s_handle_is_a_quotation(sign: str) -> None:
    text = f"Renn wrote this.\n\n{POST}\n\n{sign}Ilva Renn (@renn) April 8, 2031\n\nThe council met."
    assert flagged(text, QUOTED) == words(f"{POST} Ilva Renn (@renn) April 8, 2031")


@pytest.mark.parametrize(
    "after",
    [
        "Ilva Renn (@renn) April 8, 2031",
        "- The council met",
        "— who may be asked at any hour of the day and night, under her handle (@renn)",
        "The council met (@renn)",
    ],
)
def test_what_no_such_line_signs_is_none(after: str) -> None:
    assert flagged(f"Renn wrote this.\n\n{POST}\n\n{after}", QUOTED) == []


def test_a_handle_in_the_first_line_signs_nothing() -> None:
    assert flagged("— Ilva Renn (@renn)\n\nThe council met.", QUOTED) == []


def test_a_long_paragraph_is_no_post() -> None:
    assert "disgrace" not in flagged(f"One.\n\n{POST * 12}\n\n— Ilva Renn (@renn)", QUOTED)
