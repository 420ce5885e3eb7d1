"""When an article says it was published: text -> time, or None where it cannot be true."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime, timedelta

EARLIEST = 1600
"""The first printed newspaper is of 1605; an earlier year is a mistake or a default."""

SLACK = timedelta(days=2)
"""How far ahead of our clock a page may be: zones differ by up to 26 hours, clocks by a little."""

_ZONES = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7} | {
    "BST": 1,
    "CET": 1,
    "CEST": 2,
    "EET": 2,
    "EEST": 3,
}
"""Zones that pages name by letters -> hours from Greenwich, in the meaning that news pages have them."""

_LONGEST = 100
_DEFAULTS = (datetime(2001, 1, 1), datetime(2002, 2, 2))


def moment(value: str | None, now: datetime | None = None) -> datetime | None:
    """The time that `value` gives, with its zone where it gives one; midnight where it gives only a day.

    None where it is not a full date, or not one on which news can have been published.
    """
    value = (value or "").strip()
    try:
        found = _parsed(value) if len(value) <= _LONGEST else None
        sane = found is not None and found.year >= EARLIEST and _zoned(found) <= (now or datetime.now(UTC)) + SLACK
    except (ValueError, ArithmeticError, OSError):  # dateutil counts in decimals, which overflow in their own way
        return None
    return found if sane else None


def _zoned(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _parsed(value: str) -> datetime | None:
    return (_seconds(value) or _iso(value) or _in_words(value)) if value else None


def _seconds(value: str) -> datetime | None:
    """Seconds or milliseconds since 1970, as some tables give them."""
    whole = value.partition(".")[0]
    if not (whole.isascii() and whole.isdigit()):
        return None
    if len(whole) == 13:
        return datetime.fromtimestamp(int(whole) / 1000, UTC)
    return datetime.fromtimestamp(float(value), UTC) if len(whole) in (9, 10) else None


def _iso(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value.replace("/", "-"))
    except ValueError:
        return None


def _in_words(value: str) -> datetime | None:
    """A date in words or figures.

    Read against two defaults and in both orders of day and month: only what the text itself says, and says
    without doubt, comes out the same. ("Monday", "July 2018" and "5/7/2018" do not.)
    """
    from dateutil.parser import parse

    zones = {name: hours * 3600 for name, hours in _ZONES.items()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of zones that dateutil does not know
        first = parse(value, default=_DEFAULTS[0], dayfirst=False, tzinfos=zones)
        second = parse(value, default=_DEFAULTS[1], dayfirst=True, tzinfos=zones)
    return first if first == second else None
