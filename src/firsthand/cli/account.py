"""The action of `firsthand account`: who may sign in to the pages."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from firsthand.cli.library import opened
from firsthand.cli.output import Output
from firsthand.errors import InputError, LibraryError
from firsthand.library import Library, accounts, tokens
from firsthand.library.accounts import Account
from firsthand.library.log import user
from firsthand.web import passwords

TRIES = 3
"""Times that a person is asked for a password that will do."""


def run(asked: argparse.Namespace) -> int:
    """Do what is asked for, and say that it is done. Raises FirsthandError."""
    with opened(asked, create=asked.what == "add") as library, Output(None, keep_encoding=True) as output:
        output.write(_ACTS[asked.what](library, asked))
    return 0


def _add(library: Library, asked: argparse.Namespace) -> str:
    with library.reading() as connection:
        accounts.free(connection, asked.name)
    hashed = _hashed(asked)
    with library.writing() as connection:
        one = accounts.add(connection, asked.name, hashed, asked.role, user())
    return f"{one.name} may sign in, as {one.role}\n"


def _list(library: Library, asked: argparse.Namespace) -> str:
    with library.reading() as connection:
        known = accounts.accounts(connection)
    width = max((len(one.name) for one in known), default=0)
    return "".join(f"{one.name:{width}}  {one.role}{', locked' if one.locked else ''}\n" for one in known)


def _role(library: Library, asked: argparse.Namespace) -> str:
    one = _named(library, asked.name)
    with library.writing() as connection:
        accounts.set_role(connection, one, asked.role, user())
    return f"{one.name} is {asked.role} now\n"


def _password(library: Library, asked: argparse.Namespace) -> str:
    one = _named(library, asked.name)
    hashed = _hashed(asked)
    with library.writing() as connection:
        tokens.reset_password(connection, one, hashed, user())
    return f"{one.name} has another password now\n"


def _lock(library: Library, asked: argparse.Namespace, *, locked: bool) -> str:
    one = _named(library, asked.name)
    with library.writing() as connection:
        accounts.set_locked(connection, one, locked, user())
    return f"{one.name} is {'locked' if locked else 'unlocked'}\n"


def _remove(library: Library, asked: argparse.Namespace) -> str:
    one = _named(library, asked.name)
    with library.writing() as connection:
        accounts.remove(connection, one, user())
    return f"{one.name} is removed\n"


_ACTS: dict[str, Callable[[Library, argparse.Namespace], str]] = {
    "add": _add,
    "list": _list,
    "role": _role,
    "password": _password,
    "lock": partial(_lock, locked=True),
    "unlock": partial(_lock, locked=False),
    "remove": _remove,
}


def _named(library: Library, name: str) -> Account:
    with library.reading() as connection:
        one = accounts.named(connection, name)
    if one is None:
        raise LibraryError(f"{name}: there is no account of this name; `firsthand account list` shows them")
    return one


def _hashed(asked: argparse.Namespace) -> str:
    """The password that is given, hashed. Raises FirsthandError."""
    if asked.password_file:
        return passwords.hashed(_first_line(asked.password_file))
    if not (sys.stdin and sys.stdin.isatty()):
        return passwords.hashed(sys.stdin.readline().rstrip("\r\n") if sys.stdin else "")
    return passwords.hashed(_asked_for())


def _first_line(name: str) -> str:
    try:
        with Path(name).open(encoding="utf-8") as file:
            return file.readline(5 * passwords.LONGEST).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(name, getattr(error, "strerror", None) or "is no text in UTF-8") from None


def _asked_for() -> str:
    """Twice the same, from the terminal, which does not show it. Raises InputError."""
    for _ in range(TRIES):
        first = getpass.getpass(f"Password, {passwords.SHORTEST} characters or more: ")
        passwords.refuse_weak(first)
        if getpass.getpass("Again: ") == first:
            return first
        print("They are not the same.", file=sys.stderr)
    raise InputError("the password", "was not the same twice")
