"""How the source stands to the content, as the close reading has it, with the words that decided it."""

from __future__ import annotations

from firsthand.model import Attribution, Spans, Stance

from .close import Close
from .flags import STANCES
from .rules import Said
from .tokens import Tokens

LISTED = 7.4
"""How many times likelier the stance is that lexicon and rules give to a cue: of 1 to 20, the best on the careful
labels of the articles held out from training."""

UNDENIED = 50.0
"""The same of a denial that is itself negated: "did not deny" is no denial, whatever else the words look like."""


def stance(found: Close, toks: Tokens, attribution: Attribution) -> Stance:
    """The stance of the cue, with the words that decided it; `toks` are the tokens of the same stretch."""
    chances, cue = found.stances.copy(), found.cue
    chances[STANCES.index(cue.stance)] *= _say(cue)
    return Stance(STANCES[int(chances.argmax())], _deciding(cue, toks, attribution))


def _say(cue: Said) -> float:
    """What the word of lexicon and rules weighs: nothing without a listed word, nor for "did not refuse"."""
    denial = any(match.end == cue.end and match.entry.plain.stance == "denies" for match in cue.found)
    if not cue.found or (cue.negated and cue.stance == "denies" and denial):
        return 1.0
    return UNDENIED if cue.negated and denial else LISTED


def _deciding(cue: Said, toks: Tokens, attribution: Attribution) -> Spans:
    """The words of the lexicon with their negation, else the cue."""
    return (toks.span(cue.first, cue.end),) if cue.end > cue.first else attribution.cue
