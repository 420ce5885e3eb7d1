"""No row of a log is put in place of another; words of claims are found in any of their forms.

Libraries made between two landings have some of it already.
"""

from __future__ import annotations

from alembic import op

from firsthand.library import sqlite, sqlite_stale

revision = "0010"
down_revision = "0009"

LOGS = ("change", "decision", "claim_change", "action", "judgement")


def upgrade() -> None:
    """Make the triggers, and the index of words anew."""
    connection = op.get_bind()
    found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master")
    there = {name: made or "" for name, made in found}
    for table in LOGS:
        if f"{table}_INSERT" not in there:
            sqlite.guard_numbers(connection, table)
    if "porter" not in there["claim_words"]:
        sqlite_stale.index_again(connection)
