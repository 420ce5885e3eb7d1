"""What lists show of a claim, a source, an outlet: small, and worked out beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from firsthand.model.claims import RootKind
from firsthand.model.reading import EvidenceValue

Side = Literal["asserts", "denies", "doubts"]
"""How what a source says stands to a claim."""

SourceKind = Literal["person", "body", "document", "unnamed", "class"]
"""unnamed: particular people by a description; class: a class of people ("analysts")."""

Reliance = Literal["copied", "credited", "cited"]
"""copied: has wording from it; credited: credits it for its text; cited: names it as having said something."""


@dataclass(frozen=True, slots=True)
class RootMark:
    """A root as a list draws it. `articles` counts those that rest on it."""

    name: str
    kind: RootKind
    articles: int
    first_hand: bool | None = None


@dataclass(frozen=True, slots=True)
class Saying:
    """What one source is told to have said on a claim, on one side of it.

    `name` is its fullest, `names` all ways of writing it. `root` says whether nothing lies further behind it here.
    `at`, `appearance`, `article` and `outlet` are those of the first article that tells it; `articles` counts all that
    carry it, `outlets` are who published them.
    """

    name: str
    kind: SourceKind
    side: Side
    root: bool
    appearance: str
    article: str
    articles: int
    at: datetime | None = None
    outlet: str | None = None
    position: str | None = None
    anonymity: str | None = None
    names: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What lists show of a claim.

    `articles` counts those that support it, `outlets` theirs, 0 where none is known. `least` and `most` are its
    independent roots, `roots` those with most articles and `others` how many more there are; `kinds` are of all.
    `carried` are all outlets that tell of it, on any side, as they are usually called. `hardened` counts where the
    wording became surer. `first`, `article` and `outlet` are of the first report. `days` gives each day (proleptic
    ordinal, UTC) with how many articles tell of it that day, `undated` how many have no time. `wordings` are all ways
    of saying it.
    """

    claim: str
    text: str
    articles: int
    outlets: int
    least: int
    most: int
    evidence: EvidenceValue
    roots: tuple[RootMark, ...] = ()
    others: int = 0
    kinds: tuple[RootKind, ...] = ()
    denied_by: tuple[str, ...] = ()
    doubted_by: tuple[str, ...] = ()
    hardened: int = 0
    first: datetime | None = None
    article: str | None = None
    outlet: str | None = None
    last: datetime | None = None
    days: tuple[tuple[int, int], ...] = ()
    undated: int = 0
    carried: tuple[str, ...] = ()
    sayings: tuple[Saying, ...] = ()
    wordings: tuple[str, ...] = ()

    @property
    def unmeasured(self) -> bool:
        """Whether all that it rests on lies with outlets of which nothing is here."""
        return bool(self.kinds) and set(self.kinds) == {"outlet not here"}


@dataclass(frozen=True, slots=True)
class Relied:
    """An outlet or agency that an article relies on: `count` is characters of what is copied, else times."""

    name: str
    how: Reliance
    count: int


@dataclass(frozen=True, slots=True)
class Make:
    """Of what an article's text is made, in characters, which add up to `size`; and whom it names.

    own: like nothing earlier of another outlet here; credited: copied, or an agency's, and it says so; copied: without
    saying so; open: shared with another text, and nothing tells which of the two came first. `named`, `unnamed` and
    `nobody` count its attributions by their source. `outlet` is the article's, as it is usually called; None where it
    is not known.
    """

    size: int
    own: int
    credited: int
    copied: int
    open: int
    named: int = 0
    unnamed: int = 0
    nobody: int = 0
    outlet: str | None = None
    relies: tuple[Relied, ...] = ()
