"""A library: articles with all their versions and the bytes they were read from, in one SQLite file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from firsthand.library import adding, sqlite
from firsthand.library.adding import Result, Sketched
from firsthand.library.incoming import incoming
from firsthand.library.opening import default_place, ready
from firsthand.library.records import Original
from firsthand.model import Article


class Library:
    """An open library. Every method raises LibraryError where the file cannot be used.

    Any number of processes may read it while one writes; writers wait for each other.
    """

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine, self.path = engine, path
        self._writer = engine.execution_options(**{sqlite.WRITES: True})

    @classmethod
    def open(cls, path: str | Path | None = None, *, create: bool = False) -> Self:
        """The library at `path`, or in the platform's data folder; made where there is none, if `create`.

        One of an older Firsthand is brought up to date. Raises LibraryError.
        """
        place = Path(path) if path else default_place()
        return cls(ready(place, create=create), place)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees the library as it is now, whatever others write meanwhile."""
        with sqlite.mapped(self.path), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that alone may write: all of it is committed at the end, or nothing of it."""
        with sqlite.mapped(self.path), self._writer.begin() as connection:
            yield connection

    def add(self, batch: Iterable[tuple[Article, Original]], sketched: Sketched | None = None) -> list[Result]:
        """Add articles with their originals in one transaction; what became of each, in order.

        `sketched` is called in it with the new versions. An article that cannot be stored is a Failure.
        """
        coming = [incoming(found, original) for found, original in batch]
        with self.writing() as connection:
            return adding.add(connection, coming, sketched)
