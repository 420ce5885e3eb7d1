"""The library that the web page is measured with: python -m bench.web_library makes it, once, under bench/out.

The articles of `bench.newsroom`, as if they had been read, compared and joined: statements of one fact are one claim,
tied to others of their story. What lists show is then worked out as after any joining.
"""

from __future__ import annotations

import hashlib
import io
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, insert

from bench.claims_growth import BATCH, Fact
from bench.newsroom import ARTICLES, Newsroom, Told
from bench.readers import OUT
from firsthand.claims.wording import fold
from firsthand.ingest import Original
from firsthand.library import Library, waiting
from firsthand.library.packing import squeezed
from firsthand.library.records import Outcome
from firsthand.library.schema import compared, derivation
from firsthand.library.shelf import Remembered, Shelf
from firsthand.library.upkeep import Upkeep
from firsthand.library.vectors import Neighbours
from firsthand.model import Appearance, Article, Attribution, ChainLink, Derivation, Node, Odds, Spans
from firsthand.model import Told as Said
from firsthand.pipeline import shipped_name
from firsthand.reuse import sketch
from firsthand.upkeep import begun, regroup, summarise

MADE = "1"
"""Of this file and the newsroom: another one makes the library anew."""

LIKE, BESIDE, TIES = Odds(0.9, 0.05, 0.03), Odds(0.06, 0.1, 0.6), 5
"""Of each kind as many ties as this: no page asks for more of a node's."""


def path() -> Path:
    """Where the library is, made where it is not there."""
    place = OUT / f"web-library-{MADE}.db"
    if not place.exists():
        OUT.mkdir(parents=True, exist_ok=True)
        new = place.with_suffix(".new")
        for end in ("", "-wal", "-shm", "-vectors"):
            new.with_name(new.name + end).unlink(missing_ok=True)
        made(new, ARTICLES)
        for end in ("", "-vectors"):
            new.with_name(new.name + end).replace(place.with_name(place.name + end))
    return place


def made(place: Path, articles: int) -> None:
    """A library of so many articles."""
    with Library.open(place, create=True) as library:
        upkeep, newsroom = Upkeep(library), Newsroom()
        begun(upkeep)
        for start in range(0, articles, BATCH):
            _write(library, upkeep, [newsroom.next() for _ in range(min(BATCH, articles - start))])
            print(f"{start + BATCH:,} of {articles:,} articles", end="\r", file=sys.stderr)
        list(upkeep.join(regroup))  # nothing is left to be joined: it writes the index of vectors
        summarise(library)


def _write(library: Library, upkeep: Upkeep, told: Sequence[Told]) -> None:
    outcomes = library.add([_incoming(one) for one in told], sketch)
    with library.reading() as connection:
        numbers = waiting.next_ones(connection, "to_read", 0, BATCH)
    for one, outcome, number in zip(told, outcomes, numbers, strict=True):
        assert isinstance(outcome, Outcome)
        one.id, one.version, one.article = outcome.id, number, replace(one.article, id=outcome.id)
    upkeep.keep(shipped_name(), {one.version: one.marks for one in told})
    with library.writing() as connection:
        _derive(connection, told)
        shelf = Shelf(connection, Neighbours(library.path), Remembered())
        for one in told:
            all_said = list(_said(one))
            for said, fact in all_said:
                _shelve(shelf, said, fact, [other for _, other in all_said])
        shelf.write()
        for step in ("to_compare", "to_join"):
            waiting.done(connection, step, numbers)


def _incoming(one: Told) -> tuple[Article, Original]:
    content, url = one.article.text.encode(), one.article.url or ""
    return one.article, Original(io.BytesIO(content), len(content), "text/plain", url, url)


def _derive(connection: Connection, told: Sequence[Told]) -> None:
    """What has its wording from what, as it would be found."""
    rows = [_row(one, one.parent) for one in told if one.parent]
    connection.execute(insert(derivation), rows)
    connection.execute(insert(compared), [{"version": one.version, "seen": one.version} for one in told])


def _row(later: Told, earlier: Told) -> dict[str, object]:
    shared, origin = later.shared(), later.root.id
    share = sum(end - start for one in shared for start, end in (one.later,)) / len(later.article.text)
    record = Derivation(earlier.id, later.id, "copy", share, "time", shared, origin, "it came later, in the same words")
    return {
        "later": later.version,
        "earlier": earlier.version,
        "undetermined": False,
        "origin": origin,
        "record": squeezed(record),
    }


def _said(one: Told) -> Iterator[tuple[Said, Fact]]:
    """The statements of an article, with their facts: its headline, and what somebody says in it."""
    passages, marks = [passage for passage in one.passages if passage.fact], one.marks
    fact = passages[0].fact
    assert fact
    yield _statement(one, (marks.statements[0].span,), None, marks.vectors[-1]), fact
    for passage, attribution, vector in zip(passages, marks.attributions, marks.vectors[1:], strict=False):
        assert passage.fact
        yield _statement(one, attribution.content, attribution, vector), passage.fact


def _statement(one: Told, spans: Spans, by: Attribution | None, vector: bytes) -> Said:
    article, ((start, end),) = one.article, spans
    words = article.text[start:end]
    there = Appearance(
        f"{article.id}@{start}-{end}",
        article.id,
        spans,
        words,
        "attributed" if by else "headline",
        "denies" if by and by.stance and by.stance.value == "denies" else "asserts",
        by.who if by else None,
        by.chain if by else (ChainLink(article.outlet or "", "outlet", "outlet"),),
        by.certainty if by else one.marks.statements[0].certainty,
        by.evidence if by else None,
        article.outlet,
        article.published,
    )
    return Said(there, words, vector, one.marks.vectors[0], hashlib.sha256(fold(words).encode()).hexdigest()[:16])


def _shelve(shelf: Shelf, said: Said, fact: Fact, others: Iterable[Fact]) -> None:
    """A statement, of the claim of the first of its fact, tied to others of its fact and its story."""
    shelf.put(said)
    if shelf.node(said.key):
        return
    there, alike = said.appearance, fact.nodes[-TIES:]
    centre = (fact.nodes or [said.key])[0]
    shelf.keep(Node(said.key, f"1 {there.published} {there.id}", said, centre, f"c{centre[:12]}"))
    for key in alike:
        shelf.tie(said.key, key, LIKE)
    beside = (other.nodes[0] for other in others if other.nodes and other is not fact)
    for key in islice(beside, TIES):
        shelf.tie(said.key, key, BESIDE)
    fact.nodes.append(said.key)


if __name__ == "__main__":
    began = time.monotonic()
    print(path(), f"{time.monotonic() - began:,.0f} seconds")
