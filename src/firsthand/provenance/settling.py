"""Who is meant where an article names somebody by "he" or a surname alone, as the claim's other articles tell.

Within one article a pronoun is the party that fits it best, and that is wrong for one of five. But articles that carry
one claim speak of one event, and most name its speaker. So a name that nobody says outweighs no name that is said:

1. The same statement, word for word: whom those name who name anybody, else whom most take it to be.
2. A surname alone, taken for somebody whom no article names in full: the one of that surname whom one does, or whom
   `FAR_MORE` times as many statements name.
3. A "he" or "the president" taken for somebody whom no article names for this claim: who is named by `FAR_MORE` times
   as many statements as anybody else.

Statements of the same words count once, so that a copy of what names somebody settles nothing that was open. Wrong:
somebody who says the same as the claim's main speaker, and whom every article calls "he".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from .parties import Leaf, Party
from .people import FAR_MORE, Name, People
from .words import folded

FEWEST = 6
"""Words of a statement that two people hardly say alike; see `quotes.FEWEST`."""

_Leaves = dict[str, Leaf]


def settled(leaves: Mapping[str, Leaf]) -> _Leaves:
    """The leaves of one claim, by appearance, with the parties that are likelier in the light of all of them."""
    found = dict(leaves)
    for step in (_by_words, _by_surname, _by_lead):
        found = step(found)
    return found


def _by_words(leaves: _Leaves) -> _Leaves:
    """Of statements of the same words the ones that point go by those that name, or by most."""
    alike: dict[str, list[Leaf]] = defaultdict(list)
    for leaf in leaves.values():
        if len(words := folded(leaf.appearance.text)) >= FEWEST:
            alike[" ".join(words)].append(leaf)
    chosen = {words: _chosen(several) for words, several in alike.items() if len(several) > 1}

    def instead(leaf: Leaf, party: Party) -> Party | None:
        return chosen.get(" ".join(folded(leaf.appearance.text))) if party.by == "pointer" else None

    return _with(leaves, instead)


def _chosen(several: Iterable[Leaf]) -> Party | None:
    """Whom statements of the same words name most, by name if any does; None of two equally."""
    single = [leaf.parties[0] for leaf in several if len(leaf.parties) == 1 and leaf.parties[0].sort == "person"]
    named = [party for party in single if party.by != "pointer"] or single
    counts = Counter(party.words for party in named).most_common(2)
    if not counts or (len(counts) > 1 and counts[0][1] == counts[1][1]):
        return None
    return max((party for party in named if party.words == counts[0][0]), key=_fullness)


def _by_surname(leaves: _Leaves) -> _Leaves:
    people, counts, full, known = _told(leaves)

    def instead(leaf: Leaf, party: Party) -> Party | None:
        mine = people.key(party.words)
        if party.by != "surname" or mine in full or len(party.words) < 2:
            return None
        others = [name for name in counts if name != mine and name[-1] == mine[-1]]
        best = max(others, key=lambda name: (name in full, counts[name], name), default=None)
        if best is None or not (best in full or counts[best] >= FAR_MORE * counts[mine]):
            return None
        return known[best]

    return _with(leaves, instead)


def _by_lead(leaves: _Leaves) -> _Leaves:
    people, counts, _, known = _told(leaves)
    ranked = [*counts.most_common(2), ((), 0), ((), 0)]
    (lead, most), (_, next_) = ranked[:2]

    def instead(leaf: Leaf, party: Party) -> Party | None:
        alone = party.by == "pointer" and counts[people.key(party.words)] == 0
        return known[lead] if alone and most >= FAR_MORE * max(next_, 1) else None

    return _with(leaves, instead)


def _told(leaves: _Leaves) -> tuple[People, Counter[Name], set[Name], dict[Name, Party]]:
    """The people of a claim; how many statements name each, which of them in full, and as whom."""
    said = {(" ".join(folded(leaf.appearance.text)), party): party for leaf, party in _people(leaves)}
    named = {key: party for key, party in said.items() if party.by != "pointer"}
    people = People(party.words for party in said.values())
    counts = Counter(people.key(words) for _, words in {(text, party.words) for text, party in named})
    full = {people.key(party.words) for party in named.values() if party.by == "name"}
    known: dict[Name, Party] = {}
    for party in sorted(named.values(), key=_fullness):
        known[people.key(party.words)] = party
    return people, counts, full, known


def _people(leaves: _Leaves) -> Iterator[tuple[Leaf, Party]]:
    return ((leaf, party) for leaf in leaves.values() for party in leaf.parties if party.sort == "person")


def _fullness(party: Party) -> tuple[bool, int, bool, str, str]:
    return party.by == "name", len(party.words), bool(party.position), party.name, party.position


def _with(leaves: _Leaves, instead: Callable[[Leaf, Party], Party | None]) -> _Leaves:
    """The leaves with other parties instead of the persons of whom that is said."""
    return {name: _changed(leaf, instead) for name, leaf in leaves.items()}


def _changed(leaf: Leaf, instead: Callable[[Leaf, Party], Party | None]) -> Leaf:
    found = tuple((instead(leaf, party) if party.sort == "person" else None) or party for party in leaf.parties)
    return leaf if found == leaf.parties else replace(leaf, parties=tuple(dict.fromkeys(found)))
