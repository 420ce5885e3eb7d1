"""How surely a content is put: by what a small network says and the words of hedging, with the hedge that says so."""

from __future__ import annotations

import numpy as np

from firsthand.model import DENIED, STATED_AS_FACT, Attribution, Certainty, Spans, Stance, StanceValue

from .decode import Floats
from .flags import CLAIMING, STEPS
from .hedging import Hedge, weakest
from .rules import Said, Steps
from .senses import Sense
from .surety import Sure, class_of, names_a_thing, surety
from .tokens import Tokens

DENYING, NOTHING = len(STEPS), len(STEPS) + 1
"""Where among the network's certainties "denied" and "nothing is claimed" stand."""

EVEN = 4
"""The step of an even chance."""

TOLD, WORDED = 1.5, 4.0
"""How many times likelier the certainty is that the rules give: in general; and where the words say it, by a hedge of
the lists, or by none beside one plain cue and a clause.

Set on the held-out articles: 3 in place of 4 would be half a point better there on the careful labels, no say at all
1.2 points on the quick ones, of which the network has learnt many like them; but a word of the list then tells nothing.
"""

_MIDDLES = np.array([sum(steps) / 2 for steps in STEPS])
_NEAR = np.array(np.abs(_MIDDLES[:, None] - _MIDDLES) <= 1, np.float32)
"""[9, 9]: which steps are within one of each other."""
_ALL = np.ones(len(STEPS), np.float32)
_LOW = np.array([high <= EVEN for _, high in STEPS], np.float32)
"""The steps that somebody who doubts may have in mind."""


def certainty(found: Sense, toks: Tokens, attribution: Attribution, stance: Stance) -> Certainty | None:
    """How sure the content is, given the stance of the cue; None where it is nothing that could be true or false."""
    if stance.value == "denies":
        return Certainty(DENIED, DENIED, stance.spans)
    if stance.value not in CLAIMING:
        return None
    sure = surety(toks, attribution, found.cue)
    hedges = [hedge for hedge in (sure.cue, sure.content) if hedge is not None]
    thing = names_a_thing(toks, attribution, found.cue, stance.value, sure)
    chances = found.certainties.copy()
    ruled = _by_rules(hedges, stance.value, thing)
    chances[ruled] *= WORDED if not thing and _told(found.cue, sure) else TOLD
    if chances.argmax() == DENYING:  # the stance says otherwise, so that the rest of what the network says is noise
        chances = np.eye(len(chances), dtype=np.float32)[ruled]
    steps = _likeliest(chances, _LOW if stance.value == "doubts" else _ALL)
    return _worded(toks, steps, hedges, stance.spans) if steps else None


def _by_rules(hedges: list[Hedge], stance: StanceValue, thing: bool) -> int:
    """Where the certainty stands that the rules would give."""
    fitting = [hedge for hedge in hedges if stance != "doubts" or class_of(hedge.steps) == "low"]
    hedge = weakest(fitting)
    usual = (3, 3) if stance == "doubts" else (STATED_AS_FACT, STATED_AS_FACT)
    return NOTHING if thing else STEPS.index(hedge.steps) if hedge and hedge.steps in STEPS else STEPS.index(usual)


def _told(cue: Said, sure: Sure) -> bool:
    """Whether the words say how sure it is: by a hedge, or by none beside one plain cue that claims ("blamed")."""
    plain = len(cue.found) == 1 and not cue.negated and not cue.found[0].entry.weak
    return bool(sure.cue or sure.content) or (plain and cue.claims)


def _likeliest(chances: Floats, possible: Floats) -> Steps | None:
    """The possible step that is most probably right to within one, the likelier of two such; None for no claim."""
    own = chances[: len(STEPS)] * possible
    near = (_NEAR @ own) * possible
    best = int((near + own / 2).argmax())
    return None if chances[NOTHING] > near[best] else STEPS[best]


def _worded(toks: Tokens, steps: Steps, hedges: list[Hedge], cue: Spans) -> Certainty:
    """The steps, by the weakest hedge of their class, whose own steps count; without one, by the cue."""
    hedge = weakest([hedge for hedge in hedges if class_of(hedge.steps) == class_of(steps)])
    if hedge is not None:
        return Certainty(*hedge.steps, (toks.span(hedge.first, hedge.end),))
    return Certainty(*steps, () if steps[0] == STATED_AS_FACT else cue)
