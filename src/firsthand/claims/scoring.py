"""Two statements -> the odds that they say the same, contradict each other, or are of the same event.

A small network over what can be compared (`FEATURES`), trained by training/heads_claims.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from math import log, log1p
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from firsthand.claims.aligning import NAMES, Meanings, aligned, meanings
from firsthand.claims.facts import Facts, differing, facts
from firsthand.claims.files import arrays
from firsthand.claims.statements import hedged
from firsthand.model import Odds, Told

Floats = NDArray[np.float32]

SCORER = "scorer.npz"

CLASSES = "same", "contradicts", "neighbour", "unrelated"

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
    """One statement as it is compared."""

    told: Told
    facts: Facts
    vector: Floats
    setting: Floats
    sure: float
    meanings: Meanings


def side(told: Told) -> Side:
    """A statement made ready to be compared with many."""
    vector, setting, found, words = _made(told.full, told.vector, told.setting)
    return Side(told, found, vector, setting, hedged(told.appearance.certainty), words)


@lru_cache(1 << 14)
def _made(full: str, vector: bytes, setting: bytes) -> tuple[Floats, Floats, Facts, Meanings]:
    """What of a statement takes time; kept, for it will be compared again."""
    found = facts(full)
    return _unit(vector), _unit(setting), found, meanings(found)


def odds(one: Told, others: Sequence[Told]) -> list[Odds]:
    """Those of one statement with each of the others: the same whichever of two is the one. Raises ModelError."""
    if not others:
        return []
    found = probabilities(inputs(side(one), [side(other) for other in others]))
    return [Odds(*(round(float(value), PLACES) for value in row[:3])) for row in found]


def inputs(left: Side, rights: Sequence[Side]) -> Floats:
    """[N, F + 2 D]: the features of each pair, then the product of its vectors and how far they are apart."""
    vectors = np.stack([right.vector for right in rights])
    return np.concatenate([features(left, rights), vectors * left.vector, np.abs(vectors - left.vector)], 1)


def features(left: Side, rights: Sequence[Side]) -> Floats:
    """[N, F] of float32: what is compared of each pair; symmetric."""
    cosines = np.stack([right.vector for right in rights]) @ left.vector
    settings = np.stack([right.setting for right in rights]) @ left.setting
    rows = [
        _compared(left, right, cosine, setting)
        for right, cosine, setting in zip(rights, cosines.tolist(), settings.tolist(), strict=True)
    ]
    words = aligned(left.meanings, [right.meanings for right in rights])
    return np.concatenate([np.array(rows, np.float32), words], 1)


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


def _compared(left: Side, right: Side, cosine: float, setting: float) -> list[float]:
    one, other = left.facts, right.facts
    return [
        cosine,
        setting,
        cosine - setting,
        left.told.appearance.article == right.told.appearance.article,
        *_of_words(one, other),
        *_of_names(one, other),
        *_of_numbers(one, other),
        bool(one.dates & other.dates),
        bool(one.dates and other.dates and not _agree(one.dates, other.dates)),
        (one.turns + other.turns) % 2,
        _opposite(one, other),
        one.ahead != other.ahead,
        one.maybe != other.maybe,
        abs(left.sure - right.sure),
        _swapped(one, other),
        left.told.key == right.told.key,
        abs(log1p(len(one.order)) - log1p(len(other.order))),
        *_of_telling(left.told, right.told),
    ]


def _of_words(one: Facts, other: Facts) -> list[float]:
    shared = one.weights.keys() & other.weights.keys()
    weight = sum(map(one.weights.__getitem__, shared))
    low, high = sorted((one.total, other.total))
    rarest = sorted((_rarest(one.weights, shared), _rarest(other.weights, shared)))
    pairs = _pairs(one) & _pairs(other)
    most = max(min(len(one.order), len(other.order)) - 1, 1)
    return [
        weight / max(low, 1.0),
        weight / max(high, 1.0),
        log1p(low),
        rarest[1],
        rarest[0],
        len(pairs) / most,
    ]


def _rarest(weights: dict[str, float], shared: set[str]) -> float:
    """The weight of the weightiest word that is not shared."""
    alone = weights.keys() - shared
    return max(map(weights.__getitem__, alone)) if alone else 0.0


def _pairs(some: Facts) -> set[tuple[str, str]]:
    return set(zip(some.order, some.order[1:], strict=False))


def _of_names(one: Facts, other: Facts) -> list[float]:
    shared = one.names & other.names
    left, right = len(one.names - other.names), len(other.names - one.names)
    least = min(len(one.names), len(other.names))
    first = one.first is not None and other.first is not None
    return [
        len(shared) / least if least else 0.0,
        bool(least and not shared),
        bool(left and right),
        bool(left) != bool(right),
        first and one.first == other.first,
        first and one.first != other.first,
    ]


def _of_numbers(one: Facts, other: Facts) -> list[float]:
    """Shared; of one unit and not the same; on one side alone."""
    some, others = {value for value, _ in one.numbers}, {value for value, _ in other.numbers}
    return [
        bool(some & others),
        bool(differing(one, other)),
        bool(some) != bool(others),
    ]


def _agree(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether any date of the one may be one of the other's: "07" and "07-16" may be the same."""
    return any(a.startswith(b) or b.startswith(a) or _kind(a) != _kind(b) for a in some for b in others)


def _kind(date: str) -> str:
    return "weekday" if date.isalpha() else "day" if date[2:3] in ("", "-") else "year"


def _opposite(one: Facts, other: Facts) -> bool:
    """Whether one has a word where the other has its opposite, which the one has not itself."""
    found = one.opposites & other.weights.keys() - one.weights.keys()
    return any(word in other.weights and not other.opposites.isdisjoint(one.weights) for word in found)


def _swapped(one: Facts, other: Facts) -> bool:
    """Whether two names stand the other way round: "Ostrel struck Brennmark"."""
    shared = one.names & other.names
    if len(shared) < 2:
        return False
    return [w for w in one.order if w in shared][:2] == [w for w in other.order if w in shared][:2][::-1]


def _of_telling(one: Told, other: Told) -> list[float]:
    some, others = one.appearance, other.appearance
    same = some.who and others.who and some.who.kind and some.who.name.split()[-1:] == others.who.name.split()[-1:]
    if some.published is None or others.published is None:
        return [bool(same), 0.0, 0.0]
    days = abs((some.published - others.published).total_seconds()) / 86400
    return [bool(same), log(1 + days), 1.0]
