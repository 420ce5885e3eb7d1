"""Readings as plain dictionaries, ready for JSON, and as lines of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from firsthand.model import Article, Attribution, Certainty, ChainLink, Credit, Reading, Source, Spans, Statement
from firsthand.share.lines import encoded
from firsthand.share.wording import certainty_words

PART = 2**16
"""Characters of the longest part that a text is cut into."""


def contract(reading: Reading) -> dict[str, Any]:
    """One line of `--format jsonl`: exactly these keys, which other programs rely on.

    Spans are [start, end) in characters (code points) of "text"; "published" is ISO 8601 or None. None, too, is what
    was not looked for: a reading of `firsthand read` has everything. "certainty" is None where the content is nothing
    that could be true or false. "deciding" holds the spans of the words that decided each finding.
    """
    return {
        **_head(reading.article),
        "text": reading.article.text,
        "attributions": [_attribution(attribution) for attribution in reading.attributions],
        **_tail(reading),
    }


def contract_line(reading: Reading) -> Iterator[str]:
    """`contract` as one line of JSON, in parts: of a long article the line would take many times its size."""
    yield f'{encoded(_head(reading.article))[:-1]}, "text": "'
    for start in range(0, len(reading.article.text), PART):
        yield encoded(reading.article.text[start : start + PART])[1:-1]
    yield '", "attributions": ['
    for number, attribution in enumerate(reading.attributions):
        yield (", " if number else "") + encoded(_attribution(attribution))
    yield f"], {encoded(_tail(reading))[1:]}\n"


def everything(reading: Reading) -> dict[str, Any]:
    """One element of `--format json`: the contract, and what else is known of the article."""
    article = reading.article
    return contract(reading) | {
        "byline": article.byline,
        "url": article.url,
        "modified": _time(article.modified),
        "origin": article.origin,
        "links": [{"start": link.start, "end": link.end, "url": link.url} for link in article.links],
        "media": [{"url": media.url, "kind": media.kind, "caption": media.caption} for media in article.media],
        "warnings": list(reading.warnings),
    }


def _head(article: Article) -> dict[str, Any]:
    """What the contract says of an article before its text."""
    return {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "published": _time(article.published),
        "language": article.language,
    }


def _tail(reading: Reading) -> dict[str, Any]:
    """What the contract says after the attributions."""
    return {
        "wire_credits": [_credit(credit) for credit in reading.credits],
        "statements": [_statement(statement) for statement in reading.statements],
        "model": reading.model,
    }


def _attribution(attribution: Attribution) -> dict[str, Any]:
    return {
        "source": _spans(attribution.source),
        "cue": _spans(attribution.cue),
        "content": _spans(attribution.content),
        "score": round(attribution.score, 4),
        **_of_source(attribution.who),
        "chain": [_link(link) for link in attribution.chain],
        "certainty": _certainty(attribution.certainty),
        "stance": attribution.stance.value if attribution.stance else None,
        "evidence": attribution.evidence.value if attribution.evidence else None,
        "deciding": _deciding(attribution),
    }


def _of_source(who: Source | None) -> dict[str, Any]:
    return {
        "source_name": who.name if who else None,
        "source_kind": who.kind if who else None,
        "position": who.position if who else None,
        "anonymity": who.anonymity if who else None,
    }


def _link(link: ChainLink) -> dict[str, Any]:
    return {
        "name": link.name,
        "kind": link.kind,
        "how": link.how,
        "anonymity": link.anonymity,
        "spans": _spans(link.spans),
        "anonymity_spans": _spans(link.anonymity_spans),
    }


def _certainty(certainty: Certainty | None) -> dict[str, Any] | None:
    if certainty is None:
        return None
    return {"words": certainty_words(certainty), "least": certainty.least, "most": certainty.most}


def _deciding(attribution: Attribution) -> dict[str, Any]:
    who = attribution.who
    findings = attribution.certainty, attribution.stance, attribution.evidence
    return {
        "source_name": _spans(who.mentions if who else ()),
        "position": _spans(who.position_spans if who else ()),
        "anonymity": _spans(who.anonymity_spans if who else ()),
    } | {
        name: _spans(finding.spans if finding else ())
        for name, finding in zip(("certainty", "stance", "evidence"), findings, strict=True)
    }


def _credit(credit: Credit) -> dict[str, Any]:
    return {"agency": credit.agency, "how": credit.how, "spans": _spans(credit.spans)}


def _statement(statement: Statement) -> dict[str, Any]:
    certainty = statement.certainty
    return {
        "span": list(statement.span),
        "certainty": _certainty(certainty),
        "deciding": {"certainty": _spans(certainty.spans)},
    }


def _spans(spans: Spans) -> list[list[int]]:
    return [list(span) for span in spans]


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
