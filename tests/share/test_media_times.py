"""Dates as files give them: what they leave open, how far apart they are, where they stand."""

from __future__ import annotations

import pytest

from firsthand.share.media_times import NO_ZONE, Scale, apart, day_of, length, moment_of

HOUR = 3600.0


@pytest.mark.parametrize(
    ("text", "hours", "shown", "zone"),
    [
        ("2031-02-16T14:03:22Z", 0, "16 February 2031, 14:03:22", "UTC"),
        ("2031-02-16 14:03:22.5+00:00", 0, "16 February 2031, 14:03:22", "UTC"),
        ("2031-02-16T14:03-0330", 0, "16 February 2031, 14:03", "UTC-03:30"),
        ("2031-02-16T14:03:22+02", 0, "16 February 2031, 14:03:22", "UTC+02:00"),
        ("2031-02-16T14:03:22", 28, "16 February 2031, 14:03:22", NO_ZONE),
        ("2031-02-16", 52, "16 February 2031", NO_ZONE),
        ("2032-02", 29 * 24 + 28, "February 2032", NO_ZONE),
        ("2031-12", 31 * 24 + 28, "December 2031", NO_ZONE),
        ("2031", 365 * 24 + 28, "2031", NO_ZONE),
        ("2032", 366 * 24 + 28, "2032", NO_ZONE),
    ],
)
def test_what_a_date_leaves_open(text: str, hours: float, shown: str, zone: str) -> None:
    found = moment_of(text)
    assert found and found.end - found.start == hours * HOUR
    assert (found.shown, found.zone, found.is_exact) == (shown, zone, hours == 0)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "yesterday",
        "2031-02-30",
        "2031-13",
        "0000-01-01",
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:59-14:00",
        "２０31-02-16",
        "2031-02-16T25:00",
        "2031-02-16T14:03+99:00",
        "1" * 99,
    ],
)
def test_what_is_no_date(text: str | None) -> None:
    assert moment_of(text) is None


def test_zones_are_counted_in() -> None:
    east, west = moment_of("2031-02-16T14:00+02:00"), moment_of("2031-02-16T07:00-05:00")
    assert east and west and east.start == west.start == moment_of("2031-02-16T12:00Z").start  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "less than a second"),
        (1, "1 second"),
        (61, "1 minute 1 second"),
        (2 * 86_400 + 3 * 3600 + 59, "2 days 3 hours"),
        (86_400, "1 day"),
        (800 * 86_400, "2 years 69 days"),
    ],
)
def test_lengths(seconds: float, words: str) -> None:
    assert length(seconds) == words


@pytest.mark.parametrize(
    ("date", "claimed", "words"),
    [
        ("2031-02-16T14:00Z", "2031-02-18T15:00Z", "2 days 1 hour before the claimed time"),
        ("2031-02-18T15:00:30Z", "2031-02-18T15:00Z", "30 seconds after the claimed time"),
        ("2031-02-18T15:00Z", "2031-02-18T17:00+02:00", "at the claimed time"),
        ("2031-02-18T15:00Z", "2031-02-18", "can be at the claimed time"),
        ("2031-02-16T14:00Z", "2031-02-18", "20 hours to 3 days before the claimed time"),
        ("2031-02-20", "2031-02-18", "can be at the claimed time"),
        ("2031-02-22", "2031-02-18", "1 to 7 days after the claimed time"),
        ("2029-01-01T00:00Z", "2031-02-18", "2 to 3 years before the claimed time"),
    ],
)
def test_how_far_apart(date: str, claimed: str, words: str) -> None:
    one, other = moment_of(date), moment_of(claimed)
    assert one and other and apart(one, other) == words


def test_places_keep_their_order_and_long_pauses_are_shortened() -> None:
    dates = [moment_of(text) for text in ("2001-01-01T00:00Z", "2031-02-16T00:00Z", "2031-02-18T00:00Z")]
    scale = Scale([one for one in dates if one])
    first, second, third = (scale(one.start) for one in dates if one)
    assert (first, third) == (0.0, 1.0) and 0.5 < second < 0.85
    alone = dates[0]
    assert alone and Scale([alone])(alone.start) == 0.5 and day_of(alone.start) == "1 Jan 2001"
