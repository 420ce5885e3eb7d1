"""Times: what the text says without doubt, else nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from firsthand.ingest.times import moment

NOON = datetime(2024, 3, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-03-04T14:05:00+01:00", "2024-03-04T14:05:00+01:00"),
        ("2024-03-04T14:05Z", "2024-03-04T14:05:00+00:00"),
        ("2024-03-04 14:05:00.123", "2024-03-04T14:05:00.123000"),
        ("2024/03/04 14:05", "2024-03-04T14:05:00"),
        ("20240304", "2024-03-04T00:00:00"),
        ("Mon, 04 Mar 2024 14:05:00 GMT", "2024-03-04T14:05:00+00:00"),
        ("March 4, 2024 2:05 PM EST", "2024-03-04T14:05:00-05:00"),
        ("4 March 2024", "2024-03-04T00:00:00"),
        ("31/12/2023", "2023-12-31T00:00:00"),
        ("1709561100", "2024-03-04T14:05:00+00:00"),
        ("1609-07-01", "1609-07-01T00:00:00"),
    ],
)
def test_what_is_a_time(text: str, iso: str) -> None:
    assert moment(text) == datetime.fromisoformat(iso)
    assert str(moment(text)) == str(datetime.fromisoformat(iso))


NONE = [
    *(None, "", " ", "Monday", "14:05", "March 2024", "2024", "5/7/2018", "3020-01-01", "0001-01-01", "1200-01-01"),
    *("yesterday", "99999999999999999999", "-5", "nan", "1e5", "2024-13-45", "2024-02-30", "x" * 1000, "٢٠٢٤"),
    "9999-12-31T23:59:59-12:00",
]


@pytest.mark.parametrize("text", NONE)
def test_what_is_none(text: str | None) -> None:
    assert moment(text) is None


def test_the_future_begins_the_day_after_tomorrow() -> None:
    assert moment((NOON + timedelta(days=1)).isoformat(), NOON)
    assert moment((NOON + timedelta(days=3)).isoformat(), NOON) is None


@given(some.text(max_size=120) | some.datetimes().map(str) | some.integers().map(str) | some.floats().map(str))
def test_any_text_is_a_time_or_none(text: str) -> None:
    found = moment(text)
    assert found is None or 1600 <= found.year <= datetime.now(UTC).year + 1
