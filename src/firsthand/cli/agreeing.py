"""A question that is asked before something is removed."""

from __future__ import annotations

import sys

from firsthand.errors import LibraryError


def agreed(question: str) -> bool:
    """Whether somebody says yes; the end of the input is no. Raises LibraryError where nobody can be asked."""
    if not sys.stdin or not sys.stdin.isatty():
        raise LibraryError("nobody can be asked whether to remove it here; --yes does not ask")
    try:
        return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        sys.stdout.write("\n")
        return False
