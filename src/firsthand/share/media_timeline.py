"""Every date that a file carries, beside the claimed time: a row for each, and where it stands on a line of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from firsthand.model.media import APART, Finding, Ingredient, KeptMedia, MediaDate, MediaReport
from firsthand.share.media_times import Moment, Scale, apart, day_of, moment_of

EDGE = 3.0
"""Percent of the line's width left free at its ends, so that marks there are whole."""

TICKS = 26.0
"""Percent of its width that a day below it needs, where it is as narrow as on a phone."""

BEGUN = ("created", "digitised", "encoded")
"""What the dates mean that tell when a file was made; others tell what became of it later."""

SAME = 2.0
"""Seconds between fields that were written one after the other, of which a finding names the first."""

DIGITAL = 631_152_000.0
"""The year 1990, in seconds since 1970: an archived file that says it is older has a clock that was never set."""


@dataclass(frozen=True, slots=True)
class Row:
    """A date: what happened, where that stands, when, and how that lies to what is claimed.

    `left` and `width` in percent of the line; a width of 0 is a point. `kind`: "file", "edit", "signed", "archive".
    """

    kind: str
    what: str
    where: str
    shown: str
    zone: str
    apart: str
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A date that cannot be placed: the field is empty, or it says what is no date."""

    what: str
    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The rows, the earliest first; `claimed` and its place; days below the line, (percent, day)."""

    rows: tuple[Row, ...]
    claimed: Moment | None
    claimed_left: float
    claimed_width: float
    ticks: tuple[tuple[float, str], ...]
    unplaced: tuple[Unplaced, ...]


@dataclass(frozen=True, slots=True)
class _Dated:
    kind: str
    what: str
    where: str
    at: str | None
    raw: str


def timeline(report: MediaReport) -> Timeline:
    """All dates of a report."""
    dated, told = [*_dated(report)], [*_told(report.findings)]
    claimed = moment_of(report.claimed.time)
    placed = [(one, moment) for one in dated if (moment := moment_of(one.at))]
    placed.sort(key=lambda pair: (pair[1].start, pair[1].end))
    scale = Scale([*(moment for _, moment in placed), *([claimed] if claimed else [])])
    left, width = _place(claimed, scale) if claimed else (0.0, 0.0)
    return Timeline(
        tuple(_row(one, moment, _lies(one, moment, told) or _apart(moment, claimed), scale) for one, moment in placed),
        claimed,
        left,
        width,
        tuple(_ticks([*([claimed] if claimed else []), *(moment for _, moment in placed)], scale)),
        tuple(_unplaced(one) for one in dated if moment_of(one.at) is None),
    )


def _dated(report: MediaReport) -> Iterator[_Dated]:
    if metadata := report.metadata:
        yield from _of_file(metadata.dates)
        yield from (_of_ingredient(one) for one in metadata.ingredients if one.at)
    if (found := report.credentials) and found.at:
        yield _Dated("signed", "signed", "content credentials (C2PA)", found.at, found.at)
    for one in report.references:
        yield from _of_archived(one)


def alike(dates: Sequence[MediaDate]) -> list[MediaDate]:
    """One for all fields that say the same and mean the same, with all their names; in the order of the first."""
    groups: dict[tuple[str | None, str, str], list[MediaDate]] = {}
    for one in dates:
        groups.setdefault((one.at, one.raw, one.means), []).append(one)
    return [replace(same[0], what=_each(same, "what"), where=_each(same, "where")) for same in groups.values()]


def _each(dates: Sequence[MediaDate], field: str) -> str:
    return ", ".join(dict.fromkeys(getattr(one, field) for one in dates))


def _of_file(dates: Sequence[MediaDate]) -> Iterator[_Dated]:
    """One for all fields that give the same time, however they write it."""
    same = alike([replace(one, means="", raw=one.raw if moment_of(one.at) is None else "") for one in dates])
    return (_Dated("file", one.what, one.where, one.at, one.raw) for one in same)


def _of_ingredient(one: Ingredient) -> _Dated:
    what = f"history: {one.action or 'a step'}" if one.kind == "step" else "source clip"
    where = f"“{one.name}”, {one.where}" if one.name else one.where
    return _Dated("edit", what, where, one.at, one.at or "")


def _of_archived(one: KeptMedia) -> Iterator[_Dated]:
    """When an archived file that matches was made, by its own record, and when it was added."""
    called = f"“{one.file.name}”, which matches"
    made = [(moment.start, date) for date in _begun(one) if (moment := moment_of(date.at)) and moment.start >= DIGITAL]
    if made:
        date = min(made, key=lambda pair: pair[0])[1]
        yield _Dated("archive", f"archived file {date.what}", f"{called}: {date.where}", date.at, date.raw)
    yield _Dated("archive", "archived", called, one.added, one.added)


def _begun(one: KeptMedia) -> list[MediaDate]:
    return [date for date in one.metadata.dates if date.what in BEGUN] if one.metadata else []


def _told(findings: Sequence[Finding]) -> Iterator[tuple[str, Moment, str]]:
    """Fields of the file, what they say, and how far that lies from what is claimed."""
    for one in findings:
        facts = dict(one.facts)
        moment = moment_of(facts.get(one.where))
        if one.check == "dates" and APART in facts and moment:
            yield one.where, moment, facts[APART]


def _lies(one: _Dated, moment: Moment, told: Sequence[tuple[str, Moment, str]]) -> str:
    """How far a date of the file lies from what is claimed, as a finding says it: that knows how sure the field is."""
    near = [(field not in one.where, says) for field, at, says in told if abs(at.start - moment.start) <= SAME]
    return min(near)[1] if near and one.kind == "file" else ""


def _apart(moment: Moment, claimed: Moment | None) -> str:
    return apart(moment, claimed) if claimed else ""


def _row(one: _Dated, moment: Moment, lies: str, scale: Scale) -> Row:
    left, width = _place(moment, scale)
    return Row(one.kind, one.what, one.where, moment.shown, moment.zone, lies, left, width)


def _place(moment: Moment, scale: Scale) -> tuple[float, float]:
    left, right = (EDGE + (100 - 2 * EDGE) * scale(bound) for bound in (moment.start, moment.end))
    return round(left, 2), round(right - left, 2)


def _ticks(moments: Sequence[Moment], scale: Scale) -> Iterator[tuple[float, str]]:
    """Days of moments, those of the claim and the first and last ones before others, as many as have room."""
    taken = list[float]()
    for moment in (*moments[:2], *moments[-1:], *moments[2:-1]):
        left, width = _place(moment, scale)
        middle = min(max(left + width / 2, TICKS / 2), 100 - TICKS / 2)
        if all(abs(middle - other) >= TICKS for other in taken):
            taken.append(middle)
            yield round(middle, 2), day_of((moment.start + moment.end) / 2)


def _unplaced(one: _Dated) -> Unplaced:
    empty = "the field is there, and empty: stripped or never set"
    why = empty if one.at is None else f"says “{one.raw or one.at}”, which is no date"
    return Unplaced(one.what, one.where, why)
