"""Words that somebody types -> the articles that hold them, best first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from sqlalchemy import Connection

from firsthand.errors import LibraryError
from firsthand.library import sqlite
from firsthand.library.queries import numbers_of, of_versions
from firsthand.library.records import Entry, Filter, Found
from firsthand.model import Span

MOST_TERMS = 64
"""Words and phrases of one search; SQLite takes no more than some hundreds."""

BATCH = 32
"""Versions that are looked at, best first, before more are."""

_TERM = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]?|([^\s"“”„«»]+)')


def search(connection: Connection, words: str, wanted: Filter, limit: int, skipped: int = 0) -> Iterator[Found]:
    """The articles of which one version has all of the words, each once, best first, up to the one numbered `limit`.

    The first `skipped` of them are left out.

    Words in quotation marks must stand together; a word that ends in "*" may go on. Case and accents do not count.
    Raises LibraryError where there is no word.
    """
    query = sqlite.query_of(terms(words))
    for entry, no, number, cost in islice(_articles(connection, query, wanted), skipped, limit):
        snippet, marks = marked(sqlite.snippet(connection, query, no))
        yield Found(entry, number, -cost, snippet, marks)


def terms(words: str) -> list[tuple[str, bool]]:
    """What is looked for: each word or phrase, and whether it may go on. Raises LibraryError where it is nothing."""
    known = (match[1] if match[1] is not None else match[2] for match in _TERM.finditer(words))
    found = [(_clean(term), term.endswith("*")) for term in known if any(map(str.isalnum, term))]
    if not found:
        raise LibraryError("there is no word to search for")
    if len(found) > MOST_TERMS:
        raise LibraryError(f"a search has at most {MOST_TERMS} words or phrases")
    return found


def _clean(term: str) -> str:
    """The term without what no text holds and SQLite does not take."""
    return term.replace("\0", " ").encode("utf-8", "replace").decode()


def _articles(connection: Connection, query: str, wanted: Filter) -> Iterator[tuple[Entry, int, int, float]]:
    """Each article once, with the `no`, the number and the cost of its best version."""
    ranked, seen = sqlite.ranked(connection, query, numbers_of(wanted)), set[str]()
    while batch := dict(islice(ranked, BATCH)):
        found = of_versions(connection, batch)
        for no, (entry, number) in ((no, found[no]) for no in batch):
            if entry.id not in seen:
                seen.add(entry.id)
                yield entry, no, number, batch[no]


def marked(snippet: str) -> tuple[str, tuple[Span, ...]]:
    """A snippet of `sqlite.snippet` without its marks, and where they stood."""
    plain, marks = "", list[Span]()
    for part in snippet.split(sqlite.MARKS[0]):
        word, mark, rest = part.partition(sqlite.MARKS[1])
        if mark:
            marks.append((len(plain), len(plain) + len(word)))
        plain += word + rest.replace(sqlite.MARKS[1], "")  # which the article itself must have had
    return plain, tuple(marks)
