"""The table of media that was dropped on the web page to be checked. Times are as in `schema`, and sort."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text

from firsthand.library.schema import metadata

media_check = Table(
    "media_check",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("sha256", Text, nullable=False, index=True),  # by which its bytes are found
    Column("name", Text, nullable=False),
    Column("told", Text, nullable=False),  # JSON: what is claimed of it, its outlet, from where it is
    Column("adds", Boolean, nullable=False),  # to the archive too
    Column("state", Text, nullable=False),
    Column("cause", Text, nullable=False),  # why it failed
    Column("tries", Integer, nullable=False),
    Column("ended", Text),  # when it was done or failed
    Column("report", Integer),  # `media_report.no`
    Index("media_check_state", "state", "no"),
    sqlite_autoincrement=True,
)
"""Files that wait to be checked, are checked, or were."""
