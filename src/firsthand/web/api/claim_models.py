"""What the API answers about one claim."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from firsthand.model import ClaimStance, EdgeKind, EventKind, EvidenceValue, LinkKind, Role, RootKind

_Span = tuple[int, int]


class Certainty(BaseModel):
    """How sure the wording is, on steps from 0 (denied) by ICD 203's seven to 8 (stated as fact)."""

    words: str
    least: int
    most: int


class Link(BaseModel):
    """A station of a chain, from the outlet to who knows it."""

    name: str
    kind: str | None
    how: str
    anonymity: str | None


class Appearance(BaseModel):
    """A statement as one article has it; spans are [start, end) in characters of the article's text."""

    id: str
    article: str
    spans: list[_Span]
    source_name: str | None
    chain: list[Link]
    stance: ClaimStance
    certainty: Certainty | None
    published: datetime | None


class Root(BaseModel):
    """An origin with nothing further behind it."""

    id: str
    name: str
    kind: RootKind
    first_hand: bool | None = Field(description="null where it could not be looked for")
    articles: list[str] = Field(description="ids of all that rest on it, the first to carry it first")
    first: str
    reason: str
    anonymity: str | None = Field(description="why somebody is not named, as the text says it")
    through: list[str] = Field(description="outlets it is known through, of which nothing is here")
    stated: list[str] = Field(description="ids of the statements that name it")
    withdrawn: bool


class Independent(BaseModel):
    """How many independent roots there are, and what makes the range."""

    least: int
    most: int
    reasons: list[str]


class Hardening(BaseModel):
    """Where the wording became surer than what it rests on."""

    earlier: str
    later: str
    lost: Literal["hedge", "source"]
    before: str
    after: str


class Edge(BaseModel):
    """What rests on what: `earlier` is a statement's id, or a root's."""

    later: str
    earlier: str
    kind: EdgeKind
    reason: str


class Event(BaseModel):
    """Something that happened to the claim."""

    kind: EventKind
    at: datetime | None
    appearance: str
    what: str


class Beside(BaseModel):
    """Another claim, and why it is linked."""

    claim: str
    kind: LinkKind
    reason: str
    text: str | None


class Suggestion(BaseModel):
    """The Admiralty code's second digit, suggested by rule. A person decides."""

    digit: int
    reason: str


class Statement(BaseModel):
    """What is told of a statement beside its appearance: its words, at most 300 characters."""

    id: str
    words: str
    role: Role
    evidence: EvidenceValue | None
    corrects: bool


class ArticleOfClaim(BaseModel):
    """An article that tells of the claim."""

    id: str
    outlet: str | None
    title: str | None
    published: datetime | None
    language: str | None
    url: str | None


class Ground(BaseModel):
    """A root or a statement that a judgement rests on, as it was called then."""

    id: str
    name: str


class Judgement(BaseModel):
    """What a person concluded. `stands` unless the same person judged later."""

    number: int
    at: datetime
    who: str
    claim: str
    words: str = Field(description="the claim's, when it was judged")
    stood: str | None = Field(description="on what it rested then, in words; null where nobody knows")
    conclusion: str
    rating: str | None
    digit: int | None = Field(description="the Admiralty code's, 1 to 6, where the rating is one")
    reasons: str
    rests_on: list[Ground]
    stands: bool


class Decided(BaseModel):
    """What a person decided."""

    at: datetime
    who: str
    because: str
    decided: Literal["same", "apart", "clearest"]
    statements: list[str]


class Turn(BaseModel):
    """Something that became of the claim; `by` is null where articles came or went."""

    at: datetime
    action: Literal["made", "merged", "split", "ended", "pinned"]
    claim: str
    other: str | None
    by: Decided | None


class Claim(BaseModel):
    """A claim, what it rests on, what people made of it."""

    id: str
    text: str
    clearest: str
    pinned: bool
    appearances: list[Appearance]
    roots: list[Root]
    denials: list[Root]
    doubts: list[Root]
    independent: Independent
    denied_by: list[str]
    evidence: EvidenceValue
    hardening: list[Hardening]
    links: list[Beside]
    edges: list[Edge]
    first: str | None
    events: list[Event]
    suggested_credibility: Suggestion
    carried: str
    summary: list[str]
    statements: list[Statement]
    articles: list[ArticleOfClaim]
    judgements: list[Judgement]
    history: list[Turn]
    seen: str = Field(description="to be sent with a decision, which is refused if the claim is another since")


class NewJudgement(BaseModel):
    """A judgement to be written down."""

    conclusion: str = Field(min_length=1, max_length=1_000)
    reasons: str = Field(min_length=1, max_length=10_000)
    rating: str = Field("", max_length=120, description='"1" to "6" of the Admiralty code, or own words; "" for none')
    rests_on: list[str] = Field([], max_length=200, description="ids of roots and statements of this claim")


class Because(BaseModel):
    """Why something is decided. `seen`: what the claim's answer had, to be refused where it is another since."""

    because: str = Field(min_length=1, max_length=2_000)
    seen: str | None = Field(None, max_length=16)


class Merge(Because):
    """Another claim to be one with this."""

    other: str = Field(min_length=1, max_length=100)
    seen_other: str | None = Field(None, max_length=16)


class Split(Because):
    """Statements of the claim that are to be a claim of their own."""

    statements: list[str] = Field(min_length=1, max_length=2_000)


class Pin(Because):
    """The statement whose words are to be the claim's."""

    statement: str = Field(min_length=1, max_length=1_000)


class Came(BaseModel):
    """A claim that came of a decision; `took_from` are claims that nobody named of which it took statements too."""

    id: str
    text: str
    articles: int
    pinned: bool
    took_from: list[str]
