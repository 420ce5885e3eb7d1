"""A form with a media file -> its bytes where they wait, and what was said of it; or a refusal in one line."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from fastapi import HTTPException
from starlette.datastructures import FormData, UploadFile

from firsthand.errors import LibraryError
from firsthand.library import Library, media_checks, media_notes, news
from firsthand.library.media_checks import HandedIn
from firsthand.model import Claimed
from firsthand.share.media_times import moment_of
from firsthand.share.plain import one_line
from firsthand.web.handing import field, file_name

LONGEST_PLACE, LONGEST_OUTLET, LONGEST_ORIGIN = 200, 200, 2_000
"""Characters of what somebody says of a file."""

FIELDS = ("time", "place", "claim", "outlet", "origin")
"""Of the form, which keeps what was given where something is wrong."""

NOTHING = "Choose a file."
FULL = "{:,} files wait to be checked, and no more are taken until some are done. Nothing was kept; try it later."
WHEN = "is no time such as 2031-04-08 or 2031-04-08 18:30+02:00."


def check_queue(library: Library) -> None:
    """Before anything is read of a request. Raises HTTPException 503 where as many files wait as may."""
    with library.reading() as connection:
        count = media_checks.waiting(connection)
    if count >= media_checks.MOST_WAITING:
        raise HTTPException(503, FULL.format(count), {"Retry-After": "600", "Connection": "close"})


def hand_in(library: Library, who: str, form: FormData) -> str:
    """Keep the file's bytes, and write down that it is to be checked; the check's id.

    Raises HTTPException 422 for what is nothing or makes no sense, LibraryError where it cannot be written.
    """
    claimed, outlet, origin = _claimed(library, form), _short(form, "outlet", LONGEST_OUTLET), _origin(form)
    adds = bool(field(form, "adds"))
    upload = form.get("file")
    if not isinstance(upload, UploadFile) or not upload.size:
        raise HTTPException(
            422, "This file is empty." if isinstance(upload, UploadFile) and upload.filename else NOTHING
        )
    sha256 = _kept(library, upload.file)
    file = HandedIn(sha256, file_name(upload.filename or ""), claimed, outlet, origin, adds)
    with library.writing() as connection:
        if claimed.claim:
            media_notes.tie(connection, sha256, "claim", claimed.claim, who)
        return media_checks.hand_in(connection, who, file)


def _kept(library: Library, stream: Any) -> str:
    """Give the file that was sent the name of its SHA-256; that. One that is there already counts as new."""
    stream.seek(0)
    sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    place = media_checks.folder_of(library.path) / sha256
    try:
        stream.flush()
        with suppress(FileExistsError):
            os.link(stream.name, place)
        os.utime(place)
    except OSError as error:
        raise LibraryError(f"{place}: cannot be written: {error.strerror or error}") from None
    return sha256


def place_of(library: Library, sha256: str) -> Path | None:
    """Where the bytes wait that were handed in; None where they are gone."""
    path = media_checks.folder_of(library.path) / sha256
    return path if path.is_file() else None


def _claimed(library: Library, form: FormData) -> Claimed:
    time, claim = field(form, "time").strip(), claim_id(field(form, "claim"))
    if time and moment_of(time) is None:
        raise HTTPException(422, f"“{one_line(time)[:80]}” {WHEN}")
    if claim:
        with library.reading() as connection:
            if claim not in news.named(connection, {claim}):
                raise HTTPException(422, f"No claim {_called(field(form, 'claim'), claim)}.")
    return Claimed(time or None, _short(form, "place", LONGEST_PLACE), claim or None)


def claim_id(given: str) -> str:
    """The id of a claim, of which the address of its page may be given, as a person copies it; else what was given."""
    path = given.strip().partition("#")[0].partition("?")[0]
    _, page, rest = path.rpartition("/claims/")
    return (rest.rstrip("/") if page else path) or given.strip()


def _called(given: str, claim: str) -> str:
    """What was given for a claim, as an id or as an address."""
    if "/" in given:
        return f"is at the address “{one_line(given)[:80]}”; that of a claim's page ends in /claims/ and its id"
    return f"has the id “{one_line(claim)[:80]}”"


def _short(form: FormData, name: str, longest: int) -> str | None:
    said = one_line(field(form, name))
    if len(said) > longest:
        raise HTTPException(422, f"The {name} is longer than {longest:,} characters.")
    return said or None


def _origin(form: FormData) -> str | None:
    return _short(form, "origin", LONGEST_ORIGIN)
