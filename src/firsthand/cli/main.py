"""The console script: one line for any error, never a traceback for what a user can meet."""

from __future__ import annotations

import gc
import os
import sys
import warnings
from importlib import import_module

from firsthand.cli.options import parse
from firsthand.errors import FirsthandError

INTERRUPTED = 128 + 2
"""Exit status after Ctrl-C, as a shell gives it for SIGINT."""

CLOSED_PIPE = 128 + 13
"""Exit status when nobody reads the output any more, as a shell gives it for SIGPIPE."""

GARBAGE = 100_000
"""New objects after which Python looks for circles of those that nobody needs. Records make none, and come by the
million: at Python's own 700 that search took a fourteenth of the time of joining claims."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit status."""
    try:
        return _act(arguments)
    except FirsthandError as error:
        complain(str(error))
        _give_up_what_cannot_be_written()
        return 1
    except BrokenPipeError:
        _stop_writing()
        return CLOSED_PIPE
    except KeyboardInterrupt as interrupt:
        complain("; ".join(("interrupted", *map(str, interrupt.args))))
        return INTERRUPTED


def complain(message: str) -> None:
    """One line on standard error."""
    from firsthand.share.plain import plain

    print(f"firsthand: {plain(message)}", file=sys.stderr, flush=True)


def _act(arguments: list[str] | None) -> int:
    asked = parse(arguments)
    if asked is None:
        return 0
    _silence_libraries()
    gc.set_threshold(GARBAGE, 20, 100)
    # Matrices here are small: several threads would only wait for each other (joining claims took five times as long).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    status: int = import_module(f"firsthand.cli.{asked.action}").run(asked)
    return status


def _silence_libraries() -> None:
    """What they log or warn of may quote an article, raw, onto the terminal; what matters is told by an exception."""
    import logging

    logging.basicConfig(handlers=[logging.NullHandler()])
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


def _give_up_what_cannot_be_written() -> None:
    try:
        sys.stdout.flush()
    except OSError:
        _stop_writing()


def _stop_writing() -> None:
    """Python flushes standard output as it ends, and would complain of the closed pipe or the full disk."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
