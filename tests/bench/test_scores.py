from __future__ import annotations

from typing import Any

import pytest

from bench.data import MissingData, shared
from bench.scores import by_kind, overall

TEXT = "Port news\n\nBrask said the port would shut. “It is over,” Tarn said."


def attribution(source: str, cue: int, content: str) -> dict[str, Any]:
    def span(part: str) -> list[list[int]]:
        return [[TEXT.index(part), TEXT.index(part) + len(part)]]

    return {"source": span(source), "cue": [[cue, cue + 4]], "content": span(content)}


INDIRECT = attribution("Brask", TEXT.index("said"), "the port would shut")
QUOTED = attribution("Tarn", TEXT.rindex("said"), "“It is over,”")


@pytest.fixture
def scorer() -> Any:
    try:
        return shared().scorer
    except MissingData as missing:
        pytest.skip(str(missing))


def article(*attributions: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"id": "a", "text": TEXT, "attributions": list(attributions)}]


def test_each_kind_is_scored_by_itself(scorer: Any) -> None:
    scores = by_kind(scorer, article(INDIRECT, QUOTED), article(QUOTED))
    assert scores["quoted"]["exact"] == {"p": 100.0, "r": 100.0, "f1": 100.0}
    assert scores["indirect speech"]["linked"]["r"] == 0.0
    assert scores["indirect speech"]["count"] == {"gold": 1, "predicted": 0}


def test_overall_is_what_the_scorer_says(scorer: Any) -> None:
    assert overall(scorer, article(INDIRECT, QUOTED), article(QUOTED))["linked"] == {"p": 100.0, "r": 50.0, "f1": 66.7}
