"""How far what was handed in has got, to be shown: batches, the things in them, and their articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, and_, case, exists, func, select

from firsthand.library.effects import Joined, read
from firsthand.library.queries import BEGINNING
from firsthand.library.schema import article, version, waiting
from firsthand.library.schema_submissions import batch, effect, outcome, submission, submitted, watch
from firsthand.library.submissions import Kind, State

MOST_CAME = 20
"""Articles that are shown of one thing that was handed in: a file may hold thousands."""

Step = Literal["to read", "to compare", "to join", "to trace", "done", "gone"]
"""What is to be done next with an article; "gone" where it was removed, or another version came."""


@dataclass(frozen=True, slots=True)
class Came:
    """What became of one article. `joined` is None until its claims are worked out.

    `problem` is why it could not be read or joined, or added at all: then `article` is empty, and `origin` tells which.
    `beginning` is how its text begins.
    """

    action: str
    article: str
    title: str | None
    beginning: str
    origin: str
    step: Step
    problem: str
    joined: tuple[Joined, ...] | None


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that was handed in. `count` are the articles that were found in it so far, `came` the first of them.

    `again` says whether it can be tried again.
    """

    number: int
    kind: Kind
    name: str
    state: State
    cause: str
    size: int
    again: bool
    count: int
    came: tuple[Came, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Of a batch: how many things, how many are not done with or being worked on, how many failed; of its articles."""

    parts: int = 0
    open: int = 0
    working: int = 0
    broken: int = 0
    added: int = 0
    there: int = 0
    failed: int = 0
    to_read: int = 0
    to_compare: int = 0
    to_join: int = 0
    to_trace: int = 0

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen to it by itself."""
        return not (self.open or self.to_read or self.to_compare or self.to_join or self.to_trace)

    @property
    def articles(self) -> int:
        """All that were found, those that failed included."""
        return self.added + self.there + self.failed


@dataclass(frozen=True, slots=True)
class Batch:
    """What was handed in at one time; `watch` is the address that it was found at, where a watch did it."""

    id: str
    at: datetime
    who: str
    by_watch: bool
    watch: str | None
    name: str
    counts: Counts


def one(connection: Connection, name: str) -> Batch | None:
    """The batch with this id."""
    rows = connection.execute(_listed().where(batch.c.id == name)).all()
    return next(iter(_batches(connection, rows)), None)


def recent(connection: Connection, most: int, by_watch: bool | None = None) -> list[Batch]:
    """The last batches, newest first: all, or those that a watch found, or that people handed in."""
    asked = _listed().order_by(batch.c.no.desc()).limit(most)
    if by_watch is not None:
        asked = asked.where(batch.c.by_watch == by_watch)
    return _batches(connection, connection.execute(asked).all())


def parts(connection: Connection, name: str, first: int, most: int) -> list[Part]:
    """The things of a batch, in order, from the `first`-th (from 0), each with its first articles."""
    kept = exists().where(submitted.c.submission == submission.c.no)
    again = and_(submission.c.state == "failed", (submission.c.kind == "address") | kept)
    asked = select(submission, again.label("again")).join(batch, batch.c.no == submission.c.batch)
    asked = asked.where(batch.c.id == name, submission.c.place >= first).order_by(submission.c.place).limit(most)
    rows = connection.execute(asked).all()
    came, counts = _came(connection, [row.no for row in rows])
    return [
        Part(row.no, row.kind, row.name, row.state, row.cause, row.size, row.again, counts[row.no], tuple(came[row.no]))
        for row in rows
    ]


def _listed() -> Select[Any]:
    first = select(submission.c.name).where(submission.c.batch == batch.c.no).order_by(submission.c.place).limit(1)
    return select(batch, watch.c.address, first.scalar_subquery().label("name")).outerjoin(
        watch, watch.c.no == batch.c.watch
    )


def _batches(connection: Connection, rows: Collection[Row[Any]]) -> list[Batch]:
    counts = _counts(connection, [row.no for row in rows])
    return [
        Batch(
            row.id,
            datetime.fromisoformat(row.at),
            row.who,
            row.by_watch,
            row.address,
            row.name or "",
            counts.get(row.no, Counts()),
        )
        for row in rows
    ]


def _counts(connection: Connection, numbers: Collection[int]) -> dict[int, Counts]:
    found = defaultdict[int, dict[str, int]](dict)
    for asked in (_of_parts(numbers), _of_articles(numbers)):
        for row in connection.execute(asked):
            found[row.batch] |= {name: int(value or 0) for name, value in row._mapping.items() if name != "batch"}
    return {number: Counts(**values) for number, values in found.items()}


def _of_parts(numbers: Collection[int]) -> Select[Any]:
    state = submission.c.state
    sums = (
        func.count().label("parts"),
        _many(state.in_(("waiting", "working"))).label("open"),
        _many(state == "working").label("working"),
        _many(state == "failed").label("broken"),
    )
    return select(submission.c.batch, *sums).where(submission.c.batch.in_(numbers)).group_by(submission.c.batch)


def _of_articles(numbers: Collection[int]) -> Select[Any]:
    action, step = outcome.c.action, _step()
    sums = (
        _many(action.in_(("added", "new version"))).label("added"),
        _many(action == "already there").label("there"),
        _many(action == "failed").label("failed"),
        *(_many(step == name).label(name.replace(" ", "_")) for name in _OPEN),
    )
    joined = _with_steps(select(submission.c.batch, *sums))
    return joined.where(submission.c.batch.in_(numbers)).group_by(submission.c.batch)


def _many(so: Any) -> Any:
    """Of how many rows something is so."""
    return func.sum(case((so, 1), else_=0))


def _came(connection: Connection, numbers: Collection[int]) -> tuple[dict[int, list[Came]], dict[int, int]]:
    found, counts = defaultdict[int, list[Came]](list), defaultdict[int, int](int)
    of = outcome.c.submission
    for number, count in connection.execute(select(of, func.count()).where(of.in_(numbers)).group_by(of)):
        counts[number] = count
    beginning = func.substr(version.c.text, 1, BEGINNING).label("beginning")
    asked = _with_steps(select(outcome, _step().label("step"), version.c.title, beginning, effect.c.told, _PROBLEM))
    asked = asked.where(of.in_(numbers), outcome.c.place < MOST_CAME).order_by(of, outcome.c.place)
    for row in connection.execute(asked):
        problem = row.cause or row.problem or ""
        step: Step = "done" if problem else row.step
        said = row.title, row.beginning or "", row.origin
        found[row.submission].append(Came(row.action, row.article, *said, step, problem, read(row.told)))
    return found, counts


_OPEN: tuple[Step, ...] = ("to read", "to compare", "to join", "to trace")
_PROBLEM = effect.c.cause.label("problem")


def _step() -> Any:
    """What is to be done next with an outcome's article, of a query `_with_steps`."""
    stuck = func.coalesce(effect.c.cause, "") != ""
    return case(
        (outcome.c.action == "failed", "done"),
        (version.c.no.is_(None), "gone"),
        (stuck, "done"),
        (waiting.c.to_read, "to read"),
        (waiting.c.to_compare, "to compare"),
        (waiting.c.to_join, "to join"),
        (effect.c.version.is_not(None) & effect.c.told.is_(None), "to trace"),
        else_="done",
    )


def _with_steps(columns: Select[Any]) -> Select[Any]:
    """Outcomes with their submissions, and the versions that they led to."""
    of_article = and_(version.c.article == article.c.no, version.c.number == outcome.c.number)
    return (
        columns.select_from(outcome)
        .join(submission, submission.c.no == outcome.c.submission)
        .outerjoin(article, article.c.id == outcome.c.article)
        .outerjoin(version, of_article)
        .outerjoin(waiting, waiting.c.version == version.c.no)
        .outerjoin(effect, effect.c.version == version.c.no)
    )
