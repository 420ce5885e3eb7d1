"""Judgements: kept as they were written, never changed, none lost when many people judge at once."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, update

from firsthand.errors import LibraryError
from firsthand.library import Library
from firsthand.library.actions import Asked, actions
from firsthand.library.judgements import (
    LONGEST_CONCLUSION,
    LONGEST_RATING,
    LONGEST_REASONS,
    MOST_RESTS,
    Conclusion,
    Ground,
    Judgement,
    judge,
    judgements,
    standing,
)
from firsthand.library.schema import claim_change, node
from firsthand.library.schema_judgements import judgement

DOUBTFUL = Conclusion(
    "One official, told again.", "Both name the same briefing.", "4", (Ground("root:a", "an official"),)
)


def judged(library: Library, who: str, claim: str = "c1", conclusion: Conclusion = DOUBTFUL) -> int:
    with library.writing() as connection:
        return judge(connection, who, claim, "The dam will be closed", conclusion, stood="on 1 root")


def of(library: Library, claim: str) -> list[Judgement]:
    with library.reading() as connection:
        return judgements(connection, claim)


def test_it_is_kept_as_it_was_written(library: Library) -> None:
    number = judged(library, "ann")
    (found,) = of(library, "c1")
    assert (found.number, found.who, found.claim, found.words) == (number, "ann", "c1", "The dam will be closed")
    assert (found.conclusion, found.stood) == (DOUBTFUL, "on 1 root")
    assert timedelta(0) <= datetime.now(UTC) - found.at < timedelta(minutes=1)
    with library.reading() as connection:
        (logged,) = actions(connection, Asked())
    assert (logged.who, logged.what, logged.on, logged.detail) == ("ann", "judgement", "c1", DOUBTFUL.words)


def test_a_later_one_supersedes_the_same_persons_and_none_vanishes(library: Library) -> None:
    first, other, later = judged(library, "ann"), judged(library, "ben"), judged(library, "ann")
    found = of(library, "c1")
    assert [one.number for one in found] == [first, other, later]
    assert standing(found) == {other, later}
    assert standing([]) == frozenset()


@pytest.mark.parametrize("statement", [update(judgement).values(who="ben"), delete(judgement)])
def test_nobody_changes_or_removes_one(library: Library, statement: object) -> None:
    judged(library, "ann")
    with pytest.raises(LibraryError, match="only ever added to"), library.writing() as connection:
        connection.execute(statement)
    assert len(of(library, "c1")) == 1


@pytest.mark.parametrize(
    ("conclusion", "told"),
    [
        (Conclusion(" ", "because"), "needs the conclusion"),
        (Conclusion("so", "\n"), "needs the reasons"),
        (Conclusion("x" * (LONGEST_CONCLUSION + 1), "because"), "the conclusion: longer than 1,000"),
        (Conclusion("so", "x" * (LONGEST_REASONS + 1)), "the reasons: longer than 10,000"),
        (Conclusion("so", "because", "x" * (LONGEST_RATING + 1)), "the rating: longer than 120"),
        (Conclusion("so", "because", "", (Ground("r", "r"),) * (MOST_RESTS + 1)), "200 roots"),
    ],
)
def test_what_is_no_judgement_is_refused_and_nothing_is_written(
    library: Library, conclusion: Conclusion, told: str
) -> None:
    with pytest.raises(LibraryError, match=told):
        judged(library, "ann", conclusion=conclusion)
    assert not of(library, "c1")
    with library.reading() as connection:
        assert not actions(connection, Asked())


def test_what_cannot_be_written_as_text_is_written_about(library: Library) -> None:
    judged(library, "ann", conclusion=Conclusion("so \ud800", "because", "", (Ground("root:\udc80", "\ud800"),)))
    (found,) = of(library, "c1")
    assert found.conclusion.words == "so \\ud800"
    assert found.conclusion.rests == (Ground("root:\\udc80", "\\ud800"),)


def test_those_of_a_claim_that_was_merged_are_told_where_it_went(library: Library) -> None:
    for claim in ("c1", "c2", "c3", "c4"):
        judged(library, "ann", claim)
    changes = [("merged", "c1", "c2"), ("merged", "c2", "c3"), ("merged", "c1", "c4"), ("made", "c9", "")]
    rows = [{"at": "", "kind": kind, "claim": claim, "other": other} for kind, claim, other in changes]
    live = [
        {"key": number, "rank": "", "head": "", "centre": number, "claim": claim}
        for number, claim in enumerate(("c1", "c4"))
    ]
    with library.writing() as connection:
        connection.execute(insert(claim_change), rows)
        connection.execute(insert(node), live)
    assert [one.claim for one in of(library, "c1")] == ["c1", "c2", "c3"]  # c4 was split off again
    assert [one.claim for one in of(library, "c4")] == ["c4"]
    assert not of(library, "c9")


def test_threads_that_judge_at_once_lose_nothing(library: Library) -> None:
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda number: judged(library, f"person {number % 4}"), range(40)))
    assert sorted(one.number for one in of(library, "c1")) == sorted(set(numbers))
    assert len(numbers) == len(set(numbers)) == 40


JUDGE = """\
import sys
from firsthand.library import Library
from firsthand.library.judgements import Conclusion, judge
with Library.open(sys.argv[1]) as library:
    for number in range(10):
        with library.writing() as connection:
            judge(connection, sys.argv[2], "c1", "words", Conclusion(f"{sys.argv[2]} {number}", "because"))
"""


def test_processes_that_judge_at_once_lose_nothing(library: Library) -> None:
    commands = [[sys.executable, "-c", JUDGE, str(library.path), who] for who in ("ann", "ben", "cem")]
    running = [subprocess.Popen(command) for command in commands]
    assert [one.wait(60) for one in running] == [0, 0, 0]
    said = {one.conclusion.words for one in of(library, "c1")}
    assert said == {f"{who} {number}" for who in ("ann", "ben", "cem") for number in range(10)}
