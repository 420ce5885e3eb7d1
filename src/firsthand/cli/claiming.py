"""Brings the claims of a library up to date: what joins it to reading, to finding copies, to grouping statements."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence

from firsthand import claims, pipeline
from firsthand.cli.compiling import compiling_told
from firsthand.cli.main import complain
from firsthand.cli.progress import tally
from firsthand.cli.sketching import catch_up
from firsthand.errors import LibraryError
from firsthand.library import Library
from firsthand.library.shelf import Shelf
from firsthand.library.upkeep import Done, Upkeep
from firsthand.model import Article, Change, Derivation, Failure, Marks, Reading
from firsthand.reuse import derivations, sketch

AT_ONCE, PATIENCE = 64, 1.0
"""Readings that are kept in one transaction, and seconds after which fewer are: a kill loses no more."""

WORDS = "The bridge at Larkmoor stays shut until May, for its piers have to be made anew from the ground up."


def up_to_date(library: Library, processes: int = 0) -> int:
    """Read, compare and join what was not yet; how many articles failed. Raises FirsthandError.

    It can be stopped at any moment, and goes on from there. Where the library may only be read, it says what is
    missing.
    """
    upkeep = Upkeep(library)
    try:
        left = upkeep.use(pipeline.shipped_name(), claims.maker())
    except LibraryError as error:
        left = upkeep.waiting()
        if left.to_read or left.to_compare or left.to_join:
            complain(f"{error}; so the claims are without {max(left.to_read, left.to_join):,} of its articles")
        return 0
    failed = _read(upkeep, left.to_read, processes) if left.to_read else 0
    failed += _compare(library, upkeep, left.to_compare) if left.to_compare else 0
    return failed + (_join(upkeep) if left.to_join else 0)


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


def _read(upkeep: Upkeep, count: int, processes: int) -> int:
    """Read what no model has read, or another; how many failed."""
    name, numbers, kept = pipeline.shipped_name(), deque[int](), dict[int, Marks]()
    done = failed = 0
    saved = time.monotonic()
    with tally((), "articles read", count) as told:
        try:
            for outcome in pipeline.read_articles(_noted(upkeep.unread(), numbers), processes, pipeline.with_vectors):
                number, done = numbers.popleft(), done + 1
                if isinstance(outcome, Failure):
                    failed += 1
                    complain(f"{outcome.origin}: {outcome.cause}")
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


def _compare(library: Library, upkeep: Upkeep, count: int) -> int:
    catch_up(library)
    with compiling_told():  # before others that write must wait for it
        tuple(derivations(Article("1", WORDS), [Article("2", WORDS)]))
    return _told(upkeep.compare(sketch, judged), "articles compared", count)


def judged(article: Article, candidates: Sequence[Article], boilerplate: Collection[int]) -> Iterable[Derivation]:
    """What an article and others have from each other; a wire credit tells who had it first, where times do not."""
    return derivations(article, candidates, boilerplate, pipeline.carries_credit)


def _join(upkeep: Upkeep) -> int:
    with tally((), "statements indexed") as told:
        done = 0
        for step in upkeep.settle():
            told(done := done + step, 0)
    return _told(upkeep.join(regroup), "articles joined to claims", upkeep.waiting().to_join)


def _told(steps: Iterable[Done], what: str, count: int) -> int:
    """Show how far it is; how many failed."""
    done = failed = 0
    with tally((), what, count) as told:
        for step in steps:
            for failure in step.failures:
                complain(f"{failure.origin}: {failure.cause}")
            done, failed = done + step.count, failed + len(step.failures)
            told(done, failed)
    return failed
