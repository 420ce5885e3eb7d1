"""Sources, as they were summed up: lists of them, and what one has said on which claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, func, select

from firsthand.library.packing import unpacked
from firsthand.library.schema_summaries import claim_source, source, summary_text
from firsthand.library.slugs import source_key
from firsthand.model import Saying, SourceKind, Summary, folded

SourceSort = Literal["claims", "latest", "name"]
"""claims: said something on most claims first; latest: what was told last first; name: by the alphabet."""

NAMED: tuple[SourceKind, ...] = ("person", "body", "document")
"""Kinds of sources that are somebody, or something, in particular; others are words by which people are described."""

MOST_ALIKE = 40
"""Sources with a word of a name that are looked at for others of that name."""

_SORTS: dict[SourceSort, tuple[ColumnElement[Any], ...]] = {
    "claims": (source.c.claims.desc(), source.c.key),
    "latest": (source.c.last.desc(), source.c.key),
    "name": (source.c.name.collate("NOCASE"), source.c.key),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A source in a list. Times are ISO 8601, "" where none is known."""

    key: str
    name: str
    kind: SourceKind
    claims: int
    against: int
    first: str
    last: str

    @property
    def named(self) -> bool:
        """Whether it is somebody in particular."""
        return self.kind in NAMED


@dataclass(frozen=True, slots=True)
class Said:
    """What a source said on a claim, and the claim."""

    saying: Saying
    claim: Summary


def key_of(connection: Connection, name: str) -> str:
    """The key that a name means, or is; the name's own where none is known."""
    found = connection.execute(select(source.c.key).where(source.c.key.in_((name, source_key(name))))).scalars().all()
    return name if name in found else source_key(name)


def sources(
    connection: Connection, words: str, kind: str | None, sort: SourceSort, page: int, size: int
) -> tuple[list[Listed], int]:
    """A page of sources, from 1, of a kind (or "named"), with all of the words in a name; how many there are in all."""
    conditions = [source.c.sought.contains(word, autoescape=True) for word in folded(words).split()]
    if kind:
        conditions.append(source.c.kind.in_(NAMED if kind == "named" else (kind,)))
    count = connection.execute(select(func.count()).select_from(source).where(*conditions)).scalar_one()
    asked = select(source).where(*conditions).order_by(*_SORTS[sort]).limit(size).offset((page - 1) * size)
    return [_listed(row) for row in connection.execute(asked)], count


def one(connection: Connection, key: str) -> Listed | None:
    """The source with this key."""
    row = connection.execute(select(source).where(source.c.key == key)).one_or_none()
    return _listed(row) if row else None


def latest(connection: Connection, key: str, most: int) -> list[Saying]:
    """What a source said, the latest first, without the claims."""
    asked = select(claim_source.c.record).where(claim_source.c.source == key)
    rows = connection.execute(asked.order_by(claim_source.c.at.desc(), claim_source.c.no.desc()).limit(most))
    return [unpacked(Saying, row.record) for row in rows]


def alike(connection: Connection, found: Listed) -> list[Listed]:
    """Named sources of which one name ends with the other: a surname alone and full names; the same, or not."""
    own = folded(found.name)
    if not found.named or not own.split():
        return []
    ends = source.c.sought.contains(own.split()[-1], autoescape=True) & (source.c.kind == found.kind)
    asked = select(source).where(ends, source.c.key != found.key).order_by(*_SORTS["claims"]).limit(MOST_ALIKE)
    others = [_listed(row) for row in connection.execute(asked)]
    return [one for one in others if _ends(own, folded(one.name)) or _ends(folded(one.name), own)]


def _ends(long: str, short: str) -> bool:
    return long.endswith(f" {short}")


def said(connection: Connection, key: str, side: str | None, page: int, size: int) -> tuple[list[Said], int]:
    """What a source said, the latest first, and how many such there are; only on one side, if that is given."""
    conditions = [claim_source.c.source == key, *([claim_source.c.side == side] if side else [])]
    count = connection.execute(select(func.count()).select_from(claim_source).where(*conditions)).scalar_one()
    which = claim_source.c.record, claim_source.c.no, claim_source.c.at, claim_source.c.appearance
    order = claim_source.c.at.desc(), claim_source.c.no.desc(), claim_source.c.appearance
    wanted = select(*which).where(*conditions).order_by(*order).limit(size).offset((page - 1) * size).subquery()
    asked = select(wanted.c.record, summary_text.c.record.label("claim"))
    asked = asked.join(summary_text, summary_text.c.no == wanted.c.no)
    rows = connection.execute(asked.order_by(wanted.c.at.desc(), wanted.c.no.desc(), wanted.c.appearance))
    return [Said(unpacked(Saying, row.record), unpacked(Summary, row.claim)) for row in rows], count


def often(connection: Connection, most: int) -> list[str]:
    """The names of the sources that said something on most claims: to choose from."""
    asked = select(source.c.name).where(source.c.kind.in_(NAMED)).order_by(source.c.claims.desc()).limit(most)
    return list(connection.execute(asked).scalars())


def _listed(row: Row[Any]) -> Listed:
    return Listed(row.key, row.name, row.kind, row.claims, row.against, row.first, row.last)
