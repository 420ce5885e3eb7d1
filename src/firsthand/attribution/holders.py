"""Who holds an office under somebody: "his national security adviser" is neither he nor whoever leads the article.

A possessive sets two people apart: nobody is his own adviser, lawyer or wife. So such a phrase is who is given that
office by the text, where it gives it to one ("Ada Quill, Renn's national security adviser"); else it is a description
of its own. Of what is no person's ("the port's director") nothing is said here: he may be anybody named before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .names import person_noun
from .parties import GROUP, NAMED, Party
from .positions import positions
from .tokens import Tokens

ENOUGH = 2
"""Words of an office that one person of a text has: "national security adviser", not "adviser". A choice."""

_OWNERS = frozenset(["his", "her", "my"])


@dataclass(frozen=True, slots=True)
class Office:
    """`words`: those of the office, in lower case, its noun last. `owner`: the last word of whose it is."""

    words: tuple[str, ...]
    owner: str


def office_under(toks: Tokens, first: int, head: int, people: Sequence[Party]) -> Office | None:
    """The office that a phrase names under a person's possessive; None for any other phrase."""
    if not person_noun(toks.low[head]):
        return None
    if toks.low[first] in _OWNERS and head > first:
        return Office(tuple(toks.low[first + 1 : head + 1]), toks.low[first])
    mark = max((i for i in range(first + 1, head) if toks.low[i] in ("'s", "'")), default=None)
    if mark is None or not (person_noun(toks.low[mark - 1]) or _named_at(people, mark - 1)):
        return None
    return Office(tuple(toks.low[mark + 1 : head + 1]), toks.low[mark - 1])


def holder(toks: Tokens, office: Office, people: Sequence[Party]) -> Party | None:
    """The only person to whom the text gives the office, in words enough, and under nobody else."""
    if len(office.words) < ENOUGH:
        return None
    found = [p for p in people if p.sort == NAMED and any(_is(toks, spot, office) for spot in _held(toks, p))]
    return found[0] if len(found) == 1 else None


def may_hold(toks: Tokens, office: Office, party: Party, people: Sequence[Party]) -> bool:
    """Whether the text gives a party, or each of a group, an office of that noun."""
    if party.sort == GROUP:
        return all(may_hold(toks, office, people[member], people) for member in party.members)
    return any(office.words[-1] in toks.low[a:b] for a, b in _held(toks, party))


def _held(toks: Tokens, party: Party) -> Iterator[tuple[int, int]]:
    """Where the text says what somebody is: beside a name, or in the description itself."""
    return positions(toks, party.mentions) if party.sort == NAMED else iter(party.mentions)


def _named_at(people: Sequence[Party], i: int) -> bool:
    return any(p.person and p.sort == NAMED and any(a <= i < b for a, b in p.mentions) for p in people)


def _is(toks: Tokens, spot: tuple[int, int], office: Office) -> bool:
    """Whether a position is the office, and no other state's or person's: "the Verran foreign minister"."""
    words = toks.low[spot[0] : spot[1]]
    if not set(office.words) <= set(words):
        return False
    owned = office.owner in words or (office.owner in _OWNERS and "'s" in words)
    others = [i for i in range(*spot) if toks.capital(i) and toks.low[i] not in office.words]
    return owned or not others
