"""Claims brought up to date: articles that were not read are read, compared with others, joined to claims.

Each step goes on from where the last one stopped, killed or not, in transactions of half a second: what is written is
whole. What a step needs of other parts of Firsthand, it is given.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, select

from firsthand.errors import FirsthandError
from firsthand.library import decisions, derivations, readings, removing, sqlite, waiting
from firsthand.library.actions import log_action
from firsthand.library.decisions import Deed
from firsthand.library.derivations import Judge
from firsthand.library.fingerprints import Sketcher
from firsthand.library.schema import article, joined, statement, version
from firsthand.library.shelf import Remembered, Shelf
from firsthand.library.store import Library
from firsthand.library.vectors import Neighbours
from firsthand.library.waiting import Step, Waiting
from firsthand.model import Article, Change, Failure, Marks, Reading

HOLD = 0.5
"""Seconds after which a transaction ends, so that others that write need not wait long."""

AT_ONCE = 64
"""Articles that are taken out at one time to be read."""

Regroup = Callable[[Shelf, Sequence[str], Reading | None], Iterable[Change]]
"""Puts the appearances of a reading in, and takes away those with these ids that it has not; what became of claims."""

Decide = Callable[[Shelf], Iterable[Iterable[Change]]]
"""Decides one thing after the other; what became of claims by each."""


@dataclass(frozen=True, slots=True)
class Done:
    """How many articles a transaction finished with, and which of them failed; those wait still."""

    count: int
    failures: tuple[Failure, ...] = ()


class Upkeep:
    """The steps, for one library, and the index of vectors that they share. Methods raise LibraryError."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._neighbours = Neighbours(library.path)
        self._remembered = Remembered()
        self._shelf: Shelf | None = None

    def use(self, reader: str, joiner: str) -> Waiting:
        """From now on these models read, and join statements to claims, by name; what there is to do."""
        with self._library.writing() as connection:
            waiting.use(connection, "to_read", reader)
            waiting.use(connection, "to_join", joiner)
            return waiting.counted(connection)

    def waiting(self) -> Waiting:
        """What there is to do."""
        with self._library.reading() as connection:
            return waiting.counted(connection)

    def unread(self) -> Iterator[tuple[int, Article]]:
        """The newest versions that wait to be read, by number, each once, also what is added meanwhile."""
        last = 0
        while True:
            with self._library.reading() as connection:
                found = readings.unread(connection, last, AT_ONCE)
            if not found:
                return
            yield from found
            last = found[-1][0]

    def keep(self, model: str, read: Mapping[int, Marks]) -> None:
        """Keep what the model read in versions, by number."""
        if not read:
            return
        with self._library.writing() as connection:
            readings.keep(connection, model, read)

    def compare(self, sketcher: Sketcher, judge: Judge) -> Iterator[Done]:
        """Find what has its wording from what, of those that wait for it."""

        def compare(connection: Connection, number: int) -> None:
            derivations.compare(connection, number, sketcher, judge)

        return self._each("to_compare", compare)

    def settle(self) -> Iterator[int]:
        """Make the index of vectors, where its file is missing, damaged or behind; how many went in, step by step."""
        with self._library.reading() as connection:
            yield from self._neighbours.settle(connection)

    def join(self, regroup: Regroup) -> Iterator[Done]:
        """Join the statements of those that wait for it to claims."""

        def join(connection: Connection, number: int) -> None:
            ((_, reading),) = readings.readings(connection, [number])
            self._regrouped(connection, reading.article.id, number, reading, regroup)
            waiting.done(connection, "to_join", [number])

        yield from self._each("to_join", join)
        self._save()

    def decide(self, because: str, decide: Decide, deed: Deed | None = None) -> None:
        """Act on what a person decides, and write down why: all of it, or nothing. `deed` goes into the log."""
        with self._writing() as connection:
            self._shelf = None
            shelf = Shelf(connection, self._neighbours, self._remembered, because, deed.who if deed else "")
            for changes in decide(shelf):
                decisions.log(connection, changes, shelf.decided_by)
            shelf.write()
            if deed:
                log_action(connection, deed.who, deed.what, deed.on, deed.detail)

    def remove(self, identity: str, regroup: Regroup) -> int:
        """Remove an article with all that it alone supported; how many versions it had."""
        with self._writing() as connection:
            self._regrouped(connection, identity, 0, None, regroup)
            self._shelf = None
            return removing.remove(connection, identity)

    def _regrouped(
        self, connection: Connection, identity: str, number: int, reading: Reading | None, regroup: Regroup
    ) -> None:
        """Put the statements of a reading in place of those that an article had.

        The new ones come before the old ones go, so that a claim which both support stays what it is.
        """
        gone = sqlite.rows(connection, _STATEMENTS, identity=identity)
        shelf = self._shelf = self._shelf or Shelf(connection, self._neighbours, self._remembered)
        if any(of == number for _, of in gone):  # another model read the same text: nothing fits to the old
            decisions.log(connection, regroup(shelf, [name for name, _ in gone], None))
            gone = []
            sqlite.change(connection, _UNJOINED, [{"identity": identity, "but": 0}])
        decisions.log(connection, regroup(shelf, [name for name, _ in gone], reading))
        sqlite.change(connection, _UNJOINED, [{"identity": identity, "but": number}])
        shelf.write()

    def _each(self, step: Step, act: Callable[[Connection, int], None]) -> Iterator[Done]:
        """Act on each version that waits for a step, in transactions that are short."""
        last: int | None = 0
        while last is not None:
            with self._writing() as connection:
                done, last = self._some(connection, step, act, last)
            if done.count:
                yield done
            self._save(far=True)
            sqlite.give_way()

    def _some(
        self, connection: Connection, step: Step, act: Callable[[Connection, int], None], last: int
    ) -> tuple[Done, int | None]:
        """Act on the next ones until time is up; what was done, and the last of them, None at the end."""
        end, count, failures = time.monotonic() + HOLD, 0, list[Failure]()
        while time.monotonic() < end:
            found = waiting.next_ones(connection, step, last, 1)
            if not found:
                return Done(count, tuple(failures)), None
            (last,), count = found, count + 1
            failures += self._tried(connection, act, last)
        return Done(count, tuple(failures)), last

    def _tried(self, connection: Connection, act: Callable[[Connection, int], None], number: int) -> Iterator[Failure]:
        """One article more, or nothing of it: an error in one must not end the others."""
        try:
            with connection.begin_nested():
                act(connection, number)
        except FirsthandError:
            raise
        except Exception as error:
            self._undo()
            yield Failure(_origin(connection, number), sqlite.told(error))

    def _save(self, *, far: bool = False) -> None:
        if self._neighbours.is_behind(far=far):
            with self._writing() as connection:
                token = self._neighbours.stamp(connection)
            self._neighbours.save(token)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction with the index of vectors as it is now, and as it was where the transaction fails.

        Where the index has to be made first, that takes minutes: it is done before the library is locked.
        """
        for _ in self.settle():
            pass
        try:
            with self._library.writing() as connection:
                if self._shelf and not self._shelf.goes_on(connection):
                    self._shelf = None
                self._neighbours.begin(connection)
                yield connection
                if self._shelf:
                    self._shelf.end()
        except BaseException:
            self._undo()
            raise

    def _undo(self) -> None:
        self._shelf = None
        self._neighbours.undo()
        self._remembered.clear()


_OWN = (
    select(version.c.no)
    .join(article, version.c.article == article.c.no)
    .where(article.c.id == bindparam("identity"))
    .scalar_subquery()
)
_STATEMENTS = select(statement.c.id, statement.c.version).where(statement.c.version.in_(_OWN)).order_by(statement.c.no)
_UNJOINED = delete(joined).where(joined.c.version.in_(_OWN), joined.c.version != bindparam("but"))


def _origin(connection: Connection, number: int) -> str:
    return str(connection.execute(select(version.c.origin).where(version.c.no == number)).scalar_one())
