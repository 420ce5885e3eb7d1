"""How the loops over words are compiled: by Numba, once, kept where a folder can be written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def kernel(function: Function) -> Function:
    """`function`, compiled when it is first called, for one core.

    What was compiled is kept in `__pycache__` or in the user's cache folder. Where neither can be written it is
    compiled anew in each process: slower to start, and the same in all else.
    """
    try:
        return _compiled(function, keep=True)
    except RuntimeError:  # "cannot cache function: no locator available"
        return _compiled(function, keep=False)


def _compiled(function: Function, *, keep: bool) -> Function:
    compiled: Function = numba.njit(function, cache=keep, error_model="numpy")
    if keep:
        # Numba looks at a function's own file alone: one that calls what has changed elsewhere would stay as it was.
        compiled._cache._cache_file._source_stamp = _stamp()  # type: ignore[attr-defined]
    return compiled


@cache
def _stamp() -> str:
    """What the sources of this package say, in short."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
