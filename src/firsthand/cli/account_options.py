"""What `firsthand account` can be asked."""

from __future__ import annotations

import argparse

from firsthand.cli.library_options import Commands, command, describe_library

ROLES = ("reader", "analyst", "admin")

_ACCOUNT = """\
Make and change the accounts with which people sign in to `firsthand serve`. Once there is one, everybody signs in. The
first is an admin's.

  add NAME --role ROLE      a new account
  list                      everybody who may sign in
  role NAME --role ROLE     another role: its browsers are signed out
  password NAME             another password: its browsers are signed out
  lock NAME, unlock NAME    let it sign in no more; let it again
  remove NAME               it is no more; what was done with it stays in the log

A reader may look at everything; an analyst may also add, watch, decide and judge; an admin may do everything.
A password is asked for twice at the terminal, or read from --password-file, or from standard input; its first line
is the password.
"""
_ACCOUNT_END = """\
examples:
  firsthand account add ann --role admin
  firsthand account password ann --password-file secret.txt

exit status: 0 it is done, 1 it cannot be done, 2 wrong usage
"""

ACTS = ("add", "list", "role", "password", "lock", "unlock", "remove")


def describe_account(name: str, commands: Commands) -> None:
    """The command with its options."""
    account = command(name, commands, "make and change the accounts of the web page", _ACCOUNT, _ACCOUNT_END)
    account.set_defaults(complete=_complete)
    account.add_argument("what", choices=ACTS, metavar="|".join(ACTS), help="what to do")
    account.add_argument("name", nargs="?", metavar="NAME", help="whose account")
    account.add_argument("--role", choices=ROLES, help="what it may do")
    account.add_argument("--password-file", metavar="FILE", help="a file whose first line is the password")
    describe_library(account)


def _complete(asked: argparse.Namespace) -> None:
    """Raises ValueError where something is missing or too much."""
    if (asked.name is None) != (asked.what == "list"):
        raise ValueError("list takes no name" if asked.name else f"{asked.what} needs a NAME")
    if (asked.role is None) == (asked.what in ("add", "role")):
        raise ValueError(f"{asked.what} {'takes no' if asked.role else 'needs a'} --role")
    if asked.password_file and asked.what not in ("add", "password"):
        raise ValueError(f"{asked.what} takes no password")
