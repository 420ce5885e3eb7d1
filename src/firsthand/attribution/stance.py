"""How the source stands to the content: by the cue's words, and by what the encoder made of them in their context."""

from __future__ import annotations

from firsthand.model import Attribution, Spans, Stance

from .heads import STANCE, arrays
from .pooling import STANCES, features
from .rules import Said, said
from .tagger import Tagged
from .tokens import Tokens


def stance(tagged: Tagged, toks: Tokens, attribution: Attribution) -> Stance:
    """The stance of the cue, with the words that decided it; `toks` are the tokens of the same stretch."""
    cue = said(toks, attribution)
    head = arrays(STANCE)
    scores = features(tagged, toks, attribution, cue) @ head["weights"] + head["bias"]
    return Stance(STANCES[int(scores.argmax())], _deciding(toks, attribution, cue))


def _deciding(toks: Tokens, attribution: Attribution, cue: Said) -> Spans:
    """The words of the lexicon with their negation, else the cue."""
    return (toks.span(cue.first, cue.end),) if cue.end > cue.first else attribution.cue
