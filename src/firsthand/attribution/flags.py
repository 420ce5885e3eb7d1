"""What is true or false of an attribution's words: what the lexicon, the rules and the marks say, as numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from firsthand.model import STATED_AS_FACT, Attribution, StanceValue

from . import lexicons
from .cues import negative
from .decode import Floats
from .hedging import Hedge
from .rules import Said, Steps, first_words
from .surety import Sure, names_a_thing
from .tokens import Tokens

STANCES: tuple[StanceValue, ...] = ("asserts", "denies", "doubts", "asks", "orders", "reports")
"""The stances, in the order of all that counts them."""

STEPS: tuple[Steps, ...] = (
    (STATED_AS_FACT, STATED_AS_FACT),
    *((step, step) for step in (7, 6, 5, 4)),
    (3, 5),
    *((step, step) for step in (3, 2, 1)),
)
"""What a content may be put as, from "stated as fact" down; (3, 5) is "may"."""

SHORT = 4
"""Fewer tokens than these are hardly a statement."""

CLAIMING: tuple[StanceValue, ...] = ("asserts", "doubts", "reports")
"""The stances with which a content may be a claim or only a thing spoken of."""

LENGTHS = (3, 6, 12, 20)
"""Contents of fewer tokens than these are flagged, each length by itself."""

OPENINGS = ("to", "that", "whether", "if", "about", "for", "as")
ENDS = frozenset(".!?")


def flags(toks: Tokens, attribution: Attribution, cue: Said, sure: Sure) -> Floats:
    """[F] of 0 and 1: of the cue, of the content's beginning and end, of claims, and of hedges."""
    things = [names_a_thing(toks, attribution, cue, name, sure) for name in CLAIMING]
    words = first_words(toks, attribution)
    found = [
        *_of_cue(cue),
        *_of_content(toks, attribution, words),
        not attribution.source,
        any(negative(toks.low[i]) for span in attribution.cue for i in toks.inside(span)),
        *_of_claims(cue, things, sure.clause),
        *_shape(toks, attribution),
        *_opening(words),
        *_of_hedge(sure.cue),
        *_of_hedge(sure.content),
    ]
    return np.array(found, np.float32)


def _of_cue(cue: Said) -> list[bool]:
    first, last = (found.entry.plain.stance for found in (cue.found[0], cue.found[-1])) if cue.found else ("", "")
    return [
        cue.negated,
        not cue.found,
        len(cue.found) > 1,
        *(name == cue.stance for name in STANCES),
        *(name == first for name in STANCES),
        *(name == last for name in STANCES),
    ]


def _of_content(toks: Tokens, attribution: Attribution, words: Sequence[str]) -> list[bool]:
    """How the content begins and ends."""
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


def _of_claims(cue: Said, things: list[bool], clause: bool) -> list[bool]:
    """What the rules make of it: a claim or a thing, under each stance of CLAIMING."""
    hedged = any(match.entry.plain.steps for match in cue.found)
    return [*things, clause, cue.claims, cue.claims and not clause, hedged]


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


def _of_hedge(hedge: Hedge | None) -> list[bool]:
    return [hedge is not None and hedge.steps == steps for steps in STEPS]
