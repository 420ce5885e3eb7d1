"""A library: articles with all their versions and the bytes they were read from, in one SQLite file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from firsthand.errors import LibraryError
from firsthand.library import adding, fingerprints, naming, originals, queries, related, removing, search, sqlite
from firsthand.library.adding import Result
from firsthand.library.fingerprints import Sketcher
from firsthand.library.incoming import Incoming, incoming
from firsthand.library.opening import default_place, ready
from firsthand.library.records import Change, Entry, Filter, Found, Original, Stored
from firsthand.library.related import Related
from firsthand.model import Article, Failure

EVERY = Filter()

Also = Callable[[Connection, Sequence[Result]], None]
"""Is told what became of each article that was added, before that is committed."""

LONG = 10**6
"""Characters of a text whose sketch takes a tenth of a second or more."""


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
        place = cls.place(path)
        return cls(ready(place, create=create), place)

    @staticmethod
    def place(path: str | Path | None = None) -> Path:
        """Where the library at `path` is: in the platform's data folder, if that is None."""
        return Path(path) if path else default_place()

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

    def add(
        self, batch: Iterable[tuple[Article, Original]], sketch: Sketcher | None = None, also: Also | None = None
    ) -> list[Result]:
        """Add articles with their originals in one transaction; what became of each, in order.

        `sketch` gives the fingerprints by which the index of wording finds a text; without it, new versions wait for
        `catch_up`. An article that cannot be stored is a Failure. `also` is done in the same transaction.
        """
        hashed = cache(originals.sha256)  # all entries of a feed have one stream, which is read once
        coming = [incoming(found, original, hashed) for found, original in batch]
        ready = _ahead(coming, sketch) if sketch else None
        with self.writing() as connection:
            results = adding.add(connection, coming, ready)
            if also:
                also(connection, results)
        return results

    def resolve(self, name: str) -> str:
        """The id of the article with this id, or beginning of one, or input's id, or address. Raises LibraryError."""
        with self.reading() as connection:
            return naming.resolve(connection, name)

    def article(self, name: str, number: int | None = None) -> Stored:
        """The newest version of an article, or the one with this number; `name` as for `resolve`."""
        with self.reading() as connection:
            identity = naming.resolve(connection, name)
            found = queries.one(connection, identity, number)
        if found is None:
            raise LibraryError(f"{identity}: has no version {number}")
        return found

    def changes(self, identity: str) -> list[Change]:
        """What the log says of an article, even of one that is gone, oldest first."""
        with self.reading() as connection:
            return queries.changes(connection, identity)

    def articles(self, wanted: Filter = EVERY, limit: int | None = None) -> Iterator[Entry]:
        """The articles, newest first, as a stream."""
        with self.reading() as connection:
            yield from queries.entries(connection, wanted, limit)

    def count(self, wanted: Filter = EVERY) -> int:
        """How many articles there are."""
        with self.reading() as connection:
            return queries.count(connection, wanted)

    def everything(self, wanted: Filter = EVERY, *, all_versions: bool = False) -> Iterator[Stored]:
        """The newest version of each article, or every version, in the order of their addition, as a stream."""
        with self.reading() as connection:
            yield from queries.stored(connection, wanted, all_versions=all_versions)

    def search(self, words: str, wanted: Filter = EVERY, limit: int = 20) -> list[Found]:
        """The articles that hold all of the words, best first; see `search.search`."""
        with self.reading() as connection:
            return list(search.search(connection, words, wanted, limit))

    def original(self, sha256: str) -> Iterator[bytes]:
        """The bytes with this SHA-256, piece by piece. Raises LibraryError where they are damaged."""
        with self.reading() as connection:
            yield from originals.read(connection, sha256)

    def remove(self, identity: str) -> int:
        """Remove an article with all its versions, and originals that nothing else needs; how many versions it had."""
        with self.writing() as connection:
            return removing.remove(connection, identity)

    def candidates(self, text: str, sketch: Sketcher, but: str | None = None) -> Related:
        """Whom a text is to be compared with; see `related.candidates`."""
        with self.reading() as connection:
            return related.candidates(connection, text, sketch, but)

    def sharing(self, text: str, sketch: Sketcher, most: int, but: str | None = None) -> Related:
        """As `candidates`, of all that share wording, up to `most` versions."""
        with self.reading() as connection:
            return related.sharing(connection, text, sketch, most, but)

    def behind(self) -> int:
        """How many versions are not in the index of wording."""
        with self.reading() as connection:
            return fingerprints.how_far_behind(connection)

    def catch_up(self, sketch: Sketcher, most: int) -> Iterator[int]:
        """Put the versions that are not in the index of wording there, at most so many in one transaction.

        Gives how many it put there, after each.
        """
        after: int | None = 0
        while after is not None:
            with self.writing() as connection:
                texts = fingerprints.behind(connection, after, most)
                fingerprints.add(connection, {number: sketch(text) for number, text in texts})
            if texts:
                yield len(texts)
            after = texts[-1][0] if texts else None


def _ahead(coming: Iterable[Incoming | Failure], sketch: Sketcher) -> Sketcher:
    """As `sketch`, which has done with long texts before the library is locked: others wait to write meanwhile."""
    texts = (one.article.text for one in coming if isinstance(one, Incoming))
    done = {text: sketch(text) for text in texts if len(text) > LONG}
    return lambda text: done[text] if text in done else sketch(text)
