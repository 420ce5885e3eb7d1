"""A worker without a process of its own, for tests; servers on loopback, and what stands in for the internet."""

from __future__ import annotations

import time
from pathlib import Path

from firsthand.config import Settings
from firsthand.library import Library
from firsthand.web.working import Signals, Working

PRIVATE = Settings(allow_private=True, timeout=5)
"""Fetches from servers on loopback, which tests run."""


def work(path: Path, settings: Settings = PRIVATE, patience: float = 30) -> None:
    """Work until nothing is left to be done at once."""
    with Library.open(path) as library:
        worker, end, idle = Working(library, settings, Signals()), time.monotonic() + patience, 0
        while idle < 3 and time.monotonic() < end:
            if worker.step() or worker.underway:
                idle = 0
            else:
                idle += 1
            time.sleep(0.005)
        assert idle, "the worker is not done in time"
