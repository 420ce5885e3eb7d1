"""What has its wording from what stays right as articles come and go, in any order."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from firsthand.library import Library, upkeep
from firsthand.library.claims import claims_of
from firsthand.library.upkeep import Upkeep
from firsthand.model import Article, Derivation
from firsthand.reuse import copies, derivations, sketch
from tests.library.given import article, original
from tests.library.toy import regroup

REPORT = (
    "The harbour board of Larkmoor voted on Monday to close the northern quay for nine weeks while divers replace "
    "the wooden piles under it. Fishing boats will tie up at the grain wharf, where two cranes were taken down in "
    "spring to make room. Skippers who spoke after the meeting said the wharf is too short for all of them in a "
    "westerly wind. The board expects the work to cost four million crowns and to end before the herring season."
)
MORE = " A ferry to Ostrel Island, which calls twice a day, will land its passengers by launch until the quay is open."
OTHER = "Nobody had counted the swallows of Vennick since the war, and so the school sent forty children with pencils."
FIRST = datetime(2031, 4, 8, tzinfo=UTC)


def judge(found: Article, candidates: Sequence[Article], boilerplate: Collection[int]) -> Iterable[Derivation]:
    return derivations(found, candidates, boilerplate)


def story() -> list[Article]:
    """A report, its copy with a line more, a copy of that, one that shares nothing; an hour apart."""
    texts = [REPORT, REPORT + MORE, "Larkmoor, Tuesday. " + REPORT + MORE, OTHER]
    return [
        article(text, url=f"https://x.example/{n}", outlet=f"Post {n}", published=FIRST + timedelta(hours=n))
        for n, text in enumerate(texts)
    ]


def added(library: Library, found: Iterable[Article]) -> None:
    library.add([(one, original(one.text.encode())) for one in found], sketch)


def compared(library: Library) -> None:
    for step in Upkeep(library).compare(sketch, judge):
        assert not step.failures


def known(library: Library) -> dict[tuple[str, str], tuple[str, str]]:
    """Kind and origin of each pair, by the last letters of their addresses."""
    with claims_of(library) as claims:
        names = {one.id: str(one.url)[-1] for one in library.articles()}
        found = claims.derivations(list(names))
    return {(names[one.earlier], names[one.later]): (one.kind, names[one.origin]) for one in found}


def expected() -> dict[tuple[str, str], tuple[str, str]]:
    from dataclasses import replace

    found = [replace(one, id=str(one.url)[-1]) for one in story()]
    return {(one.earlier, one.later): (one.kind, one.origin) for one in copies(found)}


@pytest.mark.parametrize("order", list(itertools.permutations(range(4)))[::3])
def test_in_whatever_order_they_come_one_by_one(library: Library, order: Sequence[int]) -> None:
    for n in order:
        added(library, [story()[n]])
        compared(library)
    assert known(library) == expected()
    assert set(expected()) == {("0", "1"), ("1", "2")}


def test_all_at_once(library: Library) -> None:
    added(library, story())
    compared(library)
    assert known(library) == expected()


def test_when_the_one_between_goes_its_copy_chooses_again(library: Library) -> None:
    added(library, story())
    compared(library)
    Upkeep(library).remove(library.resolve("https://x.example/1"), regroup)
    assert Upkeep(library).waiting().to_compare == 1
    compared(library)
    assert set(known(library)) == {("0", "2")}
    Upkeep(library).remove(library.resolve("https://x.example/0"), regroup)
    compared(library)
    assert known(library) == {}


def test_a_new_version_has_its_own(library: Library) -> None:
    added(library, story())
    compared(library)
    added(library, [article(OTHER + MORE, url="https://x.example/1", outlet="Post 1", published=FIRST)])
    compared(library)
    assert ("0", "1") not in known(library)


def test_two_without_times_are_told_once(library: Library) -> None:
    one, two = (article(REPORT, url=f"https://x.example/{n}", outlet=f"P{n}", published=None) for n in range(2))
    for found in (one, two):
        added(library, [found])
        compared(library)
    assert len(known(library)) == 1
    with claims_of(library) as claims:
        (found_one,) = claims.derivations([entry.id for entry in library.articles()])
    assert found_one.direction == "undetermined"


def test_it_can_be_stopped_and_goes_on(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "HOLD", 0.0001)
    added(library, story())
    steps = Upkeep(library).compare(sketch, judge)
    done = next(steps).count
    steps.close()  # type: ignore[attr-defined]
    assert Upkeep(library).waiting().to_compare == 4 - done
    compared(library)
    assert known(library) == expected()


def test_an_error_in_comparing_one_leaves_the_others(library: Library, tmp_path: Path) -> None:
    added(library, story())

    def broken(found: Article, candidates: Sequence[Article], boilerplate: Collection[int]) -> Iterable[Derivation]:
        if found.text == OTHER:
            raise MemoryError("too long")
        return judge(found, candidates, boilerplate)

    failures = [failure for step in Upkeep(library).compare(sketch, broken) for failure in step.failures]
    assert [failure.cause for failure in failures] == ["MemoryError: too long"]
    assert known(library) == expected()
    assert Upkeep(library).waiting().to_compare == 1


def test_what_is_said_twice_or_by_one_side_only_is_kept_once(library: Library) -> None:
    added(library, story())

    def unsure(found: Article, candidates: Sequence[Article], boilerplate: Collection[int]) -> list[Derivation]:
        told = [*judge(found, candidates, boilerplate)] * 2
        if found.text == REPORT:  # compared from this side alone, nothing tells who was first
            told = [replace(one, direction="undetermined") for one in told]
        return told

    failures = [failure for step in Upkeep(library).compare(sketch, unsure) for failure in step.failures]
    assert failures == []
    assert set(known(library)) <= {pair for a, b in expected() for pair in ((a, b), (b, a))}


def test_an_error_of_the_database_is_told_in_plain_words(library: Library) -> None:
    added(library, story())

    def broken(found: Article, candidates: Sequence[Article], boilerplate: Collection[int]) -> Iterable[Derivation]:
        raise IntegrityError("INSERT INTO derivation", {}, _constraint())

    failures = [failure.cause for step in Upkeep(library).compare(sketch, broken) for failure in step.failures]
    assert len(failures) == 4 and len(set(failures)) == 1
    assert "run the command again" in failures[0]
    assert not [word for word in ("UNIQUE", "derivation", "sqlalche", "INSERT") if word in failures[0]]


def _constraint() -> sqlite3.Error:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE TABLE derivation (one INTEGER UNIQUE)")
        try:
            connection.executemany("INSERT INTO derivation VALUES (?)", [(1,), (1,)])
        except sqlite3.Error as error:
            return error
    raise AssertionError
