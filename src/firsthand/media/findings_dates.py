"""The dates of a file, beside the claimed time, beside each other and beside the clock.

A date without a zone stands for any clock on Earth. The header of an MP4 is UTC by the standard, but local time in the
files of some cameras: what differs by no more than a zone is notable there, and not at odds.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from firsthand.model.media import APART, Claimed, Finding, MediaDate, Metadata

from .dates import Window, length, shown, window
from .meanings import maybe_local
from .stating import bracketed, listed, stated, unmeasured

SLACK = timedelta(minutes=10)
"""By how much a claimed time of day and a clock may differ before it is told as a difference: people round to a
quarter of an hour, and an unset camera is minutes off. Set by reasoning, on no data."""

_LONG = timedelta(days=4)
"""A claimed time that takes longer is a month or a year: a day in an unknown zone takes two."""
SAME = timedelta(seconds=2)
"""Fields that are written one after the other differ by a second."""

FIRST_DIGITAL = 1995
"""A date of creation before this year is that of a clock that was never set, or of a picture that was scanned."""

CLOCKS_START = frozenset({1904, 1970, 1980, *range(2000, 2021)})
"""Years at whose first second clocks begin: of QuickTime, Unix and DOS; cameras begin at the year in which their model
was made. From knowledge of such clocks, on no data."""

NEAR = timedelta(days=366)
"""A date this near to the claimed time is plausible, whatever the hour: people film at New Year. A choice."""

_LOCAL_TIME = "some cameras write local time in this field, which could explain it"

_OWN = ("created", "digitised", "encoded", "modified", "tagged")
_WORDS = {
    "created": "Created",
    "digitised": "Digitised",
    "encoded": "Encoded",
    "modified": "Last changed",
    "tagged": "Tagged",
}
_UNRELATED = ("ICC", "date:create", "date:modify")


@dataclass(frozen=True, slots=True)
class Told:
    """Fields that give one date for one thing: the first of them, and the others."""

    date: MediaDate
    fields: tuple[str, ...]
    strict: Window
    loose: Window


def of(metadata: Metadata, claimed: Claimed, now: datetime) -> Iterator[Finding]:
    """What the dates say."""
    told = groups(metadata.dates)
    if not told:
        yield _none_left(metadata)
        return
    claim = window(claimed.time) if claimed.time else None
    if claimed.time and claim is None:
        yield unmeasured("dates", f"The claimed time could not be understood: {claimed.time[:60]}")
    slack = SLACK + timedelta(seconds=min(max(metadata.duration or 0.0, 0.0), 86400))
    for one in told:
        yield _beside_claim(one, claimed.time or "", claim, slack) if claim else _plainly(one)
    yield from _future(told, now)
    yield from _at_odds(told, slack)
    yield from _unset(told, claim)
    yield from _local(told)
    yield from _empty(metadata.dates)


def groups(dates: Sequence[MediaDate]) -> list[Told]:
    """The dates of the file itself, those that agree together; dates of its steps and its sources are left."""
    found: list[Told] = []
    for date in dates:
        strict = window(date.at) if date.at else None
        loose = window(date.at, zone=not maybe_local(date.where)) if date.at else None
        if strict is None or loose is None or date.what not in _OWN or date.where.endswith(_UNRELATED):
            continue
        same = next((i for i, one in enumerate(found) if _agree(one, date, strict)), None)
        if same is None and date.what in ("modified", "tagged"):
            # Last changed when it was made: one thing to say, not two.
            same = next((i for i, one in enumerate(found) if _is_as_old(one, strict)), None)
        if same is None:
            found.append(Told(date, (date.where,), strict, loose))
        else:
            found[same] = _joined(found[same], Told(date, (date.where,), strict, loose))
    return found


def _joined(one: Told, other: Told) -> Told:
    """Both, told by the one whose zone is sure: where an MP4's header agrees with it, that is UTC indeed."""
    surer = other.loose.exact and not one.loose.exact and other.date.what == one.date.what
    first, second = (other, one) if surer else (one, other)
    return replace(first, fields=(*first.fields, *second.fields))


def _agree(one: Told, date: MediaDate, strict: Window) -> bool:
    return one.date.what == date.what and _is_as_old(one, strict)


def _is_as_old(one: Told, strict: Window) -> bool:
    if one.strict.exact != strict.exact:
        return False
    return abs(one.strict.first - strict.first) <= SAME and abs(one.strict.last - strict.last) <= SAME


def _none_left(metadata: Metadata) -> Finding:
    empty = [date.where for date in metadata.dates if date.at is None]
    if empty:
        says = f"The file carries no date: its fields are empty ({listed(empty)}), stripped or never set"
    elif metadata.remarks:
        says = "What could be read of the file carries no date: what is lost may have had one"
    else:
        says = "The file carries no date: when it was made cannot be told from it"
    return unmeasured("dates", says, empty[0] if empty else "", [("empty fields", str(len(empty)))])


