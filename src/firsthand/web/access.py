"""Who is asking, what they may do, and whether a form was sent by a page of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, HTTPException, Request

from firsthand.library import Library

Role = Literal["reader", "analyst", "admin"]
"""A reader may look at everything but accounts; an analyst may add, watch, decide and judge; an admin may do all."""

ROLES: tuple[Role, ...] = ("reader", "analyst", "admin")


@dataclass(frozen=True, slots=True)
class Person:
    """Who is asking: the name that the log of actions gets, and the role."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether what this role may do is allowed."""
        return ROLES.index(self.role) >= ROLES.index(role)


def library(request: Request) -> Library:
    """The library that is served."""
    found: Library = request.app.state.library
    return found


def person(request: Request) -> Person:
    """Who is asking. Raises HTTPException 401 where nobody may without an account."""
    from firsthand.library.log import user

    return Person(user(), "admin")


def _at_least(role: Role) -> object:
    def check(asking: Annotated[Person, Depends(person)]) -> Person:
        if not asking.may(role):
            raise HTTPException(403, f"This needs the role {role}; you are signed in as {asking.role}.")
        return asking

    return Depends(check)


Opened = Annotated[Library, Depends(library)]
Reader = Annotated[Person, _at_least("reader")]
Analyst = Annotated[Person, _at_least("analyst")]
Admin = Annotated[Person, _at_least("admin")]
