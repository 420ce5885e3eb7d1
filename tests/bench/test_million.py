"""The library of a million, made small: it is one that the library itself could have made."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from bench import million
from bench.data import MissingData, shared
from firsthand.library import Library
from firsthand.library.fingerprints import MOST_A_MINUTE
from firsthand.reuse import sketch

try:
    shared().file("data/polnear/train.jsonl")
except MissingData as missing:
    pytest.skip(str(missing), allow_module_level=True)

ARTICLES = 2_000


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("million") / "library.db"
    size = million.build(place, ARTICLES)
    assert 500 < size / ARTICLES < 1_000
    return place


def test_it_lacks_nothing(path: Path) -> None:
    with Library.open(path) as library:
        assert library.count() == ARTICLES
        assert library.behind() == 0


def test_a_copy_of_its_story_finds_others_with_their_texts(path: Path) -> None:
    with Library.open(path) as library:
        found = library.candidates(million.edited(million.story(), 5), sketch).articles
    assert 16 <= len(found) <= 64
    assert all(len(one.text) > 1_000 for one in found)


def test_its_places_are_those_that_the_library_gives(path: Path) -> None:
    with Library.open(path) as library:
        for number in range(3):
            library.add([million.incoming(f"One more of {number}.", million.BEGAN + timedelta(minutes=9))], sketch)
    with sqlite3.connect(path) as connection:
        rows = connection.execute("select place, version from placed where version > ?", (ARTICLES,)).fetchall()
        minutes = {place // MOST_A_MINUTE for place, _ in rows}
    connection.close()
    assert minutes == {int(million.BEGAN.timestamp()) // 60 + 9}


def test_a_report_has_a_line_for_each_figure() -> None:
    lines = list(million.report({"addition": {"p50 ms": 1.25, "p95 ms": 1234.5}, "removal": {"ms": 9.0}}))
    assert [line.split() for line in lines] == [
        ["addition", "p50", "ms", "1.25", "p95", "ms", "1,234.50"],
        ["removal", "ms", "9.00"],
    ]
