from __future__ import annotations

import io
from pathlib import Path

import pytest

from firsthand.media import traces
from tests.media import boxing


@pytest.mark.parametrize(
    ("name", "who", "role"),
    [
        ("Core Media Video", "Apple's cameras and programs (Core Media)", "camera"),
        ("VideoHandle", "Android's recorder (MPEG4Writer)", "camera"),
        ("VideoHandler", "FFmpeg", "converter"),
        ("Lavf58.76.100", "FFmpeg (libavformat)", "converter"),
        ("x264 - core 165", "x264", "encoder"),
        ("GoPro AVC encoder", "a GoPro camera", "camera"),
        ("HandBrake 1.5.1 2022011000", "HandBrake", "converter"),
        ("Adobe Premiere Pro 2020.0 (Windows)", "a program of Adobe", "editor"),
        ("ISO Media file produced by Google Inc. Created on: 02/16/2022.", "Google (YouTube, Drive)", "site"),
        ("Twitter-vork muxer", "Twitter, now X", "site"),
    ],
)
def test_what_is_known_of_a_name(name: str, who: str, role: str) -> None:
    found = traces.known(name)
    assert found and (found.who, found.role) == (who, role)
    assert found.source


@pytest.mark.parametrize("name", ["", "H.264", "Some Recorder 1.0"])
def test_what_is_not_in_the_table_is_not_guessed(name: str) -> None:
    assert traces.known(name) is None


def test_the_settings_of_a_real_encoder_survive_without_a_container(tmp_path: Path) -> None:
    data = boxing.filmed(tmp_path / "a.mp4").read_bytes()
    found = list(traces.settings(data))
    assert traces.short(found[0]).startswith("x264 - core ")
    assert "rc_lookahead=" in found[0] and "crf=" in found[0]


def test_settings_that_are_cut_into_packets_are_put_together(tmp_path: Path) -> None:
    data = boxing.filmed(tmp_path / "a.ts").read_bytes()
    found = list(traces.settings(data))
    assert found[0].startswith("x264 - core ") and "crf=" in found[0]


def test_settings_are_found_from_given_places_on_once_each() -> None:
    text = b"x264 - core 164 r3095 baee400 - H.264/MPEG-4 AVC codec - options: cabac=1 ref=3"
    data = bytes(5000) + text + bytes(2 * traces.SCAN) + b"Lavc58.134.100 libx265\0"
    file = io.BytesIO(data)
    assert list(traces.scanned(file, [0, 4000, 2**63])) == [text.decode()] * 2
    assert list(traces.scanned(file, [len(data) - 100])) == ["Lavc58.134.100 libx265"]
    assert traces.short(text.decode()) == "x264 - core 164 r3095"


def test_hostile_settings_are_bounded() -> None:
    data = b"x264 - core 1 - options: " + b"a" * 10**6
    assert [len(one) <= traces.MOST_SETTINGS for one in traces.settings(data)] == [True]
    assert len(list(traces.settings(b"".join(b"Xvid%04d\0" % number for number in range(100))))) == 8
