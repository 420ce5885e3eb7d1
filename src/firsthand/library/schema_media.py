"""The tables of the archive of media. The bytes themselves are files beside the library: see `media_files`.

Times are as in `schema`, and sort. A file is known by the SHA-256 of its bytes, in hexadecimal digits. All but `media`
and `media_made` are logs: rows are only ever added, which triggers see to.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, Table, Text

from firsthand.library.schema import metadata

media = Table(
    "media",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("size", Integer, nullable=False),  # bytes
    Column("media_type", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""The files of the archive, whose bytes are beside the library."""

media_added = Table(
    "media_added",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),  # an account's name, or the operating system's user
    Column("sha256", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),  # what the file was called
    Column("outlet", Text),  # whose it is said to be
    Column("origin", Text),  # where it is said to be from
    Column("claimed_time", Text),  # when it is said to be taken: `Claimed.time`
    Column("claimed_place", Text),
)
"""Every addition of a file, its first and those after it."""

media_made = Table(
    "media_made",
    metadata,
    Column("media", Integer, ForeignKey("media.no", ondelete="CASCADE"), primary_key=True),
    Column("kind", Text, primary_key=True),  # `media.Kind`
    Column("maker", Text, nullable=False),  # with its version
    Column("at", Text, nullable=False),
    Column("cause", Text, nullable=False),  # why it could not be made; else ""
    Column("bytes", LargeBinary, nullable=False),
)
"""What is made of each file: its metadata and what others are compared with. What an older maker made is replaced, for
it can be made again."""

media_report = Table(
    "media_report",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("sha256", Text, nullable=False, index=True),  # of the file that was checked, which may be in no archive
    Column("name", Text, nullable=False),
    Column("report", LargeBinary, nullable=False),  # the MediaReport: `packing.squeezed`
)
"""Reports that were kept."""

media_tie = Table(
    "media_tie",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("sha256", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),  # "claim", "article"
    Column("subject", Text, nullable=False, index=True),  # its id, which may be gone
    Column("tied", Boolean, nullable=False),  # or untied
)
"""Which claims and articles a file was said to belong to."""

media_answer = Table(
    "media_answer",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("sha256", Text, nullable=False, index=True),
    Column("question", Text, nullable=False),  # `Question.key`
    Column("words", Text, nullable=False),
)
"""What people answered to the checklist."""
