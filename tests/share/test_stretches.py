from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from firsthand.model import Alignment, AlignmentKind
from firsthand.share.stretches import LONGEST_COMPARED, Piece, paragraphs, tints

TEXT = "One two three.\n\nFour five six seven.\n"


def pieces(text: str, *found: tuple[int, int, AlignmentKind]) -> list[tuple[Piece, ...]]:
    alignments = [Alignment((start, end), (start, end), kind) for start, end, kind in found]
    return list(paragraphs(text, tints(text, text, alignments)[0]))


def shown(paragraph: tuple[Piece, ...]) -> list[tuple[str, tuple[int, ...]]]:
    return [(piece.text, piece.tints) for piece in paragraph]


def test_a_text_without_alignments_is_its_paragraphs() -> None:
    assert [shown(one) for one in pieces(TEXT)] == [[("One two three.", ())], [("Four five six seven.", ())]]


def test_a_stretch_begins_once_and_may_go_over_paragraphs() -> None:
    first, second = pieces(TEXT, (4, 25, "shared"))
    assert shown(first) == [("One ", ()), ("two three.", (1,))]
    assert shown(second) == [("Four five", (1,)), (" six seven.", ())]
    assert [piece.begins for piece in (*first, *second)] == [(), (1,), (), ()]


def test_where_stretches_overlap_the_shorter_is_seen() -> None:
    (first, _) = pieces(TEXT, (0, 14, "shared"), (4, 7, "quotation"))
    assert [(piece.text, piece.kind, piece.tints) for piece in first] == [
        ("One ", "shared", (1,)),
        ("two", "quotation", (2, 1)),
        (" three.", "shared", (1,)),
    ]


def test_numbers_follow_the_later_text() -> None:
    left, right = tints("b a", "a b", [Alignment((0, 1), (2, 3)), Alignment((2, 3), (0, 1))])
    assert [(tint.number, tint.span) for tint in left] == [(1, (2, 3)), (2, (0, 1))]
    assert [(tint.number, tint.span) for tint in right] == [(1, (0, 1)), (2, (2, 3))]


def test_words_that_the_counterpart_lacks_are_told() -> None:
    old, new = "It may, they said, rain soon", "It WILL, they’d said, rain hard, soon"
    (left,), (right,) = tints(old, new, [Alignment((0, len(old)), (0, len(new)))])
    assert [old[slice(*span)] for span in left.own] == ["may, they"]
    assert [new[slice(*span)] for span in right.own] == ["WILL, they’d", "hard"]


def test_case_and_apostrophes_are_no_change() -> None:
    (left,), (right,) = tints("Don't go", "don’t GO", [Alignment((0, 8), (0, 8))])
    assert (left.own, right.own) == ((), ())


def test_in_very_long_stretches_no_single_words_are_looked_for() -> None:
    old, new = "a " * (LONGEST_COMPARED + 1), "b " * 10
    (left,), (right,) = tints(old, new, [Alignment((0, len(old)), (0, len(new)))])
    assert (left.own, right.own) == ((), ())


def test_in_stretches_of_one_word_no_single_words_are_looked_for() -> None:
    old, new = "a " * 1_000, "".join(f"a x{n} " for n in range(500))
    (left,), (right,) = tints(old, new, [Alignment((0, len(old)), (0, len(new)))])
    assert left.own == right.own == ()


@given(
    text=st.text(alphabet="ab \n", max_size=60),
    spans=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6),
)
def test_nothing_of_a_text_is_lost_or_doubled(text: str, spans: list[tuple[int, int]]) -> None:
    clipped = [tuple(sorted((min(start, len(text)), min(end, len(text))))) for start, end in spans]
    found = pieces(text, *((start, end, "shared") for start, end in clipped))
    assert "\n\n".join("".join(piece.text for piece in one) for one in found).split() == text.split()
    inside = {place for start, end in clipped for place in range(start, end) if not text[place].isspace()}
    tinted = [piece for one in found for piece in one if piece.tints]
    assert sum(not letter.isspace() for piece in tinted for letter in piece.text) == len(inside)
