"""What is read in one article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Span = tuple[int, int]
"""Character offsets [start, end) into `Article.text`; end exclusive."""

Spans = tuple[Span, ...]
"""Zero or more spans of one text, in reading order, not overlapping."""

Kind = Literal["person", "organisation", "government", "outlet", "document", "unnamed", "crowd"]
"""What a source is: a named person; a company, party, campaign or society; a state, ministry, court, police; a medium;
a report, law, letter or other text; particular people without a name; a class of people ("analysts")."""

StanceValue = Literal["asserts", "denies", "doubts", "asks", "orders", "reports"]
"""orders: orders, wishes or promises; reports: passes on or handles it without taking a side."""

EvidenceValue = Literal["none", "withheld", "described", "shown", "eyewitness", "unverified"]
"""none: nothing is said of any; withheld: said to exist, not given; unverified: the outlet says it could not check."""

How = Literal["outlet", "wire credit", "link", "medium", "cites", "source", "inner"]
"""outlet: published it; wire credit: credited for the text; link: the cue's link leads there; medium: it was said to or
in it; cites: it is the one who quotes or cites; source: the attribution's own; inner: attributed within the content."""


DIMENSIONS = 384
"""Numbers in a vector of `Reading.vectors`."""


@dataclass(frozen=True, slots=True)
class Link:
    """An outgoing link of an article: where its anchor stands in the text, and where it leads."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class MediaLink:
    """A picture or video that an article shows: its address and its caption, where it has one.

    `kind` is "image", "video" or "audio".
    """

    url: str
    kind: str
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One text as published (schema.org NewsArticle).

    Every offset anywhere in Firsthand counts characters (Unicode code points) of `text`, which never
    changes once made. For web pages `text` begins with the headline, a blank line, then the body.
    `id` is the input's own where it has one, else it derives from the content. `origin` says where the
    article was read from: a path, a URL, "-" for standard input, or "file.warc#record".
    """

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: datetime | None = None
    modified: datetime | None = None
    language: str | None = None
    url: str | None = None
    links: tuple[Link, ...] = ()
    media: tuple[MediaLink, ...] = ()
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Whom a source span stands for, within the article.

    `name` is the fullest mention of the party, without its position ("John Kirby"); of several parties, all of them
    ("Ilva Renn and Tomas Ek"); "unattributed" where the text names nobody. `mentions` are the spans of the names, one
    a member. `position` is the described role ("Pentagon spokesperson"), `anonymity` why somebody is not named, as the
    text says it; None where it says nothing. `position_spans` and
    `anonymity_spans` are the words that decided.
    """

    name: str
    kind: Kind | None
    mentions: Spans = ()
    position: str | None = None
    anonymity: str | None = None
    position_spans: Spans = ()
    anonymity_spans: Spans = ()


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One station of a chain (ICD 206): who passed the content on, or had it first.

    `how` says what showed it: see `How`. `spans` are the words that name the link and those that tie it in; empty for
    the outlet, which the article's own record names. `anonymity` is why somebody is not named, as the text says it.
    """

    name: str
    kind: Kind | None
    how: How
    spans: Spans = ()
    anonymity: str | None = None
    anonymity_spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Certainty:
    """How sure the wording is: the seven steps of ICD 203, as a range.

    `least` and `most` are steps from 1 (almost no chance) to 7 (almost certain); STATED_AS_FACT for both where nothing
    hedges; DENIED for both where the source says it is not so. `spans` are the words that decided.
    """

    least: int
    most: int
    spans: Spans = ()


STATED_AS_FACT = 8
DENIED = 0


@dataclass(frozen=True, slots=True)
class Stance:
    """How the source stands to the content, by the cue; `spans` are the words that decided."""

    value: StanceValue
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the article has of evidence for a content; `spans` are the words that say so."""

    value: EvidenceValue
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """Someone is reported to say, believe, deny, order something (PARC3, PolNeAR).

    Source, cue and content are spans of the article's text. Only the source may be empty: then the
    text names nobody. `score` is the model's confidence, 0 to 1.

    `who` is whom the source stands for. `chain` leads from the outlet (first) to who knows it (last).
    `certainty` is None where the content is nothing that could be true or false: a question, an order, a wish.
    `inner` is the attribution that carries the content, where it is that somebody else says so ("the agency reported
    that the ministry denied that ..."): its content, stance and certainty are then what is claimed.
    All are None, or empty, only before they were looked for.
    """

    source: Spans
    cue: Spans
    content: Spans
    score: float
    who: Source | None = None
    chain: tuple[ChainLink, ...] = ()
    certainty: Certainty | None = None
    stance: Stance | None = None
    evidence: Evidence | None = None
    inner: Attribution | None = None

    @property
    def innermost(self) -> Attribution:
        """The attribution whose content is what is claimed in the end: this one, or what it passes on."""
        return self.inner.innermost if self.inner else self


@dataclass(frozen=True, slots=True)
class Credit:
    """A place where the article credits a wire agency for its text.

    `agency` is the agency's usual name ("Associated Press"), `how` one of "dateline", "byline", "sign-off",
    "contributed", "copyright". `spans` are the crediting words; empty where only the article's byline field gives it.
    """

    agency: str
    how: str
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """What the outlet itself asserts: its headline, or a sentence of its lead that nobody is named for."""

    span: Span
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Marks:
    """What a reader found in one article: a Reading without the article and the reader's name."""

    attributions: tuple[Attribution, ...]
    credits: tuple[Credit, ...] = ()
    statements: tuple[Statement, ...] = ()
    vectors: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one article: its attributions in reading order, by which model.

    `credits` are the wire agencies that the article credits; `statements` what the outlet asserts in its own name.
    `model` names its maker and version. `warnings` are sentences for a person ("written in French...").
    `vectors` say what was meant, for comparing: one of the article's beginning, then one for each innermost content of
    `attributions`, then one for each of `statements`; each DIMENSIONS signed bytes, a unit vector times 127. Empty
    where they were not asked for.
    """

    article: Article
    attributions: tuple[Attribution, ...]
    model: str
    warnings: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()
    statements: tuple[Statement, ...] = ()
    vectors: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read: in bulk, a value on its row instead of an exception.

    `origin` names the input (with its line or record, where it has several), `cause` says why in one line.
    """

    origin: str
    cause: str
