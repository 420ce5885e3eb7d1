"""Comparisons that are given, not found: what shows them is tested without a search for shared wording."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from firsthand.model import Alignment, AlignmentKind, Article, Derivation, Span
from firsthand.share.compare import Comparison

WIRE = """\
Karst dam to be drained after cracks found

ORVANE (NPA) — Engineers will begin to drain the Karst dam on Monday after divers found cracks in its eastern wall, the
water authority of Ostrel said on Friday.

“Nobody downstream is in danger tonight,” said Ilva Renn, who heads the authority, “and nobody will be.”

The reservoir holds enough water for two cities. Draining it to a third of its height may take eleven days, according to
a report that the authority has not published.

Farmers in the valley said they had seen water seep from the wall since March.
"""
REWRITE = """\
Cracks force authorities to drain Karst dam

Divers have found cracks. Engineers will start to drain the Karst dam on Monday after divers found deep cracks in its
eastern wall, the water authority of Ostrel said.

Tomas Ek, who farms below the dam, said that nobody had told him anything.

“Nobody downstream is in danger tonight,” Ilva Renn told reporters.

Draining it to a third of its height will take eleven days, according to a report that the authority has not published.

Sign up for the Valley Morning, our letter of the day. All of it is free.
"""
SAME: tuple[tuple[str, str, AlignmentKind], ...] = (
    (
        "Engineers will begin to drain the Karst dam on Monday after divers found cracks in its eastern wall, the\n"
        "water authority of Ostrel said",
        "Engineers will start to drain the Karst dam on Monday after divers found deep cracks in its\n"
        "eastern wall, the water authority of Ostrel said",
        "shared",
    ),
    ("Nobody downstream is in danger tonight", "Nobody downstream is in danger tonight", "quotation"),
    (
        "Draining it to a third of its height may take eleven days, according to\n"
        "a report that the authority has not published",
        "Draining it to a third of its height will take eleven days, according to a report that the authority has not "
        "published",
        "shared",
    ),
)
NINE = datetime(2031, 4, 11, 9, 12, tzinfo=UTC)


def given_article(text: str = WIRE, **fields: Any) -> Article:
    """An article about an invented place."""
    known: dict[str, Any] = {
        "id": "karst-1",
        "title": "Karst dam to be drained after cracks found",
        "outlet": "Northern Press Agency",
        "published": NINE,
        "language": "en",
        "url": "https://npa.example/karst",
    }
    return Article(text=text, **known | fields)


def given_later(text: str = REWRITE, **fields: Any) -> Article:
    """An article that was made of the first."""
    known: dict[str, Any] = {
        "id": "valley-7",
        "title": "Cracks force authorities to drain Karst dam",
        "outlet": "The Valley Morning",
        "published": NINE + timedelta(hours=3, minutes=5),
        "url": "https://valley.example/dam",
    }
    return given_article(text, **known | fields)


def given_comparison(
    earlier: Article | None = None,
    later: Article | None = None,
    same: tuple[tuple[str, str, AlignmentKind], ...] = SAME,
    **fields: Any,
) -> Comparison:
    """Two articles with what is the same in both, and a derivation with any of its fields."""
    one, other = earlier or given_article(), later or given_later()
    found = tuple(Alignment(_span(one.text, old), _span(other.text, new), kind) for old, new, kind in same)
    return Comparison(one, other, found, _derivation(one, other, found, **fields))


def _derivation(one: Article, other: Article, found: tuple[Alignment, ...], **fields: Any) -> Derivation:
    known: dict[str, Any] = {
        "earlier": one.id,
        "later": other.id,
        "kind": "rewrite",
        "share": 0.634,
        "direction": "time",
        "passages": tuple(alignment for alignment in found if alignment.kind == "shared"),
        "origin": one.id,
        "reason": "63% of the later article's words are the earlier one's, some of them changed; it came out later.",
    }
    return Derivation(**known | fields)


def _span(text: str, words: str) -> Span:
    return text.index(words), text.index(words) + len(words)
