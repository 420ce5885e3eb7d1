"""The action of `firsthand export`."""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterable, Iterator
from typing import Any

from firsthand.cli.library import filter_of, opened, stored
from firsthand.cli.output import Output
from firsthand.library.records import Stored
from firsthand.share.lines import line

ROWS, CHARACTERS = 500, 2**24
"""Articles in one group of a Parquet file, and so in memory; and characters of them, beyond which they are fewer."""


def run(asked: argparse.Namespace) -> int:
    """Write what is asked for. Raises FirsthandError, BrokenPipeError."""
    with opened(asked) as library, Output(asked.output) as output:
        versions = library.everything(filter_of(asked), all_versions=asked.all_versions)
        if asked.format == "parquet":
            output.write_bytes(_parquet(versions))
        else:
            output.write_all(line(stored(version)) for version in versions)
    return 0


def _parquet(versions: Iterable[Stored]) -> Iterator[bytes]:
    """A Parquet file, a group of rows at a time."""
    import pyarrow
    from pyarrow import parquet

    sink = _Sink()
    with parquet.ParquetWriter(sink, _schema()) as writer:
        for group in _groups(versions):
            writer.write_table(pyarrow.Table.from_pylist(group, schema=_schema()))
            yield sink.take()
    yield sink.take()


def _groups(versions: Iterable[Stored]) -> Iterator[list[dict[str, Any]]]:
    group, room = list[dict[str, Any]](), CHARACTERS
    for version in versions:
        group.append(stored(version))
        room -= len(version.article.text)
        if len(group) == ROWS or room <= 0:
            yield group
            group, room = [], CHARACTERS
    if group:
        yield group


def _schema() -> Any:
    """The columns of `stored`, in its order."""
    import pyarrow

    text, whole = pyarrow.string(), pyarrow.int64()
    link = pyarrow.struct({"start": whole, "end": whole, "url": text})
    media = pyarrow.struct({"url": text, "kind": text, "caption": text})
    special = {"version": whole, "versions": whole, "size": whole}
    special |= {"links": pyarrow.list_(link), "media": pyarrow.list_(media)}
    return pyarrow.schema({name: special.get(name, text) for name in COLUMNS})


COLUMNS = (
    *("id", "text", "title", "outlet", "byline", "published", "modified", "language", "url", "version", "versions"),
    *("added", "fetched", "origin", "own_id", "sha256", "size", "media_type", "links", "media"),
)


class _Sink(io.RawIOBase):
    """A file to write to that gives what was written since it was taken last."""

    def __init__(self) -> None:
        self._parts, self._size = list[bytes](), 0

    def writable(self) -> bool:
        return True

    def write(self, part: Any) -> int:
        self._parts.append(bytes(part))
        self._size += len(self._parts[-1])
        return len(self._parts[-1])

    def tell(self) -> int:
        return self._size

    def take(self) -> bytes:
        taken, self._parts = b"".join(self._parts), []
        return taken
