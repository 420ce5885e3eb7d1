"""What lists show of a claim, written where it is another than before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, get_args

from sqlalchemy import Connection, Table, bindparam, delete, select, update

from firsthand.library import sqlite
from firsthand.library.incoming import moment
from firsthand.library.packing import packed
from firsthand.library.schema_summaries import claim_day, claim_outlet, claim_source, summary, summary_text
from firsthand.library.slugs import outlet_key, source_key
from firsthand.model import RootKind, Saying, Summary

KIND_FLAGS = {kind: 1 << place for place, kind in enumerate(get_args(RootKind))}
DENIED, DOUBTED, HARDENED, NOT_SHOWN, UNMEASURED = (1 << place for place in range(8, 13))
"""What `summary.flags` says: of which kinds the roots are, and what is so of the claim. NOT_SHOWN: no article shows
evidence or tells of an eyewitness; UNMEASURED: all that it rests on lies with outlets of which nothing is here."""

NO_ROOT = -1e6
"""`spread` of a claim that no article supports: it comes last."""

Row = dict[str, Any]


def keep(connection: Connection, claim: str, found: Summary | None) -> None:
    """Put what is shown of a claim in place of what was; None where it is no more."""
    numbers = [number for (number,) in sqlite.rows(connection, _NUMBER, claim=claim)]
    if found is None:
        sqlite.change(connection, _ENDED, [{"number": number} for number in numbers])
        return
    number = numbers[0] if numbers else sqlite.put(connection, summary, _row(found))
    changed = [_changed(connection, table, number, rows) for table, rows in _sides(number, found).items()]
    if any(changed) and numbers:
        sqlite.change(connection, _UPDATED, [{"number": number, **_row(found)}])


def flags(found: Summary) -> int:
    """What is so of a claim, as bits."""
    kinds = sum(KIND_FLAGS[kind] for kind in found.kinds)
    so = {
        DENIED: found.denied_by,
        DOUBTED: found.doubted_by,
        HARDENED: found.hardened,
        NOT_SHOWN: found.evidence not in ("shown", "eyewitness"),
        UNMEASURED: found.unmeasured,
    }
    return kinds | sum(flag for flag, is_so in so.items() if is_so)


def _row(found: Summary) -> Row:
    days = [day for day, _ in found.days] or [0]
    return {
        "claim": found.claim,
        "articles": found.articles,
        "outlets": found.outlets,
        "first": moment(found.first) if found.first else "",
        "changed": moment(datetime.now(UTC)),
        "spread": -found.most / found.articles if found.articles else NO_ROOT,
        "flags": flags(found),
        "first_day": days[0],
        "last_day": days[-1],
    }


def _sides(number: int, found: Summary) -> dict[Table, list[Row]]:
    """The rows of all tables but the first."""
    shown = packed(replace(found, sayings=(), wordings=(), carried=()))
    outlets = sorted({outlet_key(name) for name in found.carried})
    sayings = {(source_key(one.name), one.side, one.appearance): one for one in found.sayings}
    return {
        summary_text: [{"no": number, "record": shown, "text": found.text, "wordings": "\n".join(found.wordings)}],
        claim_day: [{"no": number, "day": day} for day, _ in found.days],
        claim_outlet: [{"no": number, "outlet": key} for key in outlets],
        claim_source: [_said(number, key, one) for (key, *_), one in sayings.items()],
    }


def _said(number: int, key: str, one: Saying) -> Row:
    return {
        "no": number,
        "source": key,
        "side": one.side,
        "appearance": one.appearance,
        "kind": one.kind,
        "root": one.root,
        "at": moment(one.at) if one.at else "",
        "name": one.name,
        "record": packed(one),
    }


def _changed(connection: Connection, table: Table, number: int, rows: list[Row]) -> bool:
    """Put rows of a claim in place of those that were; whether any is another."""
    names = table.columns.keys()
    before = [dict(zip(names, row, strict=True)) for row in sqlite.rows(connection, _ROWS[table], number=number)]
    gone, new = ([row for row in part if row not in other] for part, other in ((before, rows), (rows, before)))
    if gone and new and table is summary_text:  # of which a part may be as it was: words need not be indexed again
        values = {name: value for name, value in new[0].items() if value != gone[0][name]}
        connection.execute(update(table).where(table.c.no == number).values(values))
        return True
    sqlite.change(connection, _GONE[table], [{f"its_{name}": value for name, value in row.items()} for row in gone])
    sqlite.put_all(connection, table, new)
    return bool(gone or new)


_NUMBER = select(summary.c.no).where(summary.c.claim == bindparam("claim"))
_ENDED = delete(summary).where(summary.c.no == bindparam("number"))
_UPDATED = (
    update(summary)
    .where(summary.c.no == bindparam("number"))
    .values({column.name: bindparam(column.name) for column in summary.columns if column.name != "no"})
)
_SIDES = summary_text, claim_day, claim_outlet, claim_source
_ROWS = {table: select(table).where(table.c.no == bindparam("number")) for table in _SIDES}
_GONE = {
    table: delete(table).where(*(key == bindparam(f"its_{key.name}") for key in table.primary_key)) for table in _SIDES
}
