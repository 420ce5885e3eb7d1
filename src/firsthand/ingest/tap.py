"""The last bytes of a stream, kept while it is read, so that a part can be cut out afterwards."""

from __future__ import annotations

from firsthand.ingest.document import CHUNK


class Tap:
    """Keeps at least the last `most` bytes, and those that a reader may have read ahead."""

    def __init__(self, most: int) -> None:
        self._most, self._bytes, self._begin = most + CHUNK, bytearray(), 0

    def add(self, piece: bytes) -> None:
        """The next bytes of the stream."""
        self._bytes += piece
        if len(self._bytes) > 2 * self._most:
            self._forget(self._begin + len(self._bytes) - self._most)

    def cut(self, start: int, end: int) -> bytes:
        """The bytes from `start` to `end` of the whole stream; what stands before them is kept no longer."""
        self._forget(start)
        return bytes(self._bytes[: end - self._begin])

    def _forget(self, until: int) -> None:
        del self._bytes[: until - self._begin]
        self._begin = until
