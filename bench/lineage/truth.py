"""What is known of each generated article, and which other articles its texts cannot be told to come from."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.lineage.credits import without
from bench.lineage.page import Span, furniture, own_text, shared
from bench.lineage.world import Direction, Made

GRAM = 5
"""Wording is compared by runs of so many words, folded: marks, capitals, furniture and credits tell nothing."""
MOST_TIES = 1_000
"""In families of more articles than this, ties are not looked for."""

_WORD = re.compile(r"\w+")
_MULTIPLIERS = np.array([random.Random(at).getrandbits(63) | 1 for at in range(GRAM)], dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Parent:
    """Where an article is directly from.

    `ties` are ids of other articles, not later, that hold all wording that the article shares with this parent: the
    texts cannot tell which of them it is from. `direction` is what tells which of the two came first. `passages` are
    (characters of the parent's text, characters of the article's text).
    """

    id: str
    ties: tuple[str, ...]
    direction: Direction
    passages: tuple[tuple[Span, Span], ...]

    @property
    def decided(self) -> bool:
        """Whether the texts, with their times, tell that it is this parent and no other."""
        return not self.ties


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known of one article; ids are those of the set.

    `case` is how it was made, `roots` the originals behind it (itself, if it is one), `events` the numbers of the
    press conferences that it or an article behind it quotes, `furniture` the characters of its outlet's boilerplate.
    """

    id: str
    case: str
    outlet: str
    roots: tuple[str, ...]
    parents: tuple[Parent, ...] = ()
    events: tuple[int, ...] = ()
    furniture: tuple[Span, ...] = ()
    same_event: tuple[str, ...] = field(default=())


def truths(made: Sequence[Made], names: Mapping[str, str], same_event: Iterable[tuple[str, str]]) -> list[Truth]:
    """One for each article; `names` are the ids in the set, by the ids in the making."""
    related: defaultdict[str, list[str]] = defaultdict(list)
    for one, other in same_event:
        related[one].append(names[other])
        related[other].append(names[one])
    ties = dict(_ties(made))
    return [_truth(one, names, ties, tuple(related[one.id])) for one in made]


def _truth(
    one: Made, names: Mapping[str, str], ties: Mapping[tuple[str, str], list[str]], related: tuple[str, ...]
) -> Truth:
    stretches = shared(one.page)
    parents = []
    for parent in one.parents:
        passages = tuple((s.earlier, s.later) for s in stretches if s.parent == parent)
        tied = tuple(names[other] for other in ties.get((one.id, parent), ()))
        parents.append(Parent(names[parent], tied, one.direction, passages))
    roots, events = tuple(sorted(names[root] for root in one.roots)), tuple(sorted(one.events))
    return Truth(names[one.id], one.case, one.outlet.name, roots, tuple(parents), events, furniture(one.page), related)


def _ties(made: Sequence[Made]) -> Iterator[tuple[tuple[str, str], list[str]]]:
    """By (article, parent): the others that it may as well be from."""
    families: defaultdict[str, list[Made]] = defaultdict(list)
    known = {one.id: one for one in made}
    for one in made:
        for root in one.roots:
            families[root].append(one)
    for root, family in families.items():
        if len(family) <= MOST_TIES:
            grams = {one.id: _grams(own_text(replace(one.page, draft=without(one.page.draft)))) for one in family}
            for one in family:
                for parent in (parent for parent in one.parents if root in known[parent].roots):
                    common = np.intersect1d(grams[one.id], grams[parent], assume_unique=True)
                    others = [o for o in family if o.id not in {one.id, parent} and _may_precede(o, one)]
                    yield (one.id, parent), [other.id for other in others if _holds(grams[other.id], common)]


def _may_precede(other: Made, one: Made) -> bool:
    if one.id in other.parents:
        return False
    return not (other.published and one.published) or other.published < one.published


def _holds(grams: NDArray[np.uint64], common: NDArray[np.uint64]) -> bool:
    return _in(grams, common[:: max(1, len(common) // 8)]) and _in(grams, common)


def _in(grams: NDArray[np.uint64], some: NDArray[np.uint64]) -> bool:
    """Whether sorted `grams` hold all of `some`."""
    at = np.searchsorted(grams, some)
    return bool(at.max(initial=-1) < len(grams) and (grams[at] == some).all())


def _grams(text: str) -> NDArray[np.uint64]:
    """All runs of words of a text as sorted numbers."""
    words = np.array([hash(word) & 0xFFFFFFFFFFFFFFFF for word in _WORD.findall(text.lower())], dtype=np.uint64)
    total = len(words) - GRAM + 1
    if total <= 0:
        return np.empty(0, np.uint64)
    mixed = sum((words[at : at + total] * _MULTIPLIERS[at] for at in range(GRAM)), np.zeros(total, np.uint64))
    return np.unique(mixed)


def record(truth: Truth) -> dict[str, Any]:
    """As a line of JSON."""
    return asdict(truth)


def read(line: dict[str, Any]) -> Truth:
    """From a line of JSON."""
    parents = tuple(
        Parent(p["id"], tuple(p["ties"]), p["direction"], tuple((_span(a), _span(b)) for a, b in p["passages"]))
        for p in line["parents"]
    )
    plain = {name: tuple(line[name]) for name in ("roots", "events", "same_event")}
    return Truth(
        **plain, id=line["id"], case=line["case"], outlet=line["outlet"], parents=parents,
        furniture=tuple(_span(span) for span in line["furniture"]),
    )  # fmt: skip


def _span(pair: Sequence[int]) -> Span:
    return pair[0], pair[1]
