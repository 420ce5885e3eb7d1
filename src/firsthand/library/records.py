"""What goes into a library, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Literal, Protocol

from firsthand.model import Article, Span

Action = Literal["added", "new version", "already there"]
"""What an addition did. The log has the first two, and "removed"."""


class Original(Protocol):
    """The bytes that an article was read from, and where they came from; `firsthand.ingest` gives such."""

    @property
    def stream(self) -> BinaryIO:
        """The bytes, which can be read twice."""

    @property
    def media_type(self) -> str:
        """Such as "text/html"."""

    @property
    def source(self) -> str | None:
        """The absolute path or the URL of the input that holds them; None for standard input."""

    @property
    def origin(self) -> str:
        """As `source`, with the line or record."""

    @property
    def fetched(self) -> datetime | None:
        """When a crawl fetched them, where the input says so."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one addition: the article's `id` in the library, and the `number` of its version."""

    action: Action
    id: str
    number: int


@dataclass(frozen=True, slots=True)
class Filter:
    """Which articles: of outlets whose name holds `outlet`, whatever the case; dated in [since, until)."""

    outlet: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One article in a list. `beginning` are the first characters of its text; `dated` is what lists sort by."""

    id: str
    dated: datetime
    added: datetime
    versions: int
    title: str | None
    outlet: str | None
    published: datetime | None
    language: str | None
    url: str | None
    origin: str
    beginning: str


@dataclass(frozen=True, slots=True)
class Found:
    """One article that holds the words, with the place where they stand.

    `number` is the version that has them best, `snippet` a part of its text or title, `marks` the words within the
    snippet. `score` only orders: the higher, the better.
    """

    entry: Entry
    number: int
    score: float
    snippet: str
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """One version of an article, as it was added. `article.id` is the library's, `own_id` the input's where it had one.

    `sha256`, `size` (bytes) and `media_type` are those of its original.
    """

    article: Article
    number: int
    versions: int
    added: datetime
    fetched: datetime | None
    own_id: str | None
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the log: what was done to which version, when, by which user, with bytes from where."""

    at: datetime
    who: str
    action: str
    id: str
    number: int
    sha256: str
    origin: str
