"""How the source stands to the content, as a small network and the lexicon have it, with the words that decided it."""

from __future__ import annotations

from firsthand.model import Attribution, Spans, Stance

from .flags import STANCES
from .rules import Said
from .senses import Sense
from .tokens import Tokens

LISTED, NEGATED = 2.0, 7.4
"""How many times likelier the stance is that lexicon and rules give to a cue, and to one that is negated ("does not
think"). Of 1 to 7.4 the first is the best on the careful labels of the articles held out from training; the second
costs 0.2 points of all there, and leaves the words of the list what they mean."""

UNDENIED = 50.0
"""The same where the words turn a denial into something else: "did not deny", "refused to say"."""


def stance(found: Sense, toks: Tokens, attribution: Attribution) -> Stance:
    """The stance of the cue, with the words that decided it; `toks` are the tokens of the same stretch."""
    chances, cue = found.stances.copy(), found.cue
    chances[STANCES.index(cue.stance)] *= _say(cue)
    return Stance(STANCES[int(chances.argmax())], _deciding(cue, toks, attribution))


def _say(cue: Said) -> float:
    """What the word of lexicon and rules weighs: nothing without a listed word, nor for "did not refuse"."""
    denial = any(match.end == cue.end and match.entry.plain.stance == "denies" for match in cue.found)
    if not cue.found or (cue.negated and cue.stance == "denies" and denial):
        return 1.0
    if denial and cue.stance != "denies":
        return UNDENIED
    return NEGATED if cue.negated else LISTED


def _deciding(cue: Said, toks: Tokens, attribution: Attribution) -> Spans:
    """The words of the lexicon with their negation, else the cue."""
    return (toks.span(cue.first, cue.end),) if cue.end > cue.first else attribution.cue
