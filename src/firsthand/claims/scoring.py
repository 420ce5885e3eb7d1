"""Two statements -> the odds that they say the same, contradict each other, or are of the same event.

A small network over what can be compared (`FEATURES`), trained by training/heads_claims.py.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from firsthand.claims.aligning import NAMES, Meanings, Overlap, aligned, beside, hashed, meanings, overlapping
from firsthand.claims.facts import Facts, differing, facts
from firsthand.claims.files import arrays
from firsthand.claims.statements import hedged
from firsthand.model import Odds, Told

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Flags = NDArray[np.bool_]
Numbers = Mapping[str, float]
Columns = Mapping[str, Doubles]

SCORER = "scorer.npz"

CLASSES = "same", "contradicts", "neighbour", "unrelated"

Judge = Callable[[Sequence[tuple[str, str]]], NDArray[np.float32]]
"""Of N pairs of completed statements, how probable each of `CLASSES` is, [N, 4]; symmetric."""

PLACES = 4
"""Decimal places of odds: what a library keeps of them."""

FEATURES = (
    "cosine", "settings", "cosine of more than settings", "of one article", "shared of the shorter",
    "shared of the longer", "weight of the shorter", "rarest of the one alone", "rarest of both alone", "order shared",
    "names shared", "names of both, none shared", "names of both sides alone", "names of one side alone",
    "first names same", "first names differ", "numbers shared", "numbers differ", "number on one side", "dates shared",
    "dates differ", "one turned round", "opposites", "one ahead", "one hedged", "certainty apart", "roles swapped",
    "same words", "lengths apart", "of one source", "days apart", "times known", *NAMES,
)  # fmt: skip
"""What is compared, in the order of the columns of `features`."""


class Side(NamedTuple):
    """One statement as it is compared. `tally` is what is compared of it as numbers alone, in the order of `_TALLY`."""

    told: Told
    facts: Facts
    vector: Floats
    setting: Floats
    meanings: Meanings
    tally: tuple[float, ...]
    teller: tuple[str, ...]


_TALLY = "total", "words", "turns", "ahead", "maybe", "sure", "names", "first", "numbers", "published"
_NOBODY, _NEVER = -1.0, float("nan")
_KEPT = 1 << 14
_sides: OrderedDict[int, Side] = OrderedDict()


def side(told: Told) -> Side:
    """A statement made ready to be compared with many; kept, for it will be compared again."""
    found = _sides.get(id(told))
    if found is None or found.told is not told:
        found = _sides[id(told)] = _made(told)
        if len(_sides) > _KEPT:
            _sides.popitem(last=False)
    return found


def _made(told: Told) -> Side:
    found, who = facts(told.full), told.appearance.who
    last = tuple(who.name.split()[-1:]) if who else ()
    return Side(told, found, _unit(told.vector), _unit(told.setting), meanings(found), _tally(told, found), last)


def _tally(told: Told, some: Facts) -> tuple[float, ...]:
    published = told.appearance.published
    if published is not None and published.tzinfo is None:
        published = published.replace(tzinfo=UTC)
    return (
        some.total,
        len(some.order),
        some.turns,
        some.ahead,
        some.maybe,
        hedged(told.appearance.certainty),
        len(some.names),
        hashed(some.first) if some.first is not None else _NOBODY,
        len({value for value, _ in some.numbers}),
        published.timestamp() if published else _NEVER,
    )


def odds(one: Told, others: Sequence[Told]) -> list[Odds]:
    """Those of one statement with each of the others: the same whichever of two is the one. Raises ModelError."""
    if not others:
        return []
    found = probabilities(inputs(side(one), [side(other) for other in others]))
    return [Odds(*row) for row in found[:, :3].astype(np.float64).round(PLACES).tolist()]


def inputs(left: Side, rights: Sequence[Side]) -> Floats:
    """[N, F + 2 D]: the features of each pair, then the product of its vectors and how far they are apart."""
    vectors = _stacked([right.vector for right in rights])
    count, size = len(FEATURES), vectors.shape[1]
    found = np.empty((len(rights), count + 2 * size), np.float32)
    found[:, :count] = _compared(left, rights, vectors)
    np.multiply(vectors, left.vector, out=found[:, count : count + size])
    apart = np.subtract(vectors, left.vector, out=found[:, count + size :])
    np.abs(apart, out=apart)
    return found


def features(left: Side, rights: Sequence[Side]) -> Floats:
    """[N, F] of float32: what is compared of each pair; symmetric."""
    return _compared(left, rights, _stacked([right.vector for right in rights]))


def _compared(left: Side, rights: Sequence[Side], vectors: Floats) -> Floats:
    cosines = vectors @ left.vector
    settings = _stacked([right.setting for right in rights]) @ left.setting
    words = beside(left.meanings, [right.meanings for right in rights])
    tallies = np.array([right.tally for right in rights]).T
    one, others = dict(zip(_TALLY, left.tally, strict=True)), dict(zip(_TALLY, tallies, strict=True))
    overlap = overlapping(left.meanings, words)
    columns = (
        cosines,
        settings,
        cosines - settings,
        [left.told.appearance.article == right.told.appearance.article for right in rights],
        *_of_words(one, others, overlap),
        *_of_names(one, others, overlap.names),
        *_of_numbers(left, rights, one, others),
        *_of_dates(left.facts.dates, [right.facts.dates for right in rights]),
        *_of_tone(left, rights, one, others),
        [_swapped(left.facts, right.facts) for right in rights],
        [left.told.key == right.told.key for right in rights],
        np.abs(np.log1p(one["words"]) - np.log1p(others["words"])),
        *_of_telling(left, rights, one["published"], others["published"]),
        *aligned(left.meanings, words),
    )
    return np.array(columns, np.float32).T


def probabilities(values: Floats) -> Floats:
    """[N, 4] over `CLASSES`, of inputs [N, F + 2 D]."""
    net = _network()
    scaled = (values - net["mean"]) / net["scale"]
    told, apart = scaled[:, : len(FEATURES)], scaled[:, len(FEATURES) :]
    hidden = np.maximum(told @ net["weights"] + net["bias"], 0)
    scores = hidden @ net["out"] + apart @ net["apart"] + net["out_bias"]
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: Floats = raised / raised.sum(axis=1, keepdims=True)
    return found


@cache
def _network() -> dict[str, Floats]:
    return {name: array.astype(np.float32) for name, array in arrays(SCORER).items()}


def _unit(vector: bytes) -> Floats:
    found = np.frombuffer(vector, np.int8).astype(np.float32)
    return found / max(float(np.linalg.norm(found)), 1.0)


def _stacked(rows: Sequence[Floats]) -> Floats:
    """As np.stack, which takes longer."""
    return np.concatenate(rows).reshape(len(rows), -1)


def _of_words(one: Numbers, others: Columns, overlap: Overlap) -> list[Doubles]:
    low, high = np.minimum(one["total"], others["total"]), np.maximum(one["total"], others["total"])
    most = np.maximum(np.minimum(one["words"], others["words"]) - 1, 1)
    return [
        overlap.weight / np.maximum(low, 1.0),
        overlap.weight / np.maximum(high, 1.0),
        np.log1p(low),
        np.maximum(overlap.rarest, overlap.rarest_other),
        np.minimum(overlap.rarest, overlap.rarest_other),
        overlap.pairs / most,
    ]


def _of_names(one: Numbers, others: Columns, shared: Doubles) -> list[Doubles | Flags]:
    left, right = one["names"] > shared, others["names"] > shared
    least = np.minimum(one["names"], others["names"])
    first = (others["first"] != _NOBODY) & (one["first"] != _NOBODY)
    return [
        shared / np.maximum(least, 1),
        (least > 0) & (shared == 0),
        left & right,
        left != right,
        first & (others["first"] == one["first"]),
        first & (others["first"] != one["first"]),
    ]


def _of_tone(left: Side, rights: Sequence[Side], one: Numbers, others: Columns) -> list[Doubles | Flags | list[bool]]:
    return [
        (others["turns"] + one["turns"]) % 2,
        [_opposite(left.facts, right.facts) for right in rights],
        others["ahead"] != one["ahead"],
        others["maybe"] != one["maybe"],
        np.abs(others["sure"] - one["sure"]),
    ]


def _of_numbers(left: Side, rights: Sequence[Side], one: Numbers, others: Columns) -> list[list[bool] | Flags]:
    """Shared; of one unit and not the same; on one side alone."""
    ours = {value for value, _ in left.facts.numbers}
    all_numbers = [right.facts.numbers if ours else () for right in rights]
    return [
        [any(value in ours for value, _ in numbers) for numbers in all_numbers],
        [bool(n and differing(left.facts, right.facts)) for n, right in zip(all_numbers, rights, strict=True)],
        (others["numbers"] > 0) != (one["numbers"] > 0),
    ]


def _of_dates(one: frozenset[str], others: Sequence[frozenset[str]]) -> list[list[bool]]:
    return [
        [not one.isdisjoint(dates) for dates in others],
        [bool(one and dates and not _agree(one, dates)) for dates in others],
    ]


def _agree(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether any date of the one may be one of the other's: "07" and "07-16" may be the same."""
    return any(a.startswith(b) or b.startswith(a) or _kind(a) != _kind(b) for a in some for b in others)


def _kind(date: str) -> str:
    return "weekday" if date.isalpha() else "day" if date[2:3] in ("", "-") else "year"


def _opposite(one: Facts, other: Facts) -> bool:
    """Whether one has a word where the other has its opposite, which the one has not itself."""
    if not one.opposites or not other.opposites:
        return False
    found = one.opposites & other.weights.keys() - one.weights.keys()
    return any(word in other.weights and not other.opposites.isdisjoint(one.weights) for word in found)


def _swapped(one: Facts, other: Facts) -> bool:
    """Whether two names stand the other way round: "Ostrel struck Brennmark"."""
    shared = one.names & other.names
    if len(shared) < 2:
        return False
    return [w for w in one.order if w in shared][:2] == [w for w in other.order if w in shared][:2][::-1]


def _of_telling(left: Side, rights: Sequence[Side], one: float, others: Doubles) -> list[Doubles | Flags | list[bool]]:
    who = left.told.appearance.who
    named = bool(who and who.kind)
    apart = np.abs(others - one) / 86400
    known = ~np.isnan(apart)
    return [
        [named and right.told.appearance.who is not None and left.teller == right.teller for right in rights],
        np.log1p(np.where(known, apart, 0.0)),
        known,
    ]
