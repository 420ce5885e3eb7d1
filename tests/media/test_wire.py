"""What crosses from a process that may have been taken over: nothing of it is believed."""

from __future__ import annotations

import json
import math
import struct
from typing import Any

import pytest

from firsthand.media import wire
from firsthand.media.wire import WireError
from firsthand.model import Credentials, Ingredient, MediaDate, MediaStream, Metadata, Position, Still

JPEG = b"\xff\xd8\xff\xe0 picture"
WHOLE = Metadata(
    "MP4 (isom)",
    12.5,
    (MediaStream("video", "h264", 12.5, 640, 480, 25.0, "Core Media Video"), MediaStream("audio", "aac")),
    (MediaDate("2031-02-16T10:00:00+03:00", "created", "moov/mvhd", "when recording began", "3879"),),
    (Ingredient("clip", "XMP xmpMM:Ingredients", "old.mp4", "D:/clips"),),
    (Position(55.5, -3.25, "moov/udta/©xyz", 12.0),),
    "Larkmoor 5",
    (("Lavf60", "moov/udta"),),
    (("major brand", "isom"),),
    0.25,
    ("a box ends early",),
)


def test_a_record_comes_through_as_it_was() -> None:
    assert wire.record(Metadata, wire.encoded(WHOLE)) == WHOLE
    absent = Credentials("absent")
    assert wire.record(Credentials, wire.encoded(absent)) == absent


def sent(**changed: Any) -> bytes:
    return json.dumps(json.loads(wire.encoded(WHOLE)) | changed).encode()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[]",
        b"null",
        b"\xff",
        b"{",
        b"[" * 100_000,
        b'{"container": 1' + b"0" * 5000 + b"}",
        sent(container=None),
        sent(container=["MP4"]),
        sent(duration="long"),
        sent(streams=[{"kind": "smell", "codec": "x"}]),
        sent(streams={}),
        sent(dates=[[]]),
        sent(tags=[["a"]]),
        sent(tags=[["a", "b", "c"]]),
        sent(tags=[["a", "b"]] * (wire.MOST_ITEMS + 1)),
        sent(remarks=[[[[[[[[["deep"]]]]]]]]]),
        sent(positions=[{"latitude": math.nan, "longitude": 1.0, "where": "GPS"}]),
        sent(positions=[{"latitude": 1e300, "longitude": 1.0, "where": "GPS"}]),
    ],
)
def test_what_has_not_the_form_is_refused(answer: bytes) -> None:
    with pytest.raises(WireError, match="has not the form"):
        wire.record(Metadata, answer)


def test_numbers_that_are_none_were_not_measured() -> None:
    record = wire.record(Metadata, b'{"container": "MP4", "duration": 1e999, "thumbnail": NaN}')
    assert (record.duration, record.thumbnail) == (None, None)
    record = wire.record(Metadata, sent(duration=-1e300, thumbnail=10**400))
    assert (record.duration, record.thumbnail) == (None, None)


def test_text_is_made_plain_and_short() -> None:
    hostile = "a\x1b[31m\nb\u202ec\ud800d\u200b\0" + "x" * 9000
    record = wire.record(Metadata, sent(container=hostile, tags=[[hostile, "ok\r\nnext"]]))
    assert record.container.startswith("a [31m b c d x")
    assert record.container.endswith("x…")
    assert len(record.container) == len(record.tags[0][0]) <= wire.MOST_TEXT
    assert record.tags[0][1] == "ok next"


def test_text_in_other_scripts_stays() -> None:
    text = "می\u200cخواهم Ларкмур — 東京 – مرحبا é 👍🏽"
    assert wire.plain_text(text) == text


def test_stills_come_through() -> None:
    stills = (Still(0.0, JPEG), Still(1.5, JPEG * 3))
    assert wire.stills(wire.encoded(stills), 2) == stills
    assert wire.stills(wire.encoded(()), 2) == ()


def still(at: float, length: int, data: bytes) -> bytes:
    return struct.pack("<dI", at, length) + data


@pytest.mark.parametrize(
    "answer",
    [
        b"short",
        still(0, 9, JPEG),
        still(0, len(JPEG) + 1, JPEG),
        still(0, 2**32 - 1, JPEG),
        still(math.nan, len(JPEG), JPEG),
        still(math.inf, len(JPEG), JPEG),
        still(-1, len(JPEG), JPEG),
        still(0, 4, b"<svg"),
        still(0, 0, b""),
        still(0, wire.MOST_JPEG + 1, b"\xff\xd8\xff" + bytes(wire.MOST_JPEG - 2)),
        still(0, len(JPEG), JPEG) * 3,
    ],
)
def test_stills_that_are_none_are_refused(answer: bytes) -> None:
    with pytest.raises(WireError):
        wire.stills(answer, 2)


def test_what_packs_itself_is_packed() -> None:
    class Print:
        def packed(self) -> bytes:
            return b"packed"

    assert wire.encoded(Print()) == b"packed"
    assert wire.encoded(b"bytes") == b"bytes"


def test_messages() -> None:
    assert wire.message(wire.framed(b"R", b"body")) == (b"R", b"body")
    assert wire.message(wire.framed(b"E", b"")) == (b"E", b"")


@pytest.mark.parametrize("broken", [b"", b"R", wire.framed(b"R", b"body")[:-1], wire.framed(b"R", b"") + b"x"])
def test_a_broken_message_is_told(broken: bytes) -> None:
    with pytest.raises(WireError, match="its reader ended"):
        wire.message(broken)
