"""The floors under sources, chains, stance, certainty and wire credits, on the report half and the fresh labels.

As measured, less a point or two; they only rise.
"""

from __future__ import annotations

import pytest

from bench import whose_word
from bench.data import MissingData

FLOORS = {
    "party": 88.0,
    "party of pronouns and descriptions": 79.0,
    "kind": 86.7,
    "chain links, precision": 93.0,
    "chain links, recall": 89.0,
    "links beyond the source, precision": 74.0,
    "links beyond the source, recall": 63.0,
    "stance": 87.0,
    "denials, F1": 92.0,
    "certainty within a step": 85.0,
    "evidence": 96.0,
    "wire credit, precision": 97.0,
    "wire credit, recall": 97.0,
    "fresh: party": 87.0,
    "fresh: party of pronouns and descriptions": 82.0,
    "fresh: kind": 84.5,
    "fresh: stance": 86.0,
    "fresh: denials, F1": 79.0,
    "fresh: certainty within a step": 82.0,
    "fresh: evidence": 95.5,
}


@pytest.fixture(scope="module")
def figures() -> dict[str, dict[str, float | None]]:
    try:
        return whose_word.figures()
    except MissingData as missing:
        pytest.skip(str(missing))


@pytest.mark.parametrize(("figure", "floor"), FLOORS.items())
def test_a_figure_stays_above_its_floor(figures: dict[str, dict[str, float | None]], figure: str, floor: float) -> None:
    found = figures[figure]["firsthand"]
    assert found is not None
    assert found >= floor
