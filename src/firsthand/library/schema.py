"""The tables of a library, for any database; what only SQLite has stands in `sqlite`.

Times are text, ISO 8601. Those that sort (`dated`, `added`, `at`) are in UTC with milliseconds; those that an article
gives (`published`, `modified`) keep their own zone, or have none, as it was given.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

REVISION = "0002"
"""The newest migration: a library at another one is brought to it, or is from a newer Firsthand."""

KNOWN = ("0001", "0002")
"""Every migration there has been, oldest first."""

metadata = MetaData()

article = Table(
    "article",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("current", Integer, nullable=False),  # number of its newest version
    Column("dated", Text, nullable=False),  # when the newest version was published, else fetched, else added
    Column("outlet", Text),  # of the newest version, case folded, to be filtered by
    Index("article_dated", "dated", "no"),
)
"""What has one address, or one id in one place. Its words are those of its versions."""

known_as = Table(
    "known_as",
    metadata,
    Column("key", Text, primary_key=True),
    Column("article", Integer, ForeignKey("article.no", ondelete="CASCADE"), nullable=False, index=True),
)
"""By what an article is known again: see `keys`."""

original = Table(
    "original",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),  # of the bytes, in hexadecimal digits
    Column("size", Integer, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("added", Text, nullable=False),
    Column("origin", Text, nullable=False),  # where they came from when they were added first
)
"""Bytes that articles were read from, kept as evidence."""

piece = Table(
    "piece",
    metadata,
    Column("original", Integer, ForeignKey("original.no", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("bytes", LargeBinary, nullable=False),  # compressed by zlib
)
"""The bytes of an original, in pieces of `originals.PIECE`, so that no large one is ever in memory as a whole."""

version = Table(
    "version",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("article", Integer, ForeignKey("article.no", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),  # from 1, as they were added
    Column("original", Integer, ForeignKey("original.no"), nullable=False, index=True),
    Column("added", Text, nullable=False),
    Column("fetched", Text),  # when a crawl fetched it, where the input says so
    Column("origin", Text, nullable=False),
    Column("own_id", Text),  # the input's, where it had one
    Column("title", Text),
    Column("outlet", Text),
    Column("byline", Text),
    Column("published", Text),
    Column("modified", Text),
    Column("language", Text),
    Column("url", Text),
    Column("links", Text, nullable=False),  # JSON: [[start, end, url], ...]
    Column("media", Text, nullable=False),  # JSON: [[url, kind, caption], ...]
    Column("digest", Text, nullable=False),  # SHA-256 of the text
    Column("text", Text, nullable=False),  # last: SQLite reads a row from its beginning
    UniqueConstraint("article", "number", name="version_number"),
    Index("version_own_id", "own_id"),
)
"""An article as it stood once. A version is never changed."""

change = Table(
    "change",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),  # the operating system's user
    Column("action", Text, nullable=False),  # "added", "new version", "removed"
    Column("id", Text, nullable=False),  # of the article, which may be gone
    Column("number", Integer, nullable=False),  # of the version
    Column("sha256", Text, nullable=False),  # of its original
    Column("origin", Text, nullable=False),
    Index("change_id", "id"),
)
"""The log: rows are only ever added, which a trigger sees to."""

_PLACE = BigInteger().with_variant(Integer, "sqlite")  # which knows a row by its Integer alone

placed = Table(
    "placed",
    metadata,
    Column("place", _PLACE, primary_key=True),
    Column("version", Integer, ForeignKey("version.no", ondelete="CASCADE"), nullable=False, unique=True),
)
"""The versions that are in the index of wording, in the order of their times: see `fingerprints`."""

fingerprint = Table(
    "fingerprint",
    metadata,
    Column("hash", Integer, primary_key=True, autoincrement=False),
    Column("place", BigInteger, primary_key=True),
    sqlite_with_rowid=False,
)
"""The index of wording. Nothing refers to `placed`, since checking it would cost as much as all else."""
