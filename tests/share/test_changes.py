"""What changed between two versions of a text."""

from __future__ import annotations

import time

import pytest

from firsthand.share.changes import Block, blocks, counted

OLD = "Bridge shut\n\nThe bridge may open in May, the mayor said.\n\nIt is old.\n\nIt is long."


def runs(old: str, new: str) -> list[tuple[str, str]]:
    return [run for block in blocks(old, new) for run in block.runs]


def told(old: str, new: str) -> tuple[str, str]:
    """Both texts, as the blocks have them."""
    found = [*blocks(old, new)]
    sides = []
    for other in ("in", "out"):
        parts = (
            "".join(text for kind, text in block.runs if kind != other) if block.runs else "\n\n".join(block.paragraphs)
            for block in found
        )
        sides.append("".join("".join(parts).split()))
    return sides[0], sides[1]


def test_nothing_changed() -> None:
    assert [*blocks(OLD, OLD)] == [Block((), tuple(OLD.split("\n\n")))]
    assert [*blocks("", "")] == []


def test_a_word_for_another() -> None:
    assert runs(OLD, OLD.replace(" may ", " will ")) == [
        ("same", "The bridge "),
        ("out", "may"),
        ("in", "will"),
        ("same", " open in May, the mayor said."),
    ]


def test_words_are_counted() -> None:
    found = [*blocks(OLD, OLD.replace("may open", "will open wide").replace("\n\nIt is long.", ""))]
    count = counted(found)
    assert (count.out, count.put_in) == (4, 2)


def test_paragraphs_that_come_and_go() -> None:
    assert runs(OLD, OLD + "\n\nIt is grey.") == [("in", "It is grey.")]
    assert runs(OLD, OLD.replace("It is old.\n\n", "")) == [("out", "It is old.")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (OLD, ""),
        ("", OLD),
        (OLD, "Nothing of it."),
        (OLD, OLD.upper()),
        ("a b c d", "b a d c"),
        ("One — two.", "One, two."),
        ("one\n\n\n two", "one two"),
    ],
)
def test_both_texts_are_there(old: str, new: str) -> None:
    assert told(old, new) == ("".join(old.split()), "".join(new.split()))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("x\n\n" * 100_000, "x\n\n" * 99_999 + "y"),
        ("x\n\n" * 50_000, "y\n\n" + "x\n\n" * 40_000 + "z"),
        ("the " * 100_000, "a " + "the " * 90_000 + "b"),
        (" ".join(map(str, range(100_000))), " ".join(map(str, range(100_000, 0, -1)))),
        ("x" * 500_000, "x" * 499_999),
    ],
)
def test_no_text_takes_long(old: str, new: str) -> None:
    begun = time.monotonic()
    assert told(old, new) == ("".join(old.split()), "".join(new.split()))
    assert time.monotonic() - begun < 5
