"""The tables of a library, for any database; what only SQLite has stands in `sqlite`.

Times are text, ISO 8601. Those that sort (`dated`, `added`, `at`) are in UTC with milliseconds; those that an article
gives (`published`, `modified`) keep their own zone, or have none, as it was given.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
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

REVISION = "0012"
"""The newest migration: a library at another one is brought to it, or is from a newer Firsthand."""

KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011", "0012")
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
    Index("version_of", "no", "article"),
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


def _version(*, primary_key: bool = False, index: bool = False) -> Column[int]:
    where = ForeignKey("version.no", ondelete="CASCADE")
    return Column("version", Integer, where, primary_key=primary_key, nullable=False, index=index)


waiting = Table(
    "waiting",
    metadata,
    _version(primary_key=True),
    Column("to_read", Boolean, nullable=False),
    Column("to_compare", Boolean, nullable=False),
    Column("to_join", Boolean, nullable=False),
)
"""What is still to be done with the newest versions, for claims: to be read, to be compared with others, to have its
statements joined to claims. A version of which all is done has no row."""

maker = Table(
    "maker",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("step", Text, nullable=False),  # a column of `waiting`, or `summing.STEP`
    Column("name", Text, nullable=False),
    Column("at", Text, nullable=False),
)
"""The models that have taken a step here, the one in use last: when another comes, newest versions wait for it."""

reading = Table(
    "reading",
    metadata,
    _version(primary_key=True),
    Column("model", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("vectors", LargeBinary, nullable=False),  # of `Marks.vectors`, one after the other
    Column("marks", LargeBinary, nullable=False),  # all else of Marks: `packing.squeezed`
)
"""What a model read in a version; what an older model had read is replaced, for it can be read again."""

derivation = Table(
    "derivation",
    metadata,
    Column("later", Integer, ForeignKey("version.no", ondelete="CASCADE"), primary_key=True),
    Column("earlier", Integer, ForeignKey("version.no", ondelete="CASCADE"), primary_key=True, index=True),
    Column("undetermined", Boolean, nullable=False),  # whether nothing tells which of the two is later
    Column("origin", Text, nullable=False, index=True),  # an article's id
    Column("record", LargeBinary, nullable=False),  # the Derivation: `packing.squeezed`
)
"""Which version has its wording from which: of each newest version its direct parents, as `firsthand.reuse` judges."""

compared = Table(
    "compared",
    metadata,
    _version(primary_key=True),
    Column("seen", Integer, nullable=False),  # the newest version, of any article, that there was then
)
"""The newest versions whose parents are in `derivation`."""

joined = Table(
    "joined",
    metadata,
    Column("version", Integer, ForeignKey("version.no"), primary_key=True),
    Column("setting", LargeBinary, nullable=False),  # `Told.setting`, which is one for an article
)
"""The versions that have statements."""

statement = Table(
    "statement",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),  # of the appearance
    Column("version", Integer, ForeignKey("joined.version"), nullable=False, index=True),
    Column("node", BigInteger, nullable=False, index=True),
    Column("full", Text, nullable=False),
    Column("record", Text, nullable=False),  # the Appearance: `packing.packed`
    Column("vector", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)
"""Statements of newest versions: `model.Told`. A number is never given twice, so what it stands for may be cached."""

node = Table(
    "node",
    metadata,
    Column("key", _PLACE, primary_key=True, autoincrement=False),
    Column("rank", Text, nullable=False),
    Column("head", Text, nullable=False),  # an appearance's id
    Column("centre", BigInteger, nullable=False, index=True),
    Column("claim", Text, nullable=False, index=True),
)
"""`model.Node`. Keys are numbers of 64 bits here."""

head = Table(
    "head",
    metadata,
    Column("place", Integer, primary_key=True),
    Column("node", BigInteger, nullable=False, unique=True),
    sqlite_autoincrement=True,
)
"""By what number the index of vectors knows a node with the head that it has now; never given twice: see `vectors`."""

indexed = Table(
    "indexed",
    metadata,
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("token", Text, nullable=False),
)
"""Up to which place an index of vectors was made, and what its file says to show that it is of this library."""

tie = Table(
    "tie",
    metadata,
    Column("one", BigInteger, primary_key=True, autoincrement=False),
    Column("other", BigInteger, primary_key=True, autoincrement=False),
    Column("same", Integer, nullable=False),
    Column("contradicts", Integer, nullable=False),
    Column("neighbour", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""`model.Odds` of two nodes, in ten-thousandths; each pair has two rows, one for each way."""

decision = Table(
    "decision",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),  # the operating system's user
    Column("because", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("one", Text, nullable=False, index=True),
    Column("other", Text, nullable=False, index=True),
)
"""`model.Decision`, by a person. Rows are only ever added, which a trigger sees to; the articles may be gone."""

claim_change = Table(
    "claim_change",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("claim", Text, nullable=False, index=True),
    Column("other", Text, nullable=False, index=True),
    Column("decision", Integer, ForeignKey("decision.no")),  # the one that did it; else articles came or went
)
"""`model.Change`, as they happened. Rows are only ever added, which a trigger sees to."""
