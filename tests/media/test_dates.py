from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.media.dates import from_1601, from_1900, from_1904, is_zero, iso, length, shown, window


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2022:02:16 09:12:00", "2022-02-16T09:12:00"),
        ("2022:02:16 09:12:00+02:00", "2022-02-16T09:12:00+02:00"),
        ("2022-02-16T09:12:00.250Z", "2022-02-16T09:12:00.25+00:00"),
        ("2022-02-16T09:12:00.000000000Z", "2022-02-16T09:12:00+00:00"),
        ("2022-02-16T12:12:00+0300", "2022-02-16T12:12:00+03:00"),
        ("2022-02-16T09:12", "2022-02-16T09:12"),
        ("UTC 2022-02-16 09:12:00", "2022-02-16T09:12:00"),
        ("2022-02-16 09:12:00 UTC", "2022-02-16T09:12:00+00:00"),
        ("20220216T091200", "2022-02-16T09:12:00"),
        ("20220216", "2022-02-16"),
        ("2022", "2022"),
        ("2022-02", "2022-02"),
        ("2022/2/6 9:12:00", "2022-02-06T09:12:00"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59+00:00"),
        ("Wed Feb 16 09:12:00 2022", "2022-02-16T09:12:00"),
        ("Wed, 16 Feb 2022 09:12:00 GMT", "2022-02-16T09:12:00+00:00"),
    ],
)
def test_every_way_to_write_a_date_is_read_to_its_precision(text: str, at: str) -> None:
    assert iso(text) == at


@pytest.mark.parametrize(
    "text",
    ["", "never", "2022-13-01", "2022-02-30", "0001-01-01", "2022-02-16T25:00:00", "2022-02-16T09:12:75", "9" * 400],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert iso(text) is None


@pytest.mark.parametrize(
    "text", ["0000:00:00 00:00:00", "", "    :  :     :  :  ", "1904-01-01T00:00:00Z", "1970-01-01 00:00:00"]
)
def test_a_zero_date_is_no_date_but_a_stripped_one(text: str) -> None:
    assert iso(text) is None
    assert is_zero(text)


def test_a_date_is_not_zero() -> None:
    assert not is_zero("2022-02-16")
    assert not is_zero("soon")


def test_seconds_since_1904_and_the_other_zeros() -> None:
    assert from_1904(0) is None
    assert from_1904(3727847520) == "2022-02-16T09:12:00+00:00"
    assert from_1904(2082844800) is None, "the zero of Unix, written as a date"
    assert from_1904(2**63) is None
    assert from_1904(5_000_000_000) == "2062-06-10T08:53:20+00:00", "64 bits reach past 2040"
    assert from_1601(132894763200000000) == "2022-02-16T09:12:00+00:00"
    assert from_1900(3853991520) == "2022-02-16T09:12:00+00:00"


def test_a_date_with_its_zone_is_one_instant() -> None:
    span = window("2022-02-16T12:12:00+03:00")
    assert span and span.exact
    assert span.first == span.last == datetime(2022, 2, 16, 9, 12, tzinfo=UTC)
    assert span.reading == datetime(2022, 2, 16, 12, 12)


def test_a_date_without_a_zone_stands_for_any_clock_on_earth() -> None:
    span = window("2022-02-16T12:12:00")
    assert span and not span.exact
    assert span.first == datetime(2022, 2, 15, 22, 12, tzinfo=UTC)
    assert span.last == datetime(2022, 2, 17, 0, 12, tzinfo=UTC)


def test_a_day_lasts_from_its_first_clock_to_its_last() -> None:
    span = window("2022-02-18")
    assert span and span.whole_day
    assert span.last - span.first == timedelta(hours=26 + 24, seconds=-1)


def test_a_month_and_a_year_last_as_long_as_they_do() -> None:
    month, year = window("2022-02"), window("2024")
    assert month and year
    assert month.reading == datetime(2022, 2, 1)
    assert month.last == datetime(2022, 3, 1, 11, 59, 59, tzinfo=UTC)
    assert year.last == datetime(2025, 1, 1, 11, 59, 59, tzinfo=UTC)


def test_a_zone_may_be_distrusted() -> None:
    span = window("2022-02-16T09:12:00+00:00", zone=False)
    assert span and not span.exact
    assert span.last - span.first == timedelta(hours=26)


@pytest.mark.parametrize(
    ("span", "told"),
    [
        (timedelta(days=2, hours=2, minutes=48), "2 days 3 h"),
        (timedelta(days=2), "2 days"),
        (timedelta(days=1, hours=1), "1 day 1 h"),
        (timedelta(days=1, hours=23, minutes=50), "2 days"),
        (timedelta(hours=3, minutes=5), "3 h 5 min"),
        (timedelta(minutes=59, seconds=50), "1 h"),
        (timedelta(seconds=-40), "40 s"),
        (timedelta(days=4400), "12.0 years"),
    ],
)
def test_lengths_have_two_units(span: timedelta, told: str) -> None:
    assert length(span) == told


def test_dates_are_shown_with_their_zone_or_without_one() -> None:
    assert shown("2022-02-16T09:12:00+00:00") == "2022-02-16 09:12 UTC"
    assert shown("2022-02-16T09:12:05+03:00") == "2022-02-16 09:12:05 UTC+03:00"
    assert shown("2022-02-16T09:12:00") == "2022-02-16 09:12, no zone"
    assert shown("2022-02-16") == "2022-02-16"


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_none(text: str) -> None:
    at = iso(text)
    is_zero(text)
    assert at is None or (window(at) is not None and iso(at) == at and shown(at))


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)), st.sampled_from(["", "Z", "+03:00", "-12:00", "+14:00"])
)
def test_what_is_written_is_read_again(at: datetime, zone: str) -> None:
    text = at.replace(microsecond=0).isoformat() + zone
    found = window(iso(text) or "")
    assert is_zero(text) or (found is not None and found.reading == at.replace(microsecond=0))
