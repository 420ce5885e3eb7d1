"""Why two claims are linked, in words that name what differs."""

from __future__ import annotations

import re

from firsthand.claims.facts import Facts, differing, facts
from firsthand.claims.wording import OPPOSITES, stem, words
from firsthand.model import LinkKind, Told

ALIKE = 0.4
"""The share of the shorter statement's words that the other must have for another name to be what differs."""


def reason(kind: LinkKind, one: Told, other: Told) -> str | None:
    """One clause on what the other says and this one does not: "says 1,200 where this one says 4,999"."""
    if kind == "neighbour":
        return _beside(one, other)
    return _numbers(one, other) or _opposites(one, other) or _turned(one, other) or _names(one, other)


def _numbers(one: Told, other: Told) -> str | None:
    ours, theirs = facts(one.full), facts(other.full)
    apart = differing(ours, theirs)
    if not apart:
        return None
    return f"says {_printed(other, apart[1])} where this one says {_printed(one, apart[0])}"


def _printed(told: Told, value: float) -> str:
    """A number as it stands in the text, else in digits."""
    for match in re.finditer(r"\d[\d,]*(?:\.\d+)?", told.appearance.text):
        if float(match.group().replace(",", "")) == value:
            return match.group()
    return f"{value:,.10g}"


def _opposites(one: Told, other: Told) -> str | None:
    ours, theirs = ({stem(word): word.lower() for word in words(told.appearance.text)} for told in (one, other))
    for pair in OPPOSITES:
        for here, there in (pair, pair[::-1]):
            a, b = stem(here), stem(there)
            if a in ours and b in theirs and a not in theirs and b not in ours:
                return f"says “{theirs[b]}” where this one says “{ours[a]}”"
    return None


def _turned(one: Told, other: Told) -> str | None:
    ours, theirs = facts(one.full), facts(other.full)
    if (ours.turns + theirs.turns) % 2 == 0:
        return None
    return "says that it is not so" if theirs.turns > ours.turns else "says that it is so"


def _names(one: Told, other: Told) -> str | None:
    """Another name, where most of what else they say is the same."""
    ours, theirs = facts(one.full), facts(other.full)
    shared = sum(ours.weights[word] for word in ours.weights.keys() & theirs.weights.keys())
    if shared < ALIKE * min(ours.total, theirs.total):
        return None
    here, there = _own_name(one, ours, theirs), _own_name(other, theirs, ours)
    return f"names {there} where this one names {here}" if here and there else None


def _own_name(told: Told, facts_: Facts, others: Facts) -> str | None:
    """The first name that the other has not, as it is printed."""
    own = facts_.names - others.names - others.weights.keys()
    return next((word for word in words(told.full) if stem(word) in own and word[0].isupper()), None)


def _beside(one: Told, other: Told) -> str | None:
    """What both are about: the names or the weightiest words that they share."""
    ours, theirs = facts(one.full), facts(other.full)
    shared = ours.weights.keys() & theirs.weights.keys()
    told = sorted(shared, key=lambda word: (word not in ours.names, -ours.weights[word], word))[:3]
    by_stem = {stem(word): word for word in reversed(words(other.full))} if told else {}
    printed = [by_stem[key] for key in told]
    return f"says something else about {_listed(printed)}" if printed else None


def _listed(found: list[str]) -> str:
    return found[0] if len(found) == 1 else ", ".join(found[:-1]) + " and " + found[-1]
