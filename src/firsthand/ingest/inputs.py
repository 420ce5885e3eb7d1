"""Paths, folders, globs, URLs and "-" -> opened documents, one after the other."""

from __future__ import annotations

import glob
import io
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from firsthand.config import Settings
from firsthand.errors import InputError
from firsthand.ingest.document import Document, from_bytes, size_of
from firsthand.ingest.failures import failed, reason
from firsthand.ingest.kinds import Kind, kind_by_name
from firsthand.model import Failure

STANDARD_INPUT = "-"

BUFFER = 64 * 2**10
"""Bytes that are read ahead, in which the kind of a document is told."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_WEB = re.compile(r"(?:www\.|(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?/)\S*$", re.IGNORECASE)
_WEB_KINDS = (None, Kind.HTML, Kind.PDF, Kind.FEED)


def opened(inputs: Iterable[str], settings: Settings) -> Iterator[Document | Failure]:
    """What the inputs name, in their order, each opened when its turn comes; what cannot be opened is a Failure."""
    for name in inputs:
        try:
            yield from _opened(name, settings)
        except Exception as error:  # one input must not end the reading of the others
            yield failed(name, error)


def _opened(name: str, settings: Settings) -> Iterator[Document | Failure]:
    if name == STANDARD_INPUT:
        yield _standard_input()
    elif is_address(name):
        yield _fetched(name, settings)
    elif _is_folder(name):
        yield from _folder(name)
    elif glob.has_magic(name) and not os.path.lexists(name):
        yield from _matches(name)
    else:
        yield _file(name)


def is_address(name: str) -> bool:
    """Whether an input is a URL rather than a path."""
    return _SCHEME.match(name) is not None


def _standard_input() -> Document:
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None or stream.closed:
        raise InputError(STANDARD_INPUT, "there is no standard input")
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)
    return Document(STANDARD_INPUT, buffered, size=size_of(buffered))


def _fetched(url: str, settings: Settings) -> Document:
    from firsthand.ingest.fetch import fetch

    found = fetch(url, settings)
    name = unquote(urlsplit(found.url).path)
    return from_bytes(
        found.content, url, name=name, content_type=found.content_type, charset=found.charset, url=found.url
    )


def _file(name: str) -> Document:
    try:
        stream = io.BufferedReader(io.FileIO(name), BUFFER)
    except FileNotFoundError as error:
        raise InputError(name, reason(error) + _hint(name)) from None
    except OSError as error:
        raise InputError(name, reason(error)) from None
    except ValueError:  # a null character in the name
        raise InputError(name.replace("\0", "?"), reason(FileNotFoundError())) from None
    return Document(name, stream, name, size=size_of(stream))


def _hint(name: str) -> str:
    """What to write instead, where a name that is no file looks like a web address without its beginning."""
    like = _WEB.match(name) and kind_by_name(name) in _WEB_KINDS
    return f"; for a web address write https://{name}" if like else ""


def _is_folder(name: str) -> bool:
    return os.path.isdir(name)  # noqa: PTH112 - Path.is_dir raises an error for a name that is too long


def _folder(name: str) -> Iterator[Document | Failure]:
    """Every file of a kind we read, folders inside included, in sorted order, without hidden ones."""
    count = 0
    for found in _walked(name):
        count += 1
        yield found if isinstance(found, Failure) else _tried(found)
    if not count:
        yield Failure(name, "holds no file of a kind that can be read")


def _walked(name: str) -> Iterator[str | Failure]:
    """Depth first, each folder's files and folders in one sorted order. Links to folders may form rings: skipped."""
    try:
        entries = sorted(os.scandir(name), key=lambda entry: entry.name)
    except OSError as error:
        yield Failure(name, reason(error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walked(entry.path)
        elif kind_by_name(entry.name) and _is_regular(entry):
            yield entry.path


def _is_regular(entry: os.DirEntry[str]) -> bool:
    """Whether it is a file, or cannot be told, which opening it will tell; a pipe in a folder would wait for ever."""
    try:
        return stat.S_ISREG(entry.stat().st_mode)
    except OSError:
        return True


def _matches(pattern: str) -> Iterator[Document | Failure]:
    names = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - a pattern may be absolute
    if not names:
        raise InputError(pattern, "matches no file" + _hint(pattern))
    for name in names:
        if not _is_folder(name):
            yield _tried(name)
        elif "**" not in pattern:  # which has matched what is in the folder already
            yield from _folder(name)


def _tried(name: str) -> Document | Failure:
    """A file that was met in a folder or matched a pattern."""
    try:
        return _file(name)
    except InputError as error:
        return Failure(error.origin, error.cause)
