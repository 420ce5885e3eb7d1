"""What a process gives up before it opens a hostile file: memory, time, other files, writing, the network, new rights.

Linux gives all of it; macOS the limits, of which it does not enforce that on memory; Windows nothing here, so there
only the parent's clock and its bound on output hold. What a system refuses is left out without an error: no single
measure is relied on. There is no filter of system calls: the packages for it need a compiler or a system's library.
"""

from __future__ import annotations

import ctypes
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

if sys.platform != "win32":
    import resource
if sys.platform == "linux":
    from firsthand.media import landlock

# From <sched.h> and <linux/prctl.h>: Python names the first two from 3.12 on, the others never.
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38

_SYSTEM = ("/usr", "/bin", "/lib", "/lib64", "/nix/store", "/gnu/store")
_SYSTEM_FILES = ("/etc/ld.so.cache", "/etc/localtime", "/etc/perl", "/sys/devices/system/cpu")


def confine(file: Path, memory: int, seconds: int, files: int) -> None:
    """Hold this process to `memory` bytes of addresses, `seconds` of computing and `files` open files, for good.

    It reads no other file than `file` and the programs that are installed, writes none, leaves no core, reaches no
    network, gains no right and dies with its parent. To be called before `file` is opened.
    """
    if sys.platform == "linux":
        _leave_network()
        _forgo_rights()
        landlock.keep_only(file, _code())
    if sys.platform != "win32":
        _limit(resource.RLIMIT_CORE, 0)
        _limit(resource.RLIMIT_FSIZE, 0)
        _limit(resource.RLIMIT_NOFILE, files)
        _limit(resource.RLIMIT_CPU, seconds, more=1)
        _limit(resource.RLIMIT_AS, memory)


def _limit(which: int, most: int, more: int = 0) -> None:
    """`more`: how far above it the process is ended without being told."""
    with suppress(OSError, ValueError):
        hard = resource.getrlimit(which)[1]
        hard = most + more if hard == resource.RLIM_INFINITY else min(most + more, hard)
        resource.setrlimit(which, (min(most, hard), hard))


def _leave_network() -> None:
    """A network of its own, without even a loopback that is up. Root may; others by way of a namespace of users."""
    libc = ctypes.CDLL(None)
    if libc.unshare(_CLONE_NEWNET):
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _forgo_rights() -> None:
    """No program started from here gains rights, by a set-user bit or otherwise; and this one outlives no parent."""
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _code() -> Iterator[Path]:
    """Where Python, its packages and the system's libraries and programs are: what is loaded later is found there."""
    yield from map(Path, (*_SYSTEM, *_SYSTEM_FILES, sys.prefix, sys.base_prefix))
    yield from (entry for entry in map(Path, sys.path) if entry.is_absolute())
