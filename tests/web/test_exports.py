"""CSV: what a spreadsheet would work out stands there as text, and an error is told before anything is answered."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime

import anyio
import pytest

from firsthand.web.exports import cell, csv_answer


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'\t=1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        (-1, "-1"),
        (1.5, "1.5"),
        (None, ""),
        (True, "yes"),
        (datetime(2031, 4, 8, tzinfo=UTC), "2031-04-08T00:00:00+00:00"),
    ],
)
def test_a_cell(value: object, expected: str) -> None:
    assert cell(value) == expected


def read(rows: list[tuple[object, ...]]) -> list[list[str]]:
    async def parts() -> bytes:
        answer = csv_answer("x", ("one", "two"), iter(rows))
        return b"".join([part async for part in answer.body_iterator])

    text = anyio.run(parts).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_rows_come_back_as_they_were() -> None:
    rows = [(f'a "{number}"\n', "é,;") for number in range(500)]
    assert read(rows) == [["one", "two"], *[list(row) for row in rows]]
    assert read([("\ud800", "")])[1] == ["\\ud800", ""]


def test_what_fails_fails_before_it_is_answered() -> None:
    def rows() -> Iterator[tuple[object, ...]]:
        raise ValueError("no such order")
        yield

    with pytest.raises(ValueError, match="no such order"):
        csv_answer("x", ("one",), rows())
