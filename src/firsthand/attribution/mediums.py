"""Through which medium somebody spoke: "told CNN", "in an interview with the Larkmoor Gazette", "on Radio Verran"."""

from __future__ import annotations

from collections.abc import Iterator

from firsthand.model import Attribution, Span

from . import lexicons
from .kinds import KINDS, outlet
from .parties import NAMED
from .resolve import Resolver
from .tokens import Tokens

LONGEST = 5
"""Tokens of the longest name of a medium."""

BEFORE = 4
"""Tokens between the preposition and the name: "with the state-run Radio Verran"."""

SURE = 0.5
"""Probability of being an outlet from which a name that no list has counts as one."""

Medium = Span


def medium(resolver: Resolver, attribution: Attribution) -> Medium | None:
    """The name of the medium in the attribution's sentence that it was said to, or in."""
    return next(_mediums(resolver, attribution), None)


def _mediums(resolver: Resolver, attribution: Attribution) -> Iterator[Medium]:
    toks, at = resolver.toks, 0
    places = list(_scope(toks, attribution))
    told = bool(lexicons.closed("telling") & {toks.low[i] for i in places})
    while at < len(places):
        end = name_at(resolver, places[at])
        if end and _led(toks, places, at, told) and toks.low[end : end + 1] not in _EVENTS:
            yield toks.span(places[at], end)
        at += max(end - places[at], 1)


_EVENTS = [[word] for word in lexicons.closed("events")]


def _scope(toks: Tokens, attribution: Attribution) -> Iterator[int]:
    """The tokens of the cue's sentences outside source and content."""
    sentences = {toks.sentence[i] for span in attribution.cue for i in toks.inside(span)}
    taken = [toks.inside(span) for span in attribution.source + attribution.content]
    cue = toks.at(attribution.cue[0][0])
    first = last = cue
    while first and toks.sentence[first - 1] in sentences:
        first -= 1
    while last < len(toks) and toks.sentence[last] in sentences:
        last += 1
    return (i for i in range(first, last) if not any(i in part for part in taken))


def name_at(resolver: Resolver, i: int) -> int:
    """The token after the name of a medium that begins here; 0 where none does."""
    toks = resolver.toks
    if not toks.capital(i) or i + 1 > len(toks):
        return 0
    for end in range(min(i + LONGEST, len(toks)), i, -1):
        if outlet(toks.low[i:end]) and _whole(toks, i, end):
            return end
    return _guessed(resolver, i)


def _whole(toks: Tokens, i: int, end: int) -> bool:
    """Whether the name stands alone: a lone common word ("Times", "Hill") only with an article or a possessive."""
    if end - i > 1 or toks.words[i].isupper() or toks.low[i] not in _COMMON:
        return end == len(toks) or not (toks.capital(end) and toks.low[end] not in ("'s",) and end - i == 1)
    return i > 0 and toks.low[i - 1] in ("the", "’s", "'s", "“", '"')


_COMMON = lexicons.closed("papers") | {"hill", "times", "post", "sun", "star", "people", "time", "nation", "dawn"}


def _guessed(resolver: Resolver, i: int) -> int:
    """A name of the text that the kinds take for an outlet."""
    for party in resolver.people:
        if party.sort == NAMED and not party.person:
            for first, end in party.mentions:
                if first == i and resolver.kinds_of(party)[KINDS.index("outlet")] > SURE:
                    return end
    return 0


def _led(toks: Tokens, places: list[int], at: int, told: bool) -> bool:
    """Whether a preposition or "told" leads to the name, with nothing but its own words between."""
    for steps, j in enumerate(range(at - 1, -1, -1)):
        word = toks.low[places[j]]
        if word in lexicons.closed("media_before"):
            return word in lexicons.closed("telling") or told or _spoken(toks, places, j) or word == "on"
        between = word in lexicons.closed("media_between") or toks.capital(places[j])
        if not between or steps == BEFORE:
            return False
    return False


def _spoken(toks: Tokens, places: list[int], at: int) -> bool:
    """Whether an interview, an appearance or the like stands before the preposition."""
    near = (toks.low[places[j]] for j in range(max(at - 12, 0), at + 1))
    return any(word in lexicons.closed("meeting") for word in near)
