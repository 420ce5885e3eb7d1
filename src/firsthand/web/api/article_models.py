"""What the API says of articles."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from firsthand.model import DerivationKind, Direction, EvidenceValue, How, Kind, StanceValue

Span = tuple[int, int]


class Line(BaseModel):
    """An article in a list. `called` is what to call it where it has no title; `snippet` what was found in it."""

    id: str
    title: str | None
    called: str
    outlet: str | None
    published: datetime | None
    language: str | None
    url: str | None
    origin: str
    added: datetime
    versions: int
    read: bool = Field(description="whether a model has read its newest version; if not, nothing of claims is known")
    claims: int | None = Field(description="how many claims it carries; null where that is not known yet")
    kinds: list[DerivationKind] | None = Field(description="of what it has its wording from; null if not compared yet")
    followed_by: int = Field(description="how many articles have wording from it")
    version: int = Field(description="the version that has what was looked for; else the newest")
    snippet: str | None


class Listing(BaseModel):
    """A page of the list; `total` is null of a search that finds more than 1,000."""

    articles: list[Line]
    page: int
    total: int | None
    more: bool


class Certainty(BaseModel):
    """How sure the wording is: from 1 to 7, the steps of ICD 203; 8 is stated as fact, 0 denied."""

    words: str
    least: int
    most: int


class ChainLink(BaseModel):
    """One station of a chain."""

    name: str
    kind: Kind | None
    how: How
    anonymity: str | None
    spans: list[Span]
    anonymity_spans: list[Span]


class Attribution(BaseModel):
    """Who is reported to say what; spans count characters of the text."""

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    score: float
    source_name: str | None
    source_kind: Kind | None
    position: str | None
    anonymity: str | None
    chain: list[ChainLink]
    certainty: Certainty | None
    stance: StanceValue | None
    evidence: EvidenceValue | None
    deciding: dict[str, list[Span]]


class Statement(BaseModel):
    """What the outlet says in its own name."""

    span: Span
    certainty: Certainty | None
    deciding: dict[str, list[Span]]


class Credit(BaseModel):
    """Where a wire agency is credited."""

    agency: str
    how: str
    spans: list[Span]


class Reading(BaseModel):
    """What a model read in a text."""

    model: str
    attributions: list[Attribution]
    wire_credits: list[Credit]
    statements: list[Statement]


class Carried(BaseModel):
    """A statement of an article, and the claim that it belongs to; what is null is not worked out yet."""

    span: Span
    claim: str
    text: str | None = Field(description="the claim's clearest words, of any article")
    articles: int | None
    outlets: int | None
    least: int | None = Field(description="independent roots, at least")
    most: int | None = Field(description="and at most")


class Article(BaseModel):
    """One version of an article. `reading` is null where nobody has read it, or it is `too_long` to be given here."""

    id: str
    title: str | None
    outlet: str | None
    byline: str | None
    published: datetime | None
    modified: datetime | None
    language: str | None
    url: str | None
    version: int
    versions: int
    added: datetime
    fetched: datetime | None
    sha256: str
    size: int
    media_type: str
    text: str
    awaits: list[str] = Field(description="what is still to be done: to_read, to_compare, to_join")
    reading: Reading | None
    too_long: bool
    claims: list[Carried]


class Version(BaseModel):
    """A version in the list of them; `by` is who added it."""

    version: int
    added: datetime
    by: str
    published: datetime | None
    modified: datetime | None
    title: str | None
    origin: str
    sha256: str
    size: int
    media_type: str
    characters: int


class Passage(BaseModel):
    """Where a passage stands in the earlier and in the later text."""

    earlier: Span
    later: Span


class Derivation(BaseModel):
    """One article has wording from another."""

    earlier: str
    later: str
    kind: DerivationKind
    share: float
    direction: Direction
    origin: str
    ties: list[str]
    reason: str
    passages: list[Passage]


class Derivations(BaseModel):
    """What an article has wording from, and what has wording from it; `either`: nothing tells which came first.

    `total` is how many there are in all; `compared` is false where that is not known yet.
    """

    earlier: list[Derivation]
    later: list[Derivation]
    either: list[Derivation]
    total: int
    compared: bool


class Stretch(BaseModel):
    """A stretch that two texts share: "shared", "quotation" or "boilerplate"."""

    kind: str
    a: Span
    b: Span


class Comparison(BaseModel):
    """Two articles; `a` is the earlier where that is known. `looked`: whether all stretches are known."""

    a: str
    a_version: int
    b: str
    b_version: int
    looked: bool
    problem: str | None
    derivation: Derivation | None
    stretches: list[Stretch]
