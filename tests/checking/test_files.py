"""A file as it is given: its kind, its name, and a copy of what can be read only once."""

from __future__ import annotations

import io
import os
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from firsthand.checking import files
from firsthand.errors import InputError, MediaError


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\0\0\0\x18ftypisom", "video/mp4"),
        (b"\0\0\0\x18ftypqt  ", "video/quicktime"),
        (b"\0\0\0\x18ftypM4A ", "audio/mp4"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"RIFF....WAVE", "audio/wav"),
        (b"RIFF....WEBP", "image/webp"),
        (b"RIFF....OOPS", "application/octet-stream"),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7webm", "video/webm"),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7matroska", "video/x-matroska"),
        (b"ID3\x04", "audio/mpeg"),
        (b"fLaC", "audio/flac"),
        (b"OggS" + bytes(30), "audio/ogg"),
        (b"G" + bytes(187) + b"G", "video/mp2t"),
        (b"hello", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_the_first_bytes_tell_the_kind(tmp_path: Path, head: bytes, kind: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(head)
    assert files.kind_of(path) == kind


def test_a_file_on_a_disk_is_read_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"abc")
    with files.local(path) as own:
        assert own == path
    file = files.described(path, "a\u202e\nb.mp4")
    assert (file.name, file.size, file.sha256[:8]) == ("a� b.mp4", 3, "ba7816bf")
    assert files.described(path, "\u200b").name == "without a name"
    assert len(files.described(path, "x" * 999).name) == 255


def test_standard_input_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"abc")))
    with files.local(Path("-")) as own:
        assert own.read_bytes() == b"abc"
        assert own.parent.stat().st_mode & 0o77 == 0
    assert not own.exists()
    assert files.name_of(Path("-")) == "standard input"


def test_a_pipe_is_copied(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(b"abc"))
    writer.start()
    with files.local(pipe) as own:
        assert own.read_bytes() == b"abc"
    writer.join()


def test_what_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_COPIED", 5)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"abcdefgh")))
    with pytest.raises(MediaError, match="is larger than 5 bytes"), files.local(Path("-")):
        pass


@pytest.mark.parametrize("name", ["missing.mp4", ".", "x" * 300, "a\0b", "/dev/zero", "/dev/null", "empty"])
def test_what_cannot_be_opened_is_told_in_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(InputError) as error, files.local(tmp_path / name) as own:
        files.described(own, name)
    assert "\n" not in str(error.value)
