"""Readings -> one self-contained HTML page, to be read, clicked and printed.

Nothing of an article is trusted: the template escapes everything, addresses are links only where they lead to the
web, and the page's policy lets no script or style run but ours, and nothing be fetched.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version
from typing import Protocol
from urllib.parse import unquote, urlsplit

from jinja2 import Template
from markupsafe import Markup

from firsthand.model import Article, Reading
from firsthand.share.assets import asset, pages, policy
from firsthand.share.marks import ALL_ROLES, ROLES, Piece, paragraphs
from firsthand.share.plain import one_line, plain, plain_lines, words_of
from firsthand.share.titles import Title, origin_of, title_of
from firsthand.share.wording import STANCES, Detail, Part, Wording, certainty_words, chain, details, quoted, wording

WRAPPED = 50, 100
"""Characters of the shortest and the longest line of text that was cut into lines to fit a screen or a page."""

KINDS = {"image": "picture", "video": "video", "audio": "sound"}

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Words(Protocol):
    """A piece of a paragraph, whatever else it is."""

    @property
    def text(self) -> str:
        """Its words."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list beside an article: through whom, by what words, says what, and what was found out."""

    key: str
    chain: tuple[Part, ...]
    named: bool
    cue: str
    content: str
    findings: str
    details: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """Something that the outlet says in its own name: how surely, by which words."""

    key: str
    words: str
    certainty: str
    by: str


@dataclass(frozen=True, slots=True)
class Agency:
    """A wire agency that is credited for the text, with the places where: what each is, and its key.

    The key is None where the article's own record gives the credit and no place in its text.
    """

    name: str
    places: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture, video or sound of an article, to be linked and never loaded. `name` is its host and file."""

    url: str
    kind: str
    name: str
    caption: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One article as the template sets it. `headline` is empty where the text does not begin with the title."""

    number: int
    title: Title
    headline: tuple[Piece, ...]
    body: tuple[tuple[Piece, ...], ...]
    facts: tuple[str, ...]
    published: datetime | None
    url: str | None
    host: str
    language: str | None
    warnings: tuple[str, ...]
    agencies: tuple[Agency, ...]
    own: tuple[Own, ...]
    entries: tuple[Entry, ...]
    media: tuple[Shown, ...]


def page(readings: Sequence[Reading]) -> Iterator[str]:
    """The page, in parts to be written one after the other."""
    sheets = [sheet(number, reading) for number, reading in enumerate(readings, start=1)]
    title = sheets[0].title.shown if len(sheets) == 1 else f"{len(sheets)} articles"
    css, script = asset("paper.css", "page.css"), asset("page.js")
    return _template().generate(
        title=title,
        version=version("firsthand"),
        sheets=sheets,
        models=sorted({reading.model for reading in readings}),
        css=Markup(css),
        script=Markup(script),
        policy=policy(css, script),
    )


def sheet(number: int, reading: Reading) -> Sheet:
    """What the template needs of one reading; `number` counts the articles of the page, from 1."""
    article = reading.article
    title = title_of(article)
    headline, *body = [*_paragraphs(reading)] or [()]
    if not is_headline(headline, title):
        headline, body = (), [headline, *body]
    url = web_address(article.url)
    return Sheet(
        number=number,
        title=title,
        headline=headline,
        body=tuple(body),
        facts=tuple(_facts(article, title)),
        published=article.published,
        url=url,
        host=plain(urlsplit(url).hostname or "") if url else "",
        language=language_tag(article.language),
        warnings=reading.warnings,
        agencies=tuple(_agencies(number, reading)),
        own=tuple(_own(number, reading)),
        entries=tuple(_entries(number, reading)),
        media=tuple(media_of(article)),
    )


