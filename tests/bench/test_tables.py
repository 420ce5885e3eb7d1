from __future__ import annotations

from typing import Any

from rich.console import Console

from bench.kinds import KINDS
from bench.tables import report

SCORE = {"p": 81.0, "r": 72.5, "f1": 76.5}
FIGURES = {
    **dict.fromkeys(("linked", "content", "exact", "token.source", "token.cue", "token.content"), SCORE),
    "count": {"gold": 40, "predicted": 36},
}


def shown(readers: dict[str, Any]) -> str:
    console = Console(width=140)
    results = {"articles": 2, "words": 1500, "machine": {"processor": "a processor", "python": "3.11"}}
    starts = {"read": {"wall": 1.234}, "help": {"failed": "no such file"}}
    with console.capture() as capture:
        console.print(report(results | {"readers": readers, "cold starts": starts}))
    return capture.get()


def measured(**changes: Any) -> dict[str, Any]:
    return {"overall": FIGURES, "kinds": dict.fromkeys(KINDS, FIGURES), "memory": 250.0, **changes}


def test_a_reader_that_failed_is_named_with_the_cause_and_has_no_column() -> None:
    text = shown({"firsthand": measured(), "rules": {"failed": "no module named spacy"}})
    assert "rules: not measured: no module named spacy" in text
    assert text.count("81.0 /  72.5 /  76.5") == 6 + 3 * len(KINDS)


def test_what_was_not_measured_is_a_dash_and_not_a_zero() -> None:
    text = shown({"firsthand": measured()})
    assert "peak memory, one process, MiB" in text
    assert "0.0" not in text
    assert "1.23" in text
    assert "firsthand help" in text
    assert "not measured" in text


def test_a_kind_that_was_never_predicted_has_no_precision() -> None:
    never = FIGURES | {"count": {"gold": 40, "predicted": 0}}
    assert "- /  72.5 /     -" in shown({"firsthand": measured(kinds=dict.fromkeys(KINDS, never))})


def test_with_nothing_measured_there_are_still_the_causes() -> None:
    assert "firsthand: not measured: no model" in shown({"firsthand": {"failed": "no model"}})
