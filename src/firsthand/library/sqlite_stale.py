"""Triggers that mark what lists show as out of date, whoever changes what it is worked out from; full text of claims.

They run in the transaction of the change, so that nobody can forget a mark, and none is lost by a kill.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, Select, literal_column, select, table

_MARK = "INSERT OR IGNORE INTO stale(what, name)"
_CLAIMS_OF = f"{_MARK} SELECT 'claim', node.claim FROM statement JOIN node ON node.key = statement.node WHERE"


def _version(number: str) -> str:
    return f"{_MARK} SELECT 'version', no FROM version WHERE no = {number};"


def _derived(row: str) -> str:
    """A derivation changed: the claims of the later article's statements, and of what both texts are made."""
    return f"{_CLAIMS_OF} statement.version = {row}.later; {_version(f'{row}.later')} {_version(f'{row}.earlier')}"


_OWN = "SELECT no FROM version WHERE article = new.no"


def _known_from(row: str) -> str:
    """An article changed, or went, from which wording is known that others have: of what those are made."""
    return f"{_MARK} SELECT 'version', later FROM derivation WHERE origin = {row}.id;"


_TRIGGERS = {
    "node AFTER INSERT": f"{_MARK} VALUES ('claim', new.claim);",
    "node AFTER UPDATE": f"{_MARK} VALUES ('claim', old.claim), ('claim', new.claim);",
    "node AFTER DELETE": f"{_MARK} VALUES ('claim', old.claim);",
    "statement AFTER INSERT": f"{_CLAIMS_OF} statement.no = new.no;",
    "statement BEFORE DELETE": f"{_CLAIMS_OF} statement.no = old.no;",
    "decision AFTER INSERT": f"{_CLAIMS_OF} statement.id IN (new.one, new.other);",
    "derivation AFTER INSERT": _derived("new"),
    "derivation AFTER UPDATE": _derived("new"),
    "derivation AFTER DELETE": _derived("old"),
    "article AFTER UPDATE": f"{_CLAIMS_OF} statement.version IN ({_OWN});"
    f"{_MARK} SELECT 'version', no FROM version WHERE article = new.no; {_known_from('new')}"
    f"{_MARK} SELECT 'version', later FROM derivation WHERE earlier IN ({_OWN});"
    f"{_MARK} SELECT 'version', earlier FROM derivation WHERE later IN ({_OWN});",
    "article AFTER DELETE": _known_from("old"),
    "reading AFTER INSERT": _version("new.version"),
    "reading AFTER DELETE": _version("old.version"),
    "compared AFTER INSERT": _version("new.version"),
    "claim_source AFTER INSERT": f"{_MARK} VALUES ('source', new.source);",
    "claim_source AFTER DELETE": f"{_MARK} VALUES ('source', old.source);",
    "claim_outlet AFTER INSERT": f"{_MARK} VALUES ('outlet', new.outlet);",
    "claim_outlet AFTER DELETE": f"{_MARK} VALUES ('outlet', old.outlet);",
    "made AFTER INSERT": f"{_MARK} VALUES ('outlet', new.outlet);",
    "made AFTER DELETE": f"{_MARK} VALUES ('outlet', old.outlet);",
    "relied AFTER INSERT": f"{_MARK} VALUES ('outlet', new.\"on\");",
    "relied AFTER DELETE": f"{_MARK} VALUES ('outlet', old.\"on\");",
}
_WHEN = {
    "node AFTER UPDATE": "WHEN old.claim IS NOT new.claim",
    "article AFTER UPDATE": "WHEN old.current IS NOT new.current OR old.outlet IS NOT new.outlet",
}
_FULL_TEXT = """\
CREATE VIRTUAL TABLE claim_words USING fts5(
    text, wordings, content='summary_text', content_rowid='no', tokenize="unicode61 remove_diacritics 2"
)"""
_INDEX = "INSERT INTO claim_words(rowid, text, wordings) VALUES (new.no, new.text, new.wordings);"
_UNINDEX = """\
INSERT INTO claim_words(claim_words, rowid, text, wordings) VALUES ('delete', old.no, old.text, old.wordings);"""
_INDEXING = {
    "summary_text AFTER INSERT": _INDEX,
    "summary_text AFTER DELETE": _UNINDEX,
    "summary_text AFTER UPDATE OF text, wordings": f"{_UNINDEX} {_INDEX}",
}


def make(connection: Connection) -> None:
    """The triggers, and the index of all words of claims; all that is there is out of date."""
    connection.exec_driver_sql(_FULL_TEXT)
    for where, action in {**_TRIGGERS, **_INDEXING}.items():
        on, _, moment = where.partition(" ")
        name = f"stale_{on}_{moment.split()[1].lower()}"
        when = _WHEN.get(where, "")
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {moment} ON {on} {when} BEGIN {action} END")
    connection.exec_driver_sql(f"{_MARK} SELECT DISTINCT 'claim', claim FROM node")
    connection.exec_driver_sql(f"{_MARK} SELECT 'version', version FROM reading")


def matching(query: str, most: int) -> Select[tuple[int]]:
    """The `no` of the claims that match a query of `sqlite.query_of`, the last `most` of them."""
    words: ColumnElement[str] = literal_column("claim_words")
    rowid: ColumnElement[int] = literal_column("rowid")
    found = select(rowid).select_from(table("claim_words")).where(words.op("MATCH")(query))
    return found.order_by(rowid.desc()).limit(most)
