"""The process that reads hostile files: `python -m firsthand.media.tasks`, started by sandbox.py for one task.

It takes one line of JSON on standard input, confines itself, calls one function and writes one message of wire.py on
standard output. A task's module is loaded before the process confines itself (it is our code, and may so be cached),
the file opened after.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from firsthand.errors import FirsthandError, InputError
from firsthand.media import wire
from firsthand.media.confinement import confine

TASKS: Mapping[str, str] = {
    "metadata": "firsthand.media.metadata:read",
    "pictures": "firsthand.media.frames:print_of",
    "sound": "firsthand.media.sound:print_of",
    "deep": "firsthand.media.deep:print_of",
    "credentials": "firsthand.media.credentials:read",
    "stills": "firsthand.media.stills:of",
}
"""What can be asked of a file: a function of its path and of named arguments."""


def main() -> None:
    """Do what standard input asks for, and answer on standard output."""
    answer = _own_output()
    try:
        asked = json.loads(sys.stdin.buffer.read())
        call = function(asked["task"])
        path = Path(asked["path"])
        confine(path, **asked["limits"])
        sent = wire.framed(b"R", wire.encoded(call(path, **asked["arguments"])))
    except BaseException as error:  # whatever ends it, the parent is told why
        sent = wire.framed(b"E", cause_of(error).encode(errors="replace"))
    with os.fdopen(answer, "wb") as out:
        out.write(sent)
    os._exit(0)  # the libraries' own endings are of no use here, and have been seen to hang


def function(task: str) -> Callable[..., Any]:
    """The function of a task, its module loaded. Raises KeyError, ImportError, AttributeError."""
    module, name = TASKS[task].split(":")
    return getattr(importlib.import_module(module), name)  # type: ignore[no-any-return]


def cause_of(error: BaseException) -> str:
    """Why a task did not finish, in a few words that can follow the file's name."""
    if isinstance(error, InputError):
        return error.cause
    if isinstance(error, FirsthandError):
        return str(error)
    if isinstance(error, MemoryError):
        return "could not be read: it needs more memory than a file is given"
    if isinstance(error, ModuleNotFoundError):
        return f"could not be read: {error.name} is not installed"
    return f"could not be read: {type(error).__name__}, which no reader expects"


def _own_output() -> int:
    """Standard output for the answer alone: what a library prints goes where its warnings go."""
    answer = os.dup(1)
    os.dup2(2, 1)
    return answer


if __name__ == "__main__":
    main()
