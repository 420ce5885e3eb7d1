"""Whom a text is to be compared with, and what in it is an outlet's boilerplate: read off the index of wording."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from firsthand.library import fingerprints, sqlite
from firsthand.library.fingerprints import ENDS, Entries, Sketch, Sketcher, signed
from firsthand.library.schema import article, placed, version
from firsthand.library.sqlite import each
from firsthand.model import Article

A_ROUND, ENOUGH, MOST, EARLIEST = 4, 16, 32, 4
"""Candidates: how many are chosen in a round, how many are enough once they have all that the text shares, how many
there are at most, and how many of the first of all besides. A round looks only at fingerprints that those chosen before
do not have, so that the many copies of one story do not hide who changed it last. In a development set of
`bench.lineage` 99.82% of the parents are among some 16 candidates; 99.84% with 24 enough, 99.72% without `FULL`."""

FULL = 512
"""What a fingerprint counts as that both ends do not show whole: as one that so many have, which is little beside what
tells copies apart. Of 400 copies, each of another with one fingerprint in 37 changed, 98.9% then have the one they were
made of among their candidates, 94.6% with 64; in `bench.lineage` it is all the same (23 November 2026)."""

STANDING, OFTEN = 4, 2
"""What is boilerplate: so many articles of one outlet have it, and of all outlets that have it each has so many on
average. A report goes to many outlets, once to each."""

LOOKED_AT, ALIKE = 8, 0.5
"""How many of an outlet's articles are looked at for that, and how much of the shorter two of them have in common at
most to count as two: with more they are one story, which an outlet may print often. Set by thought: what is
boilerplate in a text is judged by `firsthand.reuse`, with what is known from here."""


class _Row(NamedTuple):
    place: int
    id: str
    number: int
    fetched: str | None
    text: str
    title: str | None
    outlet: str | None
    byline: str | None
    published: str | None
    language: str | None
    url: str | None
    origin: str


_COLUMNS = _Row._fields[4:]
_AT = placed.c.place.in_(select(each("places").c.value))
_TEXTS = (
    select(placed.c.place, article.c.id, version.c.number, version.c.fetched, *(version.c[name] for name in _COLUMNS))
    .join(version, version.c.no == placed.c.version)
    .join(article, article.c.no == version.c.article)
    .where(_AT)
)
_WORDS = select(placed.c.place, version.c.text).join(version, version.c.no == placed.c.version).where(_AT)
_OUTLETS = (
    select(placed.c.place, version.c.outlet, version.c.article)
    .join(version, version.c.no == placed.c.version)
    .where(_AT)
)


@dataclass(frozen=True, slots=True)
class Related:
    """Articles, each once, those that share most first, each in the version that shares most, without links and media.

    `versions` are the numbers of those versions, `fetched` when a crawl fetched them, where that is known: by the
    articles' ids. `boilerplate` are fingerprints of the text.
    """

    articles: list[Article]
    versions: dict[str, int]
    fetched: dict[str, datetime]
    boilerplate: frozenset[int]


def candidates(connection: Connection, text: str, sketcher: Sketcher, but: str | None = None) -> Related:
    """Whom a text is to be compared with: at most `MOST` + `EARLIEST` articles.

    All of them share what is no boilerplate. `but` is the id of the article that the text is of, where it is in the
    library.
    """
    sketch = sketcher(text)
    found = fingerprints.ends(connection, sketch)
    standing = _boilerplate(connection, sketch, found, sketcher)
    own = {one: places for one, places in found.items() if one not in set(map(signed, standing))}
    first = sorted(set().union(*own.values()))[:EARLIEST]
    return _related(connection, list(dict.fromkeys([*_chosen(own), *first])), but, standing)


def _chosen(entries: Entries) -> list[int]:
    """The places that share most, where what few share counts for more, round by round."""
    chosen: list[int] = []
    left = entries
    while len(chosen) < MOST:
        best = _heaviest(left, chosen) or (_heaviest(entries, chosen) if len(chosen) < ENOUGH else [])
        if not best:
            break
        chosen += best
        left = {one: places for one, places in left.items() if places.isdisjoint(best)}
    return chosen


def _heaviest(entries: Entries, chosen: Collection[int]) -> list[int]:
    weight: dict[int, float] = defaultdict(float)
    for places in entries.values():
        for place in places.difference(chosen):
            weight[place] += 1 / (len(places) if len(places) < 2 * ENDS else FULL)
    return sorted(weight, key=lambda place: (-weight[place], place))[:A_ROUND]


def sharing(connection: Connection, text: str, sketcher: Sketcher, most: int, but: str | None = None) -> Related:
    """As `candidates`, of all that share a fingerprint that is no boilerplate, up to `most` versions."""
    sketch = sketcher(text)
    standing = _boilerplate(connection, sketch, fingerprints.ends(connection, sketch), sketcher)
    other = sketch[[one not in standing for one in sketch.tolist()]] if standing else sketch
    return _related(connection, fingerprints.sharing(connection, other, most), but, standing)


def _related(connection: Connection, places: list[int], but: str | None, standing: frozenset[int]) -> Related:
    """The articles at these places, in this order."""
    found = map(_Row._make, sqlite.rows(connection, _TEXTS, places=places))
    rows = {row.place: row for row in found}
    once: dict[str, _Row] = {}
    for place in places:
        if place in rows and rows[place].id != but:
            once.setdefault(rows[place].id, rows[place])
    return Related(
        articles=[*map(_article, once.values())],
        versions={name: row.number for name, row in once.items()},
        fetched={name: datetime.fromisoformat(row.fetched) for name, row in once.items() if row.fetched},
        boilerplate=standing,
    )


def _article(row: _Row) -> Article:
    values: dict[str, Any] = dict(zip(_COLUMNS, row[4:], strict=True))
    values["published"] = datetime.fromisoformat(values["published"]) if values["published"] else None
    return Article(row.id, **values)


def _boilerplate(connection: Connection, sketch: Sketch, found: Entries, sketcher: Sketcher) -> frozenset[int]:
    """The fingerprints of a text that are some outlet's boilerplate: in several of its articles that differ else."""
    shared = Counter(place for places in found.values() for place in places)
    copies = {place for place, count in shared.items() if count > ALIKE * len(sketch)}
    many = {one: left for one, places in found.items() if len(left := places - copies) >= STANDING}
    outlets = _outlets(connection, list(set().union(*many.values())))
    suspects = {one: group for one, places in many.items() if (group := _of_one_outlet(places, outlets))}
    texts = dict(sqlite.rows(connection, _WORDS, places=list(set().union(*suspects.values()))))
    known = {place: frozenset(sketcher(text).tolist()) for place, text in texts.items()}
    own = frozenset(sketch.tolist())
    standing = {one for one, group in suspects.items() if _differing([own, *map(known.__getitem__, group)]) > STANDING}
    return frozenset(one for one in own if signed(one) in standing)


def _of_one_outlet(places: Iterable[int], outlets: Mapping[int, tuple[str, int]]) -> tuple[int, ...]:
    """The places of enough articles of one outlet; none where no outlet has enough, or each has few."""
    groups: dict[str, dict[int, int]] = defaultdict(dict)
    for place in sorted(places):
        groups[outlets[place][0]][outlets[place][1]] = place
    largest = max(groups.values(), key=len)
    often = sum(map(len, groups.values())) >= OFTEN * len(groups)
    return tuple(largest.values())[:LOOKED_AT] if often and len(largest) >= STANDING else ()


def _differing(sketches: Iterable[frozenset[int]]) -> int:
    """How many of these texts have no more than `ALIKE` in common with one before."""
    counted: list[frozenset[int]] = []
    for one in sketches:
        if all(len(one & other) <= ALIKE * min(len(one), len(other)) for other in counted):
            counted.append(one)
    return len(counted)


def _outlets(connection: Connection, places: list[int]) -> dict[int, tuple[str, int]]:
    """The outlet and the article of the version at each place; of one without, an outlet of its own."""
    rows = sqlite.rows(connection, _OUTLETS, places=places)
    return {place: (outlet.casefold() if outlet else f"\n{one}", one) for place, outlet, one in rows}
