"""Judgements by hand: what the form of a claim's page asks, and what is written down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from firsthand.errors import LibraryError
from firsthand.library import Library
from firsthand.library.judgements import Conclusion, Ground, judge
from firsthand.model import Provenance
from firsthand.share.lineage import moment
from firsthand.share.plain import one_line
from firsthand.share.trace_words import carried, independent, shortened
from firsthand.web.claim_found import Found

OWN = "own"
"""What says that the rating is in the person's own words."""

MOST_OFFERED = 60
"""Statements that are offered for a judgement to rest on: those that came first."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wrote into the form; `rating` is a digit, `OWN` or ""."""

    conclusion: str = ""
    reasons: str = ""
    rating: str = ""
    own: str = ""
    rests: tuple[str, ...] = ()


def write(library: Library, one: Found, who: str, draft: Draft) -> int:
    """Write the judgement down; its number. Raises LibraryError where it is none."""
    rating = draft.own if draft.rating == OWN else draft.rating
    if draft.rating == OWN and not rating.strip():
        raise LibraryError("the rating: write it, or choose another one")
    conclusion = Conclusion(draft.conclusion, draft.reasons, rating, tuple(_grounds(one, draft.rests)))
    with library.writing() as connection:
        return judge(connection, who, one.claim.id, one.claim.text, conclusion, stood=stands(one.provenance))


def stands(found: Provenance) -> str:
    """On what a claim rests, in a line: what is told of a judgement when that has changed since."""
    return f"{carried(found)}; {independent(found)}"


def offered(one: Found) -> tuple[Ground, ...]:
    """The statements that a judgement may rest on, by id and in words."""
    return tuple(
        Ground(said.id, f"{_told(said.outlet, one, said.article)}: {shortened(said.text)}")
        for said in one.claim.appearances[:MOST_OFFERED]
    )


def _told(outlet: str | None, one: Found, article: str) -> str:
    published = next((said.published for said in one.names.stated(article)), None)
    return ", ".join(filter(None, (one_line(outlet or article), moment(published) if published else "")))


def _grounds(one: Found, wanted: Sequence[str]) -> Iterator[Ground]:
    """Those that are wanted, with what they are called. Raises LibraryError for what this claim does not have."""
    found = one.provenance
    known = {root.id: one_line(root.name) for root in (*found.roots, *found.denials, *found.doubts)}
    known |= {ground.id: ground.name for ground in offered(one)}
    for name in dict.fromkeys(wanted):
        if name not in known:
            raise LibraryError(f"{name}: this claim has no such root or statement now")
        yield Ground(name, known[name])
