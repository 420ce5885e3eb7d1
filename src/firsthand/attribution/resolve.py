"""Whom each attribution's source stands for: the mention's own words, or the party it points back to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firsthand.model import Attribution, Span

from .antecedents import Place, candidates, features, sort_of
from .names import person_noun
from .parties import NAMED, Party
from .phrases import head_of
from .tokens import Tokens

Floats = NDArray[np.float32]
Rank = Callable[[Place, Floats], Floats]
"""Scores [C + 1] for features [C + 1, F]."""
Pool = Callable[[int, int], Floats]
"""The mean of the encoder's vectors over tokens `first`..`end`."""


Sorts = Callable[[Place, list[Party]], Floats]
"""[C + 1, 7] probabilities of the kinds of candidates, the mention's own last."""


@dataclass(slots=True)
class Resolved:
    """Whom a source stands for: `party`, a number; None where it stands for itself, and then `own` are its tokens."""

    party: int | None
    own: tuple[int, int]


def resolve(
    toks: Tokens, people: list[Party], attributions: Sequence[Attribution], pool: Pool, rank: Rank, sorts: Sorts
) -> list[Resolved | None]:
    """One answer for each attribution, None for those without a source. Adds to the parties' `voiced`."""
    answers: list[Resolved | None] = [None] * len(attributions)
    order = sorted(range(len(attributions)), key=lambda i: _first_person(toks, attributions[i]))
    previous = None
    for i in order:
        if attributions[i].source:
            answers[i] = answer = _one(toks, people, attributions, answers, i, previous, pool, rank, sorts)
            previous = answer.party
            if answer.party is not None:
                people[answer.party].voiced.append(toks.at(attributions[i].source[0][0]))
    return answers


def _first_person(toks: Tokens, attribution: Attribution) -> bool:
    """Those that speak of themselves wait until it is known who speaks."""
    words = [toks.low[i] for span in attribution.source for i in toks.inside(span)]
    return bool(words) and words[0] in ("i", "we", "my", "our", "i've", "we've", "i'm")


def _one(
    toks: Tokens,
    people: list[Party],
    attributions: Sequence[Attribution],
    answers: list[Resolved | None],
    i: int,
    previous: int | None,
    pool: Pool,
    rank: Rank,
    sorts: Sorts,
) -> Resolved:
    span = attributions[i].source[0]
    named = named_in(toks, people, span)
    inside = toks.inside(span)
    own = (inside.start, max(inside.stop, inside.start + 1))
    if named is not None:
        return Resolved(named, own)
    place = place_of(toks, attributions, answers, i, previous)
    if place.sort == "i" or (place.sort == "we" and toks.quoted[place.head]):
        speaker = place.enclosing if place.enclosing is not None or not toks.quoted[place.head] else place.previous
        return Resolved(speaker, own)
    if place.sort == "plain":
        return Resolved(_described(people, place), own)
    near = candidates(toks, people, place)
    scores = rank(place, features(toks, place, near, alike(place, near, pool), sorts(place, near)))
    best = int(scores.argmax())
    return Resolved(near[best].number if best < len(near) else _described(people, place), own)


def alike(place: Place, near: list[Party], pool: Pool) -> Floats:
    """[C]: cosine between the mention's vector and that of each candidate's last mention before it."""
    own = pool(place.first, place.end)
    spots = [max((m for m in p.mentions if m[1] <= place.first), default=p.mentions[0]) for p in near]
    others = [pool(*spot) for spot in spots]
    return np.array([_cosine(own, other) for other in others], dtype=np.float32)


def _cosine(one: Floats, two: Floats) -> float:
    return float(one @ two / (np.linalg.norm(one) * np.linalg.norm(two) + 1e-6))


def named_in(toks: Tokens, people: list[Party], span: Span) -> int | None:
    """The party that a source names: the one whose name is the phrase's head, or all that it joins with "and".

    A name in apposition counts: "an old rival, former mayor Ilva Renn".
    """
    head = head_of(toks, span)
    inside = toks.inside(span)
    group = _group(people, head, inside)
    if group is not None:
        return group
    owner = _owner(people, head)
    return owner if owner is not None or head is None else _apposed(toks, people, head, inside)


def _owner(people: list[Party], head: int | None) -> int | None:
    return next((p.number for p in people if p.sort == NAMED and any(_has(m, head) for m in p.mentions)), None)


def _apposed(toks: Tokens, people: list[Party], head: int, inside: range) -> int | None:
    """The person named between commas or dashes behind a noun for people."""
    if not person_noun(toks.low[head]) and not toks.words[head].islower():
        return None
    for i in range(head + 1, min(inside.stop, head + 12)):
        if toks.low[i] in (",", "—", "–", "("):
            second = head_of(toks, (toks.starts[i + 1], toks.ends[inside.stop - 1])) if i + 1 < inside.stop else None
            owner = _group(people, second, inside)
            owner = _owner(people, second) if owner is None else owner
            return owner if owner is not None and people[owner].person else None
        if toks.low[i] == "and" and _owner(people, inside.stop - 1) is not None:  # "star and candidate Ilva Renn"
            between = toks.words[i + 1 : inside.stop - 1]
            owner = _owner(people, inside.stop - 1)
            return owner if owner is not None and people[owner].person and between and between[0].islower() else None
    return None


def _group(people: list[Party], head: int | None, inside: range) -> int | None:
    groups = (p for p in people if p.members and any(_within(m, inside) and _has(m, head) for m in p.mentions))
    numbers = [(len(p.members), p.number) for p in groups]
    return max(numbers)[1] if numbers else None


def _within(mention: tuple[int, int], inside: range) -> bool:
    return inside.start <= mention[0] and mention[1] <= inside.stop


def _has(mention: tuple[int, int], head: int | None) -> bool:
    return head is not None and mention[0] <= head < mention[1]


def place_of(
    toks: Tokens,
    attributions: Sequence[Attribution],
    answers: list[Resolved | None],
    i: int,
    previous: int | None,
) -> Place:
    """The mention of attribution i, and what is known around it."""
    span = attributions[i].source[0]
    inside = toks.inside(span)
    head = head_of(toks, span)
    head = inside.start if head is None else head
    outer = _enclosing(attributions, answers, i)
    cue = toks.at(attributions[i].cue[0][0]) if attributions[i].cue else head
    return Place(
        inside.start, head, max(inside.stop, head + 1), cue, sort_of(toks, inside.start, head), outer, previous
    )


def _enclosing(attributions: Sequence[Attribution], answers: list[Resolved | None], i: int) -> int | None:
    """The party of the attribution in whose content the mention stands."""
    start = attributions[i].source[0][0]
    for j, other in enumerate(attributions):
        answer = answers[j]
        if j != i and answer is not None and any(a <= start < b for a, b in other.content):
            return answer.party
    return None


def _described(people: list[Party], place: Place) -> int | None:
    """The party that the mention's own phrase belongs to."""
    return next((p.number for p in people if any(_has(m, place.head) for m in p.mentions)), None)
