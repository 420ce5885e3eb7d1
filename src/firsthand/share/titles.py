"""What to call an article."""

from __future__ import annotations

from dataclasses import dataclass, replace

from firsthand.model import Article
from firsthand.share.plain import one_line

LONGEST_HEADLINE = 200
"""Characters; a longer first line is no headline."""

SHORTEST_HEADLINE = 4
"""Words; a shorter first line is rather a date, a place or a section."""


BEGINNING = 80
"""Characters of a text that stand for a title."""

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Title:
    """What an article is called, on one line; `guessed` if that is only the first line of its text."""

    text: str
    guessed: bool = False

    @property
    def shown(self) -> str:
        """A guess in quotation marks, with the sign that the text goes on."""
        return f"“{self.text} …”" if self.guessed else self.text


def title_of(article: Article) -> Title:
    """Its title; else its first line, where that looks like a headline; else where it came from."""
    guess = "" if article.title else _headline(article.text)
    return Title(one_line(article.title or guess or origin_of(article)), guessed=bool(guess))


def by_text(article: Article) -> Article:
    """The article, called by how its text begins, not by where it came from, where it has no title and no headline."""
    text = article.text[: 5 * BEGINNING].strip()
    beginning, rest = one_line(text[:BEGINNING]), " …" if text[BEGINNING:] else ""
    return replace(article, origin=f"“{beginning}{rest}”") if beginning else article


def origin_of(article: Article) -> str:
    """Where it came from, for people, on one line; its id where that is not known."""
    source, colon, place = (article.origin or "").partition(":")
    known = f"standard input{colon}{place}" if source == STANDARD_INPUT else article.origin
    return one_line(known or article.id)


def _headline(text: str) -> str:
    """The first line, if it is neither long nor a word or two, and an empty line and more text follow."""
    line, _, rest = text.strip().partition("\n")
    fits = len(line) <= LONGEST_HEADLINE and len(line.split()) >= SHORTEST_HEADLINE
    return line if fits and rest.startswith(("\n", "\r\n")) else ""
