"""Style sheets and scripts of ours; nothing else is ever served as such."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from fastapi import APIRouter, HTTPException, Request, Response

from firsthand.share.assets import asset

router = APIRouter()

KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

SHARED = {"texts.css": "compare.css", "texts.js": "compare.js", "media-report.css": "media.css"}
"""What the pages that other commands write have too: how two texts are set side by side, what was found in media."""

GROUND = {"site.css": "paper.css", "claim.css": "drawing.css"}
"""What the pages that other commands write have too, and stands first in a style sheet here."""


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    headers: dict[str, str]


@router.get("/static/{name}")
async def static(name: str, request: Request) -> Response:
    """A file of the package's folder `static`, by its name alone; browsers ask each time whether it has changed."""
    file = _files().get(name)
    if file is None:
        raise HTTPException(404, "There is no such file.")
    if file.headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=file.headers)
    return Response(file.content, media_type=KINDS[name[name.rindex(".") :]], headers=file.headers)


@cache
def _files() -> dict[str, _File]:
    folder = resources.files("firsthand.web") / "static"
    found = {file.name: file.read_bytes() for file in folder.iterdir() if file.name.endswith(tuple(KINDS))}
    found |= {name: asset(shared).encode() for name, shared in SHARED.items()}
    found |= {name: asset(shared).encode() + found[name] for name, shared in GROUND.items()}
    return {name: _File(content, _headers(content)) for name, content in found.items()}


def _headers(content: bytes) -> dict[str, str]:
    return {"ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"', "Cache-Control": "no-cache"}
