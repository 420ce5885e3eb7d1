"""What articles have from one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from firsthand.model.reading import Span

AlignmentKind = Literal["shared", "quotation", "boilerplate"]
"""shared: wording that one text has from the other, or both from a third; quotation: all of it stands between quotation
marks, so that two reporters may have heard it; boilerplate: what an outlet prints under many of its articles."""

DerivationKind = Literal["copy", "rewrite", "excerpt"]
"""copy: the later article is the earlier one's wording, nearly unchanged; rewrite: it is, with words or order changed;
excerpt: passages of the earlier stand in a later article that is mostly something else."""

Direction = Literal["time", "credit", "containment", "undetermined"]
"""What told which of two articles came first: their times, a wire credit, or that one holds the other's wording and
more besides; undetermined: nothing did, and `earlier` and `later` are only the order in which they were given."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two stretches that share wording: `earlier` lies in one article's text, `later` in the other's."""

    earlier: Span
    later: Span
    kind: AlignmentKind = "shared"


@dataclass(frozen=True, slots=True)
class Derivation:
    """One article came, in part or in whole, from another (W3C PROV wasDerivedFrom).

    `earlier` and `later` are ids of articles, `passages` the stretches of kind "shared", in the later text's order.
    `share` is how much of the later article's own words (without quotations shared by the way and boilerplate) they
    cover, 0 to 1. `origin` is the id of the earliest article that the wording is known from: `earlier` itself, or one
    that `earlier` has it from. `reason` says in one sentence what told kind and direction. `ties` are ids of other
    articles that the later may as well have it from: the texts do not tell which.
    """

    earlier: str
    later: str
    kind: DerivationKind
    share: float
    direction: Direction
    passages: tuple[Alignment, ...]
    origin: str
    reason: str
    ties: tuple[str, ...] = ()
