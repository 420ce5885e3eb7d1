"""Whether a content is something that could be true or false, or only a thing spoken of ("praised the plan")."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from firsthand.model import Attribution, StanceValue

from . import lexicons
from .decode import Floats
from .heads import STANCE, arrays
from .pooling import features
from .rules import Said, first_words
from .surety import Sure
from .tagger import Tagged
from .tokens import Tokens

CLAIMING: tuple[StanceValue, ...] = ("asserts", "doubts", "reports")
"""The stances of which the head decides; denials are always of something, questions and orders of nothing."""

ENDS = frozenset(".!?")

LENGTHS = (3, 6, 12, 20)
"""Contents of fewer tokens than these are flagged, each length by itself."""


def claims(tagged: Tagged, toks: Tokens, attribution: Attribution, cue: Said, stance: StanceValue, sure: Sure) -> bool:
    """Whether anything is claimed, by a head on words, vectors and `sure.thing`, what the rules say."""
    if stance == "asserts" and sure.clause and cue.claims and not all(match.entry.weak for match in cue.found):
        return True  # "said" before a clause: the head was no better there, and this is quicker
    head = arrays(STANCE)
    found = claim_features(features(tagged, toks, attribution, cue), toks, attribution, cue, stance, sure)
    return bool(found @ head["claim_weights"] + head["claim_bias"] > 0)


def claim_features(
    values: Floats, toks: Tokens, attribution: Attribution, cue: Said, stance: StanceValue, sure: Sure
) -> Floats:
    """[D + flags]: the D features of the stance head, and what tells a statement from the name of a thing."""
    told = [stance == name for name in CLAIMING]
    own = [
        sure.thing,
        sure.clause,
        cue.claims,
        cue.claims and not sure.clause,
        any(m.entry.plain.steps for m in cue.found),
    ]
    flags = [*told, *own, *_shape(toks, attribution), *_opening(first_words(toks, attribution))]
    return np.concatenate([values, np.array(flags, np.float32)])


def _shape(toks: Tokens, attribution: Attribution) -> list[bool]:
    """Of the content's first span: its length, its quotation mark, its capital, and its verbs."""
    inside = toks.inside(attribution.content[0]) if attribution.content else range(0)
    low = toks.low[inside.start : inside.stop]
    subordinate = lexicons.words("subordinators")
    return [
        *(len(low) < length for length in LENGTHS),
        bool(low) and toks.quoted[inside[0]],
        bool(low) and toks.capital(inside[0]),
        _finite(low),
        not subordinate.isdisjoint(low),
        not ENDS.isdisjoint(low),
    ]


def _finite(low: list[str]) -> bool:
    """Whether a verb of the list comes before any mark or relative word: "Renn, who is ..." is a name."""
    finite, subordinate = lexicons.words("finite"), lexicons.words("subordinators")
    stops = (n for n, word in enumerate(low) if n and (word in subordinate or word in ("that", ",", ".", ";")))
    return any(word in finite for word in low[: next(stops, len(low))])


def _opening(words: Sequence[str]) -> list[bool]:
    """Of the content's first words: article, pronoun, "that", participles, "as"."""
    first = words[0] if words else ""
    return [
        first in lexicons.closed("determiners"),
        first in lexicons.closed("pronouns"),
        first.endswith("ing"),
        "as" in words[:6],
        any(word.endswith("ed") for word in words),
        any(word.endswith("s") for word in words[1:5]),
    ]
