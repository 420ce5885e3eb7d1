"""Reading a file that may be broken or hostile, in a process that has little to lose.

One process a task, with limits on memory, computing time, time by the clock, open files and output; it writes to no
file, reaches no network where the system lets it go without one (confinement.py), and is killed with all it started
once it has answered, is overdue, or this process is interrupted.
"""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO, cast

from firsthand.errors import MediaError
from firsthand.media import wire

COMMAND = (sys.executable, "-I", "-m", "firsthand.media.tasks")
MEBIBYTE = 1 << 20
ADDRESS = "is an address, and nothing is fetched: save the file, and name that"
_ADDRESS = re.compile(r"[a-z]{3,8}:/", re.IGNORECASE)
SIGNALS = {int(number): number.name for number in signal.Signals}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may use.

    `memory`: bytes of addresses. `seconds` by the clock, and `pace` more for each MiB of the file, `most` at the most;
    of computing it may use that on each of `cores`. `output`: bytes of its answer. `files`: open at once.
    """

    memory: int = 2048 * MEBIBYTE
    seconds: float = 120
    pace: float = 20
    most: float = 3600
    output: int = 64 * MEBIBYTE
    files: int = 64
    cores: int = 4

    def time(self, size: int) -> float:
        """Seconds by the clock for a file of `size` bytes."""
        return min(self.most, self.seconds + self.pace * size / MEBIBYTE)


LIMITS = Limits()
"""For what decodes a whole file. Two hours at 480p take 5 minutes on two cores, at 1080p 10, and weigh some 20 MiB when
nothing moves: a machine four times slower still has the time. Addresses are not memory: the libraries alone take 0.6
GiB of them, 8K pictures in sixteen references another 0.8."""
QUICK = Limits(memory=1536 * MEBIBYTE, seconds=60, pace=0.5, most=600, output=8 * MEBIBYTE)
"""For what reads a file's records or a few of its frames."""


def size_of(path: Path) -> int:
    """Bytes of a file that can be looked at, without opening what would wait or answer (a pipe, a device).

    Raises MediaError: there is none, it is a folder, a pipe, a socket or a device, it may not be read, it is empty.
    """
    try:
        found = path.stat()
        _refuse(path, found)
        with path.open("rb"):
            return found.st_size
    except FileNotFoundError:
        raise MediaError(str(path), ADDRESS if _ADDRESS.match(str(path)) else "there is no such file") from None
    except PermissionError:
        raise MediaError(str(path), "may not be read (permission denied)") from None
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
        raise MediaError(str(path), f"cannot be read: {getattr(error, 'strerror', None) or error}") from None


def run(task: str, path: Path, arguments: Mapping[str, Any] | None = None, limits: Limits = LIMITS) -> bytes:
    """What a task of tasks.py answers about the file at `path`: JSON or packed bytes, see wire.py; not yet checked.

    `arguments`: JSON, by name. Raises MediaError: "could not be read: why", for a crash, a hang, too much of anything.
    """
    seconds = limits.time(size_of(path))
    asked = json.dumps(_request(task, path, arguments or {}, limits, seconds)).encode()
    sent, status = _answer(path, asked, limits.output, seconds)
    try:
        kind, body = wire.message(sent)
    except wire.WireError as error:
        raise MediaError(str(path), f"could not be read: {_ending(status, str(error))}") from None
    if kind == b"E":
        raise MediaError(str(path), wire.plain_text(body.decode(errors="replace"))[:300])
    return body


def _refuse(path: Path, found: os.stat_result) -> None:
    kinds = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
    if not stat.S_ISREG(found.st_mode):
        what = kinds.get(stat.S_IFMT(found.st_mode), "a device")
        raise MediaError(str(path), f"is {what}, not a file")
    if not found.st_size:
        raise MediaError(str(path), "is empty")


def _request(task: str, path: Path, arguments: Mapping[str, Any], limits: Limits, seconds: float) -> dict[str, Any]:
    """The path is made absolute, so that no part of a name can be taken for an option or for an address."""
    within = {"memory": limits.memory, "seconds": int(seconds * limits.cores) + 1, "files": limits.files}
    return {"task": task, "path": str(path.absolute()), "arguments": dict(arguments), "limits": within}


def _answer(path: Path, asked: bytes, most: int, seconds: float) -> tuple[bytes, int | None]:
    """What the child sent, and its exit status. Raises MediaError: it took too long, or sent more than `most` bytes."""
    most += wire.HEAD_SIZE
    child, heard = _started(path), list[bytes]()
    thread = Thread(target=_talk, args=(child, asked, most + 1, heard), daemon=True)
    try:
        thread.start()
        thread.join(seconds)
        sent = heard[0] if heard else None  # before it is ended, when what it had sent by then would count as all
        status = None if sent is None or len(sent) > most else _status(child)
    finally:
        _kill(child, thread)
    if sent is None:
        raise MediaError(str(path), f"could not be read: it took more than {seconds:.0f} s")
    if len(sent) > most:
        raise MediaError(str(path), f"could not be read: what it holds is more than {most >> 20} MiB")
    return sent, status


def _started(path: Path) -> subprocess.Popen[bytes]:
    """A child in a session of its own: an interrupt from the terminal reaches this process alone, which ends it."""
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    try:
        return subprocess.Popen(
            COMMAND, stdin=pipe, stdout=pipe, stderr=nothing, cwd=os.sep, env=environment(), start_new_session=True
        )
    except OSError as error:
        raise MediaError(str(path), f"could not be read: no process was given for it ({error.strerror})") from None


def environment() -> dict[str, str]:
    """Next to nothing of ours; one thread and two heaps, whose addresses count against the limit of memory."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TZ") if name in os.environ}
    single = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1")
    return kept | single | {"MALLOC_ARENA_MAX": "2"}


def _talk(child: subprocess.Popen[bytes], asked: bytes, most: int, heard: list[bytes]) -> None:
    """Ask and hear, in a thread, which works on every system. It ends when the child does, or has said `most` bytes."""
    with suppress(OSError), cast(BinaryIO, child.stdin) as to:  # OSError: it died at once, its status says of what
        to.write(asked)
    heard.append(cast(BinaryIO, child.stdout).read(most))


def _status(child: subprocess.Popen[bytes]) -> int | None:
    """How it ended by itself; None if it has closed its output, or said too much, and still lives."""
    try:
        return child.wait(1)
    except subprocess.TimeoutExpired:
        return None


def _kill(child: subprocess.Popen[bytes], thread: Thread) -> None:
    """End it and what it has started."""
    with suppress(OSError):  # all gone
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
    child.wait()
    thread.join(1)
    if not thread.is_alive():  # else something has left the group, and holds the pipe: closing would wait for it
        cast(BinaryIO, child.stdout).close()


def _ending(status: int | None, otherwise: str) -> str:
    """Why there is no answer, by the exit status."""
    if status is None or status >= 0:
        return otherwise
    if -status == getattr(signal, "SIGXCPU", None):
        return "it took too much computing"
    return f"its reader crashed ({SIGNALS.get(-status, f'signal {-status}')})"
