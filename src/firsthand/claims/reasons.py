"""Why two claims are linked, in words that name what differs."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from itertools import chain

from firsthand.claims.facts import Facts, differing, facts, first_sentence
from firsthand.claims.wording import NEGATIONS, OPPOSITES, STOP, WORD, stem, words
from firsthand.model import LinkKind, Told

ALIKE = 0.4
"""The share of the shorter statement's words that the other must have for another name to be what differs."""

STRETCH = 8
"""Words of a statement that are quoted where they are what it says otherwise."""

_BREAK = re.compile(r"[.!?…\n;]")


def reason(kind: LinkKind, one: Told, other: Told) -> str | None:
    """One clause on what the other says and this one does not: "says 1,200 where this one says 4,999"."""
    if kind == "neighbour":
        return _beside(one, other)
    told = _numbers(one, other) or _opposites(one, other) or _turned(one, other) or _names(one, other)
    return told or _otherwise(one, other)


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
    """The word that turns one of them round: which of two is so, no word tells."""
    ours, theirs = facts(one.full), facts(other.full)
    if (ours.turns + theirs.turns) % 2 == 0:
        return None
    turned, how = (other, "with") if theirs.turns > ours.turns else (one, "without")
    word = _own_negation(turned, one if turned is other else other)
    return f"says it {how} “{word}”" if word else None


def _own_negation(told: Told, other: Told) -> str | None:
    """The first word for "not" in its first sentence, where the other's has none such."""
    theirs = set(first_sentence(other.full))
    own = (word for word in first_sentence(told.full) if word in NEGATIONS - theirs)
    return next(("not" if word == "n't" else word for word in own), None)


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


def _otherwise(one: Told, other: Told) -> str | None:
    """What only the other says, where this one says its own; of statements that share no word nothing."""
    if facts(one.full).weights.keys().isdisjoint(facts(other.full).weights):
        return None
    ours, theirs = _own_words(one, other), _own_words(other, one)
    if not theirs:
        return f"does not say “{ours}”" if ours else None
    return f"says “{theirs}”" + (f" where this one says “{ours}”" if ours else "")


def _own_words(told: Told, other: Told) -> str:
    """The weightiest stretch of its text that has no word of the other's, `STRETCH` words at most; "" for none."""
    text, weights = told.appearance.text, facts(told.full).weights
    theirs = {stem(word) for word in (*words(other.full), *words(other.appearance.text))}
    stretches = [bare for row in _stretches(text, theirs) if (bare := _bare(row))]

    def weight(row: Sequence[re.Match[str]]) -> float:
        return sum(weights.get(one, 0.0) for one in chain(*map(_stems, row)))

    heaviest = max(stretches, key=weight, default=[])
    return " ".join(text[heaviest[0].start() : heaviest[-1].end()].split()) if heaviest else ""


def _stretches(text: str, theirs: Container[str]) -> Iterator[list[re.Match[str]]]:
    """Words in a row that are not theirs; none goes beyond a sentence."""
    row: list[re.Match[str]] = []
    for word in WORD.finditer(text):
        own = not all(one in theirs for one in _stems(word))
        if row and (not own or len(row) == STRETCH or _BREAK.search(text, row[-1].end(), word.start())):
            yield row
            row = []
        if own:
            row.append(word)
    yield row


def _stems(word: re.Match[str]) -> list[str]:
    """Of a word as it is printed, which may be two ("didn't")."""
    return [stem(one) for one in words(word.group())]


def _bare(row: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """Without the small words at either end; nothing where no word means anything."""
    telling = [n for n, word in enumerate(row) if word.group().lower() not in STOP]
    meaning = any(len(row[n].group()) > 1 and row[n].group().lower() not in NEGATIONS for n in telling)
    return list(row[telling[0] : telling[-1] + 1]) if meaning else []


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
