"""The table of what people concluded. Times are as in `schema`, and sort."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from firsthand.library.schema import metadata

judgement = Table(
    "judgement",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),  # an account's name, or the operating system's user
    Column("claim", Text, nullable=False, index=True),  # which may be part of another since, or gone
    Column("words", Text, nullable=False),  # the claim's, when it was judged
    Column("conclusion", Text, nullable=False),
    Column("rating", Text, nullable=False),  # "" where none was chosen
    Column("reasons", Text, nullable=False),
    Column("rests", Text, nullable=False),  # JSON: [[id, name], ...]
    Column("stood", Text, nullable=False, server_default=""),  # on what the claim rested then; "" where nobody knows
)
"""`judgements.Judgement`. Rows are only ever added, which a trigger sees to."""
