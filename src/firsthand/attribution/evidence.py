"""What the article has of evidence for a content: by words of its sentence, of the next, and by links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import cast

from firsthand.model import Attribution, Evidence, EvidenceValue, Link, Span, Spans

from . import lexicons
from .tagger import Tagged
from .tokens import Tokens
from .withheld import Withheld, withheld, words

Found = tuple[EvidenceValue, Span]

ORDER: tuple[EvidenceValue, ...] = ("unverified", "withheld", "shown", "eyewitness", "described")
"""Which is told where there are several: what lacks first, then the strongest of what there is."""

NEXT: frozenset[EvidenceValue] = frozenset({"unverified", "withheld"})
"""What the next sentence of the paragraph may say of this one."""

NEAR = 8
"""Line ends between "has not provided ... the intelligence" and another sentence on it: four paragraphs set apart."""

NOTHING = Evidence("none")


def evidence(
    tagged: Tagged,
    toks: Tokens,
    attribution: Attribution,
    links: Sequence[Link] = (),
    places: tuple[Withheld, ...] | None = None,
) -> Evidence:
    """The evidence for the content: "none" where nothing is said of any.

    `links` are the article's. `places` are `withheld(toks)`, where the caller has it already: found once for a text,
    it need not be found for each of its attributions. `tagged` is not looked at.
    """
    known = withheld(toks) if places is None else places
    found = list(_found(toks, attribution, links, known))
    for value in ORDER:
        spans = sorted({span for v, span in found if v == value})
        if spans:
            return Evidence(value, _apart(spans))
    return NOTHING


def _found(
    toks: Tokens, attribution: Attribution, links: Sequence[Link], places: tuple[Withheld, ...]
) -> Iterator[Found]:
    own, following = sentences(toks, attribution)
    yield from _exhibits(toks, attribution)
    yield from _phrases(toks, own)
    yield from (found for found in _phrases(toks, following) if found[0] in NEXT)
    yield from _kept_back(toks, places, own, following)
    yield from _linked(toks, attribution, links)


def sentences(toks: Tokens, attribution: Attribution) -> tuple[range, range]:
    """The tokens of the attribution's sentence or sentences, and those of the next one of the same paragraph."""
    spans = (*attribution.source, *attribution.cue, *attribution.content)
    first = toks.at(min(start for start, _ in spans))
    last = max(first, toks.at(max(end for _, end in spans)) - 1)
    start = _edge(toks, first, -1) if first < len(toks) else first
    end = _edge(toks, last, 1) + 1 if last < len(toks) else last
    return range(start, end), _next(toks, end)


def _edge(toks: Tokens, i: int, step: int) -> int:
    """The last token of the same sentence, going by `step`."""
    while 0 <= i + step < len(toks) and toks.sentence[i + step] == toks.sentence[i]:
        i += step
    return i


def _next(toks: Tokens, start: int) -> range:
    while start < len(toks) and toks.low[start] in "\"”’'":
        start += 1
    if start >= len(toks) or start == 0 or toks.paragraph[start] != toks.paragraph[start - 1]:
        return range(0)
    return range(start, _edge(toks, start, 1) + 1)


def _exhibits(toks: Tokens, attribution: Attribution) -> Iterator[Found]:
    """A source that is itself a poll, a video, records."""
    table = lexicons.table("exhibits")
    for span in attribution.source:
        for i in _first_phrase(toks, toks.inside(span)):
            if toks.low[i] in table and _heads(toks, i, span[1]):
                yield cast(EvidenceValue, table[toks.low[i]]), toks.span(i, i + 1)


def _first_phrase(toks: Tokens, places: range) -> range:
    """The source's words up to what is only added to them ("of ...", "who ...", a comma)."""
    added = lexicons.words("additions")
    return range(places.start, next((i for i in places if toks.low[i] in added), places.stop))


def _heads(toks: Tokens, i: int, end: int) -> bool:
    """Whether a noun is the head of its phrase: no name and no other noun of the source follows at once."""
    behind = i + 1
    if behind >= len(toks) or toks.starts[behind] >= end:
        return True
    nouns, one = lexicons.table("nouns"), toks.low[behind].removesuffix("s")
    return not (toks.capital(behind) or one in nouns or toks.low[behind] in lexicons.table("kinds"))


def _phrases(toks: Tokens, places: range) -> Iterator[Found]:
    table = _table()
    for i in places:
        for phrase, value in table.get(toks.low[i], ()):
            end = i + len(phrase)
            if toks.low[i:end] == list(phrase):
                yield value, toks.span(i, end)
                break


def _kept_back(toks: Tokens, places: tuple[Withheld, ...], own: range, following: range) -> Iterator[Found]:
    """Evidence withheld in these sentences, or elsewhere for what they speak of ("the intelligence")."""
    for place in places:
        if place.first in own or place.first in following or _same(toks, place, own):
            yield "withheld", words(toks, place)


def _same(toks: Tokens, place: Withheld, own: range) -> bool:
    """Whether a sentence not far off speaks of what the evidence is withheld for."""
    if not place.subjects or not own or abs(toks.paragraph[own[0]] - toks.paragraph[place.first]) > NEAR:
        return False
    return any(toks.low[i] in place.subjects and _heads(toks, i, toks.ends[own[-1]]) for i in own)


def _linked(toks: Tokens, attribution: Attribution, links: Sequence[Link]) -> Iterator[Found]:
    """Links from the attribution's words to a document, a picture, data, by their anchors."""
    table = lexicons.table("exhibits")
    spans = (*attribution.source, *attribution.cue, *attribution.content)
    for link in links:
        over = any(start < link.end and link.start < end for start, end in spans)
        if over and any(toks.low[i] in table for i in toks.inside((link.start, link.end))):
            yield "shown", (link.start, link.end)


def _apart(spans: list[Span]) -> Spans:
    """Spans in reading order, without those that overlap an earlier one."""
    kept = list[Span]()
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return tuple(kept)


@cache
def _table() -> dict[str, tuple[tuple[tuple[str, ...], EvidenceValue], ...]]:
    """First word -> the phrases that begin with it, longest first."""
    table = dict[str, list[tuple[tuple[str, ...], EvidenceValue]]]()
    for key, value in lexicons.table("proofs").items():
        phrase = tuple(key.split())
        table.setdefault(phrase[0], []).append((phrase, cast(EvidenceValue, value)))
    return {word: tuple(sorted(rows, key=lambda row: -len(row[0]))) for word, rows in table.items()}
