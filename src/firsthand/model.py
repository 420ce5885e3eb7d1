"""The records that every part of Firsthand shares. Imports nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

Span = tuple[int, int]
"""Character offsets [start, end) into `Article.text`; end exclusive."""

Spans = tuple[Span, ...]
"""Zero or more spans of one text, in reading order, not overlapping."""


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
class Attribution:
    """Someone is reported to say, believe, deny, order something (PARC3, PolNeAR).

    Source, cue and content are spans of the article's text. Only the source may be empty: then the
    text names nobody. `score` is the model's confidence, 0 to 1.
    """

    source: Spans
    cue: Spans
    content: Spans
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one article: its attributions in reading order, by which model.

    `model` names its maker and version. `warnings` are sentences for a person ("written in French...").
    """

    article: Article
    attributions: tuple[Attribution, ...]
    model: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read: in bulk, a value on its row instead of an exception.

    `origin` names the input (with its line or record, where it has several), `cause` says why in one line.
    """

    origin: str
    cause: str
