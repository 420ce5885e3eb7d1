"""A derivation in English, for the table and for the page. Whatever comes from an article is on one line and safe."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from firsthand.model import Alignment, Article, Derivation
from firsthand.share.plain import one_line
from firsthand.share.titles import title_of

Fetched = Mapping[str, datetime]
"""When articles were fetched, by id, where that is known."""

KINDS = {"copy": "copy", "rewrite": "rewrite", "excerpt": "excerpt"}
ALIGNMENTS = {"shared": "shared wording", "quotation": "the same quotation", "boilerplate": "boilerplate"}

FIRST = {
    "time": "told by their times",
    "credit": "told by a wire credit",
    "containment": "told by what each holds",
    "undetermined": "not known",
}
"""Which of the two came first, by what it was told."""


def record(derivation: Derivation) -> dict[str, Any]:
    """A derivation as JSON has it; offsets count characters of the two texts."""
    passages = [{"earlier": list(found.earlier), "later": list(found.later)} for found in derivation.passages]
    return {
        "earlier": derivation.earlier,
        "later": derivation.later,
        "kind": derivation.kind,
        "share": round(derivation.share, 4),
        "direction": derivation.direction,
        "origin": derivation.origin,
        "ties": list(derivation.ties),
        "reason": derivation.reason,
        "passages": passages,
    }


def share_words(derivation: Derivation) -> str:
    """How much is shared, as "83%": never 100 of what is not the whole, nor 0 of what is something."""
    percent = round(100 * derivation.share)
    return f"{100 if derivation.share >= 1 else min(max(percent, 1 if derivation.share > 0 else 0), 99)}%"


def first_words(derivation: Derivation, earlier: Article, later: Article) -> str:
    """Which came first, by what it was told: with the time between them where that told it."""
    words = FIRST[derivation.direction]
    between = _between(earlier.published, later.published) if derivation.direction == "time" else None
    return f"{words}, {between} apart" if between else words


def moment(when: datetime) -> str:
    """To the minute, in UTC where its zone is known; the day alone where it has no time of day."""
    if when.tzinfo:
        return f"{_day(_utc(when))}, {_utc(when):%H:%M} UTC"
    return _day(when) if not (when.hour or when.minute) else f"{_day(when)}, {when:%H:%M}"


def moment_as_given(when: datetime) -> str:
    """As `moment`, and before it the time where it was given: "4 June 2025, 09:10 (+01:00), 08:10 UTC"."""
    if not when.utcoffset():
        return moment(when)
    zone, utc = f"{when:%z}", _utc(when)
    there = f"{_day(when)}, {when:%H:%M} ({zone[:3]}:{zone[3:5]})"
    return f"{there}, {utc:%H:%M} UTC" if utc.date() == when.date() else f"{there}, {moment(when)}"


def time_of(article: Article, fetched: Fetched) -> datetime | None:
    """When it was published, or else fetched."""
    return article.published or fetched.get(article.id)


def when(article: Article, fetched: Fetched) -> str:
    """`time_of` in words; "" where it is not known."""
    time = time_of(article, fetched)
    return f"{'' if article.published else 'fetched '}{moment(time)}" if time else ""


def name(article: Article) -> str:
    """What to call an article in running text: its outlet and its title."""
    title = title_of(article).shown
    return f"{one_line(article.outlet)}: {title}" if article.outlet else title


def only_words(alignments: tuple[Alignment, ...]) -> str:
    """What two articles have in common that gives no derivation."""
    kinds = {found.kind for found in alignments}
    named = [words for kind, words in ALIGNMENTS.items() if kind in kinds]
    return f"only {' and '.join(named)} in common" if named else "nothing in common"


def _utc(when: datetime) -> datetime:
    try:
        return when.astimezone(UTC)
    except OverflowError:  # the first or the last day of all, in a zone far from UTC
        return when


def _day(when: datetime) -> str:
    return f"{when.day} {when:%B %Y}"


def _between(one: datetime | None, other: datetime | None) -> str | None:
    """How long it is from one to the other, in its two largest units; None where that cannot be told."""
    if not one or not other or (one.tzinfo is None) != (other.tzinfo is None) or other <= one:
        return None
    return _length(other - one)


def _length(span: timedelta) -> str:
    hours, minutes = divmod(span.seconds // 60, 60)
    parts = [
        f"{count} {unit}{'s' * (count != 1)}"
        for count, unit in ((span.days, "day"), (hours, "hour"), (minutes, "minute"))
        if count
    ]
    return " ".join(parts[:2]) or "less than a minute"
