"""Seen before: sound. Which stretches of a file are also in files of the archive, at whatever speed.

Landmarks (landmarks.py) of the file, pairs of them looked up in an index at many speeds (soundindex.py), and each place
to which many point looked at more closely (aligning.py). Silence says nothing, and is said to be silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from firsthand.errors import MediaError
from firsthand.media import hearing
from firsthand.media.aligning import Line, Stretch, aligned
from firsthand.media.landmarks import TICKS, landmarks
from firsthand.media.soundindex import WINDOW, Place, SoundIndex
from firsthand.media.soundprints import SoundPrint
from firsthand.model import Match

__all__ = ["Archive", "SoundPrint", "print_of"]

QUIET, PAUSE = 1e-3, 1.0
"""Amplitude, of 1, under which all samples of a tenth of a second lie for it to be silent (-60 dB); seconds of silence
that are told."""

SAME = 0.5
"""Share of the shorter one by which two matches with one file overlap, in the checked file, to be told as one."""

MOST = 100
"""Matches that are told at most, those with the most evidence."""


def print_of(path: Path) -> SoundPrint:
    """The print of a file's sound; one that says so where it has no sound stream.

    Raises MediaError for a file that cannot be opened, and for a sound stream of which nothing can be decoded.
    """
    blocks = hearing.blocks(path)
    if blocks is None:
        return SoundPrint(np.empty(0, np.uint32), np.empty(0, np.uint16), 0.0, (), has_stream=False)
    loudness: list[NDArray[np.float32]] = []
    found = landmarks(_noted(blocks, loudness))
    if not loudness:
        raise MediaError(str(path), "could not be read: nothing of its sound can be decoded")
    loud = np.concatenate(loudness)
    return SoundPrint(found.times, found.pitches, len(loud) / 10, _silences(loud))


def _noted(blocks: Iterable[NDArray[np.float32]], loudness: list[NDArray[np.float32]]) -> Iterator[NDArray[np.float32]]:
    """The blocks, while the loudest sample of each tenth of a second is noted."""
    held, tenth = np.empty(0, np.float32), hearing.RATE // 10
    for block in blocks:
        held = np.concatenate([held, np.abs(block)])
        whole = len(held) // tenth * tenth
        loudness.append(held[:whole].reshape(-1, tenth).max(axis=1))
        held = held[whole:]
        yield block
    if len(held):
        loudness.append(held.max(keepdims=True))


def _silences(loudness: NDArray[np.float32]) -> tuple[tuple[float, float], ...]:
    """From, to in s, of what is silent."""
    turns = np.flatnonzero(np.diff(np.concatenate([[False], loudness < QUIET, [False]]).astype(np.int8)))
    return tuple((a / 10, b / 10) for a, b in turns.reshape(-1, 2).tolist() if b - a >= 10 * PAUSE)


class Archive:
    """Sounds that others are compared with: (SHA-256, print) of each."""

    def __init__(self, prints: Iterable[tuple[str, SoundPrint]]) -> None:
        kept = [(name, made) for name, made in prints if made.state == "heard"]
        self._names = [name for name, _ in kept]
        self._prints = [made for _, made in kept]
        self._index = SoundIndex(self._prints)

    def matches(self, query: SoundPrint) -> tuple[Match, ...]:
        """Every stretch of the query that is in a sound of the archive, in the order of the query's times."""
        if query.state != "heard" or not self._prints:
            return ()
        found: list[tuple[int, Stretch]] = []
        for begin, places in self._index.stretches(query):
            for place in places:
                self._look(query, begin, place, found)
        best = sorted(_distinct(found)[:MOST], key=lambda one: (one[1].start, -one[1].evidence))
        return tuple(_match(self._names[sound], stretch) for sound, stretch in best)

    def _look(self, query: SoundPrint, begin: int, place: Place, found: list[tuple[int, Stretch]]) -> None:
        """Look more closely at a place, unless it is on a match that is known."""
        if any(sound == place.sound and _is_on(stretch, begin, place) for sound, stretch in found):
            return
        line = Line(place.speed.tempo, place.speed.shift, place.tick - begin * place.speed.tempo)
        stretch = aligned(query, self._prints[place.sound], begin, begin + WINDOW, line)
        if stretch:
            found.append((place.sound, stretch))


def _is_on(stretch: Stretch, begin: int, place: Place) -> bool:
    within = min(stretch.end, begin + WINDOW) - max(stretch.start, begin) > 0
    return within and abs(stretch.line.tempo * begin + stretch.line.offset - place.tick) < TICKS / 2


def _distinct(found: list[tuple[int, Stretch]]) -> list[tuple[int, Stretch]]:
    """Those with the most evidence first, without any that says again what a better one says."""
    kept: list[tuple[int, Stretch]] = []
    for sound, stretch in sorted(found, key=lambda one: -one[1].evidence):
        if not any(sound == other and _overlap(stretch, better) > SAME for other, better in kept):
            kept.append((sound, stretch))
    return kept


def _overlap(a: Stretch, b: Stretch) -> float:
    """Of the shorter one, in the query."""
    return (min(a.end, b.end) - max(a.start, b.start)) / max(min(a.end - a.start, b.end - b.start), 1.0)


def _match(name: str, found: Stretch) -> Match:
    tempo, offset = found.line.tempo, found.line.offset
    start, end = found.start / TICKS, found.end / TICKS
    return Match(
        kind="sound",
        reference=name,
        start=round(start, 2),
        end=round(end, 2),
        reference_start=round(max(start * tempo + offset / TICKS, 0.0), 2),
        reference_end=round(end * tempo + offset / TICKS, 2),
        score=round(found.agree / found.landmarks, 3),
        reason=f"{found.agree:,} of {found.landmarks:,} landmarks agree at one offset{_speed_said(found.line)}",
        speed=round(tempo, 4),
    )


def _speed_said(line: Line) -> str:
    """What the reason adds for a changed speed: whether the pitch was kept."""
    if abs(line.tempo - 1) < 0.01:
        return ""
    return " and speed, the pitch kept" if abs(line.shift) < 6 else " and speed"
