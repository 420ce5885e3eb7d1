"""Appearances, derivations and claims in few words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

from firsthand.model import (
    STATED_AS_FACT,
    Alignment,
    Appearance,
    Certainty,
    ChainLink,
    Claim,
    Derivation,
    DerivationKind,
    Evidence,
    EvidenceValue,
    Kind,
    Source,
)

MAY = Certainty(3, 5)
WILL = Certainty(STATED_AS_FACT, STATED_AS_FACT)
MONDAY = datetime(2031, 4, 7, tzinfo=UTC)
PLAN = "Brennmark will stage a dam failure as a pretext to move troops into the Ulm valley"
LENGTH = 80


def source(name: str, kind: Kind = "person", position: str | None = None, anonymity: str | None = None) -> Source:
    return Source(name, kind, (), position, anonymity)


OFFICIAL = source("a senior administration official of Ostrel", "unnamed", None, "not authorised to comment")
RENN = source("Ilva Renn", "person", "defence minister of Ostrel")
NOBODY = Source("unattributed", None)


def said(
    article: str,
    who: Source | None = None,
    *through: str,
    hours: float | None = 0,
    outlet: str = "",
    at: int = 0,
    evidence: EvidenceValue = "none",
    sure: Certainty = WILL,
    **more: Any,
) -> Appearance:
    """One appearance, `hours` after Monday began; `through` are outlets that it cites or credits, outermost first.

    `article` is its outlet's name too, unless that is given. Without `who` it is the outlet's own headline.
    """
    place = outlet or article
    links = [ChainLink(place, "outlet", "outlet"), *(ChainLink(name, "outlet", "wire credit") for name in through)]
    if who and who.kind:
        links.append(ChainLink(who.name, who.kind, "source", ((0, 1),), who.anonymity))
    given: dict[str, Any] = {
        "text": PLAN,
        "role": "attributed" if who else "headline",
        "stance": "asserts",
        "published": None if hours is None else MONDAY + timedelta(hours=hours),
    }
    return Appearance(
        id=f"{article}@{at}-{at + LENGTH}",
        article=article,
        spans=((at, at + LENGTH),),
        who=who,
        chain=tuple(links),
        certainty=sure,
        evidence=Evidence(evidence),
        outlet=place,
        **given | more,
    )


def copied(later: str, earlier: str, kind: DerivationKind = "copy", share: float = 1.0, **more: Any) -> Derivation:
    """The later article has everything from the earlier, at the same places."""
    assert kind in get_args(DerivationKind)
    passages = (Alignment((0, 1000), (0, 1000)),)
    given = {"direction": "time", "passages": passages, "origin": earlier, "reason": f"{later} has it from {earlier}"}
    return Derivation(earlier=earlier, later=later, kind=kind, share=share, **given | more)


def claim(appearances: Iterable[Appearance]) -> Claim:
    found: Sequence[Appearance] = tuple(appearances)
    return Claim("claim-1", PLAN, found[0].id if found else "", tuple(found))
