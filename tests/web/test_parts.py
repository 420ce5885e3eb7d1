"""Long texts in parts."""

from __future__ import annotations

import itertools

import pytest

from firsthand.share.marks import stretches
from firsthand.web.parts import LONGEST_PARAGRAPH, LONGEST_PART, MOST_PARAGRAPHS, part

TEXTS = {
    "empty": "",
    "blank": " \n\n ",
    "short": "One.\n\nTwo.",
    "paragraphs": "\n\n".join(f"Paragraph {number} of a long report." for number in range(5_000)),
    "words": "word " * 50_000,
    "one word": "x" * 200_000,
    "lines": "a line of a list\n" * 12_000,
    "tiny": "a\n\n" * 60_000,
    "blank in the end": "a" * 10 + "\n\n" * 100_000,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_parts_are_the_text(text: str) -> None:
    total = part(text).total
    parts = [part(text, number) for number in range(1, total + 1)]
    assert [one.number for one in parts] == [*range(1, total + 1)]
    assert all(one.span[1] == other.span[0] for one, other in itertools.pairwise(parts))
    shown = "".join(text[start:end] for one in parts for start, end in one.paragraphs)
    assert "".join(shown.split()) == "".join(text.split())
    assert all(one.span[0] <= start <= end <= one.span[1] for one in parts for start, end in one.paragraphs)
    assert all(one.span[1] - one.span[0] <= LONGEST_PART + 1 for one in parts)
    assert all(len(one.paragraphs) <= MOST_PARAGRAPHS + 1 for one in parts)
    assert all(end - start <= LONGEST_PARAGRAPH for one in parts for start, end in one.paragraphs)


def test_a_text_that_is_not_long_has_the_paragraphs_that_it_has() -> None:
    text = "One.\n\nTwo,\nstill two.\n \nThree."
    assert list(part(text).paragraphs) == list(stretches(text))


@pytest.mark.parametrize("at", [0, 1, 39_999, 40_000, 100_000, 10**9])
def test_a_place_is_in_its_part(at: int) -> None:
    text = TEXTS["paragraphs"]
    found = part(text, at=at)
    assert found.span[0] <= min(at, len(text)) < found.span[1]


def test_a_part_that_is_not_there_is_the_last() -> None:
    assert part(TEXTS["words"], 99).number == part(TEXTS["words"]).total
