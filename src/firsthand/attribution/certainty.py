"""How surely a content is put: the step that the close reading finds, with the hedge that says so."""

from __future__ import annotations

import numpy as np

from firsthand.model import DENIED, STATED_AS_FACT, Attribution, Certainty, Spans, Stance

from .close import Close
from .decode import Floats
from .flags import STEPS
from .hedging import Hedge, weakest
from .rules import Steps
from .surety import class_of, surety
from .tokens import Tokens

NOTHING = len(STEPS) + 1
"""Where among the network's certainties "nothing is claimed" stands; "denied" stands before it."""

EVEN = 4
"""The step of an even chance."""

_MIDDLES = np.array([sum(steps) / 2 for steps in STEPS])
_NEAR = np.array(np.abs(_MIDDLES[:, None] - _MIDDLES) <= 1, np.float32)
"""[9, 9]: which steps are within one of each other."""

_ALL = np.ones(len(STEPS), np.float32)
_LOW = np.array([high <= EVEN for _, high in STEPS], np.float32)
"""The steps that somebody who doubts may have in mind."""


def certainty(found: Close, toks: Tokens, attribution: Attribution, stance: Stance) -> Certainty | None:
    """How sure the content is, given the stance of the cue; None where it is nothing that could be true or false."""
    if stance.value == "denies":
        return Certainty(DENIED, DENIED, stance.spans)
    if stance.value in ("asks", "orders"):
        return None
    steps = _likeliest(found.certainties, _LOW if stance.value == "doubts" else _ALL)
    return _worded(toks, steps, _hedges(found, toks, attribution), stance.spans) if steps else None


def _likeliest(chances: Floats, possible: Floats) -> Steps | None:
    """The possible step that is most probably right to within one, the likelier of two such; None for no claim."""
    own = chances[: len(STEPS)] * possible
    near = (_NEAR @ own) * possible
    best = int((near + own / 2).argmax())
    return None if chances[NOTHING] > near[best] else STEPS[best]


def _hedges(found: Close, toks: Tokens, attribution: Attribution) -> list[Hedge]:
    sure = surety(toks, attribution, found.cue)
    return [hedge for hedge in (sure.cue, sure.content) if hedge is not None]


def _worded(toks: Tokens, steps: Steps, hedges: list[Hedge], cue: Spans) -> Certainty:
    """The steps, by the weakest hedge of their class, whose own steps count; without one, by the cue."""
    hedge = weakest([hedge for hedge in hedges if class_of(hedge.steps) == class_of(steps)])
    if hedge is not None:
        return Certainty(*hedge.steps, (toks.span(hedge.first, hedge.end),))
    return Certainty(*steps, () if steps[0] == STATED_AS_FACT else cue)
