"""Who is at work, for the log."""

from __future__ import annotations

import getpass
import os
import sys
from functools import cache


@cache
def user() -> str:
    """The operating system's user; not what the environment says, where the system knows better."""
    if sys.platform != "win32":
        import pwd

        try:
            return pwd.getpwuid(os.getuid()).pw_name
        except KeyError:  # a container may run under a number that has no name
            return f"user {os.getuid()}"
    return getpass.getuser()
