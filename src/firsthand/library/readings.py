"""What a model read in the versions of a library: kept, and given back as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from firsthand.library import queries, waiting
from firsthand.library.incoming import moment
from firsthand.library.packing import squeezed, unsqueezed
from firsthand.library.schema import reading
from firsthand.model import DIMENSIONS, Article, Marks, Reading


def unread(connection: Connection, after: int, most: int) -> list[tuple[int, Article]]:
    """The next newest versions that wait to be read, by their `no`."""
    numbers = waiting.next_ones(connection, "to_read", after, most)
    return [(no, stored.article) for no, stored in queries.newest(connection, numbers)]


def keep(connection: Connection, model: str, read: Mapping[int, Marks]) -> None:
    """Keep what the model read in versions, by their `no`. One that is gone meanwhile, or newest no more, is left."""
    there = {no for no, _ in queries.newest(connection, read)}
    connection.execute(delete(reading).where(reading.c.version.in_(there)))
    at = moment(datetime.now(UTC))
    rows = [{"version": no, "model": model, "at": at, **_row(marks)} for no, marks in read.items() if no in there]
    if rows:
        connection.execute(insert(reading), rows)
    waiting.done(connection, "to_read", there)


def readings(connection: Connection, numbers: list[int]) -> list[tuple[int, Reading]]:
    """What was read in these versions, by their `no`, of those that are their article's newest."""
    rows = {row.version: row for row in connection.execute(select(reading).where(reading.c.version.in_(numbers)))}
    found = queries.newest(connection, rows)
    return [
        (no, _reading(stored.article, rows[no].model, _marks(rows[no].marks, rows[no].vectors))) for no, stored in found
    ]


def _row(marks: Marks) -> dict[str, bytes]:
    return {"marks": squeezed(replace(marks, vectors=())), "vectors": b"".join(marks.vectors)}


def _marks(marks: bytes, vectors: bytes) -> Marks:
    each = (vectors[start : start + DIMENSIONS] for start in range(0, len(vectors), DIMENSIONS))
    return replace(unsqueezed(Marks, marks), vectors=tuple(each))


def _reading(article: Article, model: str, marks: Marks) -> Reading:
    return Reading(article, marks.attributions, model, (), marks.credits, marks.statements, marks.vectors)
