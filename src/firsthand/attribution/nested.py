"""Attributions inside the content of others: "officials believe" within what a ministry says.

The tagger's training data (PolNeAR) mark none inside another's content, so the tagger passes over them; but read by
itself, a content is a text like any other. A probe on the vectors that are there already says which are worth it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from firsthand.model import Attribution, Span, Spans

from . import heads
from .cues import matches
from .tagger import Tagged, Tagger
from .tokens import Tokens

FILE = "nested.npz"
SURE = 0.8
"""Least confidence of an inner attribution."""

LEAST_WORDS = 4
"""Fewer words than these hold no attribution."""

LONGEST = 50
"""Tokens of a content that are read; an attribution that carries it stands at its beginning."""

MAIN = 0.6
"""Share of a content that an inner attribution has to cover: else it is a side matter, and no link of the chain."""

COVERED = 0.5
"""Share of a content that an inner attribution's source, cue and content together have to take up: where much stands
between them ("Ondrava plans to close the port and blame the weather"), nobody says anything. The best of 0.4, 0.5 and
0.6 on the build half of the labelled chains."""

SPEAKER = frozenset(["i", "we", "i'm", "we're", "what", "nobody", "nothing"])
SAYING = frozenset(["asserts", "denies", "doubts", "reports"])
EARLY = 15
"""Tokens of a content among which the cue of such an attribution begins; of those that the tagger found when it read
every content of 120 articles of PolNeAR train by itself, 86% had a reporting word there."""

DEEPEST = 2
"""Layers below the outermost that are looked for."""

_OPENING = re.compile(r"(that|whether|how|if)\s+|[\s\"“”‘'’,.:;–—-]+", re.IGNORECASE)


def nested(tagger: Tagger, tagged: Tagged, toks: Tokens) -> list[Attribution]:
    """The attributions that lie in the contents of others, and carry the main part of them."""
    found: list[Attribution] = []
    layer: Sequence[Attribution] = tagged.attributions if tagged.words is not None else ()
    for _ in range(DEEPEST):
        known = [*tagged.attributions, *found]
        layer = [a for outer in layer for a in _inside(tagger, tagged, toks, outer) if not _overlaps(a, known)]
        found += layer
    return found


def _overlaps(attribution: Attribution, known: Sequence[Attribution]) -> bool:
    """Whether its cue is one that is known already."""
    start, end = attribution.cue[0]
    return any(a < end and start < b for other in known for a, b in other.cue)


def _inside(tagger: Tagger, tagged: Tagged, toks: Tokens, outer: Attribution) -> Iterator[Attribution]:
    for span in outer.content:
        part = core(tagged, toks, span)
        if part is not None and reporting(toks, part) and likely(tagged, part):
            yield from (a for a in read(tagger, tagged, part) if chief(toks, a, part))


def reporting(toks: Tokens, part: Span) -> bool:
    """Whether a word of saying or believing stands near a content's beginning, and not in a quotation.

    What somebody is quoted with is mostly his own; on the build half, leaving quotations out lost one link of 122.
    """
    if toks.quoted[toks.holding(part[0])]:
        return False
    return any(not match.entry.weak for match in matches(toks, list(toks.inside(part))[:EARLY]))


def core(tagged: Tagged, toks: Tokens, span: Span) -> Span | None:
    """The beginning of a content, without conjunction and marks before it; None where next to nothing is left."""
    text = tagged.text[span[0] - tagged.offset : span[1] - tagged.offset]
    start = 0
    while (opening := _OPENING.match(text, start)) is not None:
        start = opening.end()
    inside = toks.inside((span[0] + start, span[1]))
    if len(inside) < LEAST_WORDS:
        return None
    return span[0] + start, span[1] if len(inside) <= LONGEST else toks.ends[inside.start + LONGEST - 1]


def likely(tagged: Tagged, part: Span) -> bool:
    """Whether the probe sees the beginning of a cue in the words of a content."""
    assert tagged.words is not None
    first, end = np.searchsorted(tagged.words.starts, part)
    probe = heads.arrays(FILE)
    return bool((tagged.vectors[first:end] @ probe["weights"] + probe["bias"] > 0).any())


def chief(toks: Tokens, inner: Attribution, part: Span) -> bool:
    """Whether an inner attribution carries the main part of a content, by a source that is not the speaker's "I"."""
    if inner.score < SURE or not inner.source or not inner.content:
        return False
    covered = sum(b - a for a, b in inner.source + inner.cue + inner.content)
    cue = [i for span in inner.cue for i in toks.inside(span)]
    says = any(match.entry.plain.stance in SAYING and not match.entry.weak for match in matches(toks, cue))
    return (
        says and covered >= COVERED * (part[1] - part[0]) and toks.low[toks.holding(inner.source[0][0])] not in SPEAKER
    )


def read(tagger: Tagger, tagged: Tagged, part: Span) -> Iterator[Attribution]:
    """What a part of a stretch says when it is set as a sentence of its own."""
    text = tagged.text[part[0] - tagged.offset : part[1] - tagged.offset]
    sentence = text[0].upper() + text[1:] if len(text[0].upper()) == 1 else text
    closed = sentence if sentence[-1] in '.?!"”' else sentence + "."
    for found in tagger.read_part(closed, part[0]):
        source, cue, content = (_within(role, part[1]) for role in (found.source, found.cue, found.content))
        yield Attribution(source, cue, content, found.score)


def _within(spans: Spans, end: int) -> Spans:
    return tuple((a, min(b, end)) for a, b in spans if a < end)
