"""The report that the project began with: our own labels (tests/gold/seed.json holds offsets alone)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from bench.data import MissingData, shared
from firsthand.attribution.tagger import Tagger

GOLD = Path(__file__).parents[1] / "gold" / "seed.json"
FOUND = 33
"""At least so many of the labelled attributions: their content, and the source or that there is none."""
WRONG = 4
"""At most so many that match no label, or a label with another source."""


@pytest.fixture(scope="module")
def compared() -> dict[str, Any]:
    gold = json.loads(GOLD.read_text())
    path = shared().folder / "data" / "seed" / f"{gold['id']}.txt"
    if not path.is_file():
        pytest.skip(f"{path} is not there")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == gold["sha256"]
    text = path.read_bytes().decode()
    found = [asdict(a) for a in Tagger.load().read(text)]
    try:
        score = shared().scorer.score
    except MissingData as missing:
        pytest.skip(str(missing))
    linked = score([gold | {"text": text}], {gold["id"]: {"attributions": found}})["linked"]
    right = round(linked["r"] / 100 * len(gold["attributions"]))
    return {"right": right, "wrong": len(found) - right, "text": text, "found": found}


def test_enough_is_found(compared: dict[str, Any]) -> None:
    assert compared["right"] >= FOUND


def test_little_is_wrong(compared: dict[str, Any]) -> None:
    assert compared["wrong"] <= WRONG


def test_nothing_is_found_in_the_copyright_notice_or_the_comment_form(compared: dict[str, Any]) -> None:
    end = compared["text"].index("©")
    assert all(a["cue"][-1][1] < end for a in compared["found"])
