"""What the list of claims says of each: who asserts and who denies it, what was shown, when it was told first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from firsthand.library.slugs import outlet_key, source_key
from firsthand.library.summaries import Listed
from firsthand.model import EvidenceValue, RootMark, Summary
from firsthand.share.lineage import moment
from firsthand.share.plain import one_line
from firsthand.web.plants import Meadow, meadow, of_articles, roots
from firsthand.web.sparks import Spark, spark

NAMED = 3
"""Names of who asserts or denies a claim that a row tells; how many more there are is said."""

LONGEST = 320
"""Characters of a claim's text that a list shows: a whole paragraph is no line of a list."""

EVIDENCE: dict[EvidenceValue, str] = {
    "none": "no evidence mentioned",
    "withheld": "evidence withheld",
    "described": "evidence described, not shown",
    "shown": "evidence shown",
    "eyewitness": "eyewitness",
    "unverified": "not verified by the outlet",
}


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody who is named in a row; `href` is None where there is no page of it, `note` says what it is."""

    name: str
    href: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """Some of those who are named, and how many more there are."""

    shown: tuple[Name, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Row:
    """A claim as the list tells it."""

    id: str
    text: str
    meadow: Meadow
    articles: str
    outlets: str
    roots: str
    asserted: Names
    denied: Names
    doubted: Names
    evidence: str
    shown: bool
    hardened: int
    unmeasured: bool
    first: str
    outlet: Name | None
    spark: Spark | None
    undated: int
    changed: datetime


def row(listed: Listed) -> Row:
    """The row of a claim."""
    found = listed.summary
    return Row(
        id=found.claim,
        text=shortened(found.text),
        meadow=meadow(found),
        articles=of_articles(found.articles),
        outlets=_outlets(found.outlets),
        roots=roots(found),
        asserted=_asserted(found),
        denied=_named(found.denied_by),
        doubted=_named(found.doubted_by),
        evidence=EVIDENCE[found.evidence],
        shown=found.evidence in ("shown", "eyewitness"),
        hardened=found.hardened,
        unmeasured=found.unmeasured,
        first=moment(found.first) if found.first else "",
        outlet=outlet(found.outlet),
        spark=spark(found),
        undated=found.undated,
        changed=listed.changed,
    )


def shortened(text: str) -> str:
    """A claim's words, on one line, cut between words where they are too many."""
    plain = one_line(text)
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST].rsplit(' ', 1)[0]} …"


def outlet(name: str | None) -> Name | None:
    """An outlet, with its page."""
    return Name(one_line(name), f"/outlets/{outlet_key(name)}") if name else None


def _outlets(count: int) -> str:
    return "" if not count else "1 outlet" if count == 1 else f"{count:,} outlets"


def _asserted(found: Summary) -> Names:
    """Whom it rests on: the roots, in the words of each kind."""
    return Names(tuple(_roots(found.roots[:NAMED])), len(found.roots[NAMED:]) + found.others)


def _roots(marks: Iterable[RootMark]) -> Iterator[Name]:
    for mark in marks:
        name = one_line(mark.name)
        if mark.kind == "outlet not here":
            yield Name(name, f"/outlets/{outlet_key(mark.name)}", "not here, so unmeasured")
        elif mark.kind == "outlet's own":
            yield Name(name, f"/outlets/{outlet_key(mark.name)}", "itself, naming nobody")
        elif mark.name.startswith("unattributed in "):
            yield Name(f"nobody who is named, in {name.removeprefix('unattributed in ')}")
        else:
            yield Name(name, f"/sources/{source_key(mark.name)}", "unnamed" if mark.kind == "unnamed" else "")


def _named(names: Sequence[str]) -> Names:
    shown = tuple(Name(one_line(name), f"/sources/{source_key(name)}") for name in names[:NAMED])
    return Names(shown, len(names[NAMED:]))
