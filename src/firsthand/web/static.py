"""Style sheets and scripts of ours; nothing else is ever served as such."""

from __future__ import annotations

from functools import cache
from importlib import resources

from fastapi import APIRouter, HTTPException, Response

router = APIRouter()

KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


@router.get("/static/{name}")
def static(name: str) -> Response:
    """A file of the package's folder `static`, by its name alone."""
    content = _files().get(name)
    if content is None:
        raise HTTPException(404, "There is no such file.")
    kind = KINDS[name[name.rindex(".") :]]
    return Response(content, media_type=kind, headers={"Cache-Control": "no-cache"})


@cache
def _files() -> dict[str, bytes]:
    folder = resources.files("firsthand.web") / "static"
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.name.endswith(tuple(KINDS))}
