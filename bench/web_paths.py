"""What is asked of the web page when it is measured: addresses of every page, with all filters, of a given library."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from sqlalchemy import Column, Connection, func, select

from firsthand.library import Library
from firsthand.library.schema import article, derivation, statement, version
from firsthand.library.schema_summaries import outlet, source, summary

EACH = 400
"""Of claims, articles, sources and outlets, how many may be asked for."""

Paths = dict[str, list[str]]


def paths(library: Path) -> Paths:
    """Addresses by the kind of page. The biggest claim, and the longest article, are kinds of one address."""
    rng = random.Random(5)
    with Library.open(library) as opened, opened.reading() as connection:
        claims = _some(connection, summary.c.claim, rng)
        articles = _some(connection, article.c.id, rng)
        sources = [quote(key) for key in _some(connection, source.c.key, rng)]
        outlets = [quote(key) for key in _some(connection, outlet.c.key, rng)]
        words = _words(connection, rng)
        pairs = list(_pairs(connection))
        biggest = connection.execute(select(summary.c.claim).order_by(summary.c.articles.desc()).limit(1)).scalar_one()
        longest = connection.execute(_LONGEST).scalar_one()
    return {
        "claims": ["/claims", *(f"/claims?sort={sort}" for sort in ("newest", "rooted", "changed"))],
        "claims, further pages": [f"/claims?page={page}" for page in (2, 3, 5, 10, 40, 200)],
        "claims, filtered": list(_filtered(sources, outlets)),
        "claims, searched": [_query("/claims", q=one) for one in words],
        "claims, searched and filtered": [
            _query("/claims", q=one, denied=1, outlet=rng.choice(outlets)) for one in words
        ],
        "claim": [f"/claims/{one}" for one in claims],
        "claim, its files": [f"/claims/{one}{end}" for one in claims for end in (".json", ".csv", "/report")],
        "claim of 400 articles": [f"/claims/{biggest}"],
        "articles": ["/articles", "/articles?sort=added", "/articles?page=2", "/articles?page=30"],
        "articles, filtered": [_query("/articles", outlet="post", since="2030-03-01", until=day) for day in _DAYS],
        "articles, searched": [_query("/articles", q=one) for one in words],
        "article": [f"/articles/{one}" for one in articles],
        "article, its text, versions, files": [
            f"/articles/{one}{end}" for one in articles for end in ("/text", "/versions", ".json", "/report")
        ],
        "longest article": [f"/articles/{longest}"],
        "compare": [_query("/compare", a=one, b=other) for one, other in pairs],
        "sources": ["/sources", *(_query("/sources", q=one) for one in words[:20])],
        "source": [f"/sources/{one}" for one in sources],
        "outlets": ["/outlets", *(_query("/outlets", q=one) for one in words[:5])],
        "outlet": [f"/outlets/{one}" for one in outlets],
        "add": ["/add", "/add"],
        "watch": ["/watch", "/watch"],
        "API": [f"/api/v1/claims/{one}" for one in claims] + ["/api/v1/claims", "/api/v1/articles"],
    }


def _some(connection: Connection, column: Column[Any], rng: random.Random) -> list[str]:
    found = list(connection.execute(select(column).order_by(column)).scalars())
    return rng.sample(found, min(EACH, len(found)))


def _words(connection: Connection, rng: random.Random) -> list[str]:
    """Words that statements have, frequent and rare, alone and two together."""
    numbers = connection.execute(select(func.max(statement.c.no))).scalar_one()
    asked = [rng.randint(1, numbers) for _ in range(60)]
    texts = connection.execute(select(statement.c.full).where(statement.c.no.in_(asked))).scalars()
    found = [rng.sample(text.split(), 2) for text in texts]
    return [" ".join(pair[: 1 + n % 2]) for n, pair in enumerate(found)]


def _pairs(connection: Connection) -> Iterator[tuple[str, str]]:
    """Articles of which one has its words from the other."""
    of = dict(connection.execute(select(version.c.no, article.c.id).join(article)).tuples().all())
    rows = connection.execute(select(derivation.c.later, derivation.c.earlier).order_by(derivation.c.later))
    for later, earlier in list(rows)[:: max(1, len(of) // EACH)]:
        yield of[later], of[earlier]


def _filtered(sources: list[str], outlets: list[str]) -> Iterator[str]:
    for ticked in ({"denied": 1}, {"not_shown": 1}, {"hardened": 1}, {"denied": 1, "hardened": 1, "sort": "newest"}):
        yield _query("/claims", **ticked)
    for kind in ("on the record", "unnamed", "document", "outlet's own", "unmeasured"):
        yield _query("/claims", kind=kind)
    for day in _DAYS:
        yield _query("/claims", since=day, sort="newest")
        yield _query("/claims", since="2030-02-01", until=day)
    yield from (_query("/claims", outlet=one) for one in outlets[:10])
    yield from (_query("/claims", source=one) for one in sources[:10])


def _query(path: str, **asked: object) -> str:
    return f"{path}?{urlencode(asked)}"


_DAYS = "2030-03-05", "2030-05-01", "2030-07-20"
_LONGEST = (
    select(article.c.id)
    .join(version, (version.c.article == article.c.no) & (version.c.number == article.c.current))
    .order_by(func.length(version.c.text).desc())
    .limit(1)
)
