from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench.kinds import KINDS
from bench.readme import filled, latest

SCORES = {"linked": {"p": 81.0, "r": 72.5, "f1": 76.5}, "count": {"gold": 40, "predicted": 36}}
READER: dict[str, Any] = {
    "overall": SCORES,
    "kinds": dict.fromkeys(KINDS, SCORES),
    "words per CPU-second": 7654.3,
    "memory": 250.0,
    "model": ["a model"],
}
RESULTS: dict[str, Any] = {
    "date": "2026-11-22T19:00:00+00:00",
    "articles": 84,
    "machine": {"processor": "a processor"},
    "readers": {"firsthand": READER, "rules": {"failed": "no spacy"}},
}


def test_the_block_is_replaced_and_the_rest_stays() -> None:
    text = filled("Before\n<!-- scores -->\nstale\n<!-- /scores -->\nAfter\n", RESULTS)
    assert text.startswith("Before\n<!-- scores -->\n")
    assert text.endswith("\n<!-- /scores -->\nAfter\n")
    assert "| **all** |  | **76.5** |" in text
    assert "| words per CPU-second |  | 7,654 |" in text
    assert "stale" not in text


def test_a_second_time_changes_nothing() -> None:
    once = filled("<!-- scores -->\n<!-- /scores -->\n", RESULTS)
    assert filled(once, RESULTS) == once


def test_the_readme_has_the_marks() -> None:
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    assert readme.count("<!-- scores -->\n") == readme.count("<!-- /scores -->") == 1
    assert readme.count("<!-- reuse -->\n") == readme.count("<!-- /reuse -->") == 1
    assert readme.count("<!-- media -->\n") == readme.count("<!-- /media -->") == 1


def test_copies_have_a_table_of_their_own() -> None:
    share = {"right": 99, "total": 100, "percent": 99.0}
    found = {"recall": {"verbatim": share}, "precision": share}
    speed = {"per CPU-second": 4100.0, "memory": 300.0}
    reuse = {"lineage": found, "speed": {"5,000 articles": speed}, "peers": {"peer": found | {"speed": speed}}}
    text = filled("<!-- reuse -->\nold\n<!-- /reuse -->", RESULTS | {"reuse": reuse})
    assert "| verbatim | 100 | 99.0 | 99.0 |" in text
    assert "| articles per CPU-second |  | 4,100 | 4,100 |" in text
    assert "| peak memory, MiB |  | 300 | 300 |" in text
    assert "\n\nMeasured on 2026-11-22, a processor, one core.\n" in text
    assert "old" not in text


@pytest.mark.parametrize(("day", "taken"), [("2026-11-21", "whole"), ("2026-11-23", "alone")])
def test_reuse_that_was_measured_alone_is_taken_if_it_is_newer(tmp_path: Path, day: str, taken: str) -> None:
    alone = {"date": f"{day}T00:00:00+00:00", "machine": {"processor": "another"}, "reuse": "alone"}
    (tmp_path / "results.json").write_text(json.dumps(RESULTS | {"reuse": "whole"}))
    (tmp_path / "results-reuse.json").write_text(json.dumps(alone))
    found = latest(tmp_path)
    measured = "Measured on 2026-11-23, another" if taken == "alone" else "Measured on 2026-11-22, a processor"
    assert (found["reuse"], found["reuse measured"]) == (taken, measured)
    assert (found["date"], found["articles"]) == (RESULTS["date"], 84)
    (tmp_path / "results-reuse.json").unlink()
    assert latest(tmp_path)["reuse"] == "whole"


def test_claims_have_a_table_of_their_own() -> None:
    pairs = {"firsthand": {"same": 70.0, "macro": 56.9}, "cosine": {"same": 61.0, "macro": 44.9}}
    leads = {"firsthand": {"p": 97.3, "f1": 97.3, "articles": 531}, "TF-IDF": {"p": 97.4, "f1": 96.1, "articles": 531}}
    results = RESULTS | {"claims": {"pairs": pairs, "leads": leads}, "claims measured": "Measured on a day"}
    text = filled("<!-- claims -->\nold\n<!-- /claims -->\n", results)
    assert "| macro | 56.9 | 44.9 |" in text
    assert "| f1 | 97.3 | 96.1 |" in text
    assert "articles" not in text
    assert "old" not in text
