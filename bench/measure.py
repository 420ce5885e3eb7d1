"""Running a command and measuring what it takes."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.data import ROOT

STARTER = str(Path(__file__).with_name("starter.py"))
MEBIBYTE = 2**20
_SAMPLE_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Run:
    """What one command took, its child processes included.

    wall, cpu: seconds (cpu is user + system). memory: peak resident memory of its largest process, in MiB; not less
    than that of what starts it (some 10 MiB, see bench/starter.py).
    """

    wall: float
    cpu: float
    memory: float


class CommandFailed(Exception):
    """A measured command did not end well; the message is its last line on standard error."""


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Run:
    """Run `command` from the repository's root. Raises CommandFailed."""
    starter = [sys.executable, "-I", "-S", STARTER, *command]
    done = subprocess.run(starter, capture_output=True, **_where(environment), check=False)
    told: dict[str, Any] = json.loads(done.stdout) if not done.returncode else {"status": done.returncode}
    if told["status"]:
        raise CommandFailed(_last_line(done.stderr) or f"exit status {told['status']}")
    return Run(**told["took"])


def median(command: Sequence[str], times: int) -> Run:
    """The medians of `times` runs, after one that fills the disk cache."""
    run(command)
    runs = [run(command) for _ in range(times)]
    return Run(*(statistics.median(values) for values in zip(*((r.wall, r.cpu, r.memory) for r in runs), strict=True)))


def peak_of_tree(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Peak memory of a command and all its processes together, in MiB, shared pages counted once (Linux only)."""
    silent = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=silent, stderr=silent, **_where(environment))
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(_proportional_bytes(pid) for pid in _tree(process.pid)))
        time.sleep(_SAMPLE_SECONDS)
    return peak / MEBIBYTE


def _where(environment: Mapping[str, str] | None) -> dict[str, Any]:
    """From the repository's root, with what is added to the environment."""
    return {"cwd": ROOT, "env": os.environ | dict(environment or {})}


def _last_line(output: bytes) -> str:
    lines = output.decode(errors="replace").strip().splitlines()
    return lines[-1].strip() if lines else ""


def _tree(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:  # it ended in the meantime
        return []
    return [pid, *(found for child in children for found in _tree(int(child)))]


def _proportional_bytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
