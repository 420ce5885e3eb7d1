"""What a small network says of each attribution: stance, certainty, kind of source.

It sees means of what the encoder made of the attribution's words, and what is true or false of them by lexicon and
rules (flags.py). training/senses.py trains it; docs/decisions/2026-11-24-senses.md has what else was tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from firsthand.model import Attribution, Span

from . import heads
from .decode import Floats
from .flags import STANCES, STEPS, flags
from .pool import Pool
from .rules import Said, said
from .surety import surety
from .tokens import Tokens

FILE = "senses.npz"

BESIDE = 3
"""Words before and behind the cue that are read."""
OPENING, LONGEST = 4, 24
"""Words of a content's beginning, and of the content, that are read."""
PARTS = 10
"""Means of words that are read of an attribution."""

_ENDS = np.cumsum([len(STANCES), len(STEPS) + 2])


@dataclass(frozen=True, slots=True)
class Sense:
    """What the network says of an attribution, as probabilities, and what the cue says by its words alone.

    stances: [6], in the order of flags.STANCES. certainties: [11], of flags.STEPS, then denied, then none. kinds: [8],
    of kinds.KINDS, then no source.
    """

    cue: Said
    stances: Floats
    certainties: Floats
    kinds: Floats


def senses(pool: Pool, toks: Tokens, attributions: Sequence[Attribution]) -> list[Sense]:
    """Of the attributions of a stretch; `pool` has its words' vectors, `toks` are its tokens."""
    if not attributions:
        return []
    cues = [said(toks, one) for one in attributions]
    scores = _scores(np.stack([traits(pool, toks, *both) for both in zip(attributions, cues, strict=True)]))
    told = (_chances(part) for part in np.split(scores, _ENDS, axis=1))
    return [Sense(*row) for row in zip(cues, *told, strict=True)]


def traits(pool: Pool, toks: Tokens, attribution: Attribution, cue: Said) -> Floats:
    """[PARTS * WIDTH + flags]: what the network sees of an attribution."""
    told = flags(toks, attribution, cue, surety(toks, attribution, cue))
    return np.concatenate([pool.means(parts(pool, attribution)).ravel(), told])


def parts(pool: Pool, attribution: Attribution) -> list[Span]:
    """PARTS runs of words: the cue, what stands before and behind it, its ends, the content, the source, its last."""
    first, behind = pool.places(attribution.cue[0])
    last = pool.places(attribution.cue[-1])[1]
    opening, close = pool.places(attribution.content[0]) if attribution.content else (0, 0)
    second = pool.places(attribution.content[1]) if len(attribution.content) > 1 else (0, 0)
    source, end = pool.places(attribution.source[0]) if attribution.source else (0, 0)
    return [
        (first, behind),
        (first, min(first + 1, behind)),
        (max(first, last - 1), last),
        (max(0, first - BESIDE), first),
        (last, last + BESIDE),
        (opening, min(close, opening + OPENING)),
        (opening, min(close, opening + LONGEST)),
        (second[0], min(second[1], second[0] + OPENING)),
        (source, end),
        (max(source, end - 1), end),
    ]


def _scores(rows: Floats) -> Floats:
    """[A, 25] for [A, D] traits."""
    head = heads.arrays(FILE)
    told = rows[:, -head["direct"].shape[0] :]
    hidden = np.maximum(rows @ head["traits"] + head["bias"], 0)
    return np.asarray(hidden @ head["out"] + told @ head["direct"] + head["last"], np.float32)


def _chances(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)
