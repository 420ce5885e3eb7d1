"""What to call an article."""

from __future__ import annotations

from firsthand.model import Article
from firsthand.share.plain import plain

LONGEST_HEADLINE = 200
"""Characters; a longer first line is no headline."""

SHORTEST_HEADLINE = 4
"""Words; a shorter first line is rather a date, a place or a section."""


def title_of(article: Article) -> str:
    """Its title; else its first line, where that looks like a headline; else where it came from. On one line."""
    return " ".join(plain(article.title or _headline(article.text) or article.origin or article.id).split())


def _headline(text: str) -> str:
    """The first line, if it is neither long nor a word or two, and an empty line and more text follow."""
    line, _, rest = text.strip().partition("\n")
    fits = len(line) <= LONGEST_HEADLINE and len(line.split()) >= SHORTEST_HEADLINE
    return line if fits and rest.startswith(("\n", "\r\n")) else ""
