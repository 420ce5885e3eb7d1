"""A form with a large file -> its fields, and the file on the library's disk: never in memory."""

from __future__ import annotations

import shutil
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from starlette.datastructures import FormData, Headers
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from firsthand.library.media_checks import folder_of

ENDING = ".part"

_CLOSE = {"Connection": "close"}

RESERVE = 2**30
"""Bytes that are left free on the disk: the library and the archive are to be written too."""


async def on_disk(request: Request, fields: int, files: int) -> FormData:
    """The form; of one that has no files, what there is to know. Raises HTTPException 400, 507."""
    if not request.headers.get("content-type", "").strip().casefold().startswith("multipart/form-data"):
        return await request.form(max_files=0, max_fields=fields)
    folder = folder_of(request.app.state.options.library)
    try:
        folder.mkdir(exist_ok=True)
        _check_room(folder, request.headers.get("content-length", ""))
        async with aclosing(request.stream()) as stream:
            return await _OnDisk(folder, request.headers, stream, max_files=files, max_fields=fields).parse()
    except MultiPartException as error:
        raise HTTPException(400, error.message) from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise HTTPException(507, f"The server's disk takes no more of this file: {why}.", _CLOSE) from None


class _OnDisk(MultiPartParser):
    """Writes files where they are to wait; what the system has for temporary files may be memory."""

    def __init__(self, folder: Path, headers: Headers, stream: AsyncGenerator[bytes, None], **limits: Any) -> None:
        super().__init__(headers, stream, **limits)
        self._folder = folder

    def on_headers_finished(self) -> None:
        """Give the part that begins a file of its own."""
        super().on_headers_finished()
        if upload := self._current_part.file:
            upload.file.close()
            file: Any = NamedTemporaryFile(dir=self._folder, suffix=ENDING)  # noqa: SIM115 - closed with the form
            upload.file = file
            self._files_to_close_on_error.append(file)


def _check_room(folder: Path, announced: str) -> None:
    """Raises HTTPException 507 where the disk has no room for a body of this length."""
    digits = announced[:18] if announced.isascii() and announced.isdigit() else "0"
    if shutil.disk_usage(folder).free < int(digits) + RESERVE:
        raise HTTPException(507, "There is no room on the server's disk for this file.", _CLOSE)
