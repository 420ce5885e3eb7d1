"""The index of vectors: which nodes are nearest to a vector.

The database is the truth. Beside it lies a file, `LIBRARY-vectors`, with an index of all heads up to a place; it is a
cache, which may be deleted at any time. Its end says up to which place, with a token that the database knows and a
checksum; where they do not fit, as after a crash, in a copy, or with an older library put back, it is made anew. The
heads of later places are few, are read from the database and compared one by one; when they are many, they go into the
index.
"""

from __future__ import annotations

import contextlib
import glob
import json
import mmap
import os
import secrets
import time
import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, bindparam, delete, func, insert, select

from firsthand.library import sqlite
from firsthand.library.schema import head, indexed, node, statement
from firsthand.library.sqlite import each
from firsthand.model import DIMENSIONS

if TYPE_CHECKING:
    from usearch.index import Index

CONNECTIVITY, ON_ADDING, ON_SEARCHING = 16, 96, 96
"""Of the index: as `firsthand.claims` has it without a library, where it finds more than 99 in 100 of the nearest."""

FEW = 1024
"""Heads that are compared one by one: 0.2 ms, as long as a search of the index takes. A file that lacks more is made
anew."""

AT_ONCE = 8192
"""Heads that are read at one time: 3 MB."""

MANY = 32_768
"""Heads after which a file is written while there are still more to come, so that a kill loses little."""

STALE = 3600.0
"""Seconds after which nobody is writing a file any more that has not its name yet."""

SPARE, DEAD = 16, 0.25
"""How many more are asked for than are wanted, and which share of an index may be of heads that are gone."""

_MAGIC = b"FHV1"
_Vectors = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class _Stamp:
    """The end of a file: up to which place, a token that the database has, length and checksum of the index."""

    place: int
    token: str
    size: int
    check: int


class Heads:
    """Which nodes have their heads where, as far as it was asked: known as long as nobody else writes."""

    def __init__(self) -> None:
        self._nodes: dict[int, int | None] = {}
        self._places: dict[int, int] = {}

    def nodes(self, connection: Connection, places: Collection[int]) -> dict[int, int]:
        """The keys of the nodes whose heads are still at these places."""
        missing = [place for place in places if place not in self._nodes]
        if missing:
            self._nodes |= dict.fromkeys(missing)
            for place, key in sqlite.rows(connection, _NODES, places=missing):
                self.come(place, key)
        return {place: found for place in places if (found := self._nodes[place]) is not None}

    def come(self, place: int, key: int) -> None:
        """A node has its head there."""
        self._nodes[place], self._places[key] = key, place

    def go(self, key: int) -> None:
        """A node has its head there no longer."""
        place = self._places.pop(key, None)
        if place is not None:
            self._nodes[place] = None


class _Beside:
    """Heads that are not in the index: `places` [N], rising, and `vectors` [N, DIMENSIONS]."""

    def __init__(self) -> None:
        self._count, self._places, self._vectors = 0, np.zeros(FEW, np.uint64), np.zeros((FEW, DIMENSIONS), np.int8)

    def __len__(self) -> int:
        return self._count

    @property
    def places(self) -> NDArray[np.uint64]:
        return self._places[: self._count]

    @property
    def vectors(self) -> _Vectors:
        return self._vectors[: self._count]

    def add(self, places: Sequence[int], vectors: bytes) -> None:
        """Some more. There is room for twice as many as there were, so that one more costs little."""
        end = self._count + len(places)
        if end > len(self._places):
            self._places = np.resize(self._places, 2 * end)
            self._vectors = np.resize(self._vectors, (2 * end, DIMENSIONS))
        self._places[self._count : end] = places
        self._vectors[self._count : end] = np.frombuffer(vectors, np.int8).reshape(-1, DIMENSIONS)
        self._count = end

    def cut(self, count: int) -> None:
        """Only the first so many are left."""
        self._count = min(self._count, count)


