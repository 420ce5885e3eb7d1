"""A library that was begun before there was an index of wording."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from firsthand.library import Library
from firsthand.library.fingerprints import Sketch
from tests.library.given import many

FIRST = ("article", "known_as", "original", "piece", "version", "change", "alembic_version")
"""The tables that the first migration has made, but for the full text's."""

_LATER = """\
SELECT type, name FROM sqlite_master WHERE (type = 'trigger' AND (name NOT LIKE 'change_%' OR name = 'change_INSERT'))
OR (type = 'index' AND name = 'version_of')
OR (type = 'table' AND name NOT LIKE 'words%' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'claim_words_%')
ORDER BY type DESC"""


def sketch(text: str) -> Sketch:
    return np.array(sorted({hash(word) for word in text.split()}), np.int64)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """As the first Firsthand left it: its tables and its revision."""
    path = tmp_path / "library.db"
    with Library.open(path, create=True) as library:
        library.add(many(12))
    with sqlite3.connect(path, isolation_level=None) as connection:
        for kind, name in connection.execute(_LATER).fetchall():
            if name not in FIRST:
                connection.execute(f"DROP {kind} IF EXISTS {name}")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    connection.close()
    return path


@pytest.fixture
def library(old: Path) -> Iterator[Library]:
    with Library.open(old) as opened:
        yield opened


def test_it_is_brought_up_to_date_and_told_what_it_lacks(library: Library) -> None:
    assert library.count() == 12
    assert library.behind() == 12
    assert library.candidates("bridge", sketch).articles == []


def test_catching_up_can_be_stopped_and_goes_on(library: Library, old: Path) -> None:
    steps = library.catch_up(sketch, 5)
    assert next(steps) == 5
    steps.close()  # type: ignore[attr-defined]
    with Library.open(old) as again:
        assert again.behind() == 7
        assert list(again.catch_up(sketch, 5)) == [5, 2]
        assert len(again.candidates("bridge", sketch).articles) > 8


def test_two_that_catch_up_at_once_do_not_double_anything(library: Library, old: Path) -> None:
    with Library.open(old) as other:
        mine, theirs = library.catch_up(sketch, 5), other.catch_up(sketch, 5)
        done = [next(mine), next(theirs), *mine, *theirs]
        assert sum(done) == 12
        assert library.behind() == 0


def test_what_is_added_meanwhile_is_indexed_once(library: Library) -> None:
    steps = library.catch_up(sketch, 5)
    next(steps)
    library.add(many(14)[12:], sketch)
    assert sum(steps) == 7
    assert library.behind() == 0
