"""How surely a content is put: by the cue, and by the hedges of the content's main clause."""

from __future__ import annotations

from firsthand.model import DENIED, STATED_AS_FACT, Attribution, Certainty, Spans, Stance

from .claims import claims
from .hedging import weakest
from .rules import Steps, said
from .surety import Class, Sure, class_of, surety
from .tagger import Tagged
from .tokens import Tokens

USUAL: dict[Class, Steps] = {"fact": (STATED_AS_FACT, STATED_AS_FACT), "hedged": (5, 5), "low": (3, 3)}
"""The steps of a class of which no single word tells."""


def certainty(tagged: Tagged, toks: Tokens, attribution: Attribution, stance: Stance) -> Certainty | None:
    """How sure the content is, given the stance of the cue; None where it is nothing that could be true or false."""
    if stance.value == "denies":
        return Certainty(DENIED, DENIED, stance.spans)
    if stance.value in ("asks", "orders"):
        return None
    cue = said(toks, attribution)
    sure = surety(toks, attribution, cue, stance.value)
    return _worded(toks, sure, stance.spans) if claims(tagged, toks, attribution, cue, stance.value, sure) else None


def _worded(toks: Tokens, sure: Sure, cue: Spans) -> Certainty:
    """The class as steps, by the weakest hedge that fits it; without one, by the usual step of the class."""
    hedge = weakest([h for h in (sure.cue, sure.content) if h is not None and class_of(h.steps) == sure.value])
    if hedge is not None:
        return Certainty(*hedge.steps, (toks.span(hedge.first, hedge.end),))
    return Certainty(*USUAL[sure.value], () if sure.value == "fact" else cue)
