"""Through which medium somebody spoke: "told CNN", "in an interview with the Larkmoor Gazette", "on Radio Verran"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.model import Attribution, Span

from . import lexicons
from .kinds import KINDS, outlet
from .resolve import Resolver
from .tokens import Tokens

LONGEST = 5
"""Tokens of the longest name of a medium."""

BEFORE = 4
"""Tokens between the preposition and the name: "with the state-run Radio Verran"."""

SURE = 0.5
"""Probability of being an outlet from which a name that no list has counts as one."""

FAR = 12
"""Tokens before the name among which an interview is looked for."""


@dataclass(frozen=True, slots=True)
class Medium:
    """A medium that somebody spoke to or in: the span of its name, its sentence and paragraph, who is named there."""

    span: Span
    sentence: int
    paragraph: int
    speakers: frozenset[int]


def mediums(resolver: Resolver, attributions: Sequence[Attribution], numbers: Sequence[int | None]) -> list[Medium]:
    """Every place where somebody is said to have spoken to or in a medium, in reading order."""
    toks = resolver.toks
    contents = {i for a in attributions for span in (*a.content, *a.source) for i in toks.inside(span)}
    spoken = _speakers(resolver, attributions, numbers)
    found, i = [], 0
    while i < len(toks):
        end = 0 if i in contents else name_at(resolver, i)
        if end and _spoke(toks, _sentence(toks, i, contents), end):
            speakers = frozenset(spoken.get(toks.sentence[i], ()))
            found.append(Medium(toks.span(i, end), toks.sentence[i], toks.paragraph[i], speakers))
        i = max(end, i + 1)
    return found


def _speakers(
    resolver: Resolver, attributions: Sequence[Attribution], numbers: Sequence[int | None]
) -> dict[int, set[int]]:
    """Sentence -> the parties that are named in it, or are the source of an attribution there."""
    toks, found = resolver.toks, defaultdict[int, set[int]](set)
    for party in resolver.people:
        for first, _ in party.mentions if party.person else ():
            found[toks.sentence[first]].add(party.number)
    for attribution, number in zip(attributions, numbers, strict=True):
        if number is not None:
            found[toks.sentence[toks.holding(attribution.source[0][0])]].add(number)
    return found


def _sentence(toks: Tokens, i: int, taken: set[int]) -> list[int]:
    """The tokens of the sentence before token i that are in no source or content."""
    first = i
    while first and toks.sentence[first - 1] == toks.sentence[i]:
        first -= 1
    return [j for j in range(first, i) if j not in taken]


def name_at(resolver: Resolver, i: int) -> int:
    """The token after the name of a medium that begins here; 0 where none does."""
    toks = resolver.toks
    if not toks.capital(i) or i + 1 > len(toks):
        return 0
    for end in range(min(i + LONGEST, len(toks)), i, -1):
        named = all(toks.capital(j) or toks.low[j] in ("of", "the", "&", "and") for j in range(i, end))
        if named and outlet(toks.low[i:end]) and _whole(toks, i, end):
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
    party = resolver.named_at(i)
    if party is None or party.person or resolver.kinds_of(party)[KINDS.index("outlet")] <= SURE:
        return 0
    return next((end for first, end in party.mentions if first == i), 0)


def _spoke(toks: Tokens, places: list[int], end: int) -> bool:
    """Whether somebody spoke to or in the medium: "on Radio Verran", "in a Radio Verran interview"; no debate."""
    behind = toks.low[end] if end < len(toks) else ""
    if behind in lexicons.closed("events"):
        return False
    return _led(toks, places) or (
        behind in lexicons.closed("meeting") and bool(_LEADING & {toks.low[i] for i in places[-3:]})
    )


_LEADING = frozenset(["in", "during", "a", "an", "his", "her", "the"])


def _led(toks: Tokens, places: list[int]) -> bool:
    """Whether a preposition or "told" leads to the name behind `places`, with nothing but its own words between."""
    for steps, i in enumerate(reversed(places)):
        word = toks.low[i]
        if word in lexicons.closed("media_before"):
            return word in lexicons.closed("telling") or word == "on" or _spoken(toks, places)
        if not (word in lexicons.closed("media_between") or toks.capital(i)) or steps == BEFORE:
            return False
    return False


def _spoken(toks: Tokens, places: list[int]) -> bool:
    """Whether an interview, an appearance or the like stands before the name, or "told"."""
    near = {toks.low[i] for i in places[-FAR:]}
    return bool(near & (lexicons.closed("meeting") | lexicons.closed("telling")))
