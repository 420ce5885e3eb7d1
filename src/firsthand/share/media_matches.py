"""Where a file's pictures and sound have been seen before: for each archived file, the stretches and frames."""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, zip_longest

from firsthand.model.media import KeptMedia, Match, MatchKind, MediaReport, Pair, Still
from firsthand.share.media_words import about, clock, stretch

LEAST = 0.6
"""Percent of a bar's width that a stretch has at least, so that it is seen."""

NUMBERED = 2.0
"""Percent of it that one needs for its number."""

MOST_SHOWN = 20
"""Matches that people are shown, those that tell most: a page of findings. JSON has more of them. A choice."""

KINDS: dict[MatchKind, str] = {"pictures": "Pictures", "sound": "Sound", "place": "Place"}


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame to be shown: what it is of and when, and its picture as a data: address; None where there is none."""

    at: str
    picture: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A match: `key` is what the page calls it, `number` counts those of the same archived file."""

    match: Match
    key: str
    number: int
    here: str
    there: str
    about: tuple[str, ...]
    frames: tuple[tuple[Frame, Frame], ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of both bars, left and width in percent of theirs, and the number of its match."""

    here: tuple[float, float]
    there: tuple[float, float]
    number: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Two bars with the stretches that match; `ends` are their lengths. `silences` of the checked file, in percent."""

    kind: MatchKind
    heading: str
    ends: tuple[str, str]
    stretches: tuple[Stretch, ...]
    silences: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """An archived file that matches; `kept` is None where the report does not tell more of it than its SHA-256."""

    sha256: str
    kept: KeptMedia | None
    says: str
    matches: tuple[Shown, ...]
    drawings: tuple[Drawing, ...]


def bounded(report: MediaReport) -> tuple[MediaReport, int]:
    """The report with the matches that people are shown, and how many more it has."""
    number, matches = count(), [(one.standing == "at odds", one.match) for one in report.findings if one.match]
    shown = foremost(matches, MOST_SHOWN)
    findings = tuple(one for one in report.findings if one.match is None or next(number) in shown)
    names = {one.match.reference for one in findings if one.match}
    kept = tuple(one for one in report.references if one.file.sha256 in names)
    return replace(report, findings=findings, references=kept), len(report.findings) - len(findings)


def foremost(matches: Sequence[tuple[bool, Match]], most: int) -> set[int]:
    """The places of as many matches as tell most. `matches`: whether each is at odds with the claim; the best first.

    What is at odds comes first, and of that the first match of each kind with each file, which else one could hide.
    """
    kinds = [(odd, match.reference, match.kind) for odd, match in matches]
    firsts = {kind: place for place, kind in reversed([*enumerate(kinds)])}
    order = sorted(range(len(kinds)), key=lambda place: (not kinds[place][0], firsts[kinds[place]] != place, place))
    return set(order[:most])


def references(report: MediaReport, whole: MediaReport | None = None) -> tuple[Reference, ...]:
    """The archived files that match, in the order of the findings. `whole`: with the matches that are not shown.

    Frames of what matches by its sound are shown only where the pictures do not: they show that they differ.
    """
    matches, kinds = _matches(report), defaultdict[str, set[MatchKind]](set)
    for one in _matches(whole or report):
        kinds[one.reference].add(one.kind)
    pairs = [one for one in report.pairs if one.match.kind != "sound" or kinds[one.match.reference] == {"sound"}]
    shown = [_shown(number, match, pairs) for number, match in enumerate(matches, 1)]
    names = dict.fromkeys(match.reference for match in matches)
    return tuple(_reference(report, name, shown, kinds[name]) for name in names)


def _matches(report: MediaReport) -> list[Match]:
    return [*dict.fromkeys(one.match for one in report.findings if one.match)]


def _shown(number: int, match: Match, pairs: Sequence[Pair]) -> Shown:
    frames = next((tuple(_frames(pair)) for pair in pairs if pair.match == match), ())
    here, there = stretch(match.start, match.end), stretch(match.reference_start, match.reference_end)
    return Shown(match, f"m{number}", number, here, there, tuple(about(match)), frames)


def _frames(pair: Pair) -> Iterator[tuple[Frame, Frame]]:
    for here, there in zip_longest(pair.here, pair.there):
        yield _frame(here), _frame(there)


def _frame(still: Still | None) -> Frame:
    if still is None:
        return Frame("", None)
    return Frame(clock(still.at), f"data:image/jpeg;base64,{b64encode(still.jpeg).decode()}")


def _reference(report: MediaReport, name: str, shown: Sequence[Shown], matching: set[MatchKind]) -> Reference:
    """`matching`: by what it matches, which need not all be shown."""
    kept = next((one for one in report.references if one.file.sha256 == name), None)
    own = tuple(one for one in shown if one.match.reference == name)
    kinds = {one.match.kind for one in own}
    drawings = [_drawing(report, kept, kind, own) for kind in KINDS if kind in kinds and any(one.here for one in own)]
    return Reference(name, kept, _says(matching), own, tuple(drawings))


def _says(kinds: set[MatchKind]) -> str:
    """Of what alone there are matches: a sound has no pictures, and what was not compared need not differ."""
    if kinds == {"sound"}:
        return "Only its sound matches."
    if "pictures" in kinds:
        return "Pictures and sound match." if "sound" in kinds else "Pictures match."
    place = "the place, or the footage, is the same."
    return f"Its sound matches, and {place}" if "sound" in kinds else place.capitalize()


def _drawing(report: MediaReport, kept: KeptMedia | None, kind: MatchKind, shown: Sequence[Shown]) -> Drawing:
    own = [one for one in shown if one.match.kind == kind]
    here = _whole(report.metadata.duration if report.metadata else None, [one.match.end for one in own])
    known = kept.metadata.duration if kept and kept.metadata else None
    there = _whole(known, [one.match.reference_end for one in own])
    silences = (
        tuple(_part(start, end, here) for start, end in report.silences if start < here) if kind == "sound" else ()
    )
    return Drawing(kind, KINDS[kind], (clock(here), clock(there)), tuple(_stretches(own, here, there)), silences)


def _stretches(shown: Sequence[Shown], here: float, there: float) -> Iterator[Stretch]:
    for one in shown:
        match = one.match
        places = _part(match.start, match.end, here), _part(match.reference_start, match.reference_end, there)
        yield Stretch(*places, one.number)


def _whole(known: float | None, ends: Sequence[float]) -> float:
    """How long a file is, by its record or by where its last match ends; never nothing."""
    return max(known or 0.0, *ends, 0.1)


def _part(start: float, end: float, whole: float) -> tuple[float, float]:
    """Where a stretch begins, and how wide it is, in percent."""
    width = max(LEAST, 100 * (min(end, whole) - start) / whole)
    return round(min(100 * start / whole, 100 - width), 2), round(width, 2)
