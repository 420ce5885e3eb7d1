"""The tables of what lists show: worked out when claims change, so that no page has to.

Days are proleptic ordinals, in UTC. What is out of date stands in `stale`, put there by triggers in the transaction
that changed something: see `sqlite_stale`.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, Table, Text

from firsthand.library.schema import metadata

stale = Table(
    "stale",
    metadata,
    Column("what", Text, primary_key=True),  # "claim", "version", "source", "outlet"
    Column("name", Text, primary_key=True),  # the claim's id, the version's `no`, the key
    sqlite_with_rowid=False,
)
"""What is to be worked out anew."""

_SORTED_BY = {
    "carried": ("articles", "outlets"),
    "newest": ("first",),
    "changed": ("changed",),
    "rooted": ("spread", "articles"),
}
_TOLD = ("flags", "first_day", "last_day")

summary = Table(
    "summary",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("claim", Text, nullable=False, unique=True),
    Column("articles", Integer, nullable=False),
    Column("outlets", Integer, nullable=False),
    Column("first", Text, nullable=False),  # when it was reported first; "" where no time is known
    Column("changed", Text, nullable=False),  # when what is told here changed last
    Column("spread", Float, nullable=False),  # minus the most roots for each article that supports it: 1 under 40 first
    Column("flags", Integer, nullable=False),  # `summaries.FLAGS`
    Column("first_day", Integer, nullable=False),  # of all articles, also those against it; 0 where none is known
    Column("last_day", Integer, nullable=False),
    *(Index(f"summary_{name}", *columns, "no", *_TOLD) for name, columns in _SORTED_BY.items()),
    Index("summary_flags", *_TOLD),
)
"""A claim, by all that lists of claims sort and filter by. Small rows: a filter may have to look at all of them."""

summary_text = Table(
    "summary_text",
    metadata,
    Column("no", Integer, ForeignKey("summary.no", ondelete="CASCADE"), primary_key=True),
    Column("record", Text, nullable=False),  # the Summary without sayings and wordings: `packing.packed`
    Column("text", Text, nullable=False),
    Column("wordings", Text, nullable=False),  # a line each
)
"""What a list shows of a claim, and the words by which it is found."""


def _claim() -> Column[int]:
    return Column("no", Integer, ForeignKey("summary.no", ondelete="CASCADE"), primary_key=True)


claim_day = Table(
    "claim_day",
    metadata,
    _claim(),
    Column("day", Integer, primary_key=True),
    Index("claim_day_day", "day", "no"),
    sqlite_with_rowid=False,
)
"""On which days articles told of a claim."""

claim_outlet = Table(
    "claim_outlet",
    metadata,
    _claim(),
    Column("outlet", Text, primary_key=True),  # `slugs.outlet_key`
    Index("claim_outlet_outlet", "outlet", "no"),
    sqlite_with_rowid=False,
)
"""Who told of a claim."""

claim_source = Table(
    "claim_source",
    metadata,
    _claim(),
    Column("source", Text, primary_key=True),  # `slugs.source_key`
    Column("side", Text, primary_key=True),
    Column("appearance", Text, primary_key=True),  # two unnamed officials are described alike, and are two
    Column("kind", Text, nullable=False),
    Column("root", Boolean, nullable=False),
    Column("at", Text, nullable=False),  # "" where no time is known
    Column("name", Text, nullable=False),
    Column("record", Text, nullable=False),  # the Saying: `packing.packed`
    Index("claim_source_source", "source", "at", "no"),
)
"""Who said something on a claim: `model.Saying`."""

source = Table(
    "source",
    metadata,
    Column("key", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("sought", Text, nullable=False),  # all ways of writing it, folded, a line each
    Column("kind", Text, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("against", Integer, nullable=False),  # of those, how many it denies or doubts
    Column("first", Text, nullable=False),
    Column("last", Text, nullable=False),
    Index("source_claims", "claims"),
    Index("source_last", "last"),
    Index("source_name", "name"),
)
"""A source, over all claims."""


def _version() -> Column[int]:
    return Column("version", Integer, ForeignKey("version.no", ondelete="CASCADE"), primary_key=True)


_MADE_OF = ("size", "own", "credited", "copied", "open", "named", "unnamed", "nobody")

made = Table(
    "made",
    metadata,
    _version(),
    Column("outlet", Text, nullable=False),  # the key of its usual name
    Column("alias", Text, nullable=False),  # the key of its name as it is written
    Column("name", Text, nullable=False),  # the usual one
    *(Column(name, Integer, nullable=False) for name in _MADE_OF),
    Index("made_outlet", "outlet"),
    Index("made_alias", "alias"),
)
"""Of what an article is made: `model.Make`. Of newest versions that were read and compared, with a known outlet."""

relied = Table(
    "relied",
    metadata,
    _version(),
    Column("on", Text, primary_key=True),  # the key of an outlet
    Column("how", Text, primary_key=True),
    Column("outlet", Text, nullable=False),  # the key of the article's
    Column("name", Text, nullable=False),  # of whom it relies on
    Column("count", Integer, nullable=False),
    Index("relied_outlet", "outlet", "on"),
    Index("relied_on", "on"),
)
"""Whom an article relies on: `model.Relied`."""

outlet = Table(
    "outlet",
    metadata,
    Column("key", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("claims", Integer, nullable=False),
    *(Column(name, Integer, nullable=False) for name in _MADE_OF),
    Column("relied_on", Integer, nullable=False),  # articles of others that rely on it
    Index("outlet_articles", "articles"),
)
"""An outlet, over all of its newest versions that were read; or one that is only relied on, with no articles."""
