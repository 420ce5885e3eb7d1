"""Frames of the checked file and of the archived ones, side by side, for the contact sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from firsthand import media
from firsthand.errors import FirsthandError
from firsthand.model import Match, Pair, Still

EACH, ALL = 6, 24
"""Frames of a match, and of all matches, at most: a sheet that a person looks through. A choice."""

HEIGHT = 180
"""Pixels of a frame's height: enough to tell faces apart, and some 8 kB. A choice."""

OFF = 1.0
"""Seconds by which a frame may be off, of a file that gives none for the very time."""

Times = tuple[float, ...]


def pairs(path: Path, matches: Sequence[Match], originals: Mapping[str, Path]) -> tuple[Pair, ...]:
    """The pairs of frames of matches, of as many as there is room for. `originals`: of the archive, by SHA-256.

    A file of which no frame can be taken has none in its pairs.
    """
    wanted = [one for one in matches if one.reference in originals][:ALL]
    each = max(1, min(EACH, ALL // max(1, len(wanted))))
    times = {one: spread(one.start, one.end, each) for one in wanted}
    here = _stills(path, (at for each_one in times.values() for at in each_one))
    there = {
        name: _stills(
            originals[name], (at for one in wanted if one.reference == name for at in across(one, times[one]))
        )
        for name in dict.fromkeys(one.reference for one in wanted)
    }
    made = (Pair(one, _at(here, times[one]), _at(there[one.reference], across(one, times[one]))) for one in wanted)
    return tuple(one for one in made if one.here or one.there)


def spread(start: float, end: float, count: int) -> Times:
    """So many times within a stretch, the middles of its parts; one where it is no stretch."""
    if end <= start:
        return (start,)
    return tuple(start + (end - start) * (number + 0.5) / count for number in range(count))


def across(match: Match, times: Times) -> Times:
    """The times of the archived file that times of the checked file match."""
    length = match.end - match.start
    scale = (match.reference_end - match.reference_start) / length if length > 0 else 0.0
    return tuple(match.reference_start + (at - match.start) * scale for at in times)


def _stills(path: Path, times: Iterable[float]) -> dict[float, Still]:
    """The frames at these times, by the time that was asked for; none where the file gives none."""
    wanted = sorted(set(times))
    try:
        found = media.stills_of(path, wanted, HEIGHT)
    except FirsthandError:  # its pictures could be hashed, and that is what counts
        return {}
    return dict(_nearest(wanted, found))


def _nearest(wanted: Sequence[float], found: Sequence[Still]) -> Iterator[tuple[float, Still]]:
    """There is at most one still for each time, and there may be fewer."""
    for at in wanted:
        near = min(found, key=lambda one: abs(one.at - at), default=None)
        if near and abs(near.at - at) <= OFF:
            yield at, near


def _at(stills: Mapping[float, Still], times: Times) -> tuple[Still, ...]:
    return tuple(stills[at] for at in times if at in stills)
