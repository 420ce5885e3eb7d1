"""What a list of claims is asked for, as the address says it; and addresses that ask for a little more or less."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlencode

from annotated_types import Ge, Le
from fastapi import Depends, Query
from pydantic import BeforeValidator, StringConstraints

from firsthand.library import outlets, sources
from firsthand.library.summaries import ClaimFilter, Connection, Sort
from firsthand.model import RootKind

LONGEST = 500
"""Characters of a field; more is no search, and no name."""

MOST_PAGES = 2_000

KindOfRoot = Literal[RootKind, "unmeasured"]


def maybe(value: Any) -> Any:
    """None for "", which a form sends for a field in which nothing stands."""
    return None if isinstance(value, str) and not value.strip() else value


Day = Annotated[date | None, BeforeValidator(maybe), Query(description="ISO 8601, in UTC, this day included")]
Text = Annotated[Annotated[str, StringConstraints(max_length=LONGEST)] | None, BeforeValidator(maybe), Query()]
Tick = Annotated[bool | None, BeforeValidator(maybe), Query()]
PageNumber = Annotated[Annotated[int, Ge(1), Le(MOST_PAGES)] | None, BeforeValidator(maybe), Query()]


@dataclass(frozen=True, slots=True)
class Asked:
    """A list of claims, as it is asked for. `outlet` and `source` are names or keys, as somebody wrote them."""

    q: str | None = None
    since: date | None = None
    until: date | None = None
    outlet: str | None = None
    source: str | None = None
    kind: KindOfRoot | None = None
    denied: bool = False
    not_shown: bool = False
    hardened: bool = False
    sort: Sort = "carried"
    page: int = 1

    def wanted(self, connection: Connection) -> ClaimFilter:
        """What the library is asked for: keys for names; a name that nobody has stays, and finds nothing."""
        return ClaimFilter(
            words=self.q or "",
            since=self.since,
            until=self.until,
            outlet=outlets.key_of(connection, self.outlet) if self.outlet else None,
            source=sources.key_of(connection, self.source) if self.source else None,
            kind=self.kind,
            denied=self.denied,
            not_shown=self.not_shown,
            hardened=self.hardened,
        )

    def query(self, **changes: Any) -> str:
        """The address's query, with some of it changed; what is as it is usually stays out of it. "" where all is."""
        changed = replace(self, **{"page": 1, **changes})
        usual = Asked()
        told = ((one.name, getattr(changed, one.name)) for one in fields(self))
        found = {name: "1" if value is True else value for name, value in told if value != getattr(usual, name)}
        return f"?{urlencode(found)}" if found else ""

    def filters(self) -> Iterator[tuple[str, str]]:
        """Each filter that is set, in words, with the query that asks for all but it."""
        for name, words in _WORDS.items():
            value = getattr(self, name)
            if value not in (None, False, ""):
                told = value.strftime("%-d %B %Y") if isinstance(value, date) else str(value)
                yield words.format(told), self.query(**{name: getattr(Asked(), name)})


_WORDS = {
    "q": "with “{}”",
    "since": "told since {}",
    "until": "told until {}",
    "outlet": "told by {}",
    "source": "with what {} said",
    "kind": "with a root that is {}",
    "denied": "denied",
    "not_shown": "no evidence shown",
    "hardened": "hardened",
}


def asked(
    q: Text = None,
    since: Day = None,
    until: Day = None,
    outlet: Text = None,
    source: Text = None,
    kind: Annotated[KindOfRoot | None, BeforeValidator(maybe), Query()] = None,
    denied: Tick = None,
    not_shown: Tick = None,
    hardened: Tick = None,
    sort: Annotated[Sort | None, BeforeValidator(maybe), Query()] = None,
    page: PageNumber = None,
) -> Asked:
    """What the address asks for."""
    ticks = bool(denied), bool(not_shown), bool(hardened)
    return Asked(q, since, until, outlet, source, kind, *ticks, sort or "carried", page or 1)


Filtered = Annotated[Asked, Depends(asked)]
SORTS: tuple[Sort, ...] = get_args(Sort)