def _plainly(one: Told) -> Finding:
    says = f"{_WORDS[one.date.what]} {shown(one.date.at or '')} ({one.date.where})"
    return stated("dates", "plain", says, one.date.where, _facts(one))


def _beside_claim(one: Told, time: str, claim: Window, slack: timedelta) -> Finding:
    """One date beside the claimed time: before it, after it, or not to be told apart."""
    for span, sure in ((one.loose, True), (one.strict, False)):
        if span.last < claim.first - slack:
            return _before(one, time, claim, sure)
        if span.first > claim.last + slack:
            return _after(one, time, claim, sure)
    return _fits(one, time, claim)


def _before(one: Told, time: str, claim: Window, sure: bool) -> Finding:
    least = claim.first - (one.loose if sure else one.strict).last
    apart = _apart(one, claim, "before", least)
    says = f"{_WORDS[one.date.what]} {apart} {_brackets(one)}"
    if not sure:
        says += f"; {_LOCAL_TIME}"
        apart += ", unless it is local time"
    facts = [("claimed time", time), (APART, apart), ("at least", length(least)), *_facts(one)]
    unset = is_unset(one, claim)
    if unset:
        says += "; it may be that of a clock that was never set"
    telling = sure and not unset
    return stated("dates", "at odds" if telling else "notable", says, one.date.where, facts)


def _after(one: Told, time: str, claim: Window, sure: bool) -> Finding:
    least = (one.loose if sure else one.strict).first - claim.last
    apart = _apart(one, claim, "after", least)
    says = f"{_WORDS[one.date.what]} {apart} {_brackets(one)}"
    if not sure:
        says += f"; {_LOCAL_TIME}"
        apart += ", unless it is local time"
    says += "; a copy, an export or an upload made later carries its own date"
    own = one.date.what in ("created", "digitised")
    facts = [("claimed time", time), (APART, apart), ("at least", length(least)), *_facts(one)]
    return stated("dates", "notable" if own else "plain", says, one.date.where, facts)


def _apart(one: Told, claim: Window, side: str, least: timedelta) -> str:
    """As "2 days 3 h before the claimed time"; with the least that it is, where a zone is not known."""
    whole_day = claim.whole_day or one.strict.whole_day
    long = claim.last - claim.first > _LONG
    target = "the claimed day" if claim.whole_day and not long else "the claimed time"
    if claim.exact and one.strict.exact:
        return f"{length(claim.first - one.strict.first)} {side} {target}"
    if long or _is_coarse(one):
        return f"at least {length(least)} {side} {target}"
    sure = f"by at least {length(least)} whatever the time zone"
    if whole_day:
        days = abs((claim.reading.date() - one.strict.reading.date()).days)
        return f"{days} day{'s' if days != 1 else ''} {side} {target}, {sure}" if days else f"{side} {target}, {sure}"
    return f"{length(claim.reading - one.strict.reading)} {side} {target} as the clocks read, {sure}"


def _is_coarse(one: Told) -> bool:
    """Whether it names no day: a year, or a month."""
    return len(one.date.at or "") < len("2022-02-16")


def _fits(one: Told, time: str, claim: Window) -> Finding:
    facts = [("claimed time", time), *_facts(one)]
    apart = _within(one.date.at or "", time.strip()) if claim.whole_day or one.strict.whole_day else ""
    if claim.exact and one.strict.exact:
        apart = _fitting(one.strict.first - claim.first)
    if not apart:
        facts.append((APART, "before, at or after the claimed time: a zone is not known"))
        return unmeasured("dates", f"{_untold(one, claim)} {_brackets(one)}", one.date.where, facts)
    says = f"{_WORDS[one.date.what]} {apart} {_brackets(one)}"
    return stated("dates", "plain", says, one.date.where, [*facts, (APART, apart)])


def _fitting(gap: timedelta) -> str:
    side = "before" if gap < timedelta(0) else "after"
    why = "which fits it" if abs(gap) <= SLACK else "which the file's own length allows"
    return f"{length(gap)} {side} the claimed time, {why}"


def _within(at: str, time: str) -> str:
    """That a date lies in the claimed day, month or year, or the claimed time in that of the date; else nothing."""
    short = min(at, time, key=len)
    unit = {4: "in the {}year", 7: "in the {}month", 10: "on the {}day"}.get(len(short))
    if unit is None or at[: len(short)] != time[: len(short)]:
        return ""
    return unit.format("claimed ") if short == time else f"{unit.format('')} of the claimed time"


def _untold(one: Told, claim: Window) -> str:
    """That a zone would tell; by how much the clocks differ, where there are two."""
    says = f"Whether it was {_WORDS[one.date.what].lower()} "
    missing = "the claimed time has no zone" if one.strict.exact else "a zone is not known"
    if claim.whole_day or one.strict.whole_day:
        return f"{says}before, in or after the claimed time cannot be told: {missing}"
    gap = length(claim.reading - one.strict.reading)
    return f"{says}before or after the claimed time cannot be told: the clocks read {gap} apart, and {missing}"


