"""Sees to it that there is a worker beside the server while there is something for it to do.

What adds articles and keeps claims up to date needs models, which take memory and time: another process does that, so
that the server answers at once. It is started when it is needed, again when it dies, and ends with the server.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

from firsthand.errors import FirsthandError
from firsthand.library import Library
from firsthand.library.pending import Left, is_asked_for, left
from firsthand.web.options import Options

TICK = 5.0
"""Seconds after which it is looked whether there is something to do, should nobody have said so: watches fall due."""

FIRST, LONGEST = 1.0, 60.0
"""Seconds to wait before a worker that died is started again: each time twice as long as before, up to the longest."""

LIVED = 60.0
"""Seconds that a worker must live for its death to count as the first."""

PATIENCE = 5.0
"""Seconds for a worker to end by itself when the server does."""

ELSEWHERE = 30.0
"""Seconds after which it is tried again where another server's worker works on the library."""

BUSY = 75
"""Its exit status where another server's works on the library."""

ENVIRONMENT = {
    # Matrices here are small: several threads would only wait for each other.
    "OPENBLAS_NUM_THREADS": "1",
    # What glibc is given back above this size goes back to the system: loading the models leaves 30 MB less behind.
    "MALLOC_MMAP_THRESHOLD_": "131072",
}
"""Of the worker's process."""

_LOG = logging.getLogger(__name__)
_running: dict[Path, Worker] = {}


@contextmanager
def working(options: Options) -> Iterator[None]:
    """While this lasts, there is a worker whenever there is something to do."""
    worker = Worker(options)
    _running[options.library.absolute()] = worker
    try:
        with worker:
            yield
    finally:
        del _running[options.library.absolute()]


def poke(options: Options) -> None:
    """There is something to do, or soon will be: let the worker be there."""
    if worker := _running.get(options.library.absolute()):
        worker.poke()


def trouble(options: Options) -> str:
    """Why nothing is being added, in one line; "" where all is well."""
    worker = _running.get(options.library.absolute())
    return worker.trouble if worker else "Nothing is added while no worker runs; `firsthand serve` starts one."


class Worker:
    """Starts the process, tells it when there is something to do, and starts it again."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None
        self._wake, self._ending = threading.Event(), False
        self._poked = False
        self._first = True  # then it is started in any case: another Firsthand may have another model
        self._left: Left | None = None
        self._wait, self._not_before, self._began = FIRST, 0.0, 0.0
        self._thread = threading.Thread(target=self._watch, name="worker", daemon=True)
        self.trouble, self._cause = "", ""

    def __enter__(self) -> Worker:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending = True
        self._wake.set()
        self._thread.join(2 * PATIENCE)

    def poke(self) -> None:
        """Let there be a worker, and let it look at once."""
        self._poked = True
        self._wake.set()

    @property
    def process(self) -> int | None:
        """The number of the worker's process, where there is one."""
        return self._process.pid if self._process else None

    def _watch(self) -> None:
        while not self._ending:
            try:
                self._look()
            except Exception as error:  # as long as the server runs, somebody must see to it
                self.trouble = f"What adds articles cannot be started: {error}"
                _LOG.warning("%s", self.trouble)
            self._wake.wait(TICK)
            self._wake.clear()
        self._end()

    def _look(self) -> None:
        process = self._process
        if process and process.poll() is not None:
            self._ended(process)
        if self._process:
            self._tell(self._process)
        elif time.monotonic() >= self._not_before and (self._first or self._poked or self._is_needed()):
            self._first = False
            self._start()
            self._look()

    def _tell(self, process: subprocess.Popen[bytes]) -> None:
        if self._poked and process.stdin:
            self._poked = False
            with suppress(OSError):
                process.stdin.write(b"\n")

    def _start(self) -> None:
        settings = json.dumps(asdict(self._options.settings))
        command = [sys.executable, "-m", "firsthand.web.working", str(self._options.library), settings]
        pipe = subprocess.PIPE
        self._began = time.monotonic()
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, env={**os.environ, **ENVIRONMENT}, bufsize=0)

    def _ended(self, process: subprocess.Popen[bytes]) -> None:
        """It had nothing to do any more, or died; then it is started again after a while."""
        said = process.stdout.read().decode("utf-8", "replace").strip() if process.stdout else ""
        process.communicate()
        self._process = None
        if process.returncode == 0:
            self.trouble, self._cause, self._wait, self._left = "", "", FIRST, self._now()
        elif process.returncode == BUSY:
            self.trouble, self._not_before = "", time.monotonic() + ELSEWHERE
        else:
            self._died(said or f"its process ended with {process.returncode}")

    def _died(self, cause: str) -> None:
        if time.monotonic() - self._began > LIVED:
            self._wait = FIRST
        self.trouble = f"What adds articles has stopped, and is started again in {self._wait:.0f} seconds: {cause}"
        if cause != self._cause:  # else the terminal would be full of it
            _LOG.warning("%s", self.trouble)
        self._cause = cause
        self._first, self._not_before = True, time.monotonic() + self._wait
        self._wait = min(2 * self._wait, LONGEST)

    def _is_needed(self) -> bool:
        """Whether there is something to do, apart from what the last worker has left because it failed."""
        with Library.open(self._options.library) as library, library.reading() as connection:
            found = left(connection)
            return is_asked_for(connection) or not (found.nothing or found == self._left)

    def _now(self) -> Left | None:
        try:
            with Library.open(self._options.library) as library, library.reading() as connection:
                return left(connection)
        except FirsthandError:
            return None

    def _end(self) -> None:
        """Its standard input closes, at which it ends, whatever it is doing."""
        if process := self._process:
            if process.stdin:
                process.stdin.close()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
