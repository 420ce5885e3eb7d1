"""What the OpenAPI document says of the API as a whole."""

from __future__ import annotations

from typing import Any

from fastapi.security import HTTPBearer
from pydantic import BaseModel

ABOUT = """\
What is claimed in a library of articles, and what it rests on.

**Who may ask.** A program sends a token, which somebody makes on the page "account": `Authorization: Bearer fh_...`.
It may do what its role may: a reader reads, an analyst also adds, watches, decides and judges, an admin does all. A
page in a browser that is signed in may ask without one; what changes something then needs the header `X-CSRF` with
the word that forms of that page have in their field `csrf`, and must come from the same origin. Where there are no
accounts, only the computer that the server runs at can reach it, and it is asked as an admin; the header is needed
all the same.

**Errors** are `{"detail": "..."}`, in one line: 400 it cannot be done, 401 there is no token or session that is good,
403 the role may not or the word is missing, 404 there is nothing of that id, 413 it is too large, 422 a parameter is
not as it must be, 429 there were too many wrong passwords.

No answer is a verdict: they say what rests on what.
"""


class Problem(BaseModel):
    """What went wrong, in one line."""

    detail: str


_MET = {
    400: "It cannot be done",
    401: "No token or session that is good",
    403: "The role may not, or the word of the form is missing",
    404: "There is nothing of that id",
    413: "It is too large",
    422: "A parameter is not as it must be",
}

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": words} for status, words in _MET.items()
}

BEARER = HTTPBearer(auto_error=False, description="A token from the page “account”. The gate has checked it before.")
