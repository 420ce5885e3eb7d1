"""What the outlet asserts in its own name: its headline, and the sentences of its lead that no attribution covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from firsthand.model import STATED_AS_FACT, Article, Attribution, Certainty, Span, Statement

from .hedging import in_clause, weakest
from .tokens import Tokens
from .words import HEADLINE_CHARACTERS

LEAD = 2
"""Paragraphs of the body that count as its lead."""

PROSE = 8
"""Tokens from which on a paragraph of the body is text, not a date, a byline or a caption."""

AMONG = 40
"""Line ends among which the lead is looked for: behind that, it is not the beginning of an article any more."""

COVERED = 0.5
"""A sentence of which so much is some attribution's is not the outlet's own."""

_CLOSING = frozenset("\"”’')]»")


def statements(article: Article, toks: Tokens, attributions: Sequence[Attribution]) -> tuple[Statement, ...]:
    """The headline, unless somebody is named for it, and the lead's sentences that are the outlet's own.

    `toks` are those of the text's beginning. The headline is the text's first line, where it is the article's title or
    no full sentence, and something follows it. The lead is the first two paragraphs of prose behind it, up to 40 lines
    on. A question states nothing.
    """
    lines = _lines(toks)
    headline = lines[:1] if lines and _is_headline(article, toks, lines) else []
    lead = [line for line in lines[len(headline) :] if _is_prose(toks, line)][:LEAD]
    found = [line for line in headline if not _sourced(toks, line, attributions)]
    found += [
        s for line in lead for s in _sentences(toks, line) if not _covered(toks.span(s[0], s[-1] + 1), attributions)
    ]
    return tuple(_stated(toks, places) for places in found if places and not _asks(toks, places))


def _lines(toks: Tokens) -> list[range]:
    """The first lines of the text that are not empty."""
    lines, start = list[range](), 0
    for i, word in enumerate(toks.words):
        if word == "\n":
            lines, start = [*lines, range(start, i)] if i > start else lines, i + 1
            if toks.paragraph[i] > AMONG:
                return lines
    return [*lines, range(start, len(toks))] if start < len(toks) else lines


def _is_headline(article: Article, toks: Tokens, lines: list[range]) -> bool:
    first = lines[0]
    start, end = toks.span(first[0], first[-1] + 1)
    if len(lines) < 2 or end - start > HEADLINE_CHARACTERS:
        return False
    return (article.title or "").strip() == article.text[start:end] or not _is_prose(toks, first)


def _is_prose(toks: Tokens, line: range) -> bool:
    """Whether a line is long enough for text, and ends as a sentence does."""
    last = next((i for i in reversed(line) if toks.low[i] not in _CLOSING), line[0])
    return len(line) >= PROSE and toks.low[last] in ".?!:…"


def _sentences(toks: Tokens, line: range) -> Iterator[range]:
    """The sentences of a paragraph, each with the marks that close it."""
    start = line.start
    for i in line:
        ends = i + 1 >= line.stop or toks.sentence[i + 1] != toks.sentence[start]
        if ends and (i + 1 >= line.stop or toks.low[i + 1] not in _CLOSING):
            yield range(start, i + 1)
            start = i + 1


def _sourced(toks: Tokens, line: range, attributions: Sequence[Attribution]) -> bool:
    start, end = toks.span(line[0], line[-1] + 1)
    return any(a.source and start <= a.cue[0][0] < end for a in attributions)


def _covered(sentence: Span, attributions: Sequence[Attribution]) -> bool:
    """Whether one attribution holds at least half of a sentence."""
    return any(_overlap(sentence, a) >= COVERED * (sentence[1] - sentence[0]) for a in attributions)


def _overlap(sentence: Span, attribution: Attribution) -> int:
    spans = (*attribution.source, *attribution.cue, *attribution.content)
    return sum(max(0, min(end, sentence[1]) - max(start, sentence[0])) for start, end in spans)


def _asks(toks: Tokens, places: range) -> bool:
    return any(toks.low[i] == "?" for i in places[-2:])


def _stated(toks: Tokens, places: range) -> Statement:
    hedge = weakest(list(in_clause(toks, places)))
    span = toks.span(places[0], places[-1] + 1)
    if hedge is None:
        return Statement(span, Certainty(STATED_AS_FACT, STATED_AS_FACT))
    return Statement(span, Certainty(*hedge.steps, (toks.span(hedge.first, hedge.end),)))
