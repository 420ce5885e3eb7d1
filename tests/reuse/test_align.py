from __future__ import annotations

from time import process_time

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.model import Alignment
from firsthand.reuse import align
from firsthand.reuse.folding import GAP, fold
from firsthand.reuse.passages import COLUMNS, Side, desk, passages
from firsthand.reuse.seeds import plant
from tests.reuse.invented import reworded, text

QUOTATION = "we will not leave this valley before the last of the three dams is mended and paid for"


def shared_words(one: str, other: str) -> int:
    """How many words two stretches have in common, in order: their longest common subsequence."""
    left, right = fold(one).words.tolist(), fold(other).words.tolist()
    row = [0] * (len(right) + 1)
    for word in left:
        before = row[:]
        for at, found in enumerate(right):
            row[at + 1] = before[at] + 1 if word == found else max(row[at], before[at + 1])
    return row[-1]


def covered(found: tuple[Alignment, ...], of: str) -> float:
    return sum(one.later[1] - one.later[0] for one in found) / len(of)


def test_a_text_aligns_with_itself_as_a_whole() -> None:
    body = text("a")
    assert align(body, body) == (Alignment((0, len(body) - 1), (0, len(body) - 1)),)


def test_other_texts_do_not_align() -> None:
    assert align(text("a"), " ".join(f"w{number}" for number in range(300))) == ()


def test_a_rewrite_aligns_over_nearly_all_of_it() -> None:
    body = text("a")
    for rate, least in ((0.05, 0.97), (0.15, 0.9), (0.25, 0.8)):
        assert covered(align(body, rewrite := reworded(body, rate, 2)), rewrite) >= least


def test_sentences_in_another_order_align_one_by_one() -> None:
    parts = text("a", 9).split("\n\n")
    found = align("\n\n".join(parts), "\n\n".join(reversed(parts)))
    assert [one.earlier for one in found] == sorted((one.earlier for one in found), reverse=True)
    assert len(found) == len(parts)


def test_a_quotation_is_told_apart() -> None:
    found = align(f"{text(1)} “{QUOTATION},” he said.", f"{text(2)} She put it so: ‘{QUOTATION}’. {text(3)}")
    assert [one.kind for one in found if one.later[1] - one.later[0] > 60] == ["quotation"]


def test_texts_of_nothing_and_of_one_word() -> None:
    for one in ("", " ", "word", "…", "\ud800"):
        assert align(one, one) == ()
        assert align(one, text("a")) == ()


def test_ten_megabytes_of_one_word_take_no_longer_than_they_must() -> None:
    long = "ferry " * 1_700_000
    assert align(long, long) == (Alignment((0, len(long) - 1), (0, len(long) - 1)),)
    assert align(long[:-600], long)


def test_scripts_without_spaces_and_from_right_to_left() -> None:
    for body in (
        "東京の港は火曜日の朝に閉鎖され水曜日に再開した",
        "أغلق الميناء صباح الثلاثاء بعد الفيضان وفتح مساء الأربعاء",
    ):
        (found,) = align(f"one {body} two", f"three {body}")
        assert body in f"one {body} two"[slice(*found.earlier)]
        assert body in f"three {body}"[slice(*found.later)]


PIECES = ("dam", "mill", "river", "the", "of", "“", "”", '"', ".", "\n\n", "漢", "e\u0301", "\ud800", "12", "Verran")
WORDS = st.lists(st.sampled_from(PIECES), max_size=120)


@settings(max_examples=300, deadline=None)
@given(WORDS, WORDS, WORDS)
def test_any_two_texts_any_edits(before: list[str], shared: list[str], after: list[str]) -> None:
    """Offsets lie inside their texts, in order, and what is claimed to be shared is."""
    earlier, later = " ".join(before + shared), " ".join(shared + after)
    end = 0
    for one in align(earlier, later):
        assert 0 <= one.earlier[0] < one.earlier[1] <= len(earlier)
        assert end <= one.later[0] < one.later[1] <= len(later)
        end = one.later[1]
        left, right = earlier[slice(*one.earlier)], later[slice(*one.later)]
        common = shared_words(left, right)
        assert common >= 5
        assert common >= 0.3 * min(len(fold(left).words), len(fold(right).words))


ANY_TEXT = st.lists(st.text(max_size=12), max_size=60).map(" ".join)
EDITS = st.lists(
    st.tuples(st.sampled_from(["keep", "drop", "add", "replace"]), st.text(max_size=9)), min_size=1, max_size=40
)


def edited(body: str, edits: list[tuple[str, str]]) -> str:
    """The words of `body`, each kept, dropped, replaced or with another one added, as the edits say in turn."""
    kept = list[str]()
    for at, word in enumerate(body.split(" ")):
        what, other = edits[at % len(edits)]
        kept += {"keep": [word], "drop": [], "add": [word, other], "replace": [other]}[what]
    return " ".join(kept)


def right_about(earlier: str, later: str) -> None:
    for one in align(earlier, later):
        assert 0 <= one.earlier[0] < one.earlier[1] <= len(earlier)
        assert 0 <= one.later[0] < one.later[1] <= len(later)
        assert shared_words(earlier[slice(*one.earlier)], later[slice(*one.later)]) >= 5


def test_a_long_copy_that_thins_out_takes_no_time_that_grows_with_its_square() -> None:
    same, thin = ([f"{name}{n}" for n in range(180_000)] for name in "st")
    new = (f"n{at} n{at + 1} n{at + 2} n{at + 3}" for at in range(0, 240_000, 4))
    thinned = (f"{' '.join(thin[3 * at : 3 * at + 3])} {words}" for at, words in enumerate(new))
    earlier, later = " ".join([*same, *thin]), " ".join([*same, *thinned])
    align("one two three four five six", "one two three four five six")  # compiled
    began = process_time()
    assert len(align(earlier, later)) == 1
    assert process_time() - began < 1.5  # 0.3 on the machine where it took 2.7


def test_passages_that_find_no_room_are_left_out() -> None:
    words = fold(text("a"))
    cut = (words.flags | GAP).astype(np.uint8)
    side, room = Side(words.words, cut, words.faces), desk(len(words.words))
    plant(side.words, room.seeds)
    rows = np.full((100, COLUMNS), -1, np.int32)
    assert passages(side, side, room, 0, rows[:7]) == 7
    assert (rows[7:] == -1).all()


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT, EDITS)
def test_any_characters_any_edits(body: str, edits: list[tuple[str, str]]) -> None:
    right_about(body, edited(body, edits))


@settings(max_examples=100, deadline=None)
@given(ANY_TEXT, ANY_TEXT)
def test_any_two_texts(one: str, other: str) -> None:
    right_about(one, other)


@settings(max_examples=100, deadline=None)
@given(EDITS, st.sampled_from("abcdef"))
def test_any_edits_of_an_article(edits: list[tuple[str, str]], seed: str) -> None:
    right_about(text(seed), edited(text(seed), edits))
