"""Keeps the claims of a library up to date: what joins it to reading, to finding copies, to grouping statements.

For the command line and for the worker of the web page alike: each says in a `Teller` where progress is told.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from firsthand import claims, pipeline
from firsthand.library import Library, summing
from firsthand.library.claims import Claims
from firsthand.library.shelf import Shelf
from firsthand.library.summing_outlets import Material
from firsthand.library.upkeep import Done, Upkeep
from firsthand.library.waiting import Waiting
from firsthand.model import Article, Change, Derivation, Failure, Make, Marks, Reading, Summary
from firsthand.provenance import make, maker, summary, trace
from firsthand.reuse import derivations, sketch

AT_ONCE, PATIENCE = 64, 1.0
"""Readings that are kept in one transaction, and seconds after which fewer are: a kill loses no more."""

INDEXED_AT_ONCE = 500
"""Versions that are indexed in one transaction: a quarter of a second, for which other writers wait."""

WORDS = "The bridge at Larkmoor stays shut until May, for its piers have to be made anew from the ground up."

Tally = Callable[[int, int], None]
"""Is told how many are done, and how many of them failed."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Where it is told how far a step is.

    step: called with what is counted and how many there will be (None where that is not known), around the step.
    failed: called with each article that failed. compiling: around what compiles, the first time on a machine.
    """

    step: Callable[[str, int | None], AbstractContextManager[Tally]]
    failed: Callable[[Failure], None]
    compiling: Callable[[], AbstractContextManager[None]]


SILENT = Teller(lambda what, total: nullcontext(lambda done, failed: None), lambda failure: None, nullcontext)
"""Tells nobody."""


def begun(upkeep: Upkeep) -> Waiting:
    """From now on the models that ship with Firsthand read and join; what there is to do. Raises FirsthandError."""
    return upkeep.use(pipeline.shipped_name(), claims.maker())


def catch_up(library: Library, upkeep: Upkeep, left: Waiting, processes: int = 0, teller: Teller = SILENT) -> int:
    """Read, compare and join what was not yet; how many articles failed. Raises FirsthandError.

    It can be stopped at any moment, and goes on from there.
    """
    failed = _read(upkeep, left.to_read, processes, teller) if left.to_read else 0
    if left.to_compare or left.to_join:
        _settle(upkeep, teller)
    failed += _compare(library, upkeep, left.to_compare, teller) if left.to_compare else 0
    failed += _join(upkeep, teller) if left.to_join else 0
    return failed + summarise(library, teller)


def summarise(library: Library, teller: Teller = SILENT) -> int:
    """Work out what lists show, where something changed since it was; how many failed. Raises LibraryError.

    It can be stopped at any moment, and goes on from there.
    """
    summing.use(library, maker())
    with library.reading() as connection:
        if not summing.waiting(connection):
            return 0
    return _told(summing.summarise(library, summarised, made), "lists brought up to date", None, teller)


def summarised(known: Claims, name: str) -> Summary | None:
    """What lists show of a claim; None where there is none with this id."""
    if not known.shelf.members(name):
        return None
    found = claims.claim(known.shelf, name)
    articles = {one.article for one in found.appearances}
    return summary(trace(found, known.derivations(articles), known.texts(articles)))


def made(found: Material) -> Make:
    """Of what an article is made."""
    return make(found.reading, found.derivations, found.outlets)


def warm_up() -> None:
    """Load the models, and what is compiled, before somebody waits for it. Raises ModelError."""
    article = Article("1", WORDS)
    for reading in pipeline.read_articles([article], 1, pipeline.with_vectors):
        if isinstance(reading, Reading):
            claims.appearances(reading)
    tuple(derivations(article, [Article("2", WORDS)]))


def regroup(shelf: Shelf, gone: Sequence[str], reading: Reading | None) -> Iterable[Change]:
    """Put the statements of a reading on a shelf, and take those with these ids away that it has not."""
    groups = claims.Groups(shelf)
    told = claims.appearances(reading) if reading else ()
    for one in told:
        groups.add(one)
    for appearance in sorted(set(gone) - {one.appearance.id for one in told}):
        groups.remove(appearance)
    return groups.changes()


def remove(library: Library, identity: str) -> int:
    """Remove an article with all that it alone supported; how many versions it had. Raises LibraryError."""
    return Upkeep(library).remove(identity, regroup)


def judged(article: Article, candidates: Sequence[Article], boilerplate: Collection[int]) -> Iterable[Derivation]:
    """What an article and others have from each other; a wire credit tells who had it first, where times do not."""
    return derivations(article, candidates, boilerplate, pipeline.carries_credit)


def _read(upkeep: Upkeep, count: int, processes: int, teller: Teller) -> int:
    """Read what no model has read, or another; how many failed."""
    name, numbers, kept = pipeline.shipped_name(), deque[int](), dict[int, Marks]()
    done = failed = 0
    saved = time.monotonic()
    with teller.step("articles read", count) as told:
        try:
            for outcome in pipeline.read_articles(_noted(upkeep.unread(), numbers), processes, pipeline.with_vectors):
                number, done = numbers.popleft(), done + 1
                if isinstance(outcome, Failure):
                    failed += 1
                    teller.failed(outcome)
                else:
                    kept[number] = _marks(outcome)
                if len(kept) >= AT_ONCE or time.monotonic() - saved > PATIENCE:
                    upkeep.keep(name, kept)
                    kept, saved = {}, time.monotonic()
                told(done, failed)
        finally:
            upkeep.keep(name, kept)
    return failed


def _noted(found: Iterable[tuple[int, Article]], numbers: deque[int]) -> Iterator[Article]:
    for number, article in found:
        numbers.append(number)
        yield article


def _marks(reading: Reading) -> Marks:
    return Marks(reading.attributions, reading.credits, reading.statements, reading.vectors)


def _compare(library: Library, upkeep: Upkeep, count: int, teller: Teller) -> int:
    _index(library, teller)
    with teller.compiling():  # before others that write must wait for it
        tuple(derivations(Article("1", WORDS), [Article("2", WORDS)]))
    return _told(upkeep.compare(sketch, judged), "articles compared", count, teller)


def _index(library: Library, teller: Teller) -> None:
    """Index the wording of what was added before there was an index of it."""
    if behind := library.behind():
        with teller.step("articles indexed", behind) as told:
            done = 0
            for step in library.catch_up(sketch, INDEXED_AT_ONCE):
                told(done := done + step, 0)


def _settle(upkeep: Upkeep, teller: Teller) -> None:
    """Make the index of vectors, where its file is missing or behind."""
    with teller.step("statements indexed", None) as told:
        done = 0
        for step in upkeep.settle():
            told(done := done + step, 0)


def _join(upkeep: Upkeep, teller: Teller) -> int:
    return _told(upkeep.join(regroup), "articles joined to claims", upkeep.waiting().to_join, teller)


def _told(steps: Iterable[Done], what: str, count: int | None, teller: Teller) -> int:
    """Tell how far it is; how many failed."""
    done = failed = 0
    with teller.step(what, count) as told:
        for step in steps:
            for failure in step.failures:
                teller.failed(failure)
            done, failed = done + step.count, failed + len(step.failures)
            told(done, failed)
    return failed
