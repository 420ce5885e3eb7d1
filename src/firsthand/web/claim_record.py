"""A claim as plain dictionaries, ready for JSON: all that its page shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from firsthand.library.decisions import Changed
from firsthand.library.judgements import Judgement, standing
from firsthand.model import Appearance
from firsthand.share.page import web_address
from firsthand.share.trace_record import everything
from firsthand.share.trace_words import carried, heading, shortened
from firsthand.web.claim_found import Found
from firsthand.web.claim_history import digit_of

EXCERPT = 300
"""Characters of an article that are given out of a statement, at most."""


def record(one: Found, several: Sequence[Judgement]) -> dict[str, Any]:
    """What `claims --format jsonl` and `trace --format json` tell, and what the page shows beside it.

    "seen" is what a decision may carry, to be refused where the claim is no longer as it was.
    """
    found = everything(one.provenance)
    return found | {
        "hardening": [step | _cut(step, "before", "after") for step in found["hardening"]],
        "links": [link | {"text": _text(one, link["claim"])} for link in found["links"]],
        "carried": carried(one.provenance),
        "summary": list(heading(one.provenance)),
        "statements": [_statement(said) for said in one.claim.appearances],
        "articles": [_article(one, identity) for identity in dict.fromkeys(a.article for a in one.claim.appearances)],
        "judgements": [judgement(said, standing(several)) for said in several],
        "history": [turn(changed) for changed in one.history],
        "seen": one.seen,
    }


def judgement(one: Judgement, stand: frozenset[int]) -> dict[str, Any]:
    """A judgement; "stands" unless the same person has judged later. "digit" is the Admiralty code's, if it is one."""
    said = one.conclusion
    return {
        "number": one.number,
        "at": one.at.isoformat(),
        "who": one.who,
        "claim": one.claim,
        "words": one.words,
        "stood": one.stood or None,
        "conclusion": said.words,
        "rating": said.rating or None,
        "digit": digit_of(said.rating) or None,
        "reasons": said.reasons,
        "rests_on": [{"id": ground.id, "name": ground.name} for ground in said.rests],
        "stands": one.number in stand,
    }


def turn(one: Changed) -> dict[str, Any]:
    """Something that became of a claim, and who decided it; "by" is None where articles came or went."""
    by = one.by and {
        "at": one.by.at.isoformat(),
        "who": one.by.who,
        "because": one.by.because,
        "decided": one.by.decision.kind,
        "statements": [name for name in (one.by.decision.one, one.by.decision.other) if name],
    }
    change = one.change
    return {
        "at": one.at.isoformat(),
        "action": change.kind,
        "claim": change.claim,
        "other": change.other or None,
        "by": by,
    }


def _text(one: Found, claim: str) -> str | None:
    return one.others[claim].text if claim in one.others else None


def _cut(step: dict[str, Any], *names: str) -> dict[str, str]:
    return {name: shortened(step[name], EXCERPT) for name in names}


def _statement(one: Appearance) -> dict[str, Any]:
    return {
        "id": one.id,
        "words": shortened(one.text, EXCERPT),
        "role": one.role,
        "evidence": one.evidence.value if one.evidence else None,
        "corrects": one.corrects,
    }


def _article(one: Found, identity: str) -> dict[str, Any]:
    known = one.known.get(identity)
    return {
        "id": identity,
        "outlet": known.outlet if known else None,
        "title": known.title if known else None,
        "published": known.published.isoformat() if known and known.published else None,
        "language": known.language if known else None,
        "url": web_address(known.url) if known else None,
    }