def _future(told: Sequence[Told], now: datetime) -> Iterator[Finding]:
    for one in told:
        if one.loose.first > now + SLACK:
            ahead = length(one.loose.first - now)
            says = f"{_WORDS[one.date.what]} in the future, by {ahead} {_brackets(one)}: a clock was wrong, this "
            says += "computer's or another, or the date was set by hand"
            yield stated(
                "dates",
                "at odds",
                says,
                one.date.where,
                [("now", now.astimezone(UTC).isoformat(timespec="minutes")), *_facts(one)],
            )


def _at_odds(told: Sequence[Told], slack: timedelta) -> Iterator[Finding]:
    """Dates of creation that cannot all be true, and a last change before the creation."""
    made = [one for one in told if one.date.what in ("created", "digitised")]
    if not made:
        return
    first, last = min(made, key=lambda one: one.loose.last), max(made, key=lambda one: one.loose.first)
    if last.loose.first - first.loose.last > slack:
        gap = length(last.loose.first - first.loose.last)
        says = f"The file's own dates of creation differ by at least {gap}: {_pair(first)}, {_pair(last)}"
        yield stated("dates", "notable", says, first.date.where, [*_facts(first), *_facts(last)])
    yield from (_reversed(one, first) for one in told if _is_reversed(one, first, slack))


def _is_reversed(one: Told, made: Told, slack: timedelta) -> bool:
    """Whether a last change lies before the creation, as fields of one kind tell them."""
    same_kind = one.date.where.partition(" ")[0] == made.date.where.partition(" ")[0]
    return one.date.what == "modified" and same_kind and made.loose.first - one.loose.last > slack


def _reversed(one: Told, made: Told) -> Finding:
    gap = length(made.loose.first - one.loose.last)
    says = f"Last changed before it was created, by at least {gap}: {_pair(one)}, {_pair(made)}"
    return stated("dates", "notable", says, one.date.where, [*_facts(one), *_facts(made)])


def is_unset(one: Told, claim: Window | None = None) -> bool:
    """Whether it may be a date of a clock that was never set, or is older than digital cameras.

    `claim`: when it is said to be; near that, the first hour of a year is as good as any.
    """
    return _is_first_hour(one, claim) or one.strict.reading.year < FIRST_DIGITAL


def _is_first_hour(one: Told, claim: Window | None) -> bool:
    at = one.strict.reading
    if (at.month, at.day, at.hour) != (1, 1, 0) or "T" not in (one.date.at or "") or at.year not in CLOCKS_START:
        return False
    return claim is None or one.strict.last < claim.first - NEAR or one.strict.first > claim.last + NEAR


def _unset(told: Sequence[Told], claim: Window | None) -> Iterator[Finding]:
    for one in told:
        if one.date.what not in ("created", "encoded"):
            continue
        if _is_first_hour(one, claim):
            says = f"Its date of creation is the first hour of a year {_brackets(one)}: it may be that of a clock that "
            yield stated("dates", "notable", f"{says}was never set", one.date.where, _facts(one))
        elif one.strict.reading.year < FIRST_DIGITAL:
            says = f"Its date of creation is older than digital cameras {_brackets(one)}: a clock never set, or a scan"
            yield stated("dates", "notable", says, one.date.where, _facts(one))


def _local(told: Sequence[Told]) -> Iterator[Finding]:
    """A header that shows the local clock where the standard wants UTC: another field, with its zone, tells so."""
    headers = [one for one in told if maybe_local(one.date.where)]
    zoned = [one for one in told if one.strict.exact and not maybe_local(one.date.where)]
    for one, other in itertools.product(headers, zoned):
        same = abs(one.strict.reading - other.strict.reading) <= SAME
        if same and abs(one.strict.first - other.strict.first) > SAME:
            says = f"The header's clock shows local time and not UTC here: {_pair(one)}, {_pair(other)}"
            yield stated("dates", "plain", says, one.date.where, [*_facts(one), *_facts(other)])
            return


def _empty(dates: Sequence[MediaDate]) -> Iterator[Finding]:
    """Fields that are empty beside others that are not."""
    empty = list(dict.fromkeys(date.where for date in dates if date.at is None))
    if empty:
        says = f"Fields for dates that are empty, stripped or never set: {listed(empty)}"
        yield unmeasured("dates", says, empty[0], [("empty fields", str(len(empty)))])


def _pair(one: Told) -> str:
    return f"{one.date.where} {shown(one.date.at or '')}"


def _brackets(one: Told) -> str:
    return bracketed(one.date.where, one.date.at or "")


def _facts(one: Told) -> list[tuple[str, str]]:
    others = [("also in", listed(one.fields[1:], 8))] if len(one.fields) > 1 else []
    raw = [("as it stands", one.date.raw)] if one.date.raw != one.date.at else []
    return [(one.date.where, one.date.at or ""), ("normally means", one.date.means), *raw, *others]
