"""A long text in parts that a page can hold; one that is not long is one part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from firsthand.model import Span
from firsthand.share.marks import stretches

LONGEST_PART = 60_000
"""Characters of a part: an hour of reading, some 60 KB on the way. Of the 612 articles of Helsinki none is as long."""

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
    parts = list(_parts(text)) or [((0, len(text)),)]
    starts = [0, *(paragraphs[0][0] for paragraphs in parts[1:])]
    if at is not None:
        number = sum(start <= at for start in starts)
    number = min(max(number, 1), len(parts))
    end = starts[number] if number < len(starts) else len(text) + 1
    return Part(number, len(parts), (starts[number - 1], end), parts[number - 1])


def _parts(text: str) -> Iterator[Paragraphs]:
    held: list[Span] = []
    for span in _paragraphs(text):
        if held and span[1] - held[0][0] > LONGEST_PART:
            yield tuple(held)
            held = []
        held.append(span)
    if held:
        yield tuple(held)


def _paragraphs(text: str) -> Iterator[Span]:
    for start, end in stretches(text):
        while end - start > LONGEST_PARAGRAPH:
            space = text.rfind(" ", start + 1, start + LONGEST_PARAGRAPH)
            cut = space + 1 if space > 0 else start + LONGEST_PARAGRAPH
            yield start, cut
            start = cut
        yield start, end
