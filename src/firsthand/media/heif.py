"""Exif and XMP out of a HEIC or AVIF picture: its items (ISO/IEC 23008-12, and 14496-12, 8.11)."""

from __future__ import annotations

from collections.abc import Iterator

from firsthand.model.media import MediaStream

from .boxes import Box, Boxes, numbers
from .record import Record
from .texts import clean

MOST_ITEMS = 4_000
"""Of one picture. An iPhone's has some 60: it is cut into tiles."""

MOST_BYTES = 8 * 2**20


def items(boxes: Boxes) -> Iterator[tuple[str, bytes]]:
    """The items that hold text: ("Exif", TIFF from its first byte) and ("mime", the packet)."""
    kinds = dict(_kinds(boxes))
    for item, start, size in _places(boxes):
        kind = kinds.get(item)
        data = boxes.at(start, min(size, MOST_BYTES)) if kind in ("Exif", "mime") else b""
        if kind == "Exif" and (skip := numbers("I", data)):
            yield kind, data[4 + skip[0] :].removeprefix(b"Exif\0\0")
        elif kind == "mime" and data:
            yield kind, data


def read(boxes: Boxes, record: Record) -> None:
    """The size of the picture, into `record`: the largest of those of its items."""
    sizes = [numbers("II", boxes.payload(box, 12), 4) for box in list(boxes.of("ispe"))[:MOST_ITEMS]]
    if largest := max((size for size in sizes if size), default=None):
        codec = record.container.partition(" ")[0] or "HEIF"
        record.stream(MediaStream("image", clean(codec), width=largest[0], height=largest[1]))


def _kinds(boxes: Boxes) -> Iterator[tuple[int, str]]:
    """The number of each item, with its kind: entries of `iinf`, each a box `infe`."""
    for box in list(boxes.of("iinf"))[:1]:
        data = boxes.payload(box, 2**20)
        start = 6 if data[:1] == b"\0" else 8
        for _ in range(MOST_ITEMS):
            head, version = numbers("II", data, start), data[start + 8 : start + 9]
            if not head or head[0] < 12:
                return
            # Before version 2, items had no kind. The number is wider from version 3 on.
            first = start + (16 if version == b"\2" else 18)
            if number := numbers("H" if version == b"\2" else "I", data, start + 12):
                yield number[0], data[first : first + 4].decode("latin-1")
            start += head[0]


def _places(boxes: Boxes) -> Iterator[tuple[int, int, int]]:
    """Where each item stands, of those that stand in one piece: (number, first byte, bytes)."""
    box = next(boxes.of("iloc"), None)
    data = boxes.payload(box, 2**20) if box else b""
    head = numbers("BBHBB", data)
    if not head or head[0] > 2:
        return
    version, wide = head[0], 4 if head[0] == 2 else 2
    sizes = (head[3] >> 4, head[3] & 15, head[4] >> 4, head[4] & 15 if version else 0)
    cursor = _Cursor(data, 6)
    for _ in range(min(cursor.take(wide), MOST_ITEMS)):
        item, method = cursor.take(wide), cursor.take(2) & 15 if version else 0
        extents = _extents(cursor, sizes)
        if len(extents) == 1 and not cursor.spent:
            yield from _placed(boxes, method, item, *extents[0])


def _extents(cursor: _Cursor, sizes: tuple[int, int, int, int]) -> list[tuple[int, int]]:
    """The pieces of an item, (first byte, bytes); `sizes` of an offset, a length, a base and an index, in bytes."""
    cursor.take(2)  # which file: only this one is read
    base, count = cursor.take(sizes[2]), cursor.take(2)
    found = []
    for _ in range(min(count, 64)):
        cursor.take(sizes[3])
        found.append((base + cursor.take(sizes[0]), cursor.take(sizes[1])))
    return found


def _placed(boxes: Boxes, method: int, item: int, start: int, size: int) -> Iterator[tuple[int, int, int]]:
    """An item by how it is placed: 0 in the file, 1 in the box `idat`; built of others (2) it is left."""
    if method == 0:
        yield item, start, size
    elif method == 1:
        yield from _inside(boxes, item, start, size)


def _inside(boxes: Boxes, item: int, start: int, size: int) -> Iterator[tuple[int, int, int]]:
    """An item that lies in the box `idat`."""
    holder: Box | None = next(boxes.of("idat"), None)
    if holder is not None and start + size <= holder.size:
        yield item, holder.start + start, size


class _Cursor:
    """Whole numbers of 0 to 8 bytes, one after the other; 0 once the data is at its end."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data, self._at, self.spent = data, at, False

    def take(self, size: int) -> int:
        piece = self._data[self._at : self._at + size]
        self._at += size
        self.spent = self.spent or len(piece) < size
        return 0 if self.spent else int.from_bytes(piece, "big")
