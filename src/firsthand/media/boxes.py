"""A bounded reader of the boxes of ISO BMFF and QuickTime: MP4, MOV, 3GP, M4A, HEIC, AVIF, CR3.

ISO/IEC 14496-12 and Apple's QuickTime File Format. Only the heads of boxes are walked; what is inside one is read when
it is asked for, and never more than a limit. Sizes are not believed: a box ends where its parent does at the latest.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

MOST_BOXES = 20_000
"""Heads that are read of one file. A fragmented hour of live video has some 10,000."""

MOST_DEPTH = 12
"""Boxes within boxes. moov/trak/mdia/minf/stbl/stsd/avc1/avcC is 8."""

MOST_READ = 8 * 2**20
"""Bytes that are read of one box, at most."""

CONTAINERS = frozenset({
    "moov", "trak", "mdia", "minf", "stbl", "udta", "edts", "mvex", "moof", "traf", "mfra", "iprp", "ipco", "ilst",
    "meta",
})  # fmt: skip
ENTRIES = frozenset({"stsd"})
"""Whose payload opens with a version and a count, and then holds boxes."""

_LETTERS = {i: "?" for i in range(256) if not (32 < i < 127 or i in (0x20, 0xA9))}


@dataclass(frozen=True, slots=True)
class Box:
    """One box. `kind`: its four letters; `path`: those of its parents too, with a number where a kind comes again.

    `start` and `end` of its payload in the file, in bytes. `whole`: whether the file holds all that its size says.
    `key`: the number of an item of Apple's `ilst`, whose four bytes are no letters.
    """

    kind: str
    path: str
    start: int
    end: int
    depth: int
    whole: bool = True
    key: int = 0

    @property
    def size(self) -> int:
        """Bytes of the payload that the file holds."""
        return self.end - self.start


class Boxes:
    """The boxes of a file, in the order of the file, parents before children.

    `complaints`: what is broken, one line each. Works on any bytes, and raises nothing but OSError.
    """

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._left = MOST_BOXES
        self.complaints: list[str] = []
        self.all: tuple[Box, ...] = tuple(self._walk(0, size, "", 0))
        if self._left <= 0:
            self._complain(f"more than {MOST_BOXES} boxes: the rest was not read")

    def payload(self, box: Box, most: int = MOST_READ, skip: int = 0) -> bytes:
        """The payload of a box from `skip` on, at most `most` bytes."""
        self._file.seek(box.start + skip)
        return self._file.read(max(0, min(most, MOST_READ, box.size - skip)))

    def at(self, start: int, most: int) -> bytes:
        """Bytes of the file from `start` on, at most `most`; none where `start` is no place in a file."""
        if not 0 <= start < 2**62:
            return b""
        self._file.seek(start)
        return self._file.read(min(most, MOST_READ))

    def of(self, *kinds: str) -> Iterator[Box]:
        """The boxes of these kinds."""
        return (box for box in self.all if box.kind in kinds)

    def within(self, parent: Box) -> tuple[Box, ...]:
        """The boxes inside another, at any depth."""
        return tuple(box for box in self.all if parent.start <= box.start and box.end <= parent.end and box != parent)

    def _walk(self, start: int, end: int, path: str, depth: int) -> Iterator[Box]:
        seen: dict[str, int] = {}
        while start + 8 <= end and self._left > 0:
            self._left -= 1
            box = self._head(start, end, path, depth)
            if box is None:
                if not (depth and path.partition("/")[2]):
                    self._complain(f"{path or 'the file'} holds what is no box at byte {start}")
                return  # in user data, four zero bytes close the list
            seen[box.kind] = seen.get(box.kind, 0) + 1
            box = _numbered(box, path, seen[box.kind])
            yield box
            if not box.whole:
                self._complain(f"{box.path} says that it is longer than what holds it: the file is cut short or broken")
            yield from self._children(box)
            start = box.end

    def _children(self, box: Box) -> Iterator[Box]:
        if box.depth >= MOST_DEPTH:
            self._complain(f"{box.path} lies too deep: not read")
        elif box.kind in CONTAINERS or _is_item(box):
            yield from self._walk(box.start + self._preface(box), box.end, box.path, box.depth + 1)
        elif box.kind in ENTRIES:
            yield from self._walk(box.start + 8, box.end, box.path, box.depth + 1)

    def _preface(self, box: Box) -> int:
        """Bytes before the children: `meta` opens with a version in MP4, and with its children in QuickTime."""
        if box.kind != "meta":
            return 0
        head = self.payload(box, 8)
        return 0 if head[4:8] == b"hdlr" else 4

    def _head(self, start: int, end: int, path: str, depth: int) -> Box | None:
        self._file.seek(start)
        head = self._file.read(min(16, end - start))
        if len(head) < 8:
            return None
        size, first = int.from_bytes(head[:4], "big"), 8
        if size == 1 and len(head) == 16:
            size, first = int.from_bytes(head[8:16], "big"), 16
        elif size == 0:
            # To the end of the file; inside another box it closes a list of user data (QuickTime).
            size = end - start if depth == 0 else 0
        if size < first:
            return None
        name, key = _kind(head[4:8], path)
        return Box(name, path, start + first, min(start + size, end), depth, start + size <= end, key)

    def _complain(self, text: str) -> None:
        if len(self.complaints) < 20 and text not in self.complaints:
            self.complaints.append(text)


def numbers(form: str, data: bytes, start: int = 0) -> tuple[int, ...]:
    """Big-endian whole numbers by a format of `struct` from `start` on; none at all where the data is too short."""
    form = f">{form}"
    return struct.unpack_from(form, data, start) if len(data) - start >= struct.calcsize(form) else ()


def _kind(code: bytes, path: str) -> tuple[str, int]:
    """The four letters of a box, and its number where it is an item of Apple's `ilst`."""
    key = int.from_bytes(code, "big")
    if path.rpartition("/")[2].startswith("ilst") and 0 < key < 2**16:
        return f"key{key}", key
    return code.decode("latin-1").translate(_LETTERS), 0


def _numbered(box: Box, path: str, count: int) -> Box:
    name = f"{path}/{box.kind}" if path else box.kind
    name = f"{name}[{count}]" if count > 1 or box.kind == "trak" else name
    return Box(box.kind, name, box.start, box.end, box.depth, box.whole, box.key)


def _is_item(box: Box) -> bool:
    """Whether it is an item of an `ilst`, which holds `data`, `mean` and `name`."""
    return box.path.rpartition("/")[0].rpartition("/")[2].partition("[")[0] == "ilst"
