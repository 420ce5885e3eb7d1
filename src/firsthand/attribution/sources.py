"""Source span -> Source: the name of the party, its kind, its position, and why it is not named."""

from __future__ import annotations

from firsthand.model import Source, Span

from .anonymity import reason
from .parties import NAMED, Party
from .phrases import DETERMINERS, PRONOUNS
from .positions import position
from .resolve import Resolver

UNATTRIBUTED = Source("unattributed", None)
"""The text names nobody: "it was alleged"."""


def source(resolver: Resolver, number: int | None) -> Source:
    """Who the party with this number is; UNATTRIBUTED for none."""
    if number is None:
        return UNATTRIBUTED
    party = resolver.people[number]
    members = [resolver.people[m] for m in party.members] or [party]
    kind = resolver.kind(party)
    mentions = tuple(sorted({_span(resolver, member) for member in members}))
    role = _role(resolver, members) if kind in ("person", "unnamed") else None
    why = _why(resolver, party) if kind in ("unnamed", "crowd") else None
    name = _listed([_name(resolver, member) for member in members])
    words = [resolver.toks.quoted_text(span) if span else None for span in (role, why)]
    role_spans, why_spans = (((span,) if span else ()) for span in (role, why))
    return Source(name, kind, mentions, words[0], words[1], role_spans, why_spans)


def _span(resolver: Resolver, party: Party) -> Span:
    return resolver.toks.span(*party.best)


def _name(resolver: Resolver, party: Party) -> str:
    return resolver.toks.printed(*party.best)


def _listed(names: list[str]) -> str:
    names = list(dict.fromkeys(names))
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _role(resolver: Resolver, members: list[Party]) -> Span | None:
    """The position of a single party: beside its name, or the phrase that describes it."""
    if len(members) > 1:
        return None
    party = members[0]
    if party.sort != NAMED:
        return _bare_span(resolver, party.best)
    beside = position(resolver.toks, party.mentions)
    return beside or next((found for spot in party.described if (found := _bare_span(resolver, spot))), None)


def _bare_span(resolver: Resolver, spot: tuple[int, int]) -> Span | None:
    """A phrase without its determiner; None where it is nothing but a pronoun."""
    first, end = spot
    first += resolver.toks.low[first] in DETERMINERS
    told = first < end and not all(word in PRONOUNS for word in resolver.toks.low[first:end])
    return resolver.toks.span(first, end) if told else None


def _why(resolver: Resolver, party: Party) -> Span | None:
    return next((found for spot in party.mentions if (found := reason(resolver.toks, spot)) is not None), None)
