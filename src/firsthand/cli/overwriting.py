"""Nothing must be lost to an output: it may be none of the articles that are read, nor the library."""

from __future__ import annotations

import glob
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from firsthand.errors import OutputError
from firsthand.ingest.inputs import STANDARD_INPUT
from firsthand.ingest.kinds import kind_by_name
from firsthand.library.media_files import folder_of


def refuse_to_overwrite(inputs: Sequence[str], output: str | None, what: str = "an article to be read") -> None:
    """Raises OutputError if a file that `output` would replace is one that `inputs` name, under whatever name."""
    target = _replaced(output)
    if target is None:
        return
    for name in inputs:
        found = next((path for path in _files(name) if _is(path, target)), None)
        if found is not None:
            within = "" if found == name else f", which is in {name}"
            raise OutputError(f"{output}: is {what} itself{within}; nothing was read or overwritten")


def refuse_to_overwrite_library(library: Path, output: str | None) -> None:
    """Raises OutputError if a file that `output` would replace is the library's, or one that it keeps beside it."""
    target = _replaced(output)
    if target and any(_is(f"{library}{beside}", target) for beside in ("", "-wal", "-shm")):
        raise OutputError(f"{output}: is the library itself; nothing was written")
    if target and folder_of(library) in Path(os.path.realpath(output or "")).parents:
        raise OutputError(f"{output}: is a file that the library keeps; nothing was written")


def refuse_to_replace(output: str | None) -> None:
    """Raises OutputError if `output` would replace any file."""
    if _replaced(output):
        raise OutputError(f"{output}: is there already; nothing was overwritten")


def _replaced(output: str | None) -> os.stat_result | None:
    """The regular file that an output would replace, if there is one."""
    target = _status(output) if output else None
    return target if target and stat.S_ISREG(target.st_mode) else None


def _is(path: str, target: os.stat_result) -> bool:
    found = _status(path)
    return found is not None and os.path.samestat(found, target)


def _status(path: str) -> os.stat_result | None:
    with suppress(OSError, ValueError):  # what cannot be looked at is told when it is opened
        return os.fstat(sys.stdin.fileno()) if path == STANDARD_INPUT else Path(path).stat()
    return None


def _files(name: str) -> Iterator[str]:
    """The files that an input stands for: itself, those that its pattern matches, those in its folders."""
    if os.path.isdir(name):  # noqa: PTH112 - Path.is_dir raises an error for a name that is too long
        yield from _in_folder(name)
    elif glob.has_magic(name) and not os.path.lexists(name):
        for match in glob.iglob(name, recursive=True):  # noqa: PTH207 - a pattern may be absolute
            yield from _in_folder(match) if Path(match).is_dir() else (match,)
    else:
        yield name


def _in_folder(name: str) -> Iterator[str]:
    """Those of a kind that is read, without hidden ones."""
    for folder, folders, files in os.walk(name):
        folders[:] = [inner for inner in folders if not inner.startswith(".")]
        yield from (f"{folder}/{file}" for file in files if not file.startswith(".") and kind_by_name(file))
