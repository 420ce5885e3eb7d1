"""What crosses from the process that reads a hostile file to this one: JSON or packed bytes, checked, never pickled.

The child may have been taken over by the file that it read, so nothing that it says is believed: sizes, counts, types,
finite numbers and plain text are all checked here again.
"""

from __future__ import annotations

import json
import math
import re
import struct
from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from typing import Any, Protocol, TypeVar, runtime_checkable

from firsthand.errors import FirsthandError
from firsthand.model import Still

Record = TypeVar("Record")

MOST_TEXT = 4_000
"""Characters of one string; the longest seen in an honest file is an x264 settings string of 900."""
MOST_ITEMS = 1_000
"""Entries of one list: twice as many as our readers ever give."""
MOST_NUMBER = 1e12
"""Of seconds, degrees, pixels, or samples a second: what is larger was not measured, and overflows in arithmetic."""
MOST_DEPTH = 8
MOST_STILLS = 500
MOST_JPEG = 4_000_000
"""Bytes of one still."""

_HEAD = struct.Struct("<cQ")
HEAD_SIZE = _HEAD.size
"""Bytes of a message that are not its body."""
_STILL = struct.Struct("<dI")
# As share/plain.py: what shows nothing is taken away; what steers or reorders, or can be written nowhere, is a space.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]+"
)
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")


class WireError(FirsthandError):
    """What a child sent is not what was asked for."""


@runtime_checkable
class Packs(Protocol):
    """A result with a form in bytes of its own."""

    def packed(self) -> bytes:
        """Its bytes."""


def framed(kind: bytes, body: bytes) -> bytes:
    """One message: `kind` (b"R" result, b"E" error), the length, the body."""
    return _HEAD.pack(kind, len(body)) + body


def message(sent: bytes) -> tuple[bytes, bytes]:
    """The kind and the body of the one message in `sent`. Raises WireError: it is cut off, or more than one."""
    if len(sent) < _HEAD.size:
        raise WireError("its reader ended without an answer")
    kind, length = _HEAD.unpack_from(sent)
    if kind not in (b"R", b"E") or length != len(sent) - _HEAD.size:
        raise WireError("its reader ended in the middle of its answer")
    return kind, sent[_HEAD.size :]


def encoded(result: object) -> bytes:
    """A task's result in bytes: as it packs itself, stills, bytes as they are, or the JSON of a record."""
    if isinstance(result, Packs):
        return result.packed()
    if isinstance(result, bytes):
        return result
    if isinstance(result, tuple) and all(isinstance(still, Still) for still in result):
        return b"".join(_STILL.pack(still.at, len(still.jpeg)) + still.jpeg for still in result)
    plain = asdict(result) if is_dataclass(result) and not isinstance(result, type) else result
    return json.dumps(plain).encode()


def record(kind: type[Record], sent: bytes) -> Record:
    """A record of model/media.py from the JSON of it, its text made plain. Raises WireError."""
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(kind).validate_python(_plain(json.loads(sent), MOST_DEPTH))
    except (ValueError, RecursionError, ValidationError):
        raise WireError("its reader's answer has not the form that was asked for") from None


def stills(sent: bytes, most: int) -> tuple[Still, ...]:
    """At most `most` stills. Raises WireError: too many, too large, not JPEG, cut off, no finite time."""
    found: list[Still] = []
    at = 0
    while at < len(sent):
        if len(found) == min(most, MOST_STILLS) or at + _STILL.size > len(sent):
            raise WireError("its reader sent other stills than were asked for")
        seconds, length = _STILL.unpack_from(sent, at)
        at += _STILL.size + length
        found.append(_still(seconds, sent[at - length : at], length))
    return tuple(found)


def _still(seconds: float, jpeg: bytes, length: int) -> Still:
    whole = len(jpeg) == length <= MOST_JPEG and jpeg.startswith(b"\xff\xd8\xff")
    if not whole or not math.isfinite(seconds) or seconds < 0:
        raise WireError("its reader sent a still that is none")
    return Still(seconds, jpeg)


def plain_text(text: str) -> str:
    """`text` without what steers, hides or reorders, at most MOST_TEXT characters."""
    shown = _STEERING.sub(" ", _UNSEEN.sub("", text[:MOST_TEXT]))
    return shown if len(text) <= MOST_TEXT else f"{shown[: MOST_TEXT - 1]}…"


def _plain(value: Any, depth: int) -> Any:
    """JSON with plain text and numbers that can be; others were not measured. Raises ValueError: too much."""
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, int | float) and not abs(value) <= MOST_NUMBER:  # which nothing that is not finite is
        return None
    if isinstance(value, list | dict) and (depth == 0 or len(value) > MOST_ITEMS):
        raise ValueError("too much")
    if isinstance(value, dict):
        return {plain_text(key): _plain(item, depth - 1) for key, item in value.items()}
    return _items(value, depth) if isinstance(value, list) else value


def _items(values: Sequence[Any], depth: int) -> list[Any]:
    return [_plain(value, depth - 1) for value in values]
