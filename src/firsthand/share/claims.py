"""Claims and what they rest on as lines of JSON, and in the few words of a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.model import Appearance, Provenance
from firsthand.share.lineage import moment
from firsthand.share.lines import line as json_line
from firsthand.share.plain import one_line
from firsthand.share.trace_record import contract
from firsthand.share.trace_words import correcting

NAMES = 2
"""Names of who denies a claim that a row tells."""


EVIDENCE = {
    "none": "",
    "withheld": "withheld",
    "described": "described",
    "shown": "shown",
    "eyewitness": "eyewitness",
    "unverified": "unverified",
}
"""In a row; nothing for what is not mentioned."""


@dataclass(frozen=True, slots=True)
class Row:
    """A claim in the words of a table, each plain text on one line; empty where there is nothing to tell.

    `articles` and `outlets` support it; 0 outlets where none is known. `first` is when, and by whom, it was first told.
    """

    id: str
    claim: str
    articles: int
    outlets: int
    roots: str
    denied_by: str
    evidence: str
    first: str


def row(found: Provenance) -> Row:
    """The row of a claim. Articles and outlets are those that support it, as `trace` counts them."""
    carrying = {article for root in found.roots for article in root.articles} - correcting(found)
    appearances = [one for one in found.claim.appearances if one.article in carrying]
    return Row(
        found.claim.id,
        one_line(found.claim.text),
        len(carrying),
        len({one.outlet.casefold() for one in appearances if one.outlet}),
        roots(found),
        named([root.name for root in found.denials]),
        EVIDENCE[found.evidence],
        _first(found),
    )


def roots(found: Provenance) -> str:
    """The range: "1-2", "1"."""
    least, most = found.corroboration.least, found.corroboration.most
    return str(least) if least == most else f"{least}-{most}"


def named(names: Sequence[str]) -> str:
    """Names in a row: the first two, and how many more there are."""
    shown = [one_line(name) for name in dict.fromkeys(names)]
    more = f" and {len(shown) - NAMES} more" if len(shown) > NAMES else ""
    return ", ".join(shown[:NAMES]) + more


def _first(found: Provenance) -> str:
    one = next((one for one in found.claim.appearances if one.article == found.first), None)
    if one is None:
        return ""
    return " · ".join(filter(None, (_when(one), one_line(one.outlet or ""))))


def _when(one: Appearance) -> str:
    return moment(one.published) if one.published else ""


def line(found: Provenance) -> str:
    """`trace_record.contract` as one line of JSON, without anything that a program takes for the end of a line."""
    return json_line(contract(found))


def lead_line(article: str, claim: str) -> str:
    """A line of `--leads`."""
    return json_line({"id": article, "claim": claim})
