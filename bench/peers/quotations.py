"""textacy's direct quotations, asked one paragraph at a time: it gives up on a text with an odd quotation mark."""

from __future__ import annotations

from typing import Any

from textacy.extract.triples import direct_quotations

from bench.peers.spans import paragraphs, spans


def read(nlp: Any, text: str) -> list[dict[str, Any]]:
    """The direct quotations of one article."""
    return [found for offset, paragraph in paragraphs(text) for found in _of_paragraph(nlp(paragraph), offset)]


def _of_paragraph(doc: Any, offset: int) -> list[dict[str, Any]]:
    try:
        triples = list(direct_quotations(doc))
    except ValueError:  # an unclosed quotation
        return []
    return [
        {"source": spans(t.speaker, offset), "cue": spans(t.cue, offset), "content": spans(t.content, offset)}
        for t in triples
    ]
