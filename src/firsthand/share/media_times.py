"""Dates as files give them -> stretches of time that can be compared and drawn.

A date without a zone is not known better than to fourteen hours before and after what it says.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from calendar import isleap, monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate, pairwise

ZONES = 14 * 3600.0
"""Seconds by which a time of day without its zone may be off: zones reach from UTC-12 to UTC+14."""

DAY = 86400.0

YEARS = range(1826, 9999)
"""From the first photograph; within, no arithmetic with zones can overflow. A year outside is no date."""

NO_ZONE = "no zone"

UNITS = ((365.25 * DAY, "year"), (DAY, "day"), (3600.0, "hour"), (60.0, "minute"), (1.0, "second"))

_DATE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s?(Z|[+-]\d\d(?::?\d\d)?)?)?)?)?",
    re.ASCII,
)
_EPOCH = datetime(1970, 1, 1)
_PAUSE = 3600.0


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was: between `start` and `end`, seconds since 1970 UTC.

    `shown`: in words, in its own zone. `zone`: "UTC", "UTC+02:00", or NO_ZONE.
    """

    start: float
    end: float
    shown: str
    zone: str

    @property
    def is_exact(self) -> bool:
        """Whether it is one point in time."""
        return self.start == self.end


def moment_of(text: str | None) -> Moment | None:
    """What an ISO 8601 date says: a year, a month, a day or a time of day; None where it says nothing of the kind."""
    found = _DATE.fullmatch((text or "").strip())
    if found is None or int(found[1]) not in YEARS:
        return None
    try:
        return _moment(found)
    except (ValueError, OverflowError):
        return None


def length(seconds: float) -> str:
    """How long it is, in its two largest units, cut: "2 days 3 hours"."""
    parts, left = list[str](), seconds
    for size, unit in UNITS:
        count, left = divmod(left, size)
        parts += [_count(int(count), unit)] if count else []
    return " ".join(parts[:2]) or "less than a second"


def apart(one: Moment, claimed: Moment) -> str:
    """How long before or after what is claimed: "2 days before", a range where zones or days leave one."""
    if one.end < claimed.start:
        return f"{_between(claimed.start - one.end, claimed.end - one.start)} before the claimed time"
    if one.start > claimed.end:
        return f"{_between(one.start - claimed.end, one.end - claimed.start)} after the claimed time"
    return "at the claimed time" if one.is_exact and claimed.is_exact else "can be at the claimed time"


class Scale:
    """Where moments stand from left to right, 0 to 1: in their order, with long pauses shortened."""

    def __init__(self, moments: Iterable[Moment]) -> None:
        self._bounds = sorted({bound for one in moments for bound in (one.start, one.end)})
        widths = [math.log1p((later - earlier) / _PAUSE) for earlier, later in pairwise(self._bounds)]
        self._places = [0.0, *accumulate(widths)]

    def __call__(self, bound: float) -> float:
        """Where it stands, of a bound of one of the moments."""
        whole = self._places[-1]
        return self._places[bisect_left(self._bounds, bound)] / whole if whole else 0.5


def _moment(found: re.Match[str]) -> Moment:
    year, month, day, hour, minute, second, zone = found.groups()
    when = datetime(int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0))
    start = (when - _EPOCH).total_seconds()
    end = start + _extent(when, month, day, hour)
    offset = _offset(zone)
    before, after = (ZONES, ZONES) if offset is None else (offset, -offset)
    return Moment(start - before, end + after, _shown(when, found), _zone(offset))


def _extent(when: datetime, month: str | None, day: str | None, hour: str | None) -> float:
    if hour:
        return 0.0
    if day:
        return DAY
    days = monthrange(when.year, when.month)[1] if month else 365 + isleap(when.year)
    return DAY * days


def _offset(zone: str | None) -> float | None:
    """Seconds before UTC; None where no zone is given."""
    if zone is None:
        return None
    if zone == "Z":
        return 0.0
    digits = zone[1:].replace(":", "")
    size = 3600 * int(digits[:2]) + 60 * int(digits[2:] or 0)
    if size > DAY:
        raise ValueError(zone)
    return float(-size if zone[0] == "-" else size)


def _zone(offset: float | None) -> str:
    if not offset:
        return NO_ZONE if offset is None else "UTC"
    hours, minutes = divmod(int(abs(offset)) // 60, 60)
    return f"UTC{'+' if offset > 0 else '-'}{hours:02}:{minutes:02}"


def _shown(when: datetime, found: re.Match[str]) -> str:
    _, month, day, hour, _, second, _ = found.groups()
    if not month:
        return f"{when.year}"
    date = f"{when.day} {when:%B} {when.year}" if day else f"{when:%B} {when.year}"
    return f"{date}, {when:%H:%M}{f':{when:%S}' if second else ''}" if hour else date


def _between(least: float, most: float) -> str:
    """A length, or the range of what it can be: that in whole units, no narrower than it is."""
    if length(least) == length(most):
        return length(least)
    (short, unit), (long, other) = _whole(least, math.floor), _whole(most, math.ceil)
    return f"{short if unit == other else _count(short, unit)} to {_count(long, other)}"


def _whole(seconds: float, rounded: Callable[[float], int]) -> tuple[int, str]:
    """How many of its largest unit."""
    size, unit = next(((size, unit) for size, unit in UNITS if seconds >= size), UNITS[-1])
    return rounded(seconds / size), unit


def _count(count: int, unit: str) -> str:
    return f"{count:,} {unit}{'s' * (count != 1)}"


def day_of(bound: float) -> str:
    """The day on which seconds since 1970 fall in UTC, short: "16 Feb 2031"."""
    when = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=bound)
    return f"{when.day} {when:%b} {when.year}"
