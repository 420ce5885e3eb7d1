"""What a library has already of the articles of a batch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from firsthand.library import sqlite
from firsthand.library.incoming import Incoming
from firsthand.library.schema import article, known_as, original, version
from firsthand.library.sqlite import each

# Written once: to write a statement anew takes SQLAlchemy three times as long as to have SQLite answer it.
_WITH_ORIGINAL = version.join(original, version.c.original == original.c.no)
_BY_KEY = select(known_as.c.key, known_as.c.article).where(known_as.c.key.in_(select(each("keys").c.value)))
_BY_ID = select(article.c.id, article.c.no).where(article.c.id.in_(select(each("ids").c.value)))
_BY_BYTES = (
    select(original.c.sha256, version.c.digest, version.c.article)
    .select_from(_WITH_ORIGINAL)
    .where(original.c.sha256.in_(select(each("hashes").c.value)))
    .order_by(version.c.no.desc())
)
_CASES = select(article.c.no, article.c.id).where(article.c.no.in_(select(each("numbers").c.value)))
_PAST = (
    select(version.c.article, version.c.number, version.c.digest, original.c.sha256, version.c.origin)
    .select_from(_WITH_ORIGINAL)
    .where(version.c.article.in_(select(each("numbers").c.value)))
    .order_by(version.c.number)
)


@dataclass(frozen=True, slots=True)
class Past:
    """One version that is there, as far as it matters to what comes in."""

    number: int
    digest: str
    sha256: str
    origin: str


@dataclass(slots=True)
class Case:
    """An article of the library, or one that the batch brings; then its `no` is None until it is written."""

    id: str
    no: int | None = None
    past: list[Past] = field(default_factory=list)

    def same(self, one: Incoming) -> int | None:
        """The version that has this text, or was made of these bytes from this place by another Firsthand."""
        found = (past.number for past in reversed(self.past) if _is_same(past, one))
        return next(found, None)

    def take(self, one: Incoming) -> int:
        """The number of the version that it becomes."""
        number = self.past[-1].number + 1 if self.past else 1
        self.past.append(Past(number, one.digest, one.sha256, one.origin))
        return number


class Known:
    """The cases of a batch. It learns as the batch goes on, which may bring one article twice."""

    def __init__(self, connection: Connection, batch: Sequence[Incoming]) -> None:
        by_key = _by_key(connection, {key for one in batch for key in one.keys})
        by_id = _by_id(connection, {one.id for one in batch})
        by_bytes = _by_bytes(connection, {one.sha256 for one in batch})
        cases = _cases(connection, {*by_key.values(), *by_id.values(), *by_bytes.values()})
        self._by_key = {key: cases[no] for key, no in by_key.items()}
        self._by_id = {name: cases[no] for name, no in by_id.items()}
        self._by_bytes = {content: cases[no] for content, no in by_bytes.items()}

    def find(self, one: Incoming) -> Case | None:
        """The article that this is, or is a version of: by its keys, its id, its bytes.

        The same bytes at an address of their own are another article.
        """
        by_key = next((self._by_key[key] for key in one.keys if key in self._by_key), None)
        by_bytes = None if one.article.url else self._by_bytes.get((one.sha256, one.digest))
        return by_key or self._by_id.get(one.id) or by_bytes

    def learn(self, one: Incoming, case: Case) -> tuple[str, ...]:
        """Know the case by what comes in too; the keys that are new."""
        new = tuple(key for key in one.keys if key not in self._by_key)
        self._by_key |= dict.fromkeys(new, case)
        self._by_id.setdefault(case.id, case)
        self._by_bytes.setdefault((one.sha256, one.digest), case)
        return new


def _is_same(past: Past, one: Incoming) -> bool:
    return past.digest == one.digest or (past.sha256, past.origin) == (one.sha256, one.origin)


def _by_key(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    return dict(sqlite.rows(connection, _BY_KEY, keys=list(keys)))


def _by_id(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    return dict(sqlite.rows(connection, _BY_ID, ids=list(ids)))


def _by_bytes(connection: Connection, hashes: Iterable[str]) -> dict[tuple[str, str], int]:
    rows = sqlite.rows(connection, _BY_BYTES, hashes=list(hashes))
    return {(sha256, digest): article for sha256, digest, article in rows}


def _cases(connection: Connection, numbers: Iterable[int]) -> dict[int, Case]:
    wanted = list(numbers)
    if not wanted:
        return {}
    cases = {no: Case(name, no) for no, name in sqlite.rows(connection, _CASES, numbers=wanted)}
    for no, *past in sqlite.rows(connection, _PAST, numbers=wanted):
        cases[no].past.append(Past(*past))
    return cases
