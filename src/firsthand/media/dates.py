"""Dates as files write them -> ISO 8601, and the span of instants that such a date may stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

EARLIEST_YEAR, LATEST_YEAR = 1826, 9998
"""From the first photograph. A year outside is no date; within, no arithmetic with zones can overflow."""

EAST, WEST = timedelta(hours=14), timedelta(hours=12)
"""Clocks on Earth run from 14 h ahead of UTC (Line Islands) to 12 h behind it (ships by the date line)."""

_DATE = re.compile(
    r"""(?:UTC\s+)?(?P<year>\d{4})(?:[-:/.](?P<month>\d{1,2})(?:[-:/.](?P<day>\d{1,2})
    (?:[T\s]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<part>\d{1,9}))?)?)?)?)?
    \s*(?P<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?""",
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)(?:\.\d+)?(Z|[+-]\d{4})?)?", re.ASCII)
_ENGLISH = ("%a %b %d %H:%M:%S %Y", "%a, %d %b %Y %H:%M:%S %z", "%a %b %d %H:%M:%S %z %Y", "%d %b %Y")
_ZEROS = frozenset({"1904-01-01T00:00:00", "1970-01-01T00:00:00", "1601-01-01T00:00:00"})


@dataclass(frozen=True, slots=True)
class Window:
    """The instants, from `first` to `last` (both UTC), that a date may stand for.

    `exact`: it names its zone and a time of day. `reading`: what the clock or the calendar showed, without any zone.
    `whole_day`: it gives no time of day.
    """

    first: datetime
    last: datetime
    exact: bool
    reading: datetime
    whole_day: bool = False


def iso(text: str) -> str | None:
    """`text` as ISO 8601, to the precision and with the zone that it has; None where it is no date, or a zero one."""
    at = _iso(text.strip()[:64])
    return None if at is None or at[:19] in _ZEROS else at


def is_zero(text: str) -> bool:
    """Whether a date is there and empty: no figure but 0, or the zero of a file format's clock."""
    short = text.strip()[:64]
    figures = set(re.findall(r"\d", short))
    return (figures <= {"0"} and not re.search("[A-Za-z]{3}", short)) or (_iso(short) or "")[:19] in _ZEROS


def from_1904(seconds: int) -> str | None:
    """Seconds since 1904-01-01 UTC, as QuickTime and MP4 count them; None for zero, or for what is no date."""
    return _counted(datetime(1904, 1, 1, tzinfo=UTC), seconds)


def from_1601(ticks: int) -> str | None:
    """Tenths of a microsecond since 1601-01-01 UTC, as Windows counts them; None for zero, or for what is no date."""
    return _counted(datetime(1601, 1, 1, tzinfo=UTC), ticks // 10**7)


def from_1900(seconds: int) -> str | None:
    """Seconds since 1900-01-01 UTC, as NTP counts them; None for zero, or for what is no date."""
    return _counted(datetime(1900, 1, 1, tzinfo=UTC), seconds)


def window(at: str, zone: bool = True) -> Window | None:
    """What an ISO 8601 date may stand for; None where it is none. Without `zone`, the one it names is not relied on."""
    found = _DATE.fullmatch(at.strip()[:64])
    if found is None or (start := _start(found)) is None:
        return None
    end = _end(found, start)
    reading = start.replace(tzinfo=None)
    if start.tzinfo is not None and zone:
        return Window(start.astimezone(UTC), end.astimezone(UTC), found["hour"] is not None, reading, not found["hour"])
    first, last = start.replace(tzinfo=UTC) - EAST, end.replace(tzinfo=UTC) + WEST
    return Window(first, last, False, reading, not found["hour"])


def length(span: timedelta) -> str:
    """A stretch of time in its two largest units: "2 days 3 h", "3 h 5 min", "40 s"; years from two on."""
    seconds = round(abs(span.total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3570:
        return f"{round(seconds / 60)} min"
    if seconds < 86370:
        return _two(round(seconds / 60), 60, "h", "min")
    if seconds < 730 * 86400:
        return _two(round(seconds / 3600), 24, "days", "h")
    return f"{seconds / (365.25 * 86400):.1f} years"


def shown(at: str) -> str:
    """A date as people read it: "2022-02-16 09:12 UTC"; "no zone" where it has none."""
    found = _DATE.fullmatch(at.strip())
    zone = found["zone"] if found else None
    stem = at.strip().removesuffix(zone or "").replace("T", " ").strip()
    stem = stem.removesuffix(":00") if stem.count(":") == 2 else stem
    if zone is None:
        return f"{stem}, no zone" if ":" in stem else stem
    return f"{stem} UTC" if zone in ("Z", "+00:00") else f"{stem} UTC{zone}"


def _two(count: int, size: int, large: str, small: str) -> str:
    whole, rest = divmod(count, size)
    name = large.removesuffix("s") if whole == 1 else large
    return f"{whole} {name} {rest} {small}" if rest else f"{whole} {name}"


def _counted(zero: datetime, seconds: int) -> str | None:
    if not 0 < seconds < 2**40:
        return None
    try:
        return iso((zero + timedelta(seconds=seconds)).isoformat())
    except OverflowError:
        return None


def _iso(text: str) -> str | None:
    compact = _COMPACT.fullmatch(text)
    if compact:
        year, month, day, hour, minute, second, zone = compact.groups()
        text = f"{year}-{month}-{day}" + (f"T{hour}:{minute}:{second}{zone or ''}" if hour else "")
    found = _DATE.fullmatch(text)
    if found is None:
        return _english(text)
    start = _start(found)
    return None if start is None else _written(found, start)


def _english(text: str) -> str | None:
    """A date with the English name of its month, as RIFF and PNG have it."""
    for form in _ENGLISH:
        try:
            at = datetime.strptime(text.replace("GMT", "+0000"), form)
        except ValueError:
            continue
        if EARLIEST_YEAR <= at.year <= LATEST_YEAR:
            return at.isoformat() if "H" in form else at.date().isoformat()
    return None


def _start(found: re.Match[str]) -> datetime | None:
    """The first instant that a date names, with its zone where it gives one."""
    year, *rest = (int(found[name] or least) for name, least in (("year", 1), ("month", 1), ("day", 1)))
    clock = [int(found[name] or 0) for name in ("hour", "minute", "second")]
    if clock[2] > 60:  # 60 is a leap second
        return None
    part = int((found["part"] or "").ljust(6, "0")[:6])
    try:
        at = datetime(year, rest[0], rest[1], clock[0], clock[1], min(clock[2], 59), part, _zone(found["zone"]))
    except ValueError:
        return None
    return at if EARLIEST_YEAR <= year <= LATEST_YEAR else None


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text.upper() in ("Z", "UTC", "GMT"):
        return UTC
    hours, minutes = int(text[1:3]), int(text[3:].lstrip(":") or 0)
    offset = timedelta(hours=hours, minutes=minutes)
    if offset > EAST or minutes > 59:
        raise ValueError(text)
    return timezone(-offset if text[0] == "-" else offset)


def _end(found: re.Match[str], start: datetime) -> datetime:
    """The last instant of the year, month, day, minute or second that a date names."""
    if found["month"] is None:
        return start.replace(year=start.year + 1) - timedelta(seconds=1)
    if found["day"] is None:
        return (start + timedelta(days=31)).replace(day=1) - timedelta(seconds=1)
    if found["hour"] is None:
        return start + timedelta(days=1, seconds=-1)
    return start + timedelta(seconds=59 if found["second"] is None else 0)


def _written(found: re.Match[str], start: datetime) -> str:
    """ISO 8601 to the precision that a date has."""
    if found["hour"] is None:
        return start.date().isoformat()[: 4 if found["month"] is None else 7 if found["day"] is None else 10]
    if found["second"] is None:
        return start.isoformat(timespec="minutes")
    # Trailing zeros say nothing of precision: Matroska always has nine.
    text = start.isoformat(timespec="auto" if start.microsecond else "seconds")
    return re.sub(r"(\.\d*?)0+(?=[+-]|$)", r"\1", text)
