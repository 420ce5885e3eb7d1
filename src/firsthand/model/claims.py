"""What is claimed across articles, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from firsthand.model.reading import Certainty, ChainLink, Evidence, EvidenceValue, Source, Spans

Role = Literal["attributed", "headline", "lead"]
"""Whose statement it is: a source's, in an attribution; or the outlet's own, in its headline or its lead."""

ClaimStance = Literal["asserts", "denies", "doubts", "reports"]
"""How a statement stands to its claim; reports: the outlet or source passes it on without taking a side."""

LinkKind = Literal["contradicts", "neighbour"]
"""contradicts: both cannot be so (another number, another actor, negated); neighbour: of the same event,
another thing."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """One statement as one article has it: an attribution's content, or what its headline or lead asserts.

    `id` is "ARTICLE@START-END", from the first to the last character of `spans`. `text` is the article's text
    at `spans`, several joined by " ... ". `who` and `chain` are the attribution's; without one, `who` is None and the
    chain is the outlet and the agencies it credits. `stance` is toward the claim. `corrects` is true where the article
    says that it withdraws or corrects the statement.
    """

    id: str
    article: str
    spans: Spans
    text: str
    role: Role
    stance: ClaimStance
    who: Source | None = None
    chain: tuple[ChainLink, ...] = ()
    certainty: Certainty | None = None
    evidence: Evidence | None = None
    outlet: str | None = None
    published: datetime | None = None
    corrects: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A statement and what it is compared by.

    `full` is its text completed for comparing, never shown: names for pronouns, full names for short ones, the day for
    "Tuesday". `vector` is the statement's, `setting` that of its article's beginning: each DIMENSIONS signed bytes.
    `key` names the node that it belongs to: statements of the same words are one node, unless the words alone do not
    say what they are about; 16 hex digits.
    """

    appearance: Appearance
    full: str
    vector: bytes
    setting: bytes
    key: str


@dataclass(frozen=True, slots=True)
class Odds:
    """How probable it is that two statements say the same, that they contradict each other, that they are neighbours.

    Each 0 to 1, rounded to four places, which is all that a library keeps; what is missing to 1 is that they have
    nothing to do with each other.
    """

    same: float
    contradicts: float
    neighbour: float


@dataclass(frozen=True, slots=True)
class Node:
    """Statements of the same words, compared as one: by `head`, the first of them in the order of `rank`.

    `centre` is the key of the node that this one has joined, its own where it has joined none; `claim` the id of the
    claim of all nodes with that centre. Ranks sort as strings.
    """

    key: str
    rank: str
    head: Told
    centre: str
    claim: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided on two appearances, by their ids: that they are of one claim, or of different ones.

    Of `kind` "clearest", `one` is the appearance whose words are the claim's text, and `other` is empty.
    """

    kind: Literal["same", "apart", "clearest"]
    one: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a claim when something was added, removed or decided: recorded, never undone in silence.

    made: `claim` is new. merged: `claim` took in all of `other`, which is no more. split: a part of `other` is now
    `claim`. ended: nothing of `claim` is left. pinned: a person chose its words.
    """

    kind: Literal["made", "merged", "split", "ended", "pinned"]
    claim: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """Another claim that this one contradicts or is the neighbour of, and why, in words."""

    claim: str
    kind: LinkKind
    reason: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement with all its appearances, in the order of time (schema.org Claim).

    `id` stays as it was when the claim was first made. `text` is the clearest appearance's own words, exactly;
    `clearest` is that appearance's id. `pinned` is true where a person chose it.
    """

    id: str
    text: str
    clearest: str
    appearances: tuple[Appearance, ...]
    links: tuple[ClaimLink, ...] = ()
    pinned: bool = False


RootKind = Literal["on the record", "unnamed", "document", "eyewitness", "outlet's own", "outlet not here", "unknown"]
"""on the record: a person or body named; unnamed: particular people without a name; document: a text, picture or
record; eyewitness: somebody who saw it; outlet's own: the outlet says it itself and cites nobody; outlet not here:
another outlet, of which the library has no article that says it; unknown: the text names nobody."""

EdgeKind = Literal["copied", "rewritten", "excerpted", "cited", "quoted", "same party"]
"""Why one statement rests on another, or on a root (PROV: wasDerivedFrom, hadPrimarySource, wasQuotedFrom,
alternateOf)."""


@dataclass(frozen=True, slots=True)
class Root:
    """An origin with nothing further behind it.

    `first_hand` is None where it could not be looked for. `articles` are the ids of all that rest on it, the first to
    carry it first; `first` is that one. `anonymity` is why somebody is not named, as the text says it. `through` are
    the outlets that those who name it had it from and of which nothing is here. `stated` are the ids of the
    appearances that name it themselves; all others have it from those. `withdrawn`: all that name it took it back.
    """

    id: str
    name: str
    kind: RootKind
    first_hand: bool | None
    articles: tuple[str, ...]
    first: str
    reason: str
    anonymity: str | None = None
    through: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """`later` (an appearance's id) rests on `earlier` (an appearance's id, or a root's); `reason` says why."""

    later: str
    earlier: str
    kind: EdgeKind
    reason: str


@dataclass(frozen=True, slots=True)
class Corroboration:
    """How many independent roots a claim has: at least, and at most; each reason a sentence on what makes the range."""

    least: int
    most: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hardening:
    """Where the wording became surer than what it rests on: along the edge `earlier` -> `later` (appearances' ids).

    `lost` is "hedge" where "may" became "will", "source" where "officials said" fell away. `before` and `after` quote
    the two statements; of a source that fell away `before` is its name.
    """

    earlier: str
    later: str
    lost: Literal["hedge", "source"]
    before: str
    after: str


EventKind = Literal["first report", "evidence", "denied", "doubted", "corrected"]
"""What happened to a claim: it was reported first; the best evidence that was told of it changed; somebody denied or
doubted it for the first time; an article withdrew or corrected it."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a claim, in the appearance with that id. `what` is the evidence, or who denied it."""

    kind: EventKind
    at: datetime | None
    appearance: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a claim rests on. `roots` support it; `denials` are roots that deny it, `doubts` such as doubt it.

    `first` is the id of the article that reported it first; None where no time is known. `evidence` is the best that
    any article tells of. `events` are in order of time, those without one last.
    `credibility` is the Admiralty digit (1 to 6) that is suggested, with its reason; a person decides.
    """

    claim: Claim
    roots: tuple[Root, ...]
    denials: tuple[Root, ...]
    edges: tuple[Edge, ...]
    corroboration: Corroboration
    hardening: tuple[Hardening, ...]
    first: str | None
    evidence: EvidenceValue
    credibility: int
    credibility_reason: str
    doubts: tuple[Root, ...] = ()
    events: tuple[Event, ...] = ()
