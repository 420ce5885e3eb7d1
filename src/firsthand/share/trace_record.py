"""A claim and what it rests on as plain dictionaries, ready for JSON."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from firsthand.model import Appearance, ChainLink, Edge, Event, Hardening, Provenance, Root
from firsthand.share.wording import certainty_words


def contract(found: Provenance) -> dict[str, Any]:
    """One line of `claims --format jsonl`: exactly these keys, which other programs rely on.

    Spans are [start, end) in characters of the article's text; "published" is ISO 8601 or None. "roots" support the
    claim; "denied_by" are the names of those that deny it. "first_hand" is None where it could not be looked for.
    """
    counted = found.corroboration
    return {
        "id": found.claim.id,
        "text": found.claim.text,
        "appearances": [_appearance(one) for one in found.claim.appearances],
        "roots": [_root(root) for root in found.roots],
        "independent": {"least": counted.least, "most": counted.most, "reasons": list(counted.reasons)},
        "denied_by": [root.name for root in found.denials],
        "evidence": found.evidence,
        "hardening": [_hardening(step) for step in found.hardening],
    }


def everything(found: Provenance) -> dict[str, Any]:
    """What `trace --format json` writes: the contract, and all else that was found."""
    return contract(found) | {
        "clearest": found.claim.clearest,
        "pinned": found.claim.pinned,
        "links": [{"claim": link.claim, "kind": link.kind, "reason": link.reason} for link in found.claim.links],
        "roots": [_root(root) | _more(root) for root in found.roots],
        "denials": [_root(root) | _more(root) for root in found.denials],
        "doubts": [_root(root) | _more(root) for root in found.doubts],
        "edges": [_edge(edge) for edge in found.edges],
        "first": found.first,
        "events": [_event(event) for event in found.events],
        "suggested_credibility": {"digit": found.credibility, "reason": found.credibility_reason},
    }


def json_text(found: Provenance) -> str:
    """`everything` as indented JSON, with a line's end."""
    return json.dumps(everything(found), ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def _appearance(one: Appearance) -> dict[str, Any]:
    return {
        "id": one.id,
        "article": one.article,
        "spans": [list(span) for span in one.spans],
        "source_name": one.who.name if one.who else None,
        "chain": [_link(link) for link in one.chain],
        "stance": one.stance,
        "certainty": _certainty(one),
        "published": _time(one.published),
    }


def _link(link: ChainLink) -> dict[str, Any]:
    return {"name": link.name, "kind": link.kind, "how": link.how, "anonymity": link.anonymity}


def _certainty(one: Appearance) -> dict[str, Any] | None:
    if one.certainty is None:
        return None
    return {"words": certainty_words(one.certainty), "least": one.certainty.least, "most": one.certainty.most}


def _root(root: Root) -> dict[str, Any]:
    return {"name": root.name, "kind": root.kind, "first_hand": root.first_hand, "articles": list(root.articles)}


def _more(root: Root) -> dict[str, Any]:
    return {
        "id": root.id,
        "first": root.first,
        "reason": root.reason,
        "anonymity": root.anonymity,
        "through": list(root.through),
        "stated": list(root.stated),
        "withdrawn": root.withdrawn,
    }


def _hardening(step: Hardening) -> dict[str, Any]:
    return {
        "earlier": step.earlier,
        "later": step.later,
        "lost": step.lost,
        "before": step.before,
        "after": step.after,
    }


def _edge(edge: Edge) -> dict[str, Any]:
    return {"later": edge.later, "earlier": edge.earlier, "kind": edge.kind, "reason": edge.reason}


def _event(event: Event) -> dict[str, Any]:
    return {"kind": event.kind, "at": _time(event.at), "appearance": event.appearance, "what": event.what}


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
