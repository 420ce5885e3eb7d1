"""The order of time, for what has a time and what has none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from firsthand.model import Appearance, Spans

_LAST = datetime.max.replace(tzinfo=UTC)

Rank = tuple[bool, datetime, str, Spans, str]


def utc(when: datetime) -> datetime:
    """A time that can be compared with others: without a zone it counts as UTC."""
    if when.tzinfo is None:
        return when.replace(tzinfo=UTC)
    try:
        return when.astimezone(UTC)
    except OverflowError:  # the first or the last day of all, in a zone far from UTC
        return when.replace(tzinfo=UTC)


def rank(appearance: Appearance) -> Rank:
    """To sort by: what has no time comes last; ids decide what times do not, and in one article the place."""
    when = appearance.published
    return when is None, utc(when) if when else _LAST, appearance.article, appearance.spans, appearance.id


def apart(one: Appearance, other: Appearance) -> timedelta | None:
    """The time between two; None where it is not known."""
    if one.published is None or other.published is None:
        return None
    return abs(utc(one.published) - utc(other.published))


def span_words(between: timedelta | None) -> str:
    """In words: "a day apart", "on the same day"; "" where it is not known."""
    if between is None:
        return ""
    if between.days:
        return "a day apart" if between.days == 1 else f"{between.days} days apart"
    return "on the same day" if between.seconds > 3600 else "within an hour"
