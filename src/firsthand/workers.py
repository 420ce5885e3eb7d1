"""Processes that work for this one, and outlive the death of any of them. Imports nothing of ours."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, resource_tracker
from types import TracebackType
from typing import Generic, Self, TypeVar

Argument = TypeVar("Argument")
Result = TypeVar("Result")


class DeadWorkerError(Exception):
    """The process that worked on this died, twice: no other argument was with it the second time."""


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Job(Generic[Argument, Result]):
    """One call that is waiting, under way or done."""

    workers: Workers[Argument, Result]
    argument: Argument
    future: Future[Result]

    def done(self) -> bool:
        """Whether `result` would answer at once."""
        return self.future.done()

    def result(self) -> Result:
        """What the call returned, or the exception it raised. Raises DeadWorkerError."""
        try:
            return self.future.result()
        except BrokenProcessPool:
            return self.workers.alone(self.argument)


class Workers(Generic[Argument, Result]):
    """A number of processes that call one function. Leaving the context ends them, at once after an exception.

    A process that dies takes with it what the others were doing, so each of those is done again, by itself.
    """

    def __init__(self, call: Callable[[Argument], Result], processes: int) -> None:
        self._call = call
        self._many = _Pool(processes)
        self._one = _Pool(1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pool in (self._many, self._one):
            pool.stop(at_once=kind is not None)

    def submit(self, argument: Argument) -> Job[Argument, Result]:
        """Ask for one call; processes start as they are needed."""
        return Job(self, argument, self._many.submit(self._call, argument))

    def alone(self, argument: Argument) -> Result:
        """Call in a process that does nothing else. Raises DeadWorkerError."""
        try:
            return self._one.submit(self._call, argument).result()
        except BrokenProcessPool:
            raise DeadWorkerError from None


class _Pool:
    """An executor that is replaced when it breaks."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._executor: ProcessPoolExecutor | None = None

    def submit(self, call: Callable[[Argument], Result], argument: Argument) -> Future[Result]:
        with _interrupts_held():
            try:
                return self._running().submit(call, argument)
            except BrokenProcessPool:
                self.stop(at_once=True)
                return self._running().submit(call, argument)

    def stop(self, *, at_once: bool) -> None:
        if self._executor:
            processes = list((self._executor._processes or {}).values())
            for process in processes if at_once else ():
                process.terminate()
            self._executor.shutdown(cancel_futures=True)
            self._executor = None

    def _running(self) -> ProcessPoolExecutor:
        if not self._executor:
            self._executor = ProcessPoolExecutor(self._processes, get_context("spawn"), _ignore_interrupts)
        return self._executor


def _ignore_interrupts() -> None:
    """Ctrl-C reaches every process of a terminal; this process alone decides what it means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back: a process started meanwhile inherits that, so it is deaf to it before it can ignore it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # when it starts, which the first process makes it, it lets Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
