"""Articles into a library: what is new of each, a batch in one transaction, with few statements for all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, update

from firsthand.library import fingerprints, originals, sqlite, waiting
from firsthand.library.fingerprints import Sketcher
from firsthand.library.incoming import Incoming, article_row, moment, original_row, version_row
from firsthand.library.known import Case, Known
from firsthand.library.log import log
from firsthand.library.records import Action, Outcome
from firsthand.library.schema import article, known_as, version
from firsthand.model import Failure

Result = Outcome | Failure

_CHANGED = update(article).where(article.c.id == bindparam("known"))


@dataclass(frozen=True, slots=True)
class Step:
    """One version to be written: the `number`-th of its article, which brings these keys."""

    one: Incoming
    case: Case
    number: int
    keys: tuple[str, ...]


def add(connection: Connection, batch: Sequence[Incoming | Failure], sketch: Sketcher | None) -> list[Result]:
    """What became of each, in order; what is new is in what `connection` is about to commit."""
    coming = [one for one in batch if isinstance(one, Incoming)]
    known, steps = Known(connection, coming), list[Step]()
    results = [one if isinstance(one, Failure) else _decided(one, known, steps) for one in batch]
    if steps:
        _written(connection, steps, sketch)
    return results


def _decided(one: Incoming, known: Known, steps: list[Step]) -> Outcome:
    """What is to be done with one article; a step, if it is to be written."""
    case = known.find(one) or Case(one.id)
    there = case.same(one)
    if there:
        return Outcome("already there", case.id, there)
    number = case.take(one)
    steps.append(Step(one, case, number, known.learn(one, case)))
    return Outcome(_action(number), case.id, number)


def _action(number: int) -> Action:
    return "added" if number == 1 else "new version"


def _written(connection: Connection, steps: Sequence[Step], sketch: Sketcher | None) -> None:
    now = moment(datetime.now(UTC))
    _write_articles(connection, steps, now)
    numbers = _write_versions(connection, steps, now)
    sqlite.index(connection, numbers)
    keys = [{"key": key, "article": step.case.no} for step in steps for key in step.keys]
    sqlite.put_all(connection, known_as, keys)
    waiting.begin(connection, {s.case.no: no for no, s in zip(numbers, steps, strict=True) if s.case.no})
    log(connection, ((_action(s.number), s.case.id, s.number, s.one.sha256, s.one.origin) for s in steps))
    if sketch:
        fingerprints.add(connection, {no: sketch(s.one.article.text) for no, s in zip(numbers, steps, strict=True)})


def _write_articles(connection: Connection, steps: Sequence[Step], now: str) -> None:
    """Each article as its last version in the batch has it."""
    for step in {step.case.id: step for step in steps}.values():
        row = article_row(step.one, now) | {"current": step.number}
        if step.case.no is None:
            step.case.no = sqlite.put(connection, article, {"id": step.case.id, **row})
        else:
            connection.execute(_CHANGED, {"known": step.case.id, **row})


def _write_versions(connection: Connection, steps: Sequence[Step], now: str) -> list[int]:
    """The `no` that each version gets, in order; its original is written first."""
    kept = originals.keep(connection, {s.one.sha256: (s.one.original.stream, original_row(s.one, now)) for s in steps})
    places = ({"article": s.case.no, "number": s.number, "original": kept[s.one.sha256]} for s in steps)
    rows = (version_row(step.one, now) | place for step, place in zip(steps, places, strict=True))
    return [sqlite.put(connection, version, row) for row in rows]
