"""How much there is still to do, so that claims and what lists show of them are up to date."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from firsthand.library import effects, media_checks, submissions, watches
from firsthand.library.schema import version
from firsthand.library.schema_summaries import stale
from firsthand.library.waiting import Waiting, counted


@dataclass(frozen=True, slots=True)
class Left:
    """What is to be done with articles, and how many lines of lists; `newest` counts the versions there ever were.

    Two that are equal are of a time between which nothing came, and nothing was done.
    """

    waiting: Waiting
    lines: int
    effects: bool
    newest: int

    @property
    def nothing(self) -> bool:
        """Whether all is up to date."""
        return self.waiting == Waiting(0, 0, 0) and not self.lines and not self.effects


def left(connection: Connection) -> Left:
    """What is to be done with what is in the library."""
    lines = connection.execute(select(func.count()).select_from(stale)).scalar_one()
    newest = connection.execute(select(func.max(version.c.no))).scalar()
    return Left(counted(connection), lines, effects.are_pending(connection), newest or 0)


def is_asked_for(connection: Connection) -> bool:
    """Whether something waits to be added, to be looked at, or to be checked."""
    return submissions.is_waiting(connection) or bool(watches.due(connection, 1)) or media_checks.is_waiting(connection)
