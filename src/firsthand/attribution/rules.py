"""What the cue's own words say of the stance, by lexicon and negation; the head weighs it with the words' context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.model import Attribution, StanceValue

from . import lexicons
from .cues import Match, Meaning, matches, negation
from .tokens import Tokens

FAR = 12
"""Tokens of the content among which "asked him to ..." has its infinitive."""

Steps = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Said:
    """What a cue says by its words alone.

    stance: by the rules. steps: the certainty that the cue brings along, if any. first, end: the deciding tokens,
    the negation with them; none (first == end) where no word is in the lexicon. claims: whether a thing alone is
    claimed by this cue ("confirmed the meeting", not "praised the meeting"). found: all cue words found.
    """

    stance: StanceValue
    steps: Steps | None
    first: int
    end: int
    negated: bool
    claims: bool
    found: tuple[Match, ...]


BARE = Said("asserts", None, 0, 0, False, True, ())
"""What is known of a cue without its words."""


def said(toks: Tokens, attribution: Attribution) -> Said:
    """The stance by rule. A cue without a known word (a colon, a dash) asserts."""
    places = [i for span in attribution.cue for i in toks.inside(span)]
    found = matches(toks, places)
    return _decided(toks, attribution, found, _least(toks, attribution, places[0])) if found else BARE


def first_words(toks: Tokens, attribution: Attribution, count: int = FAR) -> Sequence[str]:
    """The first tokens of the content's first span, in lower case, without an opening quotation mark."""
    if not attribution.content:
        return ()
    inside = toks.inside(attribution.content[0])
    return [word for word in toks.low[inside.start : min(inside.stop, inside.start + count)] if word not in "\"“'‘"]


def _least(toks: Tokens, attribution: Attribution, first: int) -> int:
    """The first token that may negate the cue: behind the source and the content where they stand in front of it."""
    at = toks.starts[first]
    ends = [end for start, end in (*attribution.source, *attribution.content) if start < at]
    return toks.at(max(ends, default=0))


def _decided(toks: Tokens, attribution: Attribution, found: list[Match], least: int) -> Said:
    match = _chief(toks, found)
    minus = negation(toks, match.first, least)
    meaning = match.entry.negated if minus and match.entry.negated else match.entry.plain
    stance = _unanswered(toks, attribution, match, minus is not None) or _in_context(toks, attribution, match, meaning)
    steps = meaning.steps if stance == meaning.stance else None
    return Said(
        stance, steps, minus[0] if minus else match.first, match.end, minus is not None, meaning.claims, tuple(found)
    )


def _chief(toks: Tokens, found: list[Match]) -> Match:
    """The cue word that decides: the first that is not weak, unless it only leads to another ("issued ... to deny")."""
    first = next((match for match in found if not match.entry.weak), found[0])
    last = found[-1]
    leads = first.entry.plain.stance in ("asserts", "reports", "asks") and not _declines(toks, first)
    return last if leads and not last.entry.weak and _led_to(toks, last) else first


def _led_to(toks: Tokens, match: Match) -> bool:
    return toks.low[match.first] == "saying" or toks.low[match.first - 1] in ("to", "by")


def _declines(toks: Tokens, match: Match) -> bool:
    return toks.low[match.first] in lexicons.words("refusals")


def _unanswered(toks: Tokens, attribution: Attribution, match: Match, negated: bool) -> StanceValue | None:
    """Declining to say, not being willing to say take no side; refusing to go is a denial; None for anything else."""
    declines = _declines(toks, match)
    if not declines and not (negated and match.entry.plain.stance == "orders"):
        return None
    behind = [*toks.low[match.first + 1 : match.first + 3], *(first_words(toks, attribution, 3) if declines else ())]
    if any(word in lexicons.words("answers") for word in behind):
        return "reports"
    return "denies" if declines else None


def _in_context(toks: Tokens, attribution: Attribution, match: Match, meaning: Meaning) -> StanceValue:
    """The stance of a word that has several, by how the content goes on."""
    low, words = toks.low[match.first], first_words(toks, attribution)
    if low in lexicons.words("addressing"):
        return _addressed(low, words, meaning.stance)
    if low.startswith("agree") and words[:1] == ["to"]:
        return "orders"
    if low.startswith("respond") and _stated(toks, attribution, words):
        return "asserts"
    if low.startswith("dismiss") and _person(toks, attribution, words):
        return "asserts"
    if low.startswith("report"):
        return meaning.stance if _medium(toks, attribution) else "asserts"
    if low.startswith("cit") and "as" in toks.low[match.end : match.end + 4]:
        return "asserts"
    if low.startswith("question") and _noun(toks, attribution, match):
        return "asks"
    return meaning.stance


def _addressed(low: str, words: Sequence[str], stance: StanceValue) -> StanceValue:
    """What comes first, an infinitive ("asked him to leave") or an indirect question ("asked whether he left")."""
    far = words[:8] if low.startswith("ask") else words[:1]
    first = next((word for word in far if word == "to" or word in lexicons.words("asking")), None)
    return "orders" if first == "to" else stance


def _stated(toks: Tokens, attribution: Attribution, words: Sequence[str]) -> bool:
    """Whether an answer is given: quoted, or behind "that"; "responded to" tells only of what it was about."""
    inside = toks.inside(attribution.content[0]) if attribution.content else range(0)
    return words[:1] == ["that"] or any(toks.quoted[i] for i in inside[:1])


def _medium(toks: Tokens, attribution: Attribution) -> bool:
    """Whether a medium reports, or nobody is named: other sources report what they found themselves."""
    kinds = lexicons.table("kinds")
    words = (toks.low[i] for span in attribution.source for i in toks.inside(span))
    return not attribution.source or any(kinds.get(word) == "outlet" for word in words)


def _person(toks: Tokens, attribution: Attribution, words: Sequence[str]) -> bool:
    """Whether somebody is dismissed ("dismissed him as a fool"): that asserts; a dismissed idea is denied."""
    if "as" not in words[:5]:
        return False
    inside = toks.inside(attribution.content[0])
    before = range(inside.start, inside.start + words.index("as"))
    return all(toks.low[i] in ("him", "her", "them", "me", "us") or toks.capital(i) for i in before)


def _noun(toks: Tokens, attribution: Attribution, match: Match) -> bool:
    """Whether "question" is what is asked, not the verb for doubting."""
    if toks.low[match.first] not in ("question", "questions"):
        return False
    behind = toks.low[match.end : match.end + 1]
    return not attribution.source or bool({"about", "of", "on", "as", "over", "is", "whether"}.intersection(behind))
