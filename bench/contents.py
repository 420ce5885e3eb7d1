"""Scores of certainty, stance and evidence against labels, attribution by attribution; pure, for gates and pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from firsthand.model import DENIED, Certainty, EvidenceValue, StanceValue

STEP = 1.0
"""What "within one step" allows between the middles of two ranges, on a scale of 1 to 8 (stated as fact)."""


def stance_accuracy(gold: Sequence[StanceValue], found: Sequence[StanceValue]) -> float:
    """Per cent of stances that are right."""
    return _percent(g == f for g, f in zip(gold, found, strict=True))


def evidence_accuracy(gold: Sequence[EvidenceValue], found: Sequence[EvidenceValue]) -> float:
    """Per cent of kinds of evidence that are right."""
    return _percent(g == f for g, f in zip(gold, found, strict=True))


def denial_f1(gold: Sequence[StanceValue], found: Sequence[StanceValue]) -> float:
    """F1 of "denies", in per cent; 100 where there is none on either side."""
    right = sum(g == f == "denies" for g, f in zip(gold, found, strict=True))
    total = [*gold, *found].count("denies")
    return 200 * right / total if total else 100.0


def certainty_within_one(gold: Sequence[Certainty | None], found: Sequence[Certainty | None]) -> float:
    """Per cent of certainties at most one step off; nothing and denied are right only if they are the same."""
    return _percent(within_one(g, f) for g, f in zip(gold, found, strict=True))


def within_one(gold: Certainty | None, found: Certainty | None) -> bool:
    """Whether two certainties agree within one step."""
    if gold is None or found is None:
        return gold is found
    if DENIED in (gold.least, found.least):
        return gold.least == found.least
    return abs(_middle(gold) - _middle(found)) <= STEP


def certainty_of(label: str | None) -> Certainty | None:
    """A label ("fact", "denied", "3-5", "5", None) as a record without spans."""
    if label is None:
        return None
    least, _, most = {"fact": "8", "denied": "0"}.get(label, label).partition("-")
    return Certainty(int(least), int(most or least))


def _middle(certainty: Certainty) -> float:
    return (certainty.least + certainty.most) / 2


def _percent(right: Iterable[bool]) -> float:
    answers = list(right)
    return 100 * sum(answers) / max(len(answers), 1)
