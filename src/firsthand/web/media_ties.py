"""To which claims and articles a media file belongs, and what it might be tied to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from firsthand.errors import LibraryError
from firsthand.library import browsing, media, media_notes, news, queries, summaries
from firsthand.library.media_notes import MediaTie, Subject
from firsthand.library.records import Filter
from firsthand.library.summaries import ClaimFilter, Connection
from firsthand.model import Article
from firsthand.share.plain import one_line
from firsthand.share.titles import by_text, title_of

MOST_FOUND = 8
"""Claims, and articles, that are offered for words."""


@dataclass(frozen=True, slots=True)
class Tied:
    """A claim or an article: its id, what it is called ("" where it is gone), and who tied it when."""

    kind: Subject
    id: str
    called: str
    tie: MediaTie | None = None

    @property
    def address(self) -> str:
        """Its page."""
        return f"/{self.kind}s/{self.id}"


def ties(connection: Connection, sha256: str) -> list[Tied]:
    """To what a file is tied, oldest first."""
    found = media_notes.ties(connection, sha256)
    return [Tied(one.kind, one.subject, _called(connection, one.kind, one.subject), one) for one in found]


@dataclass(frozen=True, slots=True)
class File:
    """A media file that is tied to something: what it is called, and its last report, or its page in the archive."""

    called: str
    address: str
    tie: MediaTie


def files(connection: Connection, kind: Subject, subjects: Collection[str]) -> list[File]:
    """The files that are tied to any of these, each once, oldest first."""
    once = {one.sha256: one for one in media_notes.tied_to(connection, kind, subjects)}
    return [_file(connection, one) for one in once.values()]


def _file(connection: Connection, tie: MediaTie) -> File:
    if reports := media_notes.reports(connection, tie.sha256, 1):
        return File(one_line(reports[0].name), f"/media/reports/{reports[0].number}", tie)
    kept = media.kept(connection, tie.sha256)
    return File(one_line(kept.file.name) if kept else tie.sha256[:16], f"/media/archive/{tie.sha256}", tie)


def is_there(connection: Connection, kind: Subject, name: str) -> bool:
    """Whether there is such a claim or article now."""
    return bool(_called(connection, kind, name))


def search(connection: Connection, words: str) -> tuple[Tied, ...]:
    """What has these words, or this id: claims first. Nothing for words that cannot be looked for."""
    name = words.strip()
    exact = [Tied(kind, name, called) for kind in _KINDS if (called := _called(connection, kind, name))]
    try:
        return tuple(exact) or (*_claims(connection, words), *_articles(connection, words))
    except LibraryError:
        return ()


_KINDS: Sequence[Subject] = ("claim", "article")


def _claims(connection: Connection, words: str) -> Iterator[Tied]:
    for one in summaries.claims(connection, ClaimFilter(words), "carried", 1, MOST_FOUND).claims:
        yield Tied("claim", one.summary.claim, one_line(one.summary.text))


def _articles(connection: Connection, words: str) -> Iterator[Tied]:
    for found in browsing.best(connection, words, Filter(), 0, MOST_FOUND):
        one = found.entry
        yield Tied("article", one.id, _title(Article(one.id, one.beginning, one.title), one.outlet))


def _called(connection: Connection, kind: Subject, name: str) -> str:
    if kind == "claim":
        claim = news.named(connection, {name}).get(name)
        return one_line(claim.text) or name if claim else ""
    found = queries.one(connection, name, None)
    return _title(found.article, found.article.outlet) if found else ""


def _title(article: Article, outlet: str | None) -> str:
    title = title_of(by_text(article)).shown
    return f"{one_line(outlet)}: {title}" if outlet else title
