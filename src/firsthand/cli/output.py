"""Where results go: standard output, or a file that is whole or not there."""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from firsthand.errors import OutputError


class Output:
    r"""A text stream. A file takes its name only when all of something is written; else what was there stays.

    `path` is None for standard output. `keep_encoding` writes there in the terminal's own encoding, with "?" for
    what it lacks; else, and in files, all is UTF-8, and a lone surrogate becomes \ud800, as JSON has it.
    A KeyboardInterrupt that passes says what became of the file. Raises OutputError; BrokenPipeError where the
    reader of standard output has gone.
    """

    def __init__(self, path: str | None, *, keep_encoding: bool = False) -> None:
        self._name = path or "standard output"
        self._target = Path(path) if path else None
        self._keep_encoding = keep_encoding
        self._temporary: Path | None = None
        self._written = False
        self.stream: TextIO = sys.stdout

    def __enter__(self) -> Self:
        with self._mapped():
            if self._target:
                self._open(self._target)
            else:
                self._prepare(sys.stdout)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            with self._mapped():
                self._finish(whole=kind is None)
        finally:
            self._discard()
        if kind is KeyboardInterrupt and self._temporary:
            raise KeyboardInterrupt(f"nothing was written to {self._name}") from error

    @property
    def is_terminal(self) -> bool:
        """Whether a person sees it as it is written."""
        return self.stream.isatty()

    def write(self, text: str) -> None:
        """Write, and hand over at once, so that a pipe's reader need not wait."""
        self.write_all((text,))

    def write_all(self, parts: Iterable[str]) -> None:
        """As `write`, of what is never in memory as a whole; handed over when all its parts are written."""
        with self._mapped():
            self._written = True
            self.stream.writelines(parts)
            self.stream.flush()

    def write_bytes(self, parts: Iterable[bytes]) -> None:
        """As `write_all`, of bytes as they are."""
        with self._mapped():
            self._written = True
            for part in parts:
                self.stream.buffer.write(part)
            self.stream.buffer.flush()

    def _open(self, target: Path) -> None:
        """Links are followed and special files (/dev/null, a pipe) written in place, as any program does it."""
        target = self._target = target.resolve()
        if target.exists() and not target.is_file():
            self.stream = target.open("w", encoding="utf-8", errors="backslashreplace")
            return
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent)
        self._temporary = Path(name)
        self.stream = os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n")

    def _prepare(self, stream: TextIO) -> None:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure and self._keep_encoding:
            reconfigure(errors="replace")
        elif reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")

    def _finish(self, *, whole: bool) -> None:
        if self._target is None:
            return
        self.stream.close()
        if self._temporary and whole and self._written:
            self._temporary.chmod(_permissions(self._target))
            self._temporary.replace(self._target)
            self._temporary = None

    def _discard(self) -> None:
        if self._temporary:
            with suppress(OSError):
                self._temporary.unlink(missing_ok=True)

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(f"{self._name}: {self._reason(error)}") from error

    def _reason(self, error: OSError) -> str:
        folder = self._target.parent if self._target else None
        if folder and error.errno == errno.ENOENT:
            return f"the folder {folder} does not exist"
        if folder and error.errno == errno.ENOTDIR:
            return f"{folder} is not a folder"
        return error.strerror or str(error)


def _permissions(target: Path) -> int:
    """Those of the file that is replaced, else what the user's mask leaves."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
