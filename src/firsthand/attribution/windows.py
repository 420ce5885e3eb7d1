"""Which words the encoder sees at once: whole paragraphs where they fit, with a little of what stands before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .words import Words

PIECES = 288
"""Longest window in word pieces; the encoder's own limit is 512, and cost grows with the window."""
BEFORE = 48
"""Pieces of left context: 95% of PolNeAR train attributions reach at most 27 words left of their cue."""
AFTER = 64
"""Pieces of right context, used only where a paragraph is too long for one window."""


@dataclass(frozen=True, slots=True)
class Window:
    """Words [start, end) are seen, cues are looked for in [core_start, core_end) alone."""

    start: int
    core_start: int
    core_end: int
    end: int


def windows(words: Words, *, first_core: int = PIECES - BEFORE) -> Iterator[Window]:
    """Windows whose cores cover all words once, in order. `first_core` caps the first core, in pieces."""
    at, cap = 0, max(first_core, 1)
    while at < len(words):
        window = _window(words, at, cap)
        yield window
        at, cap = window.core_end, PIECES - BEFORE


def _window(words: Words, at: int, cap: int) -> Window:
    first = words.first
    start = _back(words, at)
    room = min(int(first[at]) + cap, int(first[start]) + PIECES)
    limit = max(at + 1, _last_within(words, at, room))
    core_end = _paragraph_end(words, at, limit)
    if core_end > at:
        return Window(start, at, core_end, core_end)
    core_end = max(at + 1, _last_within(words, at, room - AFTER))
    return Window(start, at, core_end, max(limit, core_end))


def _back(words: Words, at: int) -> int:
    """The first word whose pieces lie within BEFORE of word `at`."""
    start = int(words.first.searchsorted(words.first[at] - BEFORE))
    return min(start, at)


def _last_within(words: Words, at: int, room: int) -> int:
    """One past the last word after `at` whose pieces end by piece `room`."""
    return max(at, int(words.first.searchsorted(room, side="right")) - 1)


def _paragraph_end(words: Words, at: int, limit: int) -> int:
    """One past the last word of the last paragraph that ends by word `limit`; `at` where none does."""
    if limit >= len(words):
        return len(words)
    return max(at, int(words.paragraph.searchsorted(words.paragraph[limit])))
