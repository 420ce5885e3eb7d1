"""Our labels, put together with the texts they are of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import gold
from bench.gold import BUILD, FRESH, REPORT, Labelled, labelled

ROWS = [
    {"set": "a", "id": "1", "half": BUILD, "n": 1},
    {"set": "b", "id": "1", "half": REPORT, "n": 2},
    {"set": "a", "id": "1", "half": BUILD, "n": 3},
]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(gold, "articles", lambda name: {"1": {"id": "1", "text": f"Text of {name}"}})
    file = tmp_path / "labels.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    return file


def test_the_labels_of_an_article_come_together(path: Path) -> None:
    found = list(labelled([path]))
    assert [(one.set, one.text, [row["n"] for row in one.labels]) for one in found] == [
        ("a", "Text of a", [1, 3]),
        ("b", "Text of b", [2]),
    ]


def test_a_half_has_its_own_alone(path: Path) -> None:
    assert [one.set for one in labelled([path], BUILD)] == ["a"]
    assert [one.set for one in labelled([path], REPORT)] == ["b"]


def test_words_of_spans() -> None:
    assert Labelled("a", {"text": "Renn said no."}, ()).words([(0, 4), (10, 12)]) == ["Renn", "no"]


@pytest.mark.parametrize("name", ["sources", "chains", "contents", "credits"])
def test_our_files_of_labels_hold_ids_offsets_and_labels_of_two_halves(name: str) -> None:
    rows = [json.loads(line) for line in gold.gold(name).read_text().splitlines()]
    assert {BUILD, REPORT} <= {row["half"] for row in rows} <= {BUILD, REPORT, FRESH}
    assert {row["set"] for row in rows} <= set(gold.SETS)
    assert not any("text" in row for row in rows)
    halves: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        halves.setdefault((row["set"], row["id"]), set()).add(row["half"])
    assert not any({BUILD, REPORT} <= found for found in halves.values())


@pytest.mark.parametrize("name", ["sources", "contents"])
def test_no_fresh_label_is_of_an_attribution_labelled_before(name: str) -> None:
    rows = [json.loads(line) for line in gold.gold(name).read_text().splitlines()]
    places = {fresh: {_place(row) for row in rows if (row["half"] == FRESH) is fresh} for fresh in (True, False)}
    assert not places[True] & places[False]


def _place(row: dict[str, object]) -> str:
    return json.dumps([row[key] for key in ("set", "id", "source", "cue")])
