"""What the outlet asserts in its own name: its headline, and the sentences of its lead that no attribution covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from firsthand.model import STATED_AS_FACT, Article, Attribution, Certainty, Span, Statement

from .hedging import in_clause, weakest
from .tokens import Tokens
from .words import HEADLINE_CHARACTERS

LEAD = 2
"""Paragraphs of the body that count as its lead."""

SENTENCES = 6
"""Sentences of the lead at most: some texts come as one paragraph."""

PROSE = 15
"""Tokens from which on a paragraph of the body is text, not a date, a byline or an invitation."""

SHORT = 6
"""Fewer tokens are no headline, unless they are the title, and no sentence that asserts much."""

MOST = 0.5
"""Share of a sentence that the content of an attribution without a source has to take up. Chosen, not measured."""

AMONG = 40
"""Line ends among which the lead is looked for: behind that, it is not the beginning of an article any more."""

_CLOSING = frozenset("\"”’')]»")


def statements(article: Article, toks: Tokens, attributions: Sequence[Attribution]) -> tuple[Statement, ...]:
    """The headline, unless somebody is named for it, and the lead's sentences that are the outlet's own.

    `toks` are those of the text's beginning. The headline is the text's first line, where it is the article's title or
    no full sentence, and something follows it. The lead is the first two paragraphs of prose behind it, up to 40 lines
    on, and at most six sentences. A question states nothing.
    """
    lines = _lines(toks)
    headline = lines[:1] if lines and _is_headline(article, toks, lines) else []
    lead = [line for line in lines[len(headline) :] if _is_prose(toks, line)][:LEAD]
    found = [line for line in headline if not _sourced(toks, line, attributions)]
    sentences = (places for line in lead for places in _sentences(toks, line) if len(places) >= SHORT)
    found += [places for places in islice(sentences, SENTENCES) if not _others(toks, places, attributions)]
    return tuple(_stated(toks, places) for places in found if not _asks(toks, places))


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
    if (article.title or "").strip() == article.text[start:end]:
        return True
    return len(lines) > 1 and end - start <= HEADLINE_CHARACTERS and len(first) >= SHORT and not _is_prose(toks, first)


def _is_prose(toks: Tokens, line: range) -> bool:
    """Whether a line is long enough for text, and ends as a sentence does."""
    last = next((i for i in reversed(line) if toks.low[i] not in _CLOSING), line[0])
    return len(line) >= PROSE and toks.words[last] in ".?!:…"


def _sentences(toks: Tokens, line: range) -> Iterator[range]:
    """The sentences of a paragraph, each with the marks that close it."""
    start, ended = line.start, False
    for i in line:
        ended = toks.words[i] in ".?!…" or (ended and toks.low[i] in _CLOSING)
        if i + 1 == line.stop or (ended and toks.starts[i + 1] > toks.ends[i] and toks.low[i + 1] not in _CLOSING):
            yield range(start, i + 1)
            start = i + 1


def _sourced(toks: Tokens, line: range, attributions: Sequence[Attribution]) -> bool:
    start, end = toks.span(line[0], line[-1] + 1)
    return any(a.source and start <= a.cue[0][0] < end for a in attributions)


def _others(toks: Tokens, places: range, attributions: Sequence[Attribution]) -> bool:
    """Whether a sentence is somebody else's, wholly or in part: it quotes, or an attribution reaches into it.

    One that names nobody has to hold most of the sentence: "it is believed that ...", not "... and blame the weather".
    """
    start, end = toks.span(places[0], places[-1] + 1)
    told = (span for a in attributions if a.source or _holds(a, (start, end)) for span in (*a.cue, *a.content))
    return any(toks.quoted[i] for i in places) or any(a < end and start < b for a, b in told)


def _holds(attribution: Attribution, sentence: Span) -> bool:
    """Whether an attribution's content makes up most of a sentence."""
    start, end = sentence
    inside = sum(max(0, min(b, end) - max(a, start)) for a, b in attribution.content)
    return inside >= MOST * (end - start)


def _asks(toks: Tokens, places: range) -> bool:
    return any(toks.low[i] == "?" for i in places[-2:])


def _stated(toks: Tokens, places: range) -> Statement:
    hedge = weakest(list(in_clause(toks, places)))
    span = toks.span(places[0], places[-1] + 1)
    if hedge is None:
        return Statement(span, Certainty(STATED_AS_FACT, STATED_AS_FACT))
    return Statement(span, Certainty(*hedge.steps, (toks.span(hedge.first, hedge.end),)))
