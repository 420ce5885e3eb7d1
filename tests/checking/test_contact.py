"""Frames for the contact sheet: a few of each match, at the times that belong together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from firsthand import media
from firsthand.checking import contact
from firsthand.errors import MediaError
from firsthand.model import Still
from tests.checking.fakes import REFERENCE, match

HERE, THERE = Path("here.mp4"), Path("there.mp4")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, list[float]]]:
    """What frames were asked for; each tells its time, a tenth of a second late."""
    wanted: list[tuple[Path, list[float]]] = []

    def stills_of(path: Path, times: list[float], height: int, mirrored: bool = False) -> tuple[Still, ...]:
        wanted.append((path, list(times)))
        return tuple(Still(at + 0.1, f"{path} {at}".encode()) for at in times)

    monkeypatch.setattr(media, "stills_of", stills_of)
    return wanted


def test_frames_are_of_the_times_that_belong_together(asked: Any) -> None:
    (pair,) = contact.pairs(HERE, [match(reference_end=77.0)], {REFERENCE: THERE})
    assert [one.at for one in pair.here] == pytest.approx([3.77, 5.1, 6.43, 7.77, 9.1, 10.43], abs=0.01)
    assert [one.at for one in pair.there] == pytest.approx([62.43, 65.1, 67.77, 70.43, 73.1, 75.77], abs=0.01)
    assert [path for path, _ in asked] == [HERE, THERE]


def test_many_matches_share_the_room(asked: Any) -> None:
    matches = [match(start=float(number), end=number + 1.0) for number in range(40)]
    pairs = contact.pairs(HERE, matches, {REFERENCE: THERE})
    assert len(pairs) == contact.ALL
    assert all(len(one.here) == len(one.there) == 1 for one in pairs)
    assert len(asked) == 2
    several = contact.pairs(HERE, matches[:8], {REFERENCE: THERE})
    assert sum(len(one.here) for one in several) == contact.ALL


def test_a_single_picture_is_one_frame(asked: Any) -> None:
    (pair,) = contact.pairs(
        HERE, [match(start=0.0, end=0.0, reference_start=9.0, reference_end=9.0)], {REFERENCE: THERE}
    )
    assert [(one.at, other.at) for one, other in zip(pair.here, pair.there, strict=True)] == [(0.1, 9.1)]


def test_a_file_without_frames_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def stills_of(path: Path, times: list[float], height: int) -> tuple[Still, ...]:
        if path == THERE:
            raise MediaError("there.mp4", "could not be read: it is broken")
        return tuple(Still(at, b"x") for at in times[:1])

    monkeypatch.setattr(media, "stills_of", stills_of)
    (pair,) = contact.pairs(HERE, [match()], {REFERENCE: THERE})
    assert (len(pair.here), pair.there) == (1, ())
    assert contact.pairs(HERE, [match()], {}) == ()
