"""A charge is one act, which the text, the court and the prosecutor make public and everybody tells of.

Of a claim that somebody is charged the act is the root. A jury, a prosecutor and an indictment are no three
confirmations of it, nor is what is called by a prosecutor's name ("Quill's investigation"); nor are those who are asked
about it, for they know it from there as all others do. They count in the most, for they may know more; in the least the
act counts once. *Wrong:* a second court that charges the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .grounds import Ground
from .lexicons import closed
from .parties import Party
from .times import rank
from .words import folded, singular

_CHARGE = re.compile(r"\b(?:indict\w*|charg(?:e|es|ed|ing)|accus(?:e|es|ed|ing|ations?))\b", re.IGNORECASE)
_SORTS = ("document", "body", "person", "described")


def public(told: Sequence[Ground]) -> Iterator[tuple[Ground, Ground]]:
    """Roots that speak of a charge, with the root that is its act, where there is one."""
    acts = [ground for ground in told if charges(ground.party) and _speaks(ground) and ground.party.sort in _SORTS]
    if not acts:
        return
    act, surnames = min(acts, key=lambda ground: (_SORTS.index(ground.party.sort), *_order(ground))), prosecutors(told)
    rest = (ground for ground in told if ground is not act)
    yield from ((ground, act) for ground in rest if _speaks(ground) or of_a_charge(ground.party, surnames))


def charges(party: Party) -> bool:
    """Whether somebody brings charges, or a text is one."""
    words = {singular(word) for word in (*party.words, *folded(party.position))}
    return not words.isdisjoint(closed("charges" if party.sort == "document" else "charging"))


def prosecutors(told: Sequence[Ground]) -> frozenset[str]:
    """The surnames, in lower case, of whom anybody here calls a prosecutor, and be it in "counsel Quill's team"."""
    parties = [party for ground in told for _, party in ground.voices]
    bringing = [party for party in parties if _brings(party)]
    called = {word for party in bringing if party.sort != "person" for word in folded(party.name)}
    people = [party for party in parties if party.sort == "person" and party.words]
    return frozenset(party.words[-1] for party in people if _brings(party) or party.words[-1] in called)


def of_a_charge(party: Party, surnames: frozenset[str]) -> bool:
    """Whether somebody brings charges, or a text is one, or it is called by a prosecutor's name or office."""
    named = party.words[-1:] if party.sort == "person" else folded(party.name)
    return charges(party) or _brings(party) or not surnames.isdisjoint(named)


def _brings(party: Party) -> bool:
    """Whether its words or its position are a prosecutor's."""
    return not closed("prosecuting").isdisjoint(map(singular, (*folded(party.name), *folded(party.position))))


def _speaks(ground: Ground) -> bool:
    """Whether all that rests on a root says that somebody is charged."""
    return all(_CHARGE.search(leaf.appearance.text) for leaf, _ in ground.voices)


def _order(ground: Ground) -> tuple[object, str]:
    return rank(ground.voices[0][0].appearance), ground.root.id
