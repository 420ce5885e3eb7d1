"""What an attribution's words say of certainty: the class, and the hedges that make it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from firsthand.model import STATED_AS_FACT, Attribution, StanceValue

from . import lexicons
from .hedging import Hedge, hedges, weakest
from .rules import Said, Steps, first_words
from .tokens import Tokens

Class = Literal["fact", "hedged", "low"]
"""Stated flatly; hedged (steps 4 to 7); held unlikely, or open (1 to 4)."""

CLAUSE = 8
"""Tokens from which on what a medium reports is taken for a statement, without a verb of the list in it."""

THING = 6
"""Fewer tokens without a verb, and without a cue that claims, name a thing ("backed the plan"). Set on the labels."""

LIKELY = 5
"""The lowest step of what is likely."""


@dataclass(frozen=True, slots=True)
class Sure:
    """A class of certainty, and the hedges of the cue and of the content.

    thing: whether, by the rules, nothing is claimed at all; clause: whether the content has a verb of the list.
    """

    value: Class
    thing: bool
    clause: bool
    cue: Hedge | None
    content: Hedge | None


def surety(toks: Tokens, attribution: Attribution, cue: Said, stance: StanceValue) -> Sure:
    """The certainty of an attribution that does not deny."""
    own, inner = _own(cue), weakest(hedges(toks, attribution.content))
    clause = _is_clause(toks, attribution)
    thing = _nothing(toks, attribution, cue, stance, clause, own is not None)
    value = "low" if stance == "doubts" else _class([hedge for hedge in (own, inner) if hedge is not None])
    return Sure(value, thing, clause, own, inner)


def class_of(steps: Steps) -> Class:
    """The class of a range of steps: "3-5" is hedged, 4 is open."""
    if steps[0] == STATED_AS_FACT:
        return "fact"
    return "low" if steps[1] < LIKELY else "hedged"


def _own(cue: Said) -> Hedge | None:
    """The cue's hedge, or that of a weak word beside it ("seemed to blame", "reportedly argued")."""
    if cue.steps:
        return Hedge(cue.first, cue.end, cue.steps)
    weak = ((m, m.entry.plain.steps) for m in cue.found if m.entry.weak)
    return next((Hedge(match.first, match.end, steps) for match, steps in weak if steps), None)


def _class(found: list[Hedge]) -> Class:
    hedge = weakest(found)
    return class_of(hedge.steps) if hedge else "fact"


def _nothing(
    toks: Tokens, attribution: Attribution, cue: Said, stance: StanceValue, clause: bool, hedged: bool
) -> bool:
    """Whether, by the rules, the content is nothing that could be true or false."""
    if stance == "doubts":
        return not _doubted(toks, attribution, hedged and (clause or cue.negated))
    if stance == "reports" and not _passed_on(toks, attribution, cue, clause):
        return True
    return not clause and _is_thing(toks, attribution, cue)


def _is_clause(toks: Tokens, attribution: Attribution) -> bool:
    """Whether the content is a statement, by its first word or a verb of the list, not the name of a thing."""
    inside = toks.inside(attribution.content[0]) if attribution.content else range(0)
    if not inside:
        return False
    finite = lexicons.words("finite")
    return toks.low[inside[0]] in ("that", "whether", "if") or any(toks.low[i] in finite for i in inside)


def _is_thing(toks: Tokens, attribution: Attribution, cue: Said) -> bool:
    """Whether a content without a verb is only spoken of: praised, or short and with no word that puts it forward."""
    if not cue.claims:
        return "as" not in first_words(toks, attribution)
    if len(attribution.content) != 1 or len(toks.inside(attribution.content[0])) >= THING:
        return False
    quoted = any(toks.quoted[i] for i in toks.inside(attribution.content[0])[:1])
    return not quoted and (not cue.found or attribution.content[0][0] < attribution.cue[0][0])


def _passed_on(toks: Tokens, attribution: Attribution, cue: Said, clause: bool) -> bool:
    """Whether a statement is passed on ("The Times reported that ..."), not only a thing spoken of."""
    if cue.negated or not cue.found or not attribution.content:
        return False
    long = len(toks.inside(attribution.content[0])) >= CLAUSE
    return toks.low[cue.found[0].first].startswith("report") and (clause or long)


def _doubted(toks: Tokens, attribution: Attribution, clause: bool) -> bool:
    """Whether a statement is doubted ("doubts whether"); "questions her judgment", "unclear why" are no statements."""
    words = {*first_words(toks, attribution, 2), *(toks.low[i] for i in toks.inside(attribution.cue[-1])[-1:])}
    return bool(words & {"whether", "if", "that"}) or (clause and not words & lexicons.words("asking"))
