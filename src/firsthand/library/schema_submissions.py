"""The tables of what is handed in on the web page, of what is watched, and of what became of it.

Times are as in `schema`, and sort.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from firsthand.library.schema import metadata

watch = Table(
    "watch",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("address", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),  # "feed", "sitemap", "page"; "" until the first check tells
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("minutes", Integer, nullable=False),  # between two checks
    Column("paused", Boolean, nullable=False),
    Column("due", Text, nullable=False, index=True),  # when it is to be checked next
    Column("checked", Text),  # when it was checked last
    Column("changed", Text),  # when something new was found last
    Column("etag", Text, nullable=False),
    Column("modified", Text, nullable=False),  # what the server said in Last-Modified, as it said it
    Column("failures", Integer, nullable=False),  # one after the other, since it last went well
    Column("result", Text, nullable=False),  # of the last check, in one line
    Column("found", Integer, nullable=False),  # articles handed in, since it is watched
    sqlite_autoincrement=True,
)
"""What is looked at again and again: a feed, a sitemap, a page."""

watch_seen = Table(
    "watch_seen",
    metadata,
    Column("watch", Integer, ForeignKey("watch.no", ondelete="CASCADE"), primary_key=True),
    Column("key", BigInteger, primary_key=True, autoincrement=False),  # 64 bits of the SHA-256 of an address
    sqlite_with_rowid=False,
)
"""What a watch has found already, handed in or not."""

batch = Table(
    "batch",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("watch", Integer, ForeignKey("watch.no", ondelete="SET NULL"), index=True),  # that found it
    Column("by_watch", Boolean, nullable=False),  # also where that is watched no longer
    sqlite_autoincrement=True,
)
"""What was handed in at one time."""

submission = Table(
    "submission",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("batch", Integer, ForeignKey("batch.no", ondelete="CASCADE"), nullable=False, index=True),
    Column("place", Integer, nullable=False),  # in its batch, from 0
    Column("kind", Text, nullable=False),  # "text", "address", "file", "page"
    Column("name", Text, nullable=False),
    Column("told", Text, nullable=False),  # JSON: what the person or the feed says of it
    Column("size", Integer, nullable=False),  # bytes
    Column("state", Text, nullable=False),
    Column("cause", Text, nullable=False),  # why it failed
    Column("tries", Integer, nullable=False),
    Column("after", Text, nullable=False),  # not to be tried before
    Index("submission_state", "state", "place", "no"),
    sqlite_autoincrement=True,
)
"""One text, address or file that was handed in."""

submitted = Table(
    "submitted",
    metadata,
    Column("submission", Integer, ForeignKey("submission.no", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
)
"""Its bytes, in pieces, until it is added."""

outcome = Table(
    "outcome",
    metadata,
    Column("submission", Integer, ForeignKey("submission.no", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True),  # of the article in what was handed in, from 0
    Column("action", Text, nullable=False),  # "added", "new version", "already there", "failed"
    Column("article", Text, nullable=False, index=True),  # its id, which may be gone; "" where it failed
    Column("number", Integer, nullable=False),  # of the version
    Column("origin", Text, nullable=False),
    Column("cause", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""What became of each article that was found in what was handed in."""

effect = Table(
    "effect",
    metadata,
    Column("version", Integer, ForeignKey("version.no", ondelete="CASCADE"), primary_key=True),
    Column("told", Text),  # JSON: which claims it joined; null until it is worked out
    Column("cause", Text, nullable=False),  # why it could not be read or joined
)
"""What articles did to the claims, that came while the web page was served."""

news = Table(
    "news",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("claim", Text, nullable=False),
    Column("article", Text, nullable=False),
    Column("root", Text, nullable=False),  # its name
    Column("kind", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""Roots that claims got from new articles."""

visit = Table(
    "visit",
    metadata,
    Column("who", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("change", Integer, nullable=False),  # the last `claim_change` that was seen
    Column("news", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""How far each person has seen what is new."""
