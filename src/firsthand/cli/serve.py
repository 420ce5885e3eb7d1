"""The action of `firsthand serve`."""

from __future__ import annotations

import argparse
import ctypes
import logging
import os
import signal
import socket
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from importlib.util import find_spec

from firsthand.cli.library import place
from firsthand.cli.main import complain
from firsthand.cli.options import settings
from firsthand.cli.output import Output
from firsthand.errors import LibraryError
from firsthand.library import Library
from firsthand.library.accounts import any_account
from firsthand.web.app import create
from firsthand.web.options import LOOPBACK, Options, is_loopback
from firsthand.web.serving import bound, serve

HEAPS, ARENA_MAX = "MALLOC_ARENA_MAX", -8
"""How glibc is told of how many heaps to take memory: by the environment, and in a process that runs (malloc.h)."""

EVERYWHERE = ("0.0.0.0", "::")
"""Every address that this computer has."""

ELSEWHERE = "192.0.2.1"
"""An address that nobody has (RFC 5737)."""

WORKER = "firsthand.web.worker"
"""What does what takes long, in a process of its own: its `working(options)` is a context manager that runs it."""

_OPEN = (
    "other computers are let in, so that people must sign in, and there is no account yet: "
    "`firsthand account add NAME --role admin` makes one"
)
_PLAIN = (
    "passwords and all else go over the network as they are, to be read by who is between; "
    "put a proxy with TLS before it, and say --secure"
)


def run(asked: argparse.Namespace) -> int:
    """Serve until Ctrl-C. Raises FirsthandError."""
    options = options_of(asked)
    _tell_errors()
    _share_memory()
    app = create(options)
    with app.state.library as library, closing(bound(options)) as listening:
        _refuse_open(library, options)
        with Output(None, keep_encoding=True) as output:
            output.write(f"Firsthand shows {options.library} at {address(options)} (Ctrl-C ends it)\n")
            if found := others(asked):
                output.write(f"Others open {' or '.join(found)}\n")
        with suppress(KeyboardInterrupt), _working(options):
            # However it is ended, what was started is ended with it.
            signal.signal(signal.SIGTERM, signal.default_int_handler)
            serve(app, options, listening)
    return 0


def options_of(asked: argparse.Namespace) -> Options:
    """What is asked for, as the application takes it."""
    names = (*LOOPBACK, *(name.casefold() for name in asked.name), *_own_names(asked.host))
    return Options(
        place(asked),
        settings(asked),
        host=asked.host,
        port=asked.port,
        names=tuple(dict.fromkeys(names)),
        # A name, or TLS, is for others to reach it by, through a proxy at this computer.
        accounts=bool(not is_loopback(asked.host) or asked.name or asked.secure),
        secure=asked.secure,
    )


def _own_names(host: str) -> tuple[str, ...]:
    """What others than this computer may call it by: the name or address it listens at, its own name."""
    return () if is_loopback(host) else (host.casefold(), socket.gethostname().casefold())


def address(options: Options) -> str:
    """What to put in the browser of this computer."""
    host = "localhost" if options.host in EVERYWHERE else options.host
    return f"http://{f'[{host}]' if ':' in host else host}:{options.port}/"


def others(asked: argparse.Namespace) -> list[str]:
    """What to put in the browsers of others: the names that were given, else what this computer is called.

    Nothing is looked up for it. Behind a proxy with TLS only its own names are certain; without, also its port is not.
    """
    if asked.secure:
        return [f"https://{name}/" for name in asked.name]
    if asked.host not in EVERYWHERE:
        return []
    names = [*asked.name, socket.gethostname(), _own_address()]
    known = (name for name in dict.fromkeys(names) if name and not is_loopback(name))
    return [f"http://{name}:{asked.port}/" for name in known]


def _own_address() -> str:
    """By which address this computer would reach others; "" where it has no network. Sends nothing: UDP connects so."""
    with suppress(OSError), closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as asking:
        asking.connect((ELSEWHERE, 9))
        return str(asking.getsockname()[0])
    return ""


def _refuse_open(library: Library, options: Options) -> None:
    """Raises LibraryError where others could come in, and nobody can sign in."""
    with library.reading() as connection:
        exists = any_account(connection)
    if options.accounts and not exists:
        raise LibraryError(_OPEN)
    if not (options.local or options.secure):
        complain(_PLAIN)


def _working(options: Options) -> AbstractContextManager[object]:
    if find_spec(WORKER) is None:
        return nullcontext()
    from importlib import import_module

    found: AbstractContextManager[object] = import_module(WORKER).working(options)
    return found


class _Telling(logging.Handler):
    """Says in one line what nobody expected."""

    def emit(self, record: logging.LogRecord) -> None:
        """Onto standard error; what an article may have put in it steers no terminal."""
        complain(record.getMessage())


def _share_memory() -> None:
    """Let the threads, and the worker, take memory from two heaps, not from one each, which never gives it back.

    Measured on 20,000 articles: 375 MB instead of 600 with the worker. Only glibc has such heaps.
    """
    os.environ.setdefault(HEAPS, "2")
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(ARENA_MAX, int(os.environ[HEAPS]))


def _tell_errors() -> None:
    told = logging.getLogger("firsthand.web")
    told.setLevel(logging.WARNING)
    told.propagate = False
    told.addHandler(_Telling())
