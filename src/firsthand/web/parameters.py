"""What the query of an address of the API may say: what its route reads, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from fastapi import HTTPException, Request
from fastapi.dependencies.models import Dependant

from firsthand.share.plain import one_line

SHOWN = 40
"""Characters of a name that are told."""


async def only_known(request: Request) -> None:
    """Raises HTTPException 422 where there is more: a filter that is miswritten would show all, as if it were met."""
    known = sorted(set(_names(request.scope["route"].dependant)))
    unknown = next((name for name in request.query_params if name not in known), None)
    if unknown is not None:
        raise HTTPException(422, _told(unknown, known))


def _names(dependant: Dependant) -> Iterator[str]:
    yield from (field.alias for field in dependant.query_params)
    for inner in dependant.dependencies:
        yield from _names(inner)


def _told(unknown: str, known: list[str]) -> str:
    close = get_close_matches(unknown[:SHOWN], known, 1)
    takes = f"did you mean {close[0]}?" if close else f"it takes {', '.join(known)}." if known else "it takes none."
    return f"{one_line(unknown)[:SHOWN]}: this address takes no such parameter; {takes}"
