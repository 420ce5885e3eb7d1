"""Linux's Landlock: a process gives up all files but some, and TCP, for good and without being root.

See landlock(7) and <linux/landlock.h>; the numbers of its calls are the same on every machine. Where the kernel has it
not (before 5.13, or switched off), nothing happens.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG = 1
_PATH_BENEATH = 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_FILE_RIGHTS = {1: (1 << 13) - 1, 3: 1 << 14, 5: 1 << 15}
"""What can be given up of files, by the version that brought it: all of the first, truncating, asking devices."""
_TCP_RIGHTS = {4: 0b11}
_SCOPES = {6: 0b11}
"""Sockets without a file, and signals, of processes outside."""


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("tcp", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("rights", ctypes.c_uint64), ("folder", ctypes.c_int32))


def keep_only(file: Path, code: Iterable[Path]) -> None:
    """From now on this process can read `file` and what is under `code`, run the latter, and reach nothing else."""
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE_RULESET, None, 0, _VERSION_FLAG)
    if version < 1:
        return
    given_up = _Ruleset(*(_held(rights, version) for rights in (_FILE_RIGHTS, _TCP_RIGHTS, _SCOPES)))
    rules = libc.syscall(_CREATE_RULESET, ctypes.byref(given_up), ctypes.sizeof(given_up), 0)
    if rules >= 0:
        _allow(libc, rules, file, _READ_FILE)
        _allow(libc, rules, Path(os.devnull), _READ_FILE | _WRITE_FILE)
        for part in code:
            _allow(libc, rules, part, _EXECUTE | _READ_FILE | (_READ_DIR if part.is_dir() else 0))
        libc.syscall(_RESTRICT_SELF, rules, 0)
        os.close(rules)


def _held(rights: dict[int, int], version: int) -> int:
    return sum(value for since, value in rights.items() if since <= version)


def _allow(libc: ctypes.CDLL, rules: int, path: Path, rights: int) -> None:
    """One more rule; a path that is not there needs none."""
    with suppress(OSError):
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
        rule = _Beneath(rights, opened)
        libc.syscall(_ADD_RULE, rules, _PATH_BENEATH, ctypes.byref(rule), 0)
        os.close(opened)
