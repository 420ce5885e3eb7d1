"""What `firsthand decide` can be asked."""

from __future__ import annotations

import argparse

from firsthand.cli.library_options import Commands, command, describe_library

_DECIDE = """\
Decide by hand what a machine got wrong about claims. No machine undoes it; a later decision of yours does. Who decided
what, when and why is written down, and `firsthand claims --history CLAIM` tells it.

  merge CLAIM CLAIM ...     they are one claim
  split STATEMENT ...       these statements are not of their claim, but one of their own
  pin STATEMENT             its words are the claim's

CLAIM is an id such as `firsthand claims` shows, or the beginning of one. STATEMENT is the id of
an appearance, such as `firsthand claims --format jsonl` and `firsthand trace CLAIM --format json` have it:
ARTICLE@START-END.
"""
_DECIDE_END = """\
examples:
  firsthand decide merge c1f20a c90bb2 --because "both are about the dam at Larkmoor"
  firsthand decide split 43cba0b512345678@120-180 --because "another minister"

exit status: 0 it is decided, 1 it cannot be decided, 2 wrong usage
"""


def describe_decide(name: str, commands: Commands) -> None:
    """The command with its options."""
    decide = command(name, commands, "merge, split and pin claims by hand", _DECIDE, _DECIDE_END)
    decide.set_defaults(complete=_complete)
    decide.add_argument("what", choices=("merge", "split", "pin"), metavar="merge|split|pin", help="what to decide")
    decide.add_argument("names", nargs="+", metavar="ID", help="claims, or statements")
    decide.add_argument("--because", required=True, metavar="WHY", help="why, for who reads it later")
    describe_library(decide)


def _complete(asked: argparse.Namespace) -> None:
    """Raises ValueError where there are too few or too many, or no reason."""
    if asked.what == "merge" and len(asked.names) < 2:
        raise ValueError("merge needs two claims or more")
    if asked.what == "pin" and len(asked.names) > 1:
        raise ValueError("pin takes one statement")
    if not asked.because.strip():
        raise ValueError("--because needs a reason")
