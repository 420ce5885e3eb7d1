"""Triggers that mark what lists show as out of date, whoever changes what it is worked out from; full text of claims.

They run in the transaction of the change, so that nobody can forget a mark, and none is lost by a kill.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, literal_column, select, table


def _mark(what: str, name: str, rows: str = "") -> str:
    """Mark `name` in each of the rows. No conflict is left to INSERT OR IGNORE: within a trigger, the policy of the
    statement that fired it would be taken instead.
    """
    there = f"SELECT 1 FROM stale WHERE what = '{what}' AND stale.name = {name}"
    where = f"{rows} AND" if " WHERE " in rows else f"{rows} WHERE"
    return f"INSERT INTO stale(what, name) SELECT DISTINCT '{what}', {name} {where} NOT EXISTS ({there});"


def _claims(which: str) -> str:
    """The claims of these statements."""
    return _mark("claim", "node.claim", f"FROM statement JOIN node ON node.key = statement.node WHERE {which}")


def _versions(which: str) -> str:
    return _mark("version", "CAST(version.no AS TEXT)", f"FROM version WHERE {which}")


def _derived(row: str) -> str:
    """A derivation changed: the claims of the later article's statements, and of what both texts are made."""
    return _claims(f"statement.version = {row}.later") + _versions(f"version.no IN ({row}.later, {row}.earlier)")


def _later(which: str) -> str:
    """What has its wording from elsewhere, by these derivations: of what that is made."""
    return _versions(f"version.no IN (SELECT later FROM derivation WHERE {which})")


_OWN = "(SELECT no FROM version WHERE article = new.no)"
_TRIGGERS = {
    "node AFTER INSERT": _mark("claim", "new.claim"),
    "node AFTER UPDATE": _mark("claim", "old.claim") + _mark("claim", "new.claim"),
    "node AFTER DELETE": _mark("claim", "old.claim"),
    "statement AFTER INSERT": _claims("statement.no = new.no"),
    "statement BEFORE DELETE": _claims("statement.no = old.no"),
    "decision AFTER INSERT": _claims("statement.id IN (new.one, new.other)"),
    "derivation AFTER INSERT": _derived("new"),
    "derivation AFTER UPDATE": _derived("new"),
    "derivation AFTER DELETE": _derived("old"),
    "article AFTER UPDATE": _claims(f"statement.version IN {_OWN}")
    + _versions("version.article = new.no")
    + _later(f"origin = new.id OR earlier IN {_OWN}")
    + _versions(f"version.no IN (SELECT earlier FROM derivation WHERE later IN {_OWN})"),
    "article AFTER DELETE": _later("origin = old.id"),
    "reading AFTER INSERT": _versions("version.no = new.version"),
    "reading AFTER DELETE": _versions("version.no = old.version"),
    "compared AFTER INSERT": _versions("version.no = new.version"),
    "claim_source AFTER INSERT": _mark("source", "new.source"),
    "claim_source AFTER DELETE": _mark("source", "old.source"),
    "claim_outlet AFTER INSERT": _mark("outlet", "new.outlet"),
    "claim_outlet AFTER DELETE": _mark("outlet", "old.outlet"),
    "made AFTER INSERT": _mark("outlet", "new.outlet"),
    "made AFTER DELETE": _mark("outlet", "old.outlet"),
    "relied AFTER INSERT": _mark("outlet", 'new."on"'),
    "relied AFTER DELETE": _mark("outlet", 'old."on"'),
}
_WHEN = {
    "node AFTER UPDATE": "WHEN old.claim IS NOT new.claim",
    "article AFTER UPDATE": "WHEN old.current IS NOT new.current OR old.outlet IS NOT new.outlet",
}
_FULL_TEXT = """\
CREATE VIRTUAL TABLE claim_words USING fts5(
    text, wordings, content='summary_text', content_rowid='no', tokenize="porter unicode61 remove_diacritics 2"
)"""
"""Words of claims are found in any of their forms, "sinking" where it says "sink": who looks for a claim does not know
its words. Those of articles are found as they stand there."""
_INDEX = "INSERT INTO claim_words(rowid, text, wordings) VALUES (new.no, new.text, new.wordings);"
_UNINDEX = """\
INSERT INTO claim_words(claim_words, rowid, text, wordings) VALUES ('delete', old.no, old.text, old.wordings);"""
_INDEXING = {
    "summary_text AFTER INSERT": _INDEX,
    "summary_text AFTER DELETE": _UNINDEX,
    "summary_text AFTER UPDATE OF text, wordings": f"{_UNINDEX} {_INDEX}",
}


def make(connection: Connection) -> None:
    """The triggers, and the index of all words of claims."""
    connection.exec_driver_sql(_FULL_TEXT)
    for where, action in {**_TRIGGERS, **_INDEXING}.items():
        on, _, moment = where.partition(" ")
        name = f"stale_{on}_{moment.split()[1].lower()}"
        when = _WHEN.get(where, "")
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {moment} ON {on} {when} BEGIN {action} END")


def index_again(connection: Connection) -> None:
    """The index of all words of claims, as it is made now, in place of what is there."""
    connection.exec_driver_sql("DROP TABLE claim_words")
    connection.exec_driver_sql(_FULL_TEXT)
    connection.exec_driver_sql("INSERT INTO claim_words(claim_words) VALUES ('rebuild')")


def mark_all(connection: Connection) -> None:
    """All that is there is out of date."""
    connection.exec_driver_sql(_mark("claim", "node.claim", "FROM node"))
    connection.exec_driver_sql(_versions("version.no IN (SELECT version FROM reading)"))


def matching(query: str, most: int) -> Select[Any]:
    """The `no` of the claims that match a query of `sqlite.query_of`, the last `most` of them."""
    words: ColumnElement[str] = literal_column("claim_words")
    rowid: ColumnElement[int] = literal_column("rowid")
    found = select(rowid).select_from(table("claim_words")).where(words.op("MATCH")(query))
    return found.order_by(rowid.desc()).limit(most)
