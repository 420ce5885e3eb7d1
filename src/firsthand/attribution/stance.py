"""How the source stands to the content, as the close reading has it, with the words that decided it."""

from __future__ import annotations

from firsthand.model import Attribution, Spans, Stance

from .close import Close
from .flags import STANCES
from .rules import Said
from .tokens import Tokens

LISTED = 2.7
"""How many times likelier the stance is that the lexicon and the rules give to a cue: of 1 to 50, about the best on the
articles held out from training."""


def stance(found: Close, toks: Tokens, attribution: Attribution) -> Stance:
    """The stance of the cue, with the words that decided it; `toks` are the tokens of the same stretch."""
    chances = found.stances.copy()
    if found.cue.found:
        chances[STANCES.index(found.cue.stance)] *= LISTED
    return Stance(STANCES[int(chances.argmax())], _deciding(found.cue, toks, attribution))


def _deciding(cue: Said, toks: Tokens, attribution: Attribution) -> Spans:
    """The words of the lexicon with their negation, else the cue."""
    return (toks.span(cue.first, cue.end),) if cue.end > cue.first else attribution.cue
