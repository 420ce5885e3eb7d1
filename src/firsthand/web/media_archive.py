"""Pages: the archive of media, a file of it, and its bytes as a download."""

from __future__ import annotations

import base64
from itertools import chain
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from firsthand.errors import InputError, LibraryError
from firsthand.library import Library, media, media_files, media_notes
from firsthand.model import KeptMedia
from firsthand.share.media_words import clock, size
from firsthand.share.page import web_address
from firsthand.web import media_ties
from firsthand.web.access import Opened, Reader
from firsthand.web.pages import page

router = APIRouter()

SIZE = 50
"""Files on one page."""

ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/webm": "webm",
    "video/x-matroska": "mkv",
    "audio/wav": "wav",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
}
"""How the names of downloads end."""

Digest = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
Place = Annotated[int, Query(ge=1, le=10**5)]
Outlet = Annotated[str, Query(max_length=media.LONGEST_OUTLET)]


@router.get("/media/archive")
def archive(request: Request, library: Opened, asking: Reader, place: Place = 1, outlet: Outlet = "") -> Response:
    """The files of the archive, those first that were added last."""
    with library.reading() as connection:
        found = [*media.every(connection, outlet or None, SIZE + 1, (place - 1) * SIZE)]
        count = media.count(connection)
    shown: dict[str, Any] = {
        "files": found[:SIZE],
        "more": len(found) > SIZE,
        "place": place,
        "outlet": outlet,
        "count": count,
    }
    return page(request, "media_archive.html.jinja", asking, clock=clock, size=size, **shown)


@router.get("/media/archive/{sha256}/original")
def original(library: Opened, _: Reader, sha256: Digest) -> Response:
    """The bytes, to be kept and not to be shown by a browser; checked against their SHA-256 while they are sent.

    Answers 410 where they are gone, or damaged; of a large file that may only be known at its end, which is not sent
    then: to read gigabytes beforehand would keep everybody waiting, and what is cut off is no original either.
    """
    kept = known(library, sha256)
    parts = media_files.read(library.path, sha256)
    try:
        first = next(parts)
    except (LibraryError, InputError) as error:
        raise HTTPException(410, f"{str(error).capitalize()}.") from None
    headers = {
        "Content-Length": str(kept.file.size),
        "Content-Encoding": "identity",  # packed already: to compress gigabytes of it would hold up all others
        "Repr-Digest": f"sha-256=:{base64.b64encode(bytes.fromhex(sha256)).decode()}:",
        "Content-Disposition": f'attachment; filename="{sha256[:16]}.{ENDINGS.get(kept.file.media_type, "bin")}"',
    }
    return StreamingResponse(chain((first,), parts), media_type="application/octet-stream", headers=headers)


@router.get("/media/archive/{sha256}")
def one(request: Request, library: Opened, asking: Reader, sha256: Digest) -> Response:
    """A file of the archive: who added it, what its record says, its reports, to what it is tied."""
    kept = known(library, sha256)
    with library.reading() as connection:
        shown: dict[str, Any] = {
            "additions": media.additions(connection, sha256),
            "causes": media.causes(connection, sha256),
            "reports": media_notes.reports(connection, sha256, 20),
            "ties": media_ties.ties(connection, sha256),
        }
    return page(
        request, "media_file.html.jinja", asking, kept=kept, clock=clock, size=size, web_address=web_address, **shown
    )


def known(library: Library, sha256: str) -> KeptMedia:
    """Raises HTTPException 404."""
    with library.reading() as connection:
        found = media.kept(connection, sha256)
    if found is None:
        raise HTTPException(404, "The archive has no file with this SHA-256.")
    return found
