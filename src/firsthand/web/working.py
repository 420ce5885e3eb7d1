"""The worker's process: adds what was handed in, looks at what is watched, keeps the claims up to date.

python -m firsthand.web.working LIBRARY SETTINGS, started by `worker`. It ends when its standard input does, that is,
with the server, however that ends; a line there says that there is something to do, or soon may be. It ends by itself
when there has been nothing to do for a while, so that the models do not stay in memory.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from firsthand.config import Settings
from firsthand.errors import AnswerError, FetchError, FirsthandError, InputError, RefusedAddress
from firsthand.ingest.fetch import Fetched, fetch
from firsthand.library import Library, effects, media_checks, submissions, watches
from firsthand.library.pending import Left
from firsthand.library.pending import left as left_of
from firsthand.library.submissions import MOST_TRIES, Submission
from firsthand.library.watches import Look, Watch
from firsthand.model import Failure
from firsthand.web.hosts import Hosts
from firsthand.web.media_checking import MediaChecks
from firsthand.web.refusals import cause
from firsthand.web.taking import add
from firsthand.web.watching import look

IDLE = 300.0
"""Seconds without anything to do after which the process ends."""

FETCHES = 4
"""Addresses that are fetched at one time, each from another host."""

CANDIDATES = 64
"""Of what waits, as many are looked at for those whose hosts are free."""

TICK = 1.0
"""Seconds after which the library is asked again, should nobody have said that there is something to do."""

RETRY = timedelta(minutes=10)
"""After which what a watch found is fetched again that could not be; the second time after twice that."""

BUSY, BROKEN = 75, 1
"""Exit status where another process works on this library, and where the library cannot be used."""

PARTING = 1.0
"""Seconds that it has at most, when its server is gone, to write down that what it was doing did not end it."""

Done = Callable[[Future[Any]], None]


def nothing() -> None:
    """What is to be done where nothing is."""


class Signals:
    """What the server says: `wake` that there is something to do, `warm` that there soon may be.

    `part` is what is to be done when it says no more.
    """

    def __init__(self) -> None:
        self.wake, self.warm = threading.Event(), threading.Event()
        self.part: Callable[[], None] = nothing


class Working:
    """The loop. It is told by `signals` what it cannot see by itself at once."""

    def __init__(self, library: Library, settings: Settings, signals: Signals) -> None:
        self._library, self._settings = library, settings
        self._wake, self._warm = signals.wake, signals.warm
        self._signals = signals
        self._hosts = Hosts(settings)
        self._pool = ThreadPoolExecutor(FETCHES, "fetch")
        self._underway: dict[Future[Any], tuple[str, Done]] = {}
        self._media = MediaChecks(library, self._wake)
        self._claims: _Claims | None = None
        self._is_warm = False

    def run(self, idle: float = IDLE) -> None:
        """Work until there has been nothing to do for so many seconds. Raises FirsthandError."""
        with self._library.writing() as connection:
            submissions.release(connection)
            submissions.sweep(connection)
        self._media.release()
        self._signals.part = self._part  # not before: what a process has died of counts
        try:
            self._work(idle)
        finally:
            self._signals.part = nothing  # from now on another process may work

    def _work(self, idle: float) -> None:
        last = time.monotonic()
        while self.underway or time.monotonic() - last < idle:
            if self.step() or self._warmed():
                last = time.monotonic()
            else:
                self._wake.wait(TICK)
                self._wake.clear()

    def _part(self) -> None:
        """Its server is gone: what is being worked on did not end this process, so this try of it does not count."""
        with self._library.writing() as connection:
            submissions.uncount(connection)
            media_checks.uncount(connection)

    def _warmed(self) -> bool:
        """Load the models, where somebody is about to hand something in; whether it was asked for."""
        if not self._warm.is_set():
            return False
        self._warm.clear()
        if not self._is_warm:
            from firsthand.upkeep import warm_up

            warm_up()
            self._is_warm = True
        return True

    @property
    def underway(self) -> int:
        """How many addresses are being fetched, and media files checked."""
        return len(self._underway) + self._media.underway

    def step(self) -> bool:
        """Do what there is to do now; whether there was anything."""
        admitted = self._admit()
        claims = self._claims = self._claims or _Claims(self._library, self._admit)
        return claims.bring_up_to_date() or admitted

    def _admit(self) -> bool:
        """Take in what was handed in and what was fetched, and see to it that more is; whether there was anything."""
        done = [future for future in self._underway if future.done()]
        for future in done:
            self._settle(future)
            self._wake.set()
        return any([self._begin_looks(), self._take_in(), self._media.begin(), bool(done)])

    def _settle(self, future: Future[Any]) -> None:
        """What nobody has foreseen in one address must not end the process again and again: only the library may."""
        address, then = self._underway.pop(future)
        for act in (partial(self._hosts.end, address), partial(then, future)):
            try:
                act()
            except FirsthandError:
                raise
            except Exception as error:
                sys.stderr.write(f"{address!r}: {type(error).__name__}, which is new to us\n")

    def _take_in(self) -> bool:
        with self._library.reading() as connection:
            waiting = submissions.ready(connection, CANDIDATES)
        taken = False
        for number, kind, name in waiting:
            if kind != "address":
                taken |= self._taken(number, lambda one: add(self._library, one, self._settings))
            elif self._free(name):
                taken |= self._taken(number, self._fetch)
        return taken

    def _taken(self, number: int, act: Callable[[Submission], None]) -> bool:
        with self._library.writing() as connection:
            one = submissions.take(connection, number)
        if one:
            self._guarded(one, act)
        return one is not None

    def _guarded(self, one: Submission, act: Callable[[Submission], None]) -> None:
        """What nobody has foreseen in one must not end all the others."""
        try:
            act(one)
        except FirsthandError:
            raise
        except Exception as error:
            with self._library.writing() as connection:
                submissions.finish(
                    connection, one.number, f"cannot be read: {type(error).__name__}, which is new to us"
                )

    def _fetch(self, one: Submission) -> None:
        def fetched() -> Fetched:
            if one.by_watch:
                self._hosts.check(one.name)
            return fetch(one.name, self._settings)

        def then(future: Future[Fetched]) -> None:
            self._guarded(one, lambda _: self._fetched(one, future))

        self._start(one.name, fetched, then)

    def _fetched(self, one: Submission, future: Future[Fetched]) -> None:
        try:
            found = future.result()
        except InputError as error:
            self._unfetched(one, error)
        else:
            add(self._library, one, self._settings, found)

    def _unfetched(self, one: Submission, error: InputError) -> None:
        """What a watch found is tried again by itself, where that may help; else somebody sees it, and decides."""
        with self._library.writing() as connection:
            if one.by_watch and one.tries < MOST_TRIES and _may_pass(error):
                wait = timedelta(seconds=getattr(error, "wait", None) or 0)
                until = datetime.now(UTC) + max(RETRY * 2 ** (one.tries - 1), wait)
                submissions.postpone(connection, one.number, until, cause(error))
            else:
                submissions.finish(connection, one.number, cause(error))

    def _begin_looks(self) -> bool:
        with self._library.reading() as connection:
            due = watches.due(connection, CANDIDATES)
        ready = [one for one in due if self._free(one.address)]
        for one in ready:
            if self._free(one.address):
                self._begin_look(one)
        return bool(ready)

    def _begin_look(self, one: Watch) -> None:
        """The next look is put off beforehand: what kills the process must not kill it again at once."""
        with self._library.writing() as connection:
            watches.put_off(connection, one.number, datetime.now(UTC) + timedelta(minutes=one.minutes))

        def unseen(names: Any) -> list[str]:
            with self._library.reading() as connection:
                return watches.unseen(connection, one.number, names)

        self._start(one.address, partial(look, one, self._settings, self._hosts, unseen), partial(self._looked, one))

    def _looked(self, one: Watch, future: Future[Look]) -> None:
        try:
            found = future.result()
        except FirsthandError:
            raise
        except Exception as error:  # a reader that fails on what it has not foreseen must not end all the others
            until = datetime.now(UTC) + timedelta(minutes=one.minutes)
            found = Look(one.kind, f"cannot be read: {type(error).__name__}", until, failed=True)
        with self._library.writing() as connection:
            watches.looked(connection, one.number, found)

    def _free(self, address: str) -> bool:
        return len(self._underway) < FETCHES and self._hosts.ready(address)

    def _start(self, address: str, call: Callable[[], Any], then: Done) -> None:
        self._hosts.begin(address)
        future = self._pool.submit(call)
        self._underway[future] = address, then
        future.add_done_callback(lambda _: self._wake.set())


class _Claims:
    """Keeps the claims up to date. What it needs for that is loaded when it is needed first."""

    def __init__(self, library: Library, meanwhile: Callable[[], object]) -> None:
        self._library, self._meanwhile = library, meanwhile
        self._upkeep: Any = None
        self._left: Left | None = None

    def bring_up_to_date(self) -> bool:
        """Whether there was anything to do, apart from what has failed already."""
        before = self._now()
        if before.nothing or before == self._left:
            return False
        self._catch_up()
        after = self._now()
        self._left = after if after == before else None  # else more may have come meanwhile
        return True

    def _catch_up(self) -> None:
        from firsthand import upkeep
        from firsthand.library.upkeep import Upkeep
        from firsthand.web.effects import work_out

        self._upkeep = self._upkeep or Upkeep(self._library)
        left = upkeep.begun(self._upkeep)
        with self._library.writing() as connection:
            effects.expect(connection)
        upkeep.catch_up(self._library, self._upkeep, left, 1, self._teller())
        for _ in work_out(self._library):
            self._meanwhile()

    def _teller(self) -> Any:
        """What was handed in meanwhile is taken in between two steps, so that nobody waits long to see that."""
        from firsthand.upkeep import Teller

        @contextmanager
        def step(what: str, total: int | None) -> Iterator[Callable[[int, int], None]]:
            yield lambda done, failed: self._meet()

        return Teller(step, self._failed, nullcontext)

    def _meet(self) -> None:
        self._meanwhile()

    def _failed(self, failure: Failure) -> None:
        with self._library.writing() as connection:
            effects.failed(connection, failure.origin, failure.cause)

    def _now(self) -> Left:
        with self._library.reading() as connection:
            return left_of(connection)


def _may_pass(error: InputError) -> bool:
    """Whether an address that could not be fetched may be fetched another time."""
    if isinstance(error, AnswerError):
        return error.status in (408, 425, 429) or error.status >= 500
    return isinstance(error, FetchError) and not isinstance(error, RefusedAddress)


def main(path: str, settings: str) -> int:
    """Work on the library at `path`; the exit status."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the server, and that ends this
    signals = Signals()
    threading.Thread(target=_listen, args=(signals,), daemon=True).start()
    try:
        with Library.open(path) as library, alone(library.path) as is_alone:
            if not is_alone:
                return BUSY
            Working(library, Settings(**json.loads(settings)), signals).run()
    except (FirsthandError, OSError) as error:  # the latter of a folder that may not be written
        sys.stdout.write(f"{error}\n")
        return BROKEN
    return 0


def _listen(signals: Signals) -> None:
    """Ends the process when the server is no more: what it was doing is whole, or not done, and is gone on with."""
    while os.read(0, 1024):
        signals.warm.set()
        signals.wake.set()
    parting = threading.Thread(target=signals.part, daemon=True)
    parting.start()
    parting.join(PARTING)
    os._exit(0)


@contextmanager
def alone(library: Path) -> Iterator[bool]:
    """Whether no other process holds this library's lock; until the end, none gets it. Death gives it back."""
    with library.with_name(f"{library.name}-worker").open("ab") as file:
        try:
            _lock(file.fileno())
        except OSError:
            yield False
        else:
            yield True


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
