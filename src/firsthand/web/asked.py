"""What an address asks of the list of articles; what cannot be understood is told, and the rest is answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from firsthand.library.records import Filter

Sort = Literal["best", "newest", "oldest", "added", "outlet"]
"""best: only of a search. added and outlet: only of a list."""

LONGEST = 400
"""Characters of what is looked for; more are cut off."""

MOST_PAGES = 10_000
"""Pages of a list; more articles are looked for with words or dates."""

LISTED, FOUND = 50, 20
"""Articles of a page of the list, and of a search, which shows of each the words around what was looked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, as it was written, so that the form shows it again; `wrong` are sentences on what is left out.

    `since` and `until` are days, ISO 8601, the last one included; "" where none is asked for.
    """

    q: str
    outlet: str
    since: str
    until: str
    sort: Sort
    page: int
    wrong: tuple[str, ...]

    @property
    def filter(self) -> Filter:
        """As the library is asked."""
        first, last = _day(self.since), _day(self.until)
        return Filter(
            self.outlet or None,
            _midnight(first) if first else None,
            _midnight(last + timedelta(1)) if last and last < date.max else None,
        )

    @property
    def lines(self) -> int:
        """How many articles stand on a page."""
        return FOUND if self.q else LISTED

    @property
    def sorts(self) -> tuple[tuple[Sort, str], ...]:
        """By what this may be sorted, with the words for it."""
        return _OF_SEARCH if self.q else _OF_LIST

    @property
    def narrowed(self) -> bool:
        """Whether anything but all is asked for."""
        return bool(self.q or self.outlet or self.since or self.until)

    def query(self, **changes: object) -> dict[str, object]:
        """What an address says to ask the same again, but for the changes; what goes without saying is left out."""
        usual = self.sorts[0][0]
        sort = None if self.sort == usual else self.sort
        page = self.page if self.page > 1 else None
        given = {name: getattr(self, name) for name in ("q", "outlet", "since", "until")} | {"sort": sort, "page": page}
        return {name: value for name, value in (given | changes).items() if value not in (None, "")}


_OF_SEARCH: tuple[tuple[Sort, str], ...] = (("best", "best match"), ("newest", "newest"), ("oldest", "oldest"))
_OF_LIST: tuple[tuple[Sort, str], ...] = (
    ("newest", "newest"),
    ("oldest", "oldest"),
    ("added", "added last"),
    ("outlet", "outlet"),
)


def asked(query: Mapping[str, str]) -> Asked:
    """What the parameters of an address ask for."""
    given = {name: " ".join(query.get(name, "").split())[:LONGEST] for name in ("q", "outlet", "since", "until")}
    wrong = list(_wrong(given))
    days = {name: given[name] if _day(given[name]) else "" for name in ("since", "until")}
    sorts = [one for one, _ in (_OF_SEARCH if given["q"] else _OF_LIST)]
    sort = query.get("sort", "")
    page = query.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    return Asked(
        q=given["q"],
        outlet=given["outlet"],
        **days,
        sort=next((one for one in sorts if one == sort), sorts[0]),
        page=min(max(number, 1), MOST_PAGES),
        wrong=tuple(wrong),
    )


def _wrong(given: Mapping[str, str]) -> Iterator[str]:
    for name, words in (("since", "from"), ("until", "to")):
        if given[name] and not _day(given[name]):
            yield f"“{given[name]}” is no day, so it is left out: after “{words}” goes a day such as 2025-06-04."
    first, last = _day(given["since"]), _day(given["until"])
    if first and last and last < first:
        yield "The last day is before the first, so nothing can be found."


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
