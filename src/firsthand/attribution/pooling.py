"""What the stance head sees of an attribution: mean vectors of its parts, and what is true or false of its words."""

from __future__ import annotations

import numpy as np

from firsthand.model import Attribution, StanceValue

from .cues import negative
from .decode import Floats
from .rules import Said, first_words
from .tagger import WIDTH, Tagged
from .tokens import Tokens

STANCES: tuple[StanceValue, ...] = ("asserts", "denies", "doubts", "asks", "orders", "reports")
"""The classes of the head, in its order."""

BEFORE = 3
"""Words in front of the cue that are pooled."""

OPENING = 4
"""Words at the content's beginning that are pooled."""

SHORT = 4
"""Fewer tokens than these are hardly a statement."""

SCALE = 0.1
"""What the vectors are multiplied with beside the flags: the best of 0.1 to 2 in cross-validation."""

OPENINGS = ("to", "that", "whether", "if", "about", "for", "as")


def features(tagged: Tagged, toks: Tokens, attribution: Attribution, cue: Said) -> Floats:
    """[3 * WIDTH + flags]: the vectors of the cue, of the words before it, of the content's first words; then flags."""
    found = np.array([float(flag) for flag in flags(toks, attribution, cue)], np.float32)
    return np.concatenate([SCALE * pooled(tagged, attribution), found])


def pooled(tagged: Tagged, attribution: Attribution) -> Floats:
    """[3 * WIDTH]: mean vectors of the cue, of the words before it, of the content's first words; zero for none."""
    if tagged.words is None:
        return np.zeros(3 * WIDTH, np.float32)
    (start, end), content = attribution.cue[0], attribution.content[:1] or ((0, 0),)
    bounds = np.array([start, end, *content[0]])
    first, behind, opening, close = np.searchsorted(tagged.words.starts, bounds).tolist()
    parts = ((first, behind), (max(0, first - BEFORE), first), (opening, min(close, opening + OPENING)))
    return np.concatenate([_mean(tagged.vectors, *part) for part in parts])


def flags(toks: Tokens, attribution: Attribution, cue: Said) -> list[bool]:
    """What the lexicon and the marks around the words say."""
    first, last = (found.entry.plain.stance for found in (cue.found[0], cue.found[-1])) if cue.found else ("", "")
    return [
        cue.negated,
        not cue.found,
        len(cue.found) > 1,
        *(name == cue.stance for name in STANCES),
        *(name == first for name in STANCES),
        *(name == last for name in STANCES),
        *_content_flags(toks, attribution),
        not attribution.source,
        any(negative(toks.low[i]) for span in attribution.cue for i in toks.inside(span)),
    ]


def _content_flags(toks: Tokens, attribution: Attribution) -> list[bool]:
    """How the content begins and ends."""
    words = first_words(toks, attribution)
    places = toks.inside(attribution.content[0]) if attribution.content else range(0)
    last = toks.inside(attribution.content[-1]) if attribution.content else range(0)
    return [
        *(words[:1] == [word] for word in OPENINGS),
        "to" in words[:6],
        bool(places) and toks.words[places[0]] in "\"“'‘",
        "?" in [toks.words[i] for i in last[-3:]],
        len(places) < SHORT,
        len(attribution.content) > 1,
        bool(attribution.content) and attribution.content[0][0] < attribution.cue[0][0],
    ]


def _mean(vectors: Floats, first: int, end: int) -> Floats:
    return np.asarray(vectors[first:end].sum(axis=0) / max(end - first, 1), np.float32)
