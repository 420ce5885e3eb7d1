"""Scores of one reader's predictions: overall, and by kind of attribution."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import Any

from bench.data import Record
from bench.kinds import KINDS, kinds

FIGURES = ("linked", "content", "exact")
Figures = dict[str, dict[str, float]]


def overall(scorer: ModuleType, gold: Sequence[Record], predicted: Sequence[Record]) -> Figures:
    """All that the scorer says: {figure: {"p", "r", "f1"}} in percent, and {"count": {"gold", "predicted"}}."""
    result: Figures = scorer.score(gold, _by_id(predicted))
    return result


def by_kind(scorer: ModuleType, gold: Sequence[Record], predicted: Sequence[Record]) -> dict[str, Figures]:
    """{kind: {figure: {"p", "r", "f1"}}}, and {"count": {"gold", "predicted"}} for each kind.

    Recall looks for the gold attributions of that kind among all predicted ones; precision looks for the predicted
    ones of that kind among all gold ones; so a missed quotation mark does not cost twice.
    """
    return {kind: _of_kind(scorer, gold, predicted, kind) for kind in KINDS}


def _of_kind(scorer: ModuleType, gold: Sequence[Record], predicted: Sequence[Record], kind: str) -> Figures:
    predicted = _with_text(gold, predicted)
    recalled = overall(scorer, _only(gold, kind), predicted)
    precise = overall(scorer, gold, _only(predicted, kind))
    result = {figure: _joined(precise[figure]["p"], recalled[figure]["r"]) for figure in FIGURES}
    return result | {"count": {"gold": recalled["count"]["gold"], "predicted": precise["count"]["predicted"]}}


def _joined(precision: float, recall: float) -> dict[str, float]:
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"p": precision, "r": recall, "f1": round(f1, 1)}


def _only(records: Sequence[Record], kind: str) -> list[Record]:
    return [record | {"attributions": _attributions(record, kind)} for record in records]


def _attributions(record: Record, kind: str) -> list[dict[str, Any]]:
    return [a for a in record["attributions"] if kind in kinds(record["text"], _roles(a))]


def _roles(attribution: dict[str, Any]) -> dict[str, Any]:
    return {role: attribution.get(role, []) for role in ("source", "cue", "content")}


def _with_text(gold: Sequence[Record], predicted: Sequence[Record]) -> list[Record]:
    texts = {record["id"]: record["text"] for record in gold}
    return [record | {"text": texts[record["id"]]} for record in predicted if record["id"] in texts]


def _by_id(records: Sequence[Record]) -> dict[str, Record]:
    return {record["id"]: record for record in records}
