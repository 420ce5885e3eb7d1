"""A long text in parts that a page can hold; one that is not long is one part."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from firsthand.model import Span
from firsthand.share.marks import stretches

LONGEST_PART = 40_000
"""Characters of a part: half an hour of reading, and some 40 KB on the way. Of the 612 articles of Helsinki nine in ten
have less than a quarter of it. Where one has very many notes, setting it takes a tenth of a second."""

MOST_PARAGRAPHS = 1_000
"""Paragraphs of a part, of texts that are all short lines."""

LONGEST_PARAGRAPH = 10_000
"""Characters of a paragraph that is not cut; longer ones are texts that have lost their line ends."""

Paragraphs = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Some paragraphs of a text, the part that has `number` (from 1) of `total`; `span` goes from part to part."""

    number: int
    total: int
    span: Span
    paragraphs: Paragraphs


def part(text: str, number: int = 1, at: int | None = None) -> Part:
    """The part with this number, or that in which the character `at` stands; the last, where there are not so many."""
    starts = [*_starts(text), len(text) + 1]
    total = len(starts) - 1
    if at is not None:
        number = bisect_right(starts, at)
    number = min(max(number, 1), total)
    start, end = starts[number - 1 : number + 1]
    return Part(number, total, (start, end), tuple(_paragraphs(text[start:end], start)))


def _starts(text: str) -> Iterator[int]:
    """Where parts begin: after a blank line, else after a line's end, else after a space, as late as one can be."""
    start = 0
    yield start
    while (most := _reach(text, start)) < len(text):
        ends = (text.rfind(mark, start + 1, most) + len(mark) for mark in ("\n\n", "\n", " "))
        start = next((end for end in ends if end > (start + most) // 2), most)
        yield start


def _reach(text: str, start: int) -> int:
    """Where the part that begins at `start` ends at the latest."""
    most = min(start + LONGEST_PART, len(text))
    if text.count("\n\n", start, most) > MOST_PARAGRAPHS:
        most = start
        for _ in range(MOST_PARAGRAPHS):
            most = text.find("\n\n", most) + 2
    return most


def _paragraphs(text: str, offset: int) -> Iterator[Span]:
    for start, end in stretches(text):
        while end - start > LONGEST_PARAGRAPH:
            space = text.rfind(" ", start + 1, start + LONGEST_PARAGRAPH)
            cut = space + 1 if space > 0 else start + LONGEST_PARAGRAPH
            yield start + offset, cut + offset
            start = cut
        yield start + offset, end + offset