def web_address(url: str | None) -> str | None:
    """`url` where it leads to the web by http or https and hides nothing, else None."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if url and url == plain(url) and parts.scheme in ("http", "https") and parts.hostname else None


def language_tag(language: str | None) -> str | None:
    """`language` where it can be the tag of one, else None."""
    return language if language and _LANGUAGE.fullmatch(language) else None


def _facts(article: Article, title: Title) -> Iterator[str]:
    yield from (plain(fact) for fact in (article.outlet, article.byline) if fact)
    if title.guessed:
        yield origin_of(article)


def is_headline(paragraph: Sequence[Words], title: Title) -> bool:
    """Whether a text's first paragraph is what the article is called, but for case, space and a full stop."""
    words = _bare("".join(piece.text for piece in paragraph))
    return bool(words) and words == _bare(title.text)


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def media_of(article: Article) -> Iterator[Shown]:
    """The pictures, videos and sounds of an article: each address once, where it leads to the web."""
    for media in {media.url: media for media in article.media}.values():
        if url := web_address(media.url):
            parts = urlsplit(url)
            name = plain(f"{parts.hostname} / {unquote(parts.path).rpartition('/')[2]}")
            yield Shown(url, KINDS.get(media.kind, "file"), name, one_line(media.caption or ""))


def _paragraphs(reading: Reading) -> Iterator[tuple[Piece, ...]]:
    return paragraphs(reading.article.text, reading.attributions, reading.statements, reading.credits)


def _entries(number: int, reading: Reading) -> Iterator[Entry]:
    text = reading.article.text
    for place, attribution in enumerate(reading.attributions):
        worded, found = wording(attribution, text), tuple(details(attribution, text))
        yield Entry(
            key=_key(number, place),
            chain=tuple(chain(worded)),
            named=worded.named,
            cue=worded.cue,
            content=worded.content,
            findings=_findings(worded),
            details=found,
        )


def _findings(worded: Wording) -> str:
    """With the denial that a cue may say too: it heads what tells the words that decided."""
    found = worded.stance, worded.certainty, worded.evidence
    return " · ".join(filter(None, found)) or STANCES["asserts"]


def _own(number: int, reading: Reading) -> Iterator[Own]:
    text = reading.article.text
    for place, statement in enumerate(reading.statements, start=len(reading.attributions)):
        certainty, words = statement.certainty, words_of(text, (statement.span,))
        by = quoted(words_of(text, certainty.spans)) if certainty.spans else ""
        yield Own(_key(number, place), words, certainty_words(certainty), by)


def _agencies(number: int, reading: Reading) -> Iterator[Agency]:
    places: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for place, credit in enumerate(reading.credits, start=len(reading.attributions) + len(reading.statements)):
        places[one_line(credit.agency)].append((one_line(credit.how), _key(number, place) if credit.spans else None))
    return (Agency(name, tuple(found)) for name, found in places.items())


def _key(number: int, place: int) -> str:
    """What the page calls something that was read: its article, hyphen, its place in it, both from 1."""
    return f"{number}-{place + 1}"


def _keys(numbers: Sequence[int], sheet: Sheet) -> str:
    return " ".join(_key(sheet.number, number) for number in numbers)


def _is_marked(piece: Piece) -> bool:
    return any(getattr(piece, role) for role in ALL_ROLES)


def _classes(piece: Piece) -> str:
    names = [role for role in ROLES if getattr(piece, role)]
    edges = [name for name in ("opens", "closes") if getattr(piece, name)]
    return " ".join([*names, *edges, *(["deep"] if len(piece.content) > 1 else [])])


def has_lines(paragraph: Sequence[Words]) -> bool:
    """Whether its line ends mean something: they do unless all lines were cut at much the same width."""
    *lines, _ = "".join(piece.text for piece in paragraph).split("\n")
    return bool(lines) and not all(WRAPPED[0] <= len(line) <= WRAPPED[1] for line in lines)


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


@cache
def _template() -> Template:
    environment = pages()
    environment.globals["ROLES"] = ALL_ROLES
    environment.filters.update(
        is_marked=_is_marked, keys=_keys, classes=_classes, day=_day, has_lines=has_lines, shown=plain_lines
    )
    return environment.get_template("page.html.jinja")
