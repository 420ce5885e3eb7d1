"""A name in an address -> an article of the library, or the answer that there is none."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import HTTPException, Query

from firsthand.errors import LibraryError
from firsthand.library import Library, showing
from firsthand.library.records import Stored
from firsthand.library.showing import Shown
from firsthand.web.parts import Part, part

HIGHEST = 2**31
"""Of any number in an address: no article has so many versions, parts or characters."""

Number = Annotated[int | None, Query(ge=1, le=HIGHEST)]
"""Of a version or a part; None where none is asked for."""

Place = Annotated[int | None, Query(ge=0, le=HIGHEST)]
"""A character of a text."""


def stored(library: Library, name: str, number: int | None = None) -> tuple[int, Stored]:
    """A version by its `no`: the newest, or the one with this number. Raises HTTPException 404."""
    try:
        with library.reading() as connection:
            return showing.shown(connection, name, number)
    except LibraryError as error:
        raise HTTPException(404, str(error)) from None


def known(
    library: Library, name: str, number: int | None, wanted: int = 1, at: int | None = None
) -> tuple[Shown, Part]:
    """All that is known of a version, and of its text a part: that numbered `wanted`, or where `at` is.

    Raises HTTPException 404.
    """
    no, version = stored(library, name, number)
    here = part(version.article.text, wanted, at)
    with library.reading() as connection:
        return showing.known(connection, no, version, here.span), here


def whole(library: Library, name: str, number: int | None) -> Shown:
    """All that is known of a version, and all that was read in it. Raises HTTPException 404."""
    no, version = stored(library, name, number)
    with library.reading() as connection:
        return showing.known(connection, no, version, (0, len(version.article.text) + 1))


def address(path: str, **asked: Any) -> str:
    """A path of ours with what is asked for; what is None or "" is left out."""
    given = {name: value for name, value in asked.items() if value not in (None, "")}
    return quote(path) + (f"?{urlencode(given)}" if given else "")
