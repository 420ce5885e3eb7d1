"""What people concluded on claims: when, who, why. Judgements are only ever added; a later one supersedes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from firsthand.errors import LibraryError
from firsthand.library import sqlite
from firsthand.library.actions import log_action
from firsthand.library.incoming import moment, writable
from firsthand.library.schema import claim_change, node
from firsthand.library.schema_judgements import judgement

LONGEST_CONCLUSION, LONGEST_RATING, LONGEST_REASONS = 1_000, 120, 10_000
"""Characters of what a person writes: a paragraph, a few words, some pages."""

MOST_RESTS = 200
"""Roots and statements that a judgement may be said to rest on."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A root or an appearance that a judgement rests on: its id, and what it was called when it was judged."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a person concludes, in words, and why. `rating` is their own choice of words or digit; "" for none."""

    words: str
    reasons: str
    rating: str = ""
    rests: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A conclusion, by whom and when, on which claim, and what the claim's words were then.

    `number` counts all judgements of the library. `claim` may have become part of another since. `stood` says on what
    it rested then, "" where nobody knows.
    """

    number: int
    at: datetime
    who: str
    claim: str
    words: str
    conclusion: Conclusion
    stood: str = ""


def judge(connection: Connection, who: str, claim: str, words: str, conclusion: Conclusion, *, stood: str = "") -> int:
    """Write down what a person concludes now on a claim with these words; the judgement's number.

    who: `Person.name`. stood: in words, on what the claim rests now.

    Raises LibraryError for a conclusion without words or reasons, or that is too long.
    """
    _check(conclusion)
    said = {
        "who": who,
        "claim": claim,
        "words": words,
        "stood": stood,
        "conclusion": conclusion.words.strip(),
        "rating": conclusion.rating.strip(),
        "reasons": conclusion.reasons.strip(),
        "rests": json.dumps([[writable(one.id), writable(one.name)] for one in conclusion.rests], ensure_ascii=False),
    }
    row = {name: writable(text) or "" for name, text in said.items()}
    log_action(connection, who, "judgement", claim, row["conclusion"])
    return sqlite.put(connection, judgement, {"at": moment(datetime.now(UTC)), **row})


def judgements(connection: Connection, claim: str) -> list[Judgement]:
    """What was concluded on a claim, and on those that became part of it, oldest first."""
    found = select(judgement).where(judgement.c.claim.in_(parts(connection, claim))).order_by(judgement.c.no)
    return [_judgement(row) for row in connection.execute(found)]


def standing(several: Collection[Judgement]) -> frozenset[int]:
    """The numbers of those that no later one by the same person supersedes."""
    return frozenset({one.who: one.number for one in sorted(several, key=lambda one: one.number)}.values())


def _check(conclusion: Conclusion) -> None:
    given = (
        ("the conclusion", conclusion.words, LONGEST_CONCLUSION, True),
        ("the reasons", conclusion.reasons, LONGEST_REASONS, True),
        ("the rating", conclusion.rating, LONGEST_RATING, False),
    )
    for what, text, longest, needed in given:
        if needed and not text.strip():
            raise LibraryError(f"a judgement needs {what}")
        if len(text) > longest:
            raise LibraryError(f"{what}: longer than {longest:,} characters")
    if len(conclusion.rests) > MOST_RESTS:
        raise LibraryError(f"a judgement can rest on {MOST_RESTS} roots and statements at most")


def parts(connection: Connection, claim: str) -> list[str]:
    """The claim, and all that were merged into it, or into those, and are no claims of their own again."""
    found, waiting = {claim}, [claim]
    while waiting:
        taken = select(claim_change.c.other).where(claim_change.c.kind == "merged", claim_change.c.claim.in_(waiting))
        waiting = list(_gone(connection, set(connection.execute(taken).scalars()) - found))
        found.update(waiting)
    return sorted(found)


def _gone(connection: Connection, claims: Collection[str]) -> Iterator[str]:
    there = set(connection.execute(select(node.c.claim).where(node.c.claim.in_(claims))).scalars())
    yield from (claim for claim in claims if claim not in there)


def _judgement(row: Row[Any]) -> Judgement:
    rests = tuple(Ground(*one) for one in json.loads(row.rests))
    conclusion = Conclusion(row.conclusion, row.reasons, row.rating, rests)
    return Judgement(row.no, datetime.fromisoformat(row.at), row.who, row.claim, row.words, conclusion, row.stood)
