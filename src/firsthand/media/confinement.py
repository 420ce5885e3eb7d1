"""What a process gives up before it opens a hostile file: memory, time, writing, the network, new rights.

Linux gives all of it; macOS everything but the network and new rights (and it does not hold memory to its limit);
Windows nothing here, so there only the parent's clock and its bound on output hold. What a system refuses is left out
without an error: the limits are several so that no single one is relied on. There is no filter of system calls: Python
has none of its own, and the packages for it need a compiler or a library of the system.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import suppress

if sys.platform != "win32":
    import resource

# From <sched.h> and <linux/prctl.h>: Python names the first two from 3.12 on, the others never.
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38


def confine(memory: int, seconds: int, files: int) -> None:
    """Hold this process to `memory` bytes of addresses, `seconds` of computing and `files` open files, for good.

    It writes no byte to a file, leaves no core, reaches no network, gains no right and dies with its parent.
    """
    if sys.platform == "linux":
        _leave_network()
        _forgo_rights()
    if sys.platform != "win32":
        _limit(resource.RLIMIT_CORE, 0)
        _limit(resource.RLIMIT_FSIZE, 0)
        _limit(resource.RLIMIT_NOFILE, files)
        _limit(resource.RLIMIT_CPU, seconds)
        _limit(resource.RLIMIT_AS, memory)


if sys.platform != "win32":

    def _limit(which: int, most: int) -> None:
        with suppress(OSError, ValueError):
            hard = resource.getrlimit(which)[1]
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(which, (most, most))


def _leave_network() -> None:
    """A network of its own, without even a loopback that is up. Root may; others by way of a namespace of users."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNET):
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _forgo_rights() -> None:
    """No program started from here gains rights, by a set-user bit or otherwise; and this one outlives no parent."""
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getppid()
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before it could be followed
        os._exit(1)
