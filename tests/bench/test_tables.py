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

SPEED = {"per CPU-second": 4000.0, "per CPU-second without start-up": 5000.0, "memory": 300.0}
SHARE = {"right": 9, "total": 10, "percent": 90.0}
LINEAGE = {
    "recall": {"verbatim": SHARE, "rewrite, 25% of words": SHARE | {"percent": 12.3}},
    "precision": SHARE,
    "wrong": {"sibling": 1, "chance": 2},
    "overlap": 0.95,
    "direction": {"time": SHARE, "undetermined": SHARE},
    "apart": {"boilerplate": SHARE | {"total": 0, "percent": None}},
    **dict.fromkeys(("parent", "ties", "false_ties", "origin"), SHARE),
}
REUSE = {
    "lineage": LINEAGE,
    "helsinki": dict.fromkeys(("precision", "recall", "stripped"), SHARE),
    "story": {"source": SHARE, "parent": SHARE},
    "speed": {"5,000 articles": SPEED, "100,000 articles": {"failed": "no memory"}},
    "peers": {"rensa": LINEAGE | {"overlap": 0.0, "speed": SPEED}, "datasketch": {"failed": "no module"}},
}


def shown_reuse(reuse: dict[str, Any]) -> str:
    console = Console(width=140)
    with console.capture() as capture:
        console.print(report({"reuse": reuse}))
    return capture.get()


def test_reuse_is_shown_beside_what_failed() -> None:
    text = shown_reuse(REUSE)
    assert "rewrite, 25% of words" in text and "12.3" in text
    assert "0.950" in text and "0.000" not in text  # whole articles have no aligned ranges
    assert "4,000" in text and "5,000 articles" in text
    assert "100,000 articles: not measured: no memory" in text
    assert "datasketch: not measured: no module" in text
    assert "boilerplate not taken for copying" in text


def test_siblings_count_as_right_in_the_milder_precision() -> None:
    lines = shown_reuse(REUSE).splitlines()
    assert next(line for line in lines if "of one report counted as right" in line).split()[-1] == "100.0"


def test_when_nothing_of_reuse_was_measured_the_causes_are_left() -> None:
    failed = {"failed": "no engine"}
    text = shown_reuse({**dict.fromkeys(("lineage", "helsinki", "story"), failed), "speed": {}, "peers": {}})
    assert "lineage: not measured: no engine" in text
    assert "firsthand: not measured: no engine" not in text


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
