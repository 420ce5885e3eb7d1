"""How headlines stand to a claim: for it, against it, or only observing that it is said.

A forest of decision trees over what can be seen of claim and headline, and of what other headlines say of the same
claim; taught and measured by training/heads_stances.py, which has the figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from firsthand.claims.files import arrays
from firsthand.claims.wording import listed

Floats = NDArray[np.float32]
Vector = Callable[[str, int], bytes]
"""Of a text's first word pieces, and of how many: DIMENSIONS signed bytes."""

HeadlineStance = Literal["for", "against", "observing"]
STANCES: tuple[HeadlineStance, ...] = ("for", "against", "observing")

FILE = "stances.npz"
PIECES = 64
"""Word pieces of a claim or a headline that its vector is made of."""
ALONE = 2
"""Headlines that a claim's other headlines are outweighed by: few of them tell little."""

_WORD = re.compile(r"[a-z0-9']+")
_QUESTIONS = frozenset(listed("did is was has does are will can"))
_ASIDE = re.compile(r":\s*(?:report|source|claim|rumou?r)s?\b")
_SAID_LAST = re.compile(r",\s*\w+(?:\s\w+)?\s(?:say|claim|report)s?")
_SAID = re.compile(r"\b(?:report|source|claim|say)s?\b")
_AHEAD_CLAIM = re.compile(r"\b(?:will|to be|plans?)\b")
_AHEAD = re.compile(r"\b(?:to|will|plans|going)\b")

REFUTING = frozenset(
    listed(
        """hoax fake false debunked debunk debunks denies deny denied not no never untrue bogus fraud prank isn't wasn't
    aren't didn't doesn't don't won't refutes refuted refute rejects rejected dismiss dismisses dismissed despite nope
    doubt doubts wrong myth lie lies satire photoshopped fabricated retract retracted retracts apologizes apologises
    apology staged disproved actually admits sorry viral stunt contrary pranked hoaxed"""
    )
)
"""Words by which a headline takes a claim back, or keeps away from it. Ours."""

HEDGING = frozenset(
    listed(
        """reportedly report reports reported claim claims claimed allegedly alleged rumor rumors rumour rumours rumored
    rumoured may might could says say said sources source suspected possible possibly apparently appears believed feared
    fears think thinks unconfirmed investigating investigate investigates probe supposedly purported purportedly likely
    expected suggests suggest hints tipped set plans poised confirm according told"""
    )
)
"""Words by which a headline passes a claim on without vouching for it. Ours."""

LIKE = listed(
    """hoax fake false debunked prank satire denies denied rejects dismisses doubt skeptical mistaken wrong lie fooled
    tricked retracted apologises not never no rumour reportedly report claims alleged unconfirmed may could suggests
    source official investigates possible believed confirmed true proof video shocking amazing why how"""
)
"""Words that a headline's own are compared with, by their vectors: so that "duped" is found where "fooled" is known."""

_TOGETHER = (0, 1, 4, 5, 6, 7, 9, 11, 12, 22, 23, 24, 29)
"""Columns of `_seen` that tell something of a claim's other headlines too."""


class Pair(NamedTuple):
    """A claim, and a headline about it."""

    claim: str
    headline: str


def stances(pairs: Sequence[Pair], vector: Vector) -> list[HeadlineStance]:
    """For each pair how the headline stands to the claim. Raises ModelError.

    Headlines of one claim that are given together help one another: one is more likely to be against it where others
    call it a hoax.
    """
    if not pairs:
        return []
    return [STANCES[n] for n in _answers(features(pairs, vector)).argmax(1).tolist()]


def features(pairs: Sequence[Pair], vector: Vector) -> Floats:
    """[N, F]: what is seen of each pair, of its claim's other headlines, and which words its own are like."""
    known = cache(lambda text: _unit(vector(text, PIECES)))
    seen = np.array([_seen(pair, float(known(pair.claim) @ known(pair.headline))) for pair in pairs], np.float32)
    like = np.stack([known(word) for word in LIKE])
    near = np.stack([(np.stack([known(word) for word in _own(pair)]) @ like.T).max(0) for pair in pairs])
    return np.hstack([seen, _beside([pair.claim for pair in pairs], seen[:, _TOGETHER]), near]).astype(np.float32)


