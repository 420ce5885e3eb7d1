"""Says that the comparison is being compiled: for half a minute, once on a machine, nothing else is to be seen."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from firsthand.cli.main import complain

COMPILING = "compiling the comparison for this machine: about half a minute, the first time"


@contextmanager
def compiling_told() -> Iterator[None]:
    """Tells it once, where somebody sees it, when Numba begins to compile; what it finds compiled is no such event."""
    if not sys.stderr.isatty():
        yield
        return
    from numba.core.event import Listener, install_listener

    class Teller(Listener):
        told = False

        def on_start(self, event: Any) -> None:
            if not self.told:
                complain(COMPILING)
            self.told = True

        def on_end(self, event: Any) -> None:
            pass

    with install_listener("numba:compile", Teller()):
        yield
