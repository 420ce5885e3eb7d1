"""A library, and the step's functions by fakes that read no file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from firsthand import media as step
from firsthand.checking import adding, checks
from firsthand.errors import MediaError
from firsthand.library import Library
from firsthand.model import Credentials, MediaDate, MediaStream, Metadata, Still
from tests.checking.fakes import Fake, Print


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "l.db", create=True) as made:
        yield made


@pytest.fixture
def pictures(monkeypatch: pytest.MonkeyPatch) -> Fake:
    """The only tool, but for `sound`; metadata that say what the file holds."""
    fake = Fake("pictures")
    _use(monkeypatch, fake)
    return fake


@pytest.fixture
def sound(monkeypatch: pytest.MonkeyPatch, pictures: Fake) -> Fake:
    """Beside `pictures`."""
    fake = Fake("sound")
    _use(monkeypatch, pictures, fake)
    return fake


def _use(monkeypatch: pytest.MonkeyPatch, *fakes: Fake) -> None:
    for module in (adding, checks):
        monkeypatch.setattr(module, "tools", lambda deep=True: tuple(one.tool() for one in fakes))
    monkeypatch.setattr(checks, "deep_is_there", lambda: True)
    monkeypatch.setattr(step, "metadata_of", metadata_of)
    monkeypatch.setattr(step, "credentials_of", lambda path, trust=None: Credentials("absent"))
    monkeypatch.setattr(step, "stills_of", lambda path, times, height: tuple(Still(at, b"jpeg") for at in times))


def metadata_of(path: Path) -> Metadata:
    """Of what says that it is broken nothing; a date where the file holds one."""
    held = path.read_bytes().decode()
    if held.startswith("broken"):
        raise MediaError(str(path), "could not be read: it is broken")
    dates = (MediaDate(held[:20], "created", "moov/mvhd", "when it was begun", held[:20]),) if held[:2] == "20" else ()
    streams = (MediaStream("video", "h264", 12.0), MediaStream("audio", "aac", 12.0))
    return Metadata("MP4 (isom)", 12.0, streams[: 1 if "mute" in held else 2], dates)


def broken(path: Path) -> Print:
    raise MediaError(str(path), "could not be read: it is broken")
