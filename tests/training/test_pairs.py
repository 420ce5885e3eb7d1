"""Pairs of statements to learn from: what the files say, and that nothing of the report half is in them."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

import pytest

from bench import statements
from firsthand.claims.scoring import CLASSES
from training import pairs

SET = """## a comment
# the dam
A: the dam held
A: it held, the dam
B: the dam burst
C: there is no dam
N: the dam is old
N: the dam is ugly
U: a ferry was sold
"""


@pytest.fixture
def sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "sets.txt"
    path.write_text(SET)
    monkeypatch.setattr(pairs, "SETS", path)
    return path


def test_how_the_groups_of_a_set_stand_to_each_other(sets: Path) -> None:
    found = {frozenset(pair[:2]): pair.label for pair in pairs.made(random.Random(1))}
    assert found[frozenset(("the dam held.", "it held, the dam."))] == "same"
    assert found[frozenset(("the dam held.", "the dam burst."))] == "contradicts"
    assert found[frozenset(("the dam held.", "there is no dam."))] == "contradicts"
    assert found[frozenset(("the dam is old.", "the dam is ugly."))] == "neighbour"
    assert found[frozenset(("the dam burst.", "the dam is old."))] == "neighbour"
    assert found[frozenset(("a ferry was sold.", "the dam held."))] == "unrelated"
    assert frozenset(("the dam burst.", "there is no dam.")) not in found


def test_a_line_of_no_group_is_named(sets: Path) -> None:
    sets.write_text(SET + "D: the dam sang\n")
    with pytest.raises(ValueError, match="the dam sang"):
        pairs.made(random.Random(1))


def test_our_sets_give_thousands_of_every_class() -> None:
    found = Counter(pair.label for pair in pairs.made(random.Random(1)))
    assert found.keys() == set(CLASSES)
    assert min(found.values()) > 3000


def test_the_quick_pairs_are_unfolded_and_of_no_article_of_the_report_half() -> None:
    rows = pairs.quick()
    written = [json.loads(line)["others"] for line in pairs.QUICK.read_text().splitlines()]
    assert len(rows) == sum(map(len, written)) > 10_000
    assert {row["label"] for row in rows} <= set(CLASSES)
    held = statements.half(statements.rows(statements.GOLD), "report")
    theirs = {name for row in held for name in pairs.articles(row)}
    assert not any(pairs.articles(row) & theirs for row in rows)
