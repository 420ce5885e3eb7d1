"""What became of a claim, and what people concluded on it, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from firsthand.library.decisions import Changed
from firsthand.library.judgements import Judgement, standing
from firsthand.share.lineage import moment
from firsthand.share.plain import one_line
from firsthand.share.trace_words import CREDIBILITY

_BECAME = {"made": "Made from articles", "ended": "Nothing was left of it", "pinned": "Its words were chosen"}


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that became of a claim: `words` before the other claim's id, `after` behind it; by whom and why.

    `who` is "" where articles came or went.
    """

    at: datetime
    when: str
    words: str
    other: str
    after: str
    who: str
    because: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement to be shown: `stands` unless the same person has judged later; `digit` is 1 to 6, 0 for none.

    `elsewhere`: it was written of another claim, which became part of this one. `rating` is in words.
    """

    one: Judgement
    when: str
    digit: int
    rating: str
    stands: bool
    elsewhere: bool


def turns(history: Sequence[Changed], claim: str) -> tuple[Turn, ...]:
    """What became of a claim, newest first."""
    return tuple(_turn(one, claim) for one in reversed(history))


def judged(several: Sequence[Judgement], claim: str) -> tuple[Judged, ...]:
    """All judgements, newest first."""
    stand = standing(several)
    return tuple(_judged(one, one.number in stand, one.claim != claim) for one in reversed(several))


def digit_of(rating: str) -> int:
    """The Admiralty digit that a rating is, 0 where it is something else."""
    return int(rating) if rating in ("1", "2", "3", "4", "5", "6") else 0


def _judged(one: Judgement, stands: bool, elsewhere: bool) -> Judged:
    digit = digit_of(one.conclusion.rating)
    words = CREDIBILITY[digit] if digit else one_line(one.conclusion.rating)
    return Judged(one, moment(one.at), digit, words, stands, elsewhere)


def _turn(one: Changed, claim: str) -> Turn:
    words, other, after = _became(one, claim)
    who, because = (one_line(one.by.who), one_line(one.by.because)) if one.by else ("", "")
    return Turn(one.at, moment(one.at), words, other, after, who, because)


def _became(one: Changed, claim: str) -> tuple[str, str, str]:
    """Seen from one of the two claims that a change is of."""
    change = one.change
    mine = change.claim == claim
    if change.kind == "merged":
        return ("Took in", change.other, "") if mine else ("Became part of", change.claim, "")
    if change.kind == "split":
        return ("Split from", change.other, "") if mine else ("", change.claim, "was split from it")
    return _BECAME[change.kind], "", ""