class Neighbours:
    """The heads of a library, to be searched by vector. One process may have several; each sees what is committed.

    `settle` where nobody waits for a lock, for it may take minutes; `begin` at the start of a transaction, then `near`;
    `undo` where the transaction was rolled back.
    """

    def __init__(self, library: Path) -> None:
        self._path = library.with_name(f"{library.name}-vectors")
        self._index: Index | None = None
        self._content: memoryview | None = None
        self._mutable, self._indexed, self._saved = False, 0, 0
        self._beside = _Beside()
        self._committed, self._unseen = 0, True

    def settle(self, connection: Connection) -> Iterator[int]:
        """See what is committed, and put into the index what is not in the file; how many heads, step by step."""
        if self._index is None:
            self._open(connection)
        while found := self._take(connection):
            yield found
            self._absorb(FEW)
        self._absorb(FEW)

    def begin(self, connection: Connection) -> None:
        """See what is committed, also by others."""
        for _ in self.settle(connection):
            pass
        self._committed, self._unseen = len(self._beside), False

    def undo(self) -> None:
        """Forget what was seen since `begin`."""
        self._beside.cut(self._committed)
        self._unseen = True

    def come(self, place: int, vector: bytes) -> None:
        """A head more, in the transaction that has begun; what came before it is known."""
        self._beside.add([place], vector)

    def near(self, connection: Connection, vector: bytes, count: int, heads: Heads | None = None) -> list[int]:
        """Keys of the nodes whose heads are nearest by cosine, nearest first; `count` at most."""
        while self._unseen and self._take(connection):
            pass
        self._unseen = False
        asked, wanted = np.frombuffer(vector, np.int8), count + SPARE
        heads = heads or Heads()
        while True:
            places = self._nearest(asked, wanted)
            found = heads.nodes(connection, places)
            if len(found) >= count or wanted > self._indexed + len(self._beside):
                return [found[place] for place in places if place in found][:count]
            wanted *= 4

    def is_behind(self, *, far: bool = False) -> bool:
        """Whether the file lacks more than a `FEW` heads that were seen in the database, or than `MANY` if `far`."""
        return self._last() - self._saved > (MANY if far else FEW)

    def stamp(self, connection: Connection) -> str:
        """Tell the database of the file that `save` is going to write; its token. What is seen must be committed."""
        self._absorb()
        self._purge(connection)
        token = secrets.token_hex(8)
        connection.execute(delete(indexed).where(indexed.c.place == self._indexed))
        connection.execute(insert(indexed), {"place": self._indexed, "token": token})
        return token

    def save(self, token: str) -> None:
        """Write the file. Where it cannot be written, it is made anew another time: that costs time, nothing else."""
        assert self._index is not None
        content = self._index.save()
        assert content is not None
        stamp = _Stamp(self._indexed, token, len(content), zlib.crc32(content))
        end = json.dumps(asdict(stamp)).encode()
        self._saved = self._indexed
        new = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            self._clear()
            try:
                with new.open("wb") as file:
                    file.writelines((content, end, len(end).to_bytes(4, "little"), _MAGIC))
                new.replace(self._path)
            finally:
                new.unlink(missing_ok=True)

    def _clear(self) -> None:
        """Remove what was being written by processes that were killed."""
        for left in self._path.parent.glob(f"{glob.escape(self._path.name)}.*"):
            if time.time() - left.stat().st_mtime > STALE:
                left.unlink()

    def _open(self, connection: Connection) -> None:
        """The file, where it is there and right; else nothing."""
        self._index, self._indexed, self._mutable = _empty(), 0, True
        with contextlib.suppress(OSError, ValueError, TypeError, RuntimeError):
            with self._path.open("rb") as file:
                content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            stamp = _stamp(content)
            if stamp and _known(connection, stamp):
                index = _empty()
                index.view(content[: stamp.size])
                # The index looks at the file's bytes where they lie, without holding them.
                self._content, self._index, self._indexed, self._mutable = content, index, stamp.place, False
        self._saved = self._indexed

    def _last(self) -> int:
        return int(self._beside.places[-1]) if len(self._beside) else self._indexed

    def _take(self, connection: Connection) -> int:
        """The heads that came after those that are known, or the first of them; how many."""
        rows = sqlite.rows(connection, _LATER, place=self._last(), most=AT_ONCE)
        if rows:
            places, vectors = zip(*rows, strict=True)
            self._beside.add(places, b"".join(vectors))
        return len(rows)

    def _nearest(self, vector: _Vectors, count: int) -> list[int]:
        """Places, nearest first, of the index and of those that are not in it."""
        found = list[tuple[float, int]]()
        if self._index is not None and len(self._index):
            inside = self._index.search(vector, count, threads=1)
            found += zip(inside.distances.tolist(), inside.keys.tolist(), strict=True)
        if len(self._beside):
            import onnxruntime  # noqa: F401 -- before usearch, see `_empty`
            from usearch.index import search

            vectors, most = self._beside.vectors, min(count, len(self._beside))
            beside = search(vectors, vector, most, "cos", exact=True, threads=1)
            places = self._beside.places[beside.keys.astype(np.int64)]
            found += zip(beside.distances.tolist(), places.tolist(), strict=True)
        return [place for _, place in sorted(found)[:count]]

    def _absorb(self, most: int = 0) -> None:
        """Put into the index those that are not in it, where they are more than `most`."""
        assert self._index is not None
        if len(self._beside) <= most:
            return
        if not self._mutable:
            index = _empty()
            index.load(self._index.save())  # as it is in memory: the file may be another process's by now
            self._index, self._mutable = index, True
            self._content = None
        self._index.add(
            self._beside.places, self._beside.vectors, threads=1
        )  # with several, the outcome would differ by chance
        self._indexed = self._last()
        self._beside.cut(0)
        self._committed = 0

    def _purge(self, connection: Connection) -> None:
        """Take out heads that are gone, where they are many."""
        assert self._index is not None
        alive = connection.execute(select(func.count()).where(head.c.place <= self._indexed)).scalar_one()
        if len(self._index) - alive > DEAD * len(self._index):
            left = connection.execute(select(head.c.place).where(head.c.place <= self._indexed)).scalars()
            self._index.remove(np.setdiff1d(_keys(self._index), np.fromiter(left, np.uint64)))