def _answers(values: Floats) -> Floats:
    """[N, 3]: how probable each of `STANCES` is, the mean of all trees."""
    trees = _forest()
    found = np.zeros((len(values), len(STANCES)), np.float32)
    rows = np.arange(len(values))
    for root in trees["roots"].tolist():
        at = np.full(len(values), root)
        while (inner := trees["left"][at] > 0).any():
            goes_left = values[rows, trees["feature"][at]] <= trees["threshold"][at]
            at = np.where(inner, at + np.where(goes_left, trees["left"][at], trees["right"][at]), at)
        found += trees["odds"][at]
    mean: Floats = found / np.float32(len(trees["roots"]))
    return mean


@cache
def _forest() -> dict[str, NDArray[np.generic]]:
    found = arrays(FILE)
    return {name: one.astype(np.int64 if one.dtype.kind in "iu" else np.float32) for name, one in found.items()}


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "'"))


def _own(pair: Pair) -> list[str]:
    """The headline's words that the claim has not; all where it has no other."""
    found, claimed = _words(pair.headline), set(_words(pair.claim))
    return [word for word in found if word not in claimed] or found[:1] or [""]


def _seen(pair: Pair, cosine: float) -> list[float]:
    told, claimed = _words(pair.headline), _words(pair.claim)
    text, low, has, its = pair.headline, pair.headline.lower(), set(told), set(claimed)
    refuting, hedging = sum(word in REFUTING for word in told), sum(word in HEDGING for word in told)
    refuted, shared = sum(word in REFUTING for word in claimed), len(has & its)
    digits, its_digits = {word for word in has if word.isdigit()}, {word for word in its if word.isdigit()}
    ahead, foretold = bool(_AHEAD_CLAIM.search(pair.claim.lower())), bool(_AHEAD.search(low))
    first = told[:1]
    plain = [
        refuting, refuting > 0, refuted, (refuting + refuted) % 2, hedging, hedging > 0,
        "?" in text, ":" in text, any(mark in text for mark in "\"“'"), "!" in text, "..." in text,
        shared / max(len(has), 1), shared / max(len(its), 1), len(told), len(claimed),
        bool(digits & its_digits), bool(digits - its_digits), bool(its_digits - digits),
        text.isupper(), text.endswith("?"), first == ["no"], "update" in has,
        bool(_SAID.search(low)), bool(_ASIDE.search(low)), bool(_SAID_LAST.search(low)),
        "video" in has, not has.isdisjoint(("photo", "pictures")), bool(first) and first[0] in ("why", "what", "how"),
        bool(first) and first[0] in _QUESTIONS,
    ]  # fmt: skip
    shouted = sum(word.isupper() and len(word) > 3 for word in text.split())
    both = [cosine, ahead, foretold, ahead * hedging, ahead and hedging > 0, shouted]
    return [float(value) for value in (*plain, *both, cosine * (refuting > 0), cosine * (hedging > 0))]


def _beside(claims: Sequence[str], seen: Floats) -> Floats:
    """[N, C + 1]: the mean of what is seen of the claim's other headlines, less where they are few; their number."""
    names, which = np.unique(np.array(claims, object).astype(str), return_inverse=True)
    sums = np.zeros((len(names), seen.shape[1]), np.float32)
    np.add.at(sums, which, seen)
    others = (np.bincount(which)[which] - 1)[:, None]
    return np.hstack([(sums[which] - seen) / (others + ALONE), np.log1p(others)]).astype(np.float32)


def _unit(vector: bytes) -> Floats:
    found = np.frombuffer(vector, np.int8).astype(np.float32)
    return found / max(float(np.linalg.norm(found)), 1.0)