_NODES = select(head.c.place, head.c.node).where(head.c.place.in_(select(each("places").c.value)))
_LATER = (
    select(head.c.place, statement.c.vector)
    .join(node, node.c.key == head.c.node)
    .join(statement, statement.c.id == node.c.head)
    .where(head.c.place > bindparam("place"))
    .order_by(head.c.place)
    .limit(bindparam("most"))
)


def _empty() -> Index:
    import onnxruntime  # noqa: F401 -- before usearch: the other way round it crashes the process (both of 2026)
    from usearch.index import Index  # here, for who only looks at claims, as a server, needs no index

    return Index(
        ndim=DIMENSIONS,
        metric="cos",
        dtype="i8",
        connectivity=CONNECTIVITY,
        expansion_add=ON_ADDING,
        expansion_search=ON_SEARCHING,
    )


def _stamp(content: memoryview) -> _Stamp | None:
    """What the end of a file says, where it is whole."""
    if bytes(content[-4:]) != _MAGIC:
        return None
    size = int.from_bytes(content[-8:-4], "little")
    stamp = _Stamp(**json.loads(bytes(content[-8 - size : -8])))
    whole = stamp.size == len(content) - size - 8 and zlib.crc32(content[: stamp.size]) == stamp.check
    return stamp if whole else None


def _known(connection: Connection, stamp: _Stamp) -> bool:
    """Whether it was made of this library, as it is or was."""
    token = connection.execute(select(indexed.c.token).where(indexed.c.place == stamp.place)).scalar()
    return token == stamp.token


def _keys(index: Index) -> NDArray[np.uint64]:
    return np.fromiter(index.keys, np.uint64, len(index))
